/* SPDX-License-Identifier: MIT */
/* The mechanisms and modifiers by name, and the names they speak of. */
#include "mail/spf.h"
#include "mail/spf_parts.h"

#include <assert.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

/* A name as a number, its last letter in the lowest byte. */
#define KEY(a, b, c, d, e, f, g, h)                                           \
	((uint64_t)(a) << 56 | (uint64_t)(b) << 48 | (uint64_t)(c) << 40 |    \
	    (uint64_t)(d) << 32 | (uint64_t)(e) << 24 | (uint64_t)(f) << 16 | \
	    (uint64_t)(g) << 8 | (uint64_t)(h))

struct kind_row {
	struct str name;
	uint64_t key; /* compared in one step, for each term of a record */
	bool modifier;
	bool asks; /* RFC 7208 4.6.4 */
};

/* clang-format off */
static const struct kind_row KINDS[] = {
	[SPF_ALL] = { STR("all"),
		KEY(0, 0, 0, 0, 0, 'a', 'l', 'l'), false, false },
	[SPF_INCLUDE] = { STR("include"),
		KEY(0, 'i', 'n', 'c', 'l', 'u', 'd', 'e'), false, true },
	[SPF_A] = { STR("a"),
		KEY(0, 0, 0, 0, 0, 0, 0, 'a'), false, true },
	[SPF_MX] = { STR("mx"),
		KEY(0, 0, 0, 0, 0, 0, 'm', 'x'), false, true },
	[SPF_PTR] = { STR("ptr"),
		KEY(0, 0, 0, 0, 0, 'p', 't', 'r'), false, true },
	[SPF_IP4] = { STR("ip4"),
		KEY(0, 0, 0, 0, 0, 'i', 'p', '4'), false, false },
	[SPF_IP6] = { STR("ip6"),
		KEY(0, 0, 0, 0, 0, 'i', 'p', '6'), false, false },
	[SPF_EXISTS] = { STR("exists"),
		KEY(0, 0, 'e', 'x', 'i', 's', 't', 's'), false, true },
	[SPF_REDIRECT] = { STR("redirect"),
		KEY('r', 'e', 'd', 'i', 'r', 'e', 'c', 't'), true, true },
	[SPF_EXP] = { STR("exp"),
		KEY(0, 0, 0, 0, 0, 'e', 'x', 'p'), true, false },
	[SPF_MODIFIER] = { STR("unknown"), 0, true, false },
	[SPF_BROKEN]   = { STR("unknown"), 0, false, false },
};
/* clang-format on */

static const struct kind_row *
kind_row(enum spf_kind kind)
{
	assert((unsigned)kind < sizeof(KINDS) / sizeof(*KINDS));
	return &KINDS[kind];
}

const char *
spf_kind_text(enum spf_kind kind)
{
	return kind_row(kind)->name.at;
}

bool
spf_kind_is_modifier(enum spf_kind kind)
{
	return kind_row(kind)->modifier;
}

bool
spf_kind_asks(enum spf_kind kind)
{
	return kind_row(kind)->asks;
}

/* clang-format off */
/* Letters, made small, and digits; nothing else is in a name. */
static const char SMALL[UCHAR_MAX + 1] = {
	['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4',
	['5'] = '5', ['6'] = '6', ['7'] = '7', ['8'] = '8', ['9'] = '9',
	['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e',
	['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j',
	['k'] = 'k', ['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o',
	['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't',
	['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y',
	['z'] = 'z',
	['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e',
	['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j',
	['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o',
	['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't',
	['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y',
	['Z'] = 'z',
};
/* clang-format on */

/** The kind whose name is *key*. */
static enum spf_kind
kind_of_key(uint64_t key)
{
	/* Found by trial: no two keys have the same four bits on top. */
	static const uint64_t factor = UINT64_C(0xb330314e15233f5f);
	static const uint8_t kinds[16] = {
		[1] = SPF_IP6,
		[3] = SPF_PTR,
		[4] = SPF_INCLUDE,
		[5] = SPF_EXISTS,
		[7] = SPF_EXP,
		[8] = SPF_MX,
		[9] = SPF_ALL,
		[11] = SPF_IP4,
		[12] = SPF_REDIRECT,
		[14] = SPF_A,
	};
	const enum spf_kind kind = kinds[key * factor >> 60];
	/* Where none has its place stands SPF_ALL, which is zero. */
	return key == KINDS[kind].key ? kind : SPF_BROKEN;
}

size_t
spf_kind_read(struct str text, size_t at, enum spf_kind *ret)
{
	const size_t from = at;
	uint64_t key = 0;
	for (; at < text.len; at++) {
		const char small = SMALL[(unsigned char)text.at[at]];
		if (small == '\0') {
			break;
		}
		key = key << 8 | (uint64_t)small;
	}
	*ret = at - from <= sizeof(key) ? kind_of_key(key) : SPF_BROKEN;
	return at;
}

enum spf_kind
spf_kind_of(struct str name)
{
	enum spf_kind kind = SPF_BROKEN;
	return spf_kind_read(name, 0, &kind) == name.len ? kind : SPF_BROKEN;
}

bool
spf_char_in(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

bool
spf_term_is_named(const struct spf_term *term)
{
	return term->kind < SPF_MODIFIER && term->domain.len > 0 &&
	       !term->has_macro;
}
