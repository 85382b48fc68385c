/* SPDX-License-Identifier: MIT */
/* Values and spans as they are shown. */
#include "report/shown.h"

#include "base/arena.h"
#include "base/buf.h"
#include "text/escape.h"
#include "text/utf8.h"

#include <assert.h>

/** True if values of *type* are texts of names, or have one in them. */
static bool
holds_name(enum rrtype type)
{
	switch (rrtype_layout(type)) {
	case RR_LAYOUT_NAME:
	case RR_LAYOUT_MX:
	case RR_LAYOUT_SOA:
		return true;
	case RR_LAYOUT_ADDR:
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_TXT:
		break;
	}
	return false;
}

/** True if *text* begins with a byte written as \DDD. */
static bool
is_escape(struct str text)
{
	unsigned long byte;
	return text.len >= 4 && text.at[0] == '\\' &&
	       str_number(str_slice(text, 1, 4), 255, &byte);
}

/** Escapes what no text of a name has, and leaves what it may have. */
static struct str
shown_name(struct arena *arena, struct patterns *patterns, struct str value)
{
	struct buf to = buf_new(arena);
	size_t from = 0;
	for (size_t i = 0; i < value.len; i++) {
		if (!is_escape(str_from(value, i))) {
			continue;
		}
		buf_add(
		    &to, escape(arena, patterns, str_slice(value, from, i)));
		buf_add(&to, str_slice(value, i, i + 4));
		i += 3;
		from = i + 1;
	}
	buf_add(&to, escape(arena, patterns, str_from(value, from)));
	return buf_str(&to);
}

struct str
shown_value(struct arena *arena, struct patterns *patterns, enum rrtype type,
    struct str value)
{
	return holds_name(type) ? shown_name(arena, patterns, value)
				: escape(arena, patterns, value);
}

/**
 * The bytes that the first *bytes* of *value* become. Spans are bytes of the
 * raw value; what is shown is longer wherever something was escaped. A name's
 * beginning can be shown by itself and measured, other values may be cut
 * inside of a character, which escape_bytes() puts right.
 */
static size_t
place(struct arena *arena, struct patterns *patterns,
    const struct evidence *evidence, size_t bytes)
{
	assert(bytes <= evidence->value.len);
	const struct str before = str_slice(evidence->value, 0, bytes);
	if (holds_name(evidence->type)) {
		return shown_name(arena, patterns, before).len;
	}
	return escape_bytes(arena, patterns, evidence->value, bytes);
}

struct span
shown_bytes(struct arena *arena, struct patterns *patterns,
    const struct evidence *evidence)
{
	return (struct span){
		.from = place(arena, patterns, evidence, evidence->from),
		.to = place(arena, patterns, evidence, evidence->to),
	};
}

struct span
shown_points(struct arena *arena, struct patterns *patterns,
    const struct evidence *evidence)
{
	const struct str shown =
	    shown_value(arena, patterns, evidence->type, evidence->value);
	const struct span bytes = shown_bytes(arena, patterns, evidence);
	return (struct span){
		.from = utf8_length(str_slice(shown, 0, bytes.from)),
		.to = utf8_length(str_slice(shown, 0, bytes.to)),
	};
}
