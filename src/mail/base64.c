/* SPDX-License-Identifier: MIT */
/* Base64: RFC 4648 4. */
#include "mail/base64.h"

#include "base/arena.h"

#include <assert.h>
#include <stdint.h>

/* clang-format off */
/* One more than the six bits that a letter stands for; 0: it is none. */
static const uint8_t LETTERS[UINT8_MAX + 1] = {
	['A'] = 1, ['B'] = 2, ['C'] = 3, ['D'] = 4, ['E'] = 5, ['F'] = 6,
	['G'] = 7, ['H'] = 8, ['I'] = 9, ['J'] = 10, ['K'] = 11, ['L'] = 12,
	['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16, ['Q'] = 17, ['R'] = 18,
	['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24,
	['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30,
	['e'] = 31, ['f'] = 32, ['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36,
	['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40, ['o'] = 41, ['p'] = 42,
	['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48,
	['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54,
	['2'] = 55, ['3'] = 56, ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60,
	['8'] = 61, ['9'] = 62, ['+'] = 63, ['/'] = 64,
};
/* clang-format on */

static uint32_t
letter(char c)
{
	return LETTERS[(unsigned char)c];
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

/**
 * Reads groups of four letters into *to* as long as nothing is between them,
 * as in nearly all keys; gives how many letters those are.
 */
static size_t
groups_read(struct str text, char *to)
{
	size_t at = 0;
	for (; at + 4 <= text.len; at += 4) {
		const uint32_t a = letter(text.at[at]);
		const uint32_t b = letter(text.at[at + 1]);
		const uint32_t c = letter(text.at[at + 2]);
		const uint32_t d = letter(text.at[at + 3]);
		if (a == 0 || b == 0 || c == 0 || d == 0) {
			break;
		}
		const uint32_t group =
		    (a - 1) << 18 | (b - 1) << 12 | (c - 1) << 6 | (d - 1);
		*to++ = (char)(group >> 16 & 0xFF);
		*to++ = (char)(group >> 8 & 0xFF);
		*to++ = (char)(group & 0xFF);
	}
	return at;
}

enum base64_fault
base64_read(
    struct arena *arena, struct str text, struct str *ret_bytes, size_t *ret_at)
{
	char *to = arena_alloc(arena, text.len / 4 * 3 + 3);
	size_t at = groups_read(text, to);
	size_t letters = at;
	size_t len = at / 4 * 3;
	uint32_t group = 0;
	for (; at < text.len && text.at[at] != '='; at++) {
		const uint32_t bits = letter(text.at[at]);
		if (is_blank(text.at[at])) {
			continue;
		}
		if (bits == 0) {
			break;
		}
		group = group << 6 | (bits - 1);
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
