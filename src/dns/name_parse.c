/* SPDX-License-Identifier: MIT */
/* Names as text: RFC 1035 2.3.4 (how long), 5.1 (escapes); RFC 4343. */
#include "dns/name.h"

#include "base/arena.h"

#include <assert.h>

static const uint8_t ROOT[1] = { 0 };

static uint8_t
lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c - 'A' + 'a') : c;
}

/** Reads one byte at *at*, which may be an escape; moves *at* past it. */
static bool
byte_read(struct str text, size_t *at, uint8_t *ret_byte)
{
	const char c = text.at[(*at)++];
	if (c != '\\') {
		*ret_byte = (uint8_t)c;
		return true;
	}
	if (*at >= text.len) {
		return false;
	}
	if (!char_is_digit(text.at[*at])) {
		*ret_byte = (uint8_t)text.at[(*at)++];
		return true;
	}
	unsigned long value = 0;
	if (!str_number(str_slice(text, *at, *at + 3), 255, &value) ||
	    *at + 3 > text.len) {
		return false;
	}
	*at += 3;
	*ret_byte = (uint8_t)value;
	return true;
}

/** A wire name while it is written. */
struct writer {
	uint8_t wire[NAME_MAX_WIRE];
	size_t label; /* where the length of the open label stands */
	size_t len;
};

static enum name_fault
label_end(struct writer *to)
{
	const size_t size = to->len - to->label - 1;
	if (size == 0) {
		return NAME_EMPTY_LABEL;
	}
	if (size > NAME_MAX_LABEL) {
		return NAME_LABEL_TOO_LONG;
	}
	to->wire[to->label] = (uint8_t)size;
	if (to->len >= NAME_MAX_WIRE) {
		return NAME_TOO_LONG;
	}
	to->label = to->len;
	to->wire[to->len++] = 0;
	return NAME_OK;
}

static enum name_fault
label_add(struct writer *to, uint8_t byte)
{
	if (to->len - to->label - 1 >= NAME_MAX_LABEL) {
		return NAME_LABEL_TOO_LONG;
	}
	if (to->len >= NAME_MAX_WIRE - 1) {
		return NAME_TOO_LONG;
	}
	to->wire[to->len++] = lower(byte);
	return NAME_OK;
}

/** Reads one byte of a label, which may be an escape. */
static enum name_fault
byte_add(struct str text, size_t *at, struct writer *to)
{
	uint8_t byte = 0;
	return byte_read(text, at, &byte) ? label_add(to, byte)
					  : NAME_BAD_ESCAPE;
}

static enum name_fault
labels_read(struct str text, struct writer *to)
{
	size_t at = 0;
	while (at < text.len) {
		enum name_fault fault;
		if (text.at[at] == '.') {
			at++;
			fault = label_end(to);
		} else {
			fault = byte_add(text, &at, to);
		}
		if (fault != NAME_OK) {
			return fault;
		}
	}
	/* Without a final dot the last label is still open. */
	return to->len - to->label > 1 ? label_end(to) : NAME_OK;
}

/** What was written, which is in lower case. */
static struct name
writer_name(struct arena *arena, const struct writer *to)
{
	assert(to->wire[to->len - 1] == 0);
	return (struct name){
		.wire = arena_copy(arena, to->wire, to->len),
		.len = to->len,
	};
}

enum name_fault
name_parse(struct arena *arena, struct str text, struct name *ret_name)
{
	assert(arena && ret_name);
	if (text.len == 0) {
		return NAME_EMPTY;
	}
	if (str_eq(text, STR("."))) {
		*ret_name = (struct name){ .wire = ROOT, .len = 1 };
		return NAME_OK;
	}
	struct writer to;
	to.label = 0;
	to.len = 1;
	const enum name_fault fault = labels_read(text, &to);
	if (fault == NAME_OK) {
		*ret_name = writer_name(arena, &to);
	}
	return fault;
}

struct name
name_unescaped(struct arena *arena, struct str text)
{
	struct writer to;
	const bool dot = text.len > 0 && text.at[text.len - 1] == '.';
	const size_t end = dot ? text.len - 1 : text.len;
	if (end == 0 || end > NAME_MAX_WIRE - 2) {
		return dot && end == 0 ? (struct name){ ROOT, 1 }
				       : (struct name){ 0 };
	}
	to.label = 0;
	to.len = 1;
	for (size_t at = 0; at < end; at++) {
		if (text.at[at] != '.') {
			to.wire[to.len++] = lower((uint8_t)text.at[at]);
		} else if (label_end(&to) != NAME_OK) {
			return (struct name){ 0 };
		}
	}
	return label_end(&to) == NAME_OK ? writer_name(arena, &to)
					 : (struct name){ 0 };
}

struct name
name_of(struct arena *arena, const char *text)
{
	struct name name = { 0 };
	const enum name_fault fault = name_parse(arena, str_of(text), &name);
	assert(fault == NAME_OK);
	return name;
}

const char *
name_fault_text(enum name_fault fault)
{
	switch (fault) {
	case NAME_OK:
		return "is a name";
	case NAME_EMPTY:
		return "is empty";
	case NAME_EMPTY_LABEL:
		return "has an empty label (two dots together, or one first)";
	case NAME_LABEL_TOO_LONG:
		return "has a label of more than 63 characters";
	case NAME_TOO_LONG:
		return "is longer than 253 characters";
	case NAME_BAD_ESCAPE:
		return "has a backslash that escapes nothing";
	}
	return "is not a name";
}
