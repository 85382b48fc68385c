/* SPDX-License-Identifier: MIT */
/* Text with a length, compared by bytes or by ASCII case. */
#include "base/str.h"

#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct str
str_of(const char *text)
{
	return (struct str){ .at = text, .len = text ? strlen(text) : 0 };
}

struct str
str_copy(struct arena *arena, struct str text)
{
	return (struct str){
		.at = arena_copy(arena, text.at, text.len),
		.len = text.len,
	};
}

const char *
str_z(struct arena *arena, struct str text)
{
	return arena_copy(arena, text.at, text.len);
}

struct str
str_print(struct arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	assert(len >= 0);
	char *at = arena_room(arena, (size_t)len + 1);
	va_start(args, format);
	(void)vsnprintf(at, (size_t)len + 1, format, args);
	va_end(args);
	return (struct str){ .at = at, .len = (size_t)len };
}

struct str
str_lower(struct arena *arena, struct str text)
{
	char *at = arena_copy(arena, text.at, text.len);
	for (size_t i = 0; i < text.len; i++) {
		at[i] = char_lower(at[i]);
	}
	return (struct str){ .at = at, .len = text.len };
}

bool
str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool
str_eq_nocase(struct str a, struct str b)
{
	if (a.len != b.len) {
		return false;
	}
	for (size_t i = 0; i < a.len; i++) {
		if (char_lower(a.at[i]) != char_lower(b.at[i])) {
			return false;
		}
	}
	return true;
}

int
str_cmp(struct str a, struct str b)
{
	const size_t least = a.len < b.len ? a.len : b.len;
	const int order = least > 0 ? memcmp(a.at, b.at, least) : 0;
	if (order != 0) {
		return order;
	}
	return (a.len > b.len) - (a.len < b.len);
}

bool
str_starts(struct str text, struct str start)
{
	return str_eq(str_slice(text, 0, start.len), start);
}

bool
str_starts_nocase(struct str text, struct str start)
{
	return str_eq_nocase(str_slice(text, 0, start.len), start);
}

bool
str_ends(struct str text, struct str end)
{
	return text.len >= end.len &&
	       str_eq(str_from(text, text.len - end.len), end);
}

bool
str_ends_nocase(struct str text, struct str end)
{
	return text.len >= end.len &&
	       str_eq_nocase(str_from(text, text.len - end.len), end);
}

ptrdiff_t
str_find(struct str text, struct str part)
{
	for (size_t i = 0; i + part.len <= text.len; i++) {
		if (str_starts(str_from(text, i), part)) {
			return (ptrdiff_t)i;
		}
	}
	return -1;
}

ptrdiff_t
str_find_nocase(struct str text, struct str part)
{
	for (size_t i = 0; i + part.len <= text.len; i++) {
		if (str_starts_nocase(str_from(text, i), part)) {
			return (ptrdiff_t)i;
		}
	}
	return -1;
}

ptrdiff_t
str_index(struct str text, char c)
{
	const char *at = text.len > 0 ? memchr(text.at, c, text.len) : NULL;
	return at ? at - text.at : -1;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

struct str
str_trim(struct str text)
{
	size_t from = 0;
	size_t to = text.len;
	while (from < to && is_blank(text.at[from])) {
		from++;
	}
	while (to > from && is_blank(text.at[to - 1])) {
		to--;
	}
	return str_slice(text, from, to);
}

bool
str_split(struct str *rest, char separator, struct str *ret_part)
{
	if (!rest->at) {
		return false;
	}
	const ptrdiff_t cut = str_index(*rest, separator);
	if (cut < 0) {
		*ret_part = *rest;
		*rest = (struct str){ 0 };
		return true;
	}
	*ret_part = str_slice(*rest, 0, (size_t)cut);
	*rest = str_from(*rest, (size_t)cut + 1);
	return true;
}

bool
str_number(struct str text, unsigned long most, unsigned long *ret)
{
	unsigned long value = 0;
	if (text.len == 0) {
		return false;
	}
	for (size_t i = 0; i < text.len; i++) {
		if (!char_is_digit(text.at[i])) {
			return false;
		}
		const unsigned long digit = (unsigned long)(text.at[i] - '0');
		if (digit > most || value > (most - digit) / 10) {
			return false;
		}
		value = value * 10 + digit;
	}
	*ret = value;
	return true;
}
