/* SPDX-License-Identifier: MIT */
/* Domain names in lower-case wire form: RFC 1035 2.3.4, 3.1, 5.1; RFC 4343. */
#include "dns/name.h"

#include "base/arena.h"
#include "base/buf.h"

#include <assert.h>
#include <string.h>

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
			uint8_t byte = 0;
			if (!byte_read(text, &at, &byte)) {
				return NAME_BAD_ESCAPE;
			}
			fault = label_add(to, byte);
		}
		if (fault != NAME_OK) {
			return fault;
		}
	}
	/* Without a final dot the last label is still open. */
	return to->len - to->label > 1 ? label_end(to) : NAME_OK;
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
	struct writer to = { .len = 1 };
	const enum name_fault fault = labels_read(text, &to);
	if (fault == NAME_OK) {
		*ret_name = name_from_wire(arena, to.wire, to.len);
	}
	return fault;
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

struct name
name_from_wire(struct arena *arena, const uint8_t *wire, size_t len)
{
	assert(len >= 1 && len <= NAME_MAX_WIRE);
	assert(wire[len - 1] == 0);
	uint8_t *copy = arena_copy(arena, wire, len);
	for (size_t i = 0; i < len; i++) {
		/* A length byte is at most 63 and so no letter. */
		copy[i] = lower(copy[i]);
	}
	return (struct name){ .wire = copy, .len = len };
}

bool
name_is_set(struct name name)
{
	return name.len > 0;
}

bool
name_is_root(struct name name)
{
	return name.len == 1;
}

bool
name_equal(struct name a, struct name b)
{
	return a.len == b.len &&
	       (a.len == 0 || memcmp(a.wire, b.wire, a.len) == 0);
}

size_t
name_labels(struct name name)
{
	size_t count = 0;
	for (size_t at = 0; at < name.len && name.wire[at] != 0;
	     at += name.wire[at] + 1U) {
		count++;
	}
	return count;
}

struct name
name_parent(struct name name)
{
	if (name.len <= 1) {
		return (struct name){ 0 };
	}
	const size_t skip = name.wire[0] + 1U;
	assert(skip < name.len);
	return (
	    struct name){ .wire = name.wire + skip, .len = name.len - skip };
}

bool
name_is_under(struct name name, struct name above)
{
	if (!name_is_set(above)) {
		return false;
	}
	while (name.len > above.len) {
		name = name_parent(name);
	}
	return name_equal(name, above);
}

struct str
name_label(struct name name, size_t index)
{
	while (index-- > 0 && name.len > 1) {
		name = name_parent(name);
	}
	if (name.len <= 1) {
		return (struct str){ 0 };
	}
	return (struct str){
		.at = (const char *)name.wire + 1,
		.len = name.wire[0],
	};
}

struct name
name_suffix(struct name name, size_t labels)
{
	size_t have = name_labels(name);
	while (have > labels) {
		name = name_parent(name);
		have--;
	}
	return name;
}

struct name
name_join(struct arena *arena, struct name left, struct name right)
{
	assert(left.len >= 1 && right.len >= 1);
	const size_t len = left.len - 1 + right.len;
	if (len > NAME_MAX_WIRE) {
		return (struct name){ 0 };
	}
	uint8_t *wire = arena_alloc(arena, len);
	memcpy(wire, left.wire, left.len - 1);
	memcpy(wire + left.len - 1, right.wire, right.len);
	return (struct name){ .wire = wire, .len = len };
}

struct name
name_prepend(struct arena *arena, struct str label, struct name right)
{
	if (label.len == 0 || label.len > NAME_MAX_LABEL) {
		return (struct name){ 0 };
	}
	uint8_t wire[NAME_MAX_LABEL + 2];
	wire[0] = (uint8_t)label.len;
	for (size_t i = 0; i < label.len; i++) {
		wire[1 + i] = lower((uint8_t)label.at[i]);
	}
	wire[1 + label.len] = 0;
	const struct name left = { .wire = wire, .len = label.len + 2 };
	return name_join(arena, left, right);
}

struct name
name_relative(struct arena *arena, struct name name, struct name above)
{
	if (!name_is_under(name, above)) {
		return (struct name){ 0 };
	}
	const size_t len = name.len - above.len;
	uint8_t *wire = arena_copy(arena, name.wire, len);
	wire[len] = 0;
	return (struct name){ .wire = wire, .len = len + 1 };
}

static void
label_text(struct buf *to, struct str label)
{
	for (size_t i = 0; i < label.len; i++) {
		const unsigned char c = (unsigned char)label.at[i];
		if (c > ' ' && c < 0x7f && c != '.' && c != '\\') {
			buf_addc(to, (char)c);
		} else {
			buf_addf(to, "\\%03u", c);
		}
	}
}

struct str
name_text(struct arena *arena, struct name name)
{
	if (name_is_root(name)) {
		return STR(".");
	}
	struct buf to = buf_new(arena);
	while (name.len > 1) {
		if (to.len > 0) {
			buf_addc(&to, '.');
		}
		label_text(&to, name_label(name, 0));
		name = name_parent(name);
	}
	return buf_str(&to);
}

uint32_t
name_hash(struct name name)
{
	uint32_t hash = 2166136261U; /* FNV-1a */
	for (size_t i = 0; i < name.len; i++) {
		hash = (hash ^ name.wire[i]) * 16777619U;
	}
	return hash;
}

int
name_cmp(struct name a, struct name b)
{
	size_t left_a = name_labels(a);
	size_t left_b = name_labels(b);
	while (left_a > 0 && left_b > 0) {
		const int order =
		    str_cmp(name_label(a, --left_a), name_label(b, --left_b));
		if (order != 0) {
			return order;
		}
	}
	return (left_a > left_b) - (left_a < left_b);
}
