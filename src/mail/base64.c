/* SPDX-License-Identifier: MIT */
/* Base64: RFC 4648 4. */
#include "mail/base64.h"

#include "base/arena.h"

#include <assert.h>
#include <stdint.h>

enum {
	NOT_BASE64 = 64
};

/** The six bits that *c* stands for, or NOT_BASE64. */
static uint32_t
bits_of(char c)
{
	if (c >= 'A' && c <= 'Z') {
		return (uint32_t)(c - 'A');
	}
	if (c >= 'a' && c <= 'z') {
		return (uint32_t)(c - 'a' + 26);
	}
	if (c >= '0' && c <= '9') {
		return (uint32_t)(c - '0' + 52);
	}
	return c == '+' ? 62 : c == '/' ? 63 : NOT_BASE64;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/**
 * The number of "=" from *at* on, where there may be nothing but these and
 * blanks; 3 if there is something else, or too many.
 */
static size_t
padding_count(struct str text, size_t at)
{
	size_t marks = 0;
	for (; at < text.len && marks < 3; at++) {
		if (text.at[at] == '=') {
			marks++;
		} else if (!is_blank(text.at[at])) {
			marks = 3;
		}
	}
	return marks;
}

enum base64_fault
base64_read(
    struct arena *arena, struct str text, struct str *ret_bytes, size_t *ret_at)
{
	char *to = arena_alloc(arena, text.len / 4 * 3 + 3);
	uint32_t group = 0;
	size_t letters = 0;
	size_t len = 0;
	size_t at = 0;
	for (; at < text.len && text.at[at] != '='; at++) {
		const uint32_t bits = bits_of(text.at[at]);
		if (is_blank(text.at[at])) {
			continue;
		}
		if (bits == NOT_BASE64) {
			break;
		}
		group = group << 6 | bits;
		letters++;
		/* The first letter of a group completes no byte. */
		if (letters % 4 != 1) {
			const unsigned shift =
			    6 - 2 * (unsigned)((letters + 3) % 4);
			to[len++] = (char)(group >> shift & 0xFF);
		}
	}
	assert(len <= text.len / 4 * 3 + 3);
	*ret_at = at;
	*ret_bytes = (struct str){ .at = to, .len = len };
	const size_t marks = padding_count(text, at);
	if (marks > 2) {
		return BASE64_CHARACTER;
	}
	return (letters + marks) % 4 != 0 ? BASE64_CUT : BASE64_SOUND;
}
