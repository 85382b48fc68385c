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

/* clang-format off */
static const char *const NAMES[] = {
	[SPF_ALL]      = "all",
	[SPF_INCLUDE]  = "include",
	[SPF_A]        = "a",
	[SPF_MX]       = "mx",
	[SPF_PTR]      = "ptr",
	[SPF_IP4]      = "ip4",
	[SPF_IP6]      = "ip6",
	[SPF_EXISTS]   = "exists",
	[SPF_REDIRECT] = "redirect",
	[SPF_EXP]      = "exp",
	[SPF_MODIFIER] = "unknown",
	[SPF_BROKEN]   = "unknown",
};
/* clang-format on */

const char *
spf_kind_text(enum spf_kind kind)
{
	assert((unsigned)kind < sizeof(NAMES) / sizeof(*NAMES));
	return NAMES[kind];
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

/** The kind whose name is *key*: one step for each term of a record. */
static enum spf_kind
kind_of_key(uint64_t key)
{
	switch (key) {
	case KEY(0, 0, 0, 0, 0, 'i', 'p', '4'):
		return SPF_IP4;
	case KEY(0, 0, 0, 0, 0, 'i', 'p', '6'):
		return SPF_IP6;
	case KEY(0, 0, 0, 0, 0, 'a', 'l', 'l'):
		return SPF_ALL;
	case KEY(0, 0, 0, 0, 0, 0, 0, 'a'):
		return SPF_A;
	case KEY(0, 0, 0, 0, 0, 0, 'm', 'x'):
		return SPF_MX;
	case KEY(0, 0, 0, 0, 0, 'p', 't', 'r'):
		return SPF_PTR;
	case KEY(0, 0, 0, 0, 0, 'e', 'x', 'p'):
		return SPF_EXP;
	case KEY(0, 0, 'e', 'x', 'i', 's', 't', 's'):
		return SPF_EXISTS;
	case KEY(0, 'i', 'n', 'c', 'l', 'u', 'd', 'e'):
		return SPF_INCLUDE;
	case KEY('r', 'e', 'd', 'i', 'r', 'e', 'c', 't'):
		return SPF_REDIRECT;
	default:
		return SPF_BROKEN;
	}
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
