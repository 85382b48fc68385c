/* SPDX-License-Identifier: MIT */
/*
 * Stepping over values (RFC 8259 2). Text that is not JSON after all ends
 * the steps at its end, never beyond it.
 */
#include "expect/json_place.h"

#include <assert.h>

/** The character at *at*; zero at the end. */
static char
char_at(struct str text, size_t at)
{
	if (at >= text.len) {
		return '\0';
	}
	return text.at[at];
}

static size_t
skip_blank(struct str text, size_t at)
{
	while (
	    at < text.len && (text.at[at] == ' ' || text.at[at] == '\t' ||
				 text.at[at] == '\r' || text.at[at] == '\n')) {
		at++;
	}
	return at;
}

/** Steps over the string that begins at *at*. */
static size_t
skip_string(struct str text, size_t at)
{
	assert(char_at(text, at) == '"');
	for (at++; at < text.len && text.at[at] != '"'; at++) {
		if (text.at[at] == '\\') {
			at++;
		}
	}
	return at < text.len ? at + 1 : text.len;
}

/** True for what ends a number or a word. */
static bool
ends_scalar(char c)
{
	return c == '\0' || c == ',' || c == ']' || c == '}' || c == ' ' ||
	       c == '\t' || c == '\r' || c == '\n';
}

static size_t
skip_scalar(struct str text, size_t at)
{
	while (!ends_scalar(char_at(text, at))) {
		at++;
	}
	return at;
}

/** Steps over the value that begins at *at*. */
static size_t
skip_value(struct str text, size_t at)
{
	size_t depth = 0;
	do {
		const char c = char_at(text, at);
		if (c == '"') {
			at = skip_string(text, at);
			continue;
		}
		depth += c == '{' || c == '[';
		depth -= depth > 0 && (c == '}' || c == ']');
		at = depth == 0 && c != '}' && c != ']' ? skip_scalar(text, at)
							: at + 1;
	} while (depth > 0 && at < text.len);
	return at < text.len ? at : text.len;
}

size_t
json_place_root(struct str text)
{
	return skip_blank(text, 0);
}

size_t
json_place_next(struct str text, size_t at)
{
	at = skip_blank(text, skip_value(text, at));
	return skip_blank(text, at + (char_at(text, at) == ','));
}

size_t
json_place_child(struct str text, size_t at, size_t index)
{
	const bool has_keys = char_at(text, at) == '{';
	assert(has_keys || char_at(text, at) == '[');
	at = skip_blank(text, at + 1);
	for (size_t i = 0;; i++) {
		if (has_keys && char_at(text, at) == '"') {
			at = skip_blank(text, skip_string(text, at));
			at = skip_blank(text, at + (char_at(text, at) == ':'));
		}
		if (i == index) {
			return at;
		}
		at = json_place_next(text, at);
	}
}
