/* SPDX-License-Identifier: MIT */
/* JSON: commas, indentation and the escapes of strings (RFC 8259 7). */
#include "base/jsonout.h"

#include <assert.h>

enum {
	INDENT = 2,
	DIGITS = 20, /* of the longest number, with its sign */
};

struct jsonout
jsonout_new(struct buf *to, bool compact)
{
	return (struct jsonout){ .to = to, .compact = compact, .fresh = true };
}

static void
line(struct jsonout *json)
{
	if (!json->compact) {
		buf_addc(json->to, '\n');
		buf_fill(json->to, ' ', (size_t)json->depth * INDENT);
	}
}

/** What stands in front of a value or a key. */
static void
before(struct jsonout *json)
{
	if (json->keyed) {
		json->keyed = false;
		return;
	}
	if (!json->fresh) {
		buf_addc(json->to, ',');
	}
	if (json->depth > 0) {
		line(json);
	}
	json->fresh = false;
}

static void
open_with(struct jsonout *json, char bracket)
{
	before(json);
	buf_addc(json->to, bracket);
	json->depth++;
	json->fresh = true;
}

static void
close_with(struct jsonout *json, char bracket)
{
	assert(json->depth > 0 && !json->keyed);
	json->depth--;
	if (!json->fresh) {
		line(json);
	}
	buf_addc(json->to, bracket);
	json->fresh = false;
}

void
jsonout_object(struct jsonout *json)
{
	open_with(json, '{');
}

void
jsonout_end_object(struct jsonout *json)
{
	close_with(json, '}');
}

void
jsonout_array(struct jsonout *json)
{
	open_with(json, '[');
}

void
jsonout_end_array(struct jsonout *json)
{
	close_with(json, ']');
}

/** True for what may stand in a string as it is. */
static bool
is_bare(char c)
{
	const unsigned char byte = (unsigned char)c;
	return byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f;
}

static void
string(struct jsonout *json, struct str text)
{
	size_t from = 0;
	buf_addc(json->to, '"');
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.at[i];
		if (is_bare(c)) {
			continue;
		}
		buf_add(json->to, str_slice(text, from, i));
		from = i + 1;
		if (c == '"' || c == '\\') {
			buf_addc(json->to, '\\');
			buf_addc(json->to, c);
		} else {
			buf_addf(json->to, "\\u%04x", (unsigned char)c);
		}
	}
	buf_add(json->to, str_from(text, from));
	buf_addc(json->to, '"');
}

void
jsonout_key(struct jsonout *json, const char *key)
{
	assert(json->depth > 0 && !json->keyed);
	before(json);
	/* Our own words have nothing to escape. */
	buf_addc(json->to, '"');
	buf_adds(json->to, key);
	buf_adds(json->to, json->compact ? "\":" : "\": ");
	json->keyed = true;
}

void
jsonout_text(struct jsonout *json, struct str text)
{
	before(json);
	string(json, text);
}

void
jsonout_text_or_null(struct jsonout *json, struct str text)
{
	if (text.len > 0) {
		jsonout_text(json, text);
	} else {
		jsonout_null(json);
	}
}

void
jsonout_number(struct jsonout *json, int64_t number)
{
	char digits[DIGITS];
	size_t at = DIGITS;
	uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
	before(json);
	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0) {
		digits[--at] = '-';
	}
	buf_add(json->to, (struct str){ digits + at, DIGITS - at });
}

void
jsonout_number_or_null(struct jsonout *json, int64_t number)
{
	if (number >= 0) {
		jsonout_number(json, number);
	} else {
		jsonout_null(json);
	}
}

void
jsonout_bool(struct jsonout *json, bool value)
{
	before(json);
	buf_adds(json->to, value ? "true" : "false");
}

void
jsonout_null(struct jsonout *json)
{
	before(json);
	buf_adds(json->to, "null");
}
