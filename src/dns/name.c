/* SPDX-License-Identifier: MIT */
/* Domain names in lower-case wire form: RFC 1035 2.3.4, 3.1; RFC 4343. */
#include "dns/name.h"

#include "base/arena.h"
#include "base/buf.h"

#include <assert.h>
#include <string.h>

/* Odd, and its bits are as good as thrown. */
#define HASH_FACTOR UINT64_C(0x9e3779b97f4a7c15)

static uint8_t
lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c - 'A' + 'a') : c;
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

struct name
name_copy(struct arena *arena, struct name name)
{
	if (name.len > 0) {
		name.wire = arena_copy(arena, name.wire, name.len);
	}
	return name;
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

/** The label whose length stands at *wire*. */
static struct str
label_str(const uint8_t *wire)
{
	return (struct str){ .at = (const char *)wire + 1, .len = wire[0] };
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
	return label_str(name.wire);
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
	uint8_t *wire = arena_room(arena, len);
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

/** True for what stands for itself in the text of a name. */
static bool
is_plain(unsigned char c)
{
	return c > ' ' && c < 0x7f && c != '.' && c != '\\';
}

static void
label_text(struct buf *to, struct str label)
{
	size_t from = 0;
	for (size_t i = 0; i < label.len; i++) {
		const unsigned char c = (unsigned char)label.at[i];
		if (!is_plain(c)) {
			buf_add(to, str_slice(label, from, i));
			buf_addf(to, "\\%03u", c);
			from = i + 1;
		}
	}
	buf_add(to, str_from(label, from));
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
	/* Eight bytes at a time: names are hashed for each question. */
	uint64_t hash = name.len * HASH_FACTOR;
	size_t at = 0;
	for (; at + sizeof(uint64_t) <= name.len; at += sizeof(uint64_t)) {
		uint64_t word;
		memcpy(&word, name.wire + at, sizeof(word));
		hash = (hash ^ word) * HASH_FACTOR;
		hash ^= hash >> 32;
	}
	for (; at < name.len; at++) {
		hash = (hash ^ name.wire[at]) * HASH_FACTOR;
	}
	return (uint32_t)(hash >> 32);
}

/** Notes where each label of *name* begins; gives how many there are. */
static size_t
labels_find(struct name name, uint8_t starts[static NAME_MAX_LABELS])
{
	size_t count = 0;
	for (size_t at = 0; at < name.len && name.wire[at] != 0;
	     at += name.wire[at] + 1U) {
		assert(count < NAME_MAX_LABELS);
		starts[count++] = (uint8_t)at;
	}
	return count;
}

int
name_cmp(struct name a, struct name b)
{
	uint8_t starts_a[NAME_MAX_LABELS];
	uint8_t starts_b[NAME_MAX_LABELS];
	size_t left_a = labels_find(a, starts_a);
	size_t left_b = labels_find(b, starts_b);
	while (left_a > 0 && left_b > 0) {
		const uint8_t *label_a = a.wire + starts_a[--left_a];
		const uint8_t *label_b = b.wire + starts_b[--left_b];
		const int order =
		    str_cmp(label_str(label_a), label_str(label_b));
		if (order != 0) {
			return order;
		}
	}
	return (left_a > left_b) - (left_a < left_b);
}
