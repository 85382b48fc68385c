/* SPDX-License-Identifier: MIT */
/*
 * A piece of text with its length; it owns nothing and may hold zero bytes.
 * Case is ASCII's alone: DNS and mail texts must not depend on a locale.
 * What is called for each byte or word of a text is inline.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

struct str {
	const char *at; /* not terminated; may be NULL when len is 0 */
	size_t len;     /* in bytes */
};

/** A str for a string literal, usable in initialisers. */
#define STR(literal) \
	((struct str){ .at = "" literal, .len = sizeof(literal) - 1 })

/** For printf(): "%.*s", STR_ARG(text). Only for text of our own. */
#define STR_ARG(text) (int)(text).len, (text).at ? (text).at : ""

/** Views a zero-terminated string; NULL gives the empty str. */
struct str str_of(const char *text);

/** Copies *text* into *arena*, with a zero byte after it. */
struct str str_copy(struct arena *arena, struct str text);

/** Gives *text* as a zero-terminated string in *arena*. */
const char *str_z(struct arena *arena, struct str text);

/** Formats a new str in *arena*, like printf(). */
struct str str_print(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Lower case for A to Z, in *arena*. */
struct str str_lower(struct arena *arena, struct str text);

/** True if both have the same bytes. */
bool str_eq(struct str a, struct str b);

/** True if both are the same but for the case of A to Z. */
bool str_eq_nocase(struct str a, struct str b);

/** Orders by bytes, like memcmp(), the shorter first. */
int str_cmp(struct str a, struct str b);

/** True if *text* begins with *start*. */
bool str_starts(struct str text, struct str start);

/** True if *text* begins with *start*, case aside. */
bool str_starts_nocase(struct str text, struct str start);

/** True if *text* ends with *end*. */
bool str_ends(struct str text, struct str end);

/** True if *text* ends with *end*, case aside. */
bool str_ends_nocase(struct str text, struct str end);

/** Offset of the first *part* in *text*, or -1. */
ptrdiff_t str_find(struct str text, struct str part);

/** Offset of the first *part* in *text*, case aside, or -1. */
ptrdiff_t str_find_nocase(struct str text, struct str part);

/** Offset of the first byte *c* in *text*, or -1. */
ptrdiff_t str_index(struct str text, char c);

/** *text* without blanks and tabs at both ends. */
struct str str_trim(struct str text);

/**
 * Cuts the part before the next *separator* off *rest* and gives it; the
 * separator is dropped. False when *rest* is used up (its at is then NULL).
 */
bool str_split(struct str *rest, char separator, struct str *ret_part);

/** Reads all of *text* as a decimal number of at most *most*. */
bool str_number(struct str text, unsigned long most, unsigned long *ret);

/** The part from *from* (inclusive) to *to* (exclusive); both are clipped. */
static inline struct str
str_slice(struct str text, size_t from, size_t to)
{
	assert(text.at || text.len == 0);
	if (text.len == 0) {
		return text;
	}
	if (to > text.len) {
		to = text.len;
	}
	if (from > to) {
		from = to;
	}
	return (struct str){ .at = text.at + from, .len = to - from };
}

/** The part from *from* to the end. */
static inline struct str
str_from(struct str text, size_t from)
{
	return str_slice(text, from, text.len);
}

/** True for 0 to 9. */
static inline bool
char_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/** Lower case for A to Z, others as they are. */
static inline char
char_lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/** True for A to Z and a to z. */
static inline bool
char_is_alpha(char c)
{
	const char lower = char_lower(c);
	return lower >= 'a' && lower <= 'z';
}

#endif
