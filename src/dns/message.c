/* SPDX-License-Identifier: MIT */
/* Header, names and records by offset: RFC 1035 4.1.1 to 4.1.4. */
#include "dns/message.h"

#include "base/str.h"

#include <assert.h>

enum {
	POINTER = 0xc0,    /* the two top bits of a pointer */
	QUESTION_TAIL = 4, /* type and class */
	RECORD_TAIL = 10,  /* type, class, TTL and RDLENGTH */
	COUNTS = 4,        /* offset of QDCOUNT */
};

uint16_t
message_u16(struct message message, size_t at)
{
	assert(at + 2 <= message.len);
	return (uint16_t)(message.at[at] << 8 | message.at[at + 1]);
}

uint32_t
message_u32(struct message message, size_t at)
{
	return (uint32_t)message_u16(message, at) << 16 |
	       message_u16(message, at + 2);
}

unsigned
message_flags(struct message message)
{
	return message_u16(message, 2);
}

unsigned
message_count(struct message message, enum message_section section)
{
	return message_u16(message, COUNTS + 2 * (size_t)section);
}

/** A reader of labels that follows pointers. */
struct label_walk {
	struct message message;
	size_t at;
	size_t begin; /* where the run of labels began: pointers go before */
	size_t end;   /* the offset behind the name; 0: not known yet */
	unsigned hops;
};

static bool
follow(struct label_walk *walk)
{
	if (walk->at + 2 > walk->message.len) {
		return false;
	}
	const size_t target = message_u16(walk->message, walk->at) & 0x3fffU;
	if (walk->end == 0) {
		walk->end = walk->at + 2;
	}
	if (target >= walk->begin || target < MESSAGE_HEADER ||
	    ++walk->hops > MESSAGE_MAX_HOPS) {
		return false;
	}
	walk->begin = target;
	walk->at = target;
	return true;
}

/** True if a pointer, not a label, stands where *walk* is. */
static bool
at_pointer(const struct label_walk *walk)
{
	return walk->at < walk->message.len &&
	       (walk->message.at[walk->at] & POINTER) == POINTER;
}

/**
 * Steps to the next label and gives its length; 0 is the root, and negative
 * that there is none. walk->at is then behind the length.
 */
static int
next_label(struct label_walk *walk)
{
	while (at_pointer(walk)) {
		if (!follow(walk)) {
			return -1;
		}
	}
	if (walk->at >= walk->message.len) {
		return -1;
	}
	const unsigned len = walk->message.at[walk->at++];
	/* No other type of label is in use (RFC 6891 5). */
	const bool good =
	    len <= NAME_MAX_LABEL && len <= walk->message.len - walk->at;
	return good ? (int)len : -1;
}

size_t
message_name_end(struct message message, size_t at)
{
	struct label_walk walk = { .message = message, .at = at, .begin = at };
	size_t total = 0;
	int label;
	do {
		label = next_label(&walk);
		total += (size_t)label + 1;
		if (label < 0 || total > NAME_MAX_WIRE) {
			return 0;
		}
		walk.at += (size_t)label;
	} while (label > 0);
	return walk.end > 0 ? walk.end : walk.at;
}

static bool
label_equal(const uint8_t *any, const uint8_t *lower, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (char_lower((char)any[i]) != (char)lower[i]) {
			return false;
		}
	}
	return true;
}

bool
message_name_is(struct message message, size_t at, struct name name)
{
	struct label_walk walk = { .message = message, .at = at, .begin = at };
	const uint8_t *label = name.wire;
	assert(name_is_set(name));
	for (;;) {
		const int len = next_label(&walk);
		if (len != *label) {
			return false;
		}
		if (len == 0) {
			return true;
		}
		if (!label_equal(
			message.at + walk.at, label + 1, (size_t)len)) {
			return false;
		}
		walk.at += (size_t)len;
		label += len + 1;
	}
}

struct message_walk
message_walk_begin(struct message message)
{
	struct message_walk walk = { .message = message, .broken = true };
	if (message.len < MESSAGE_HEADER) {
		return walk;
	}
	walk.at = MESSAGE_HEADER;
	unsigned questions = message_count(message, SECTION_QUESTION);
	/* RFC 9619: there is one question, or none in some errors. */
	if (questions > 1) {
		return walk;
	}
	if (questions == 1) {
		walk.at = message_name_end(message, MESSAGE_HEADER);
		if (walk.at == 0 || walk.at + QUESTION_TAIL > message.len) {
			return walk;
		}
		walk.at += QUESTION_TAIL;
	}
	walk.broken = false;
	return walk;
}

/** Goes on to the section that has records left; false after the last. */
static bool
next_section(struct message_walk *walk)
{
	while (walk->left == 0) {
		if (walk->section == SECTION_ADDITIONAL) {
			return false;
		}
		walk->section++;
		walk->left = message_count(walk->message, walk->section);
	}
	walk->left--;
	return true;
}

bool
message_walk_next(struct message_walk *walk, struct message_record *ret)
{
	const struct message message = walk->message;
	if (walk->broken || !next_section(walk)) {
		return false;
	}
	const size_t tail = message_name_end(message, walk->at);
	walk->broken = tail == 0 || tail + RECORD_TAIL > message.len;
	if (walk->broken) {
		return false;
	}
	*ret = (struct message_record){
		.section = walk->section,
		.owner = walk->at,
		.type = message_u16(message, tail),
		.class = message_u16(message, tail + 2),
		.ttl = message_u32(message, tail + 4),
		.rdlength = message_u16(message, tail + 8),
		.rdata = tail + RECORD_TAIL,
	};
	walk->at = ret->rdata + ret->rdlength;
	walk->broken = walk->at > message.len;
	return !walk->broken;
}
