/* SPDX-License-Identifier: MIT */
/*
 * What is let through. The layouts are those of RFC 1035 3.3 and 3.4, RFC
 * 2782 (SRV), RFC 3596 (AAAA), RFC 4034 (DS, DNSKEY), RFC 6672 (DNAME), RFC
 * 6698 (TLSA), RFC 8659 (CAA), RFC 9460 (SVCB); OPT is RFC 6891 6.1.
 */
#include "dns/gate.h"

#include <assert.h>

enum {
	TYPE_SIG = 24,
	TYPE_TSIG = 250,
};

/** What may follow the fixed part of an rdata. */
enum rest {
	REST_NONE,
	REST_ANY,     /* any octets, at least one */
	REST_STRINGS, /* character-strings, at least one */
	REST_TAG,   /* one character-string that is not empty, and any octets */
	REST_PAIRS, /* key, length, value; keys ascending */
};

/** Fixed octets, names, fixed octets, and the rest, in this order. */
struct layout {
	uint16_t type;
	uint8_t before;
	uint8_t names;
	uint8_t after;
	enum rest rest;
};

static const struct layout LAYOUTS[] = {
	{ 1, 4, 0, 0, REST_NONE },     /* A */
	{ 2, 0, 1, 0, REST_NONE },     /* NS */
	{ 5, 0, 1, 0, REST_NONE },     /* CNAME */
	{ 6, 0, 2, 20, REST_NONE },    /* SOA */
	{ 12, 0, 1, 0, REST_NONE },    /* PTR */
	{ 15, 2, 1, 0, REST_NONE },    /* MX */
	{ 16, 0, 0, 0, REST_STRINGS }, /* TXT */
	{ 28, 16, 0, 0, REST_NONE },   /* AAAA */
	{ 33, 6, 1, 0, REST_NONE },    /* SRV */
	{ 39, 0, 1, 0, REST_NONE },    /* DNAME */
	{ 43, 4, 0, 0, REST_ANY },     /* DS */
	{ 48, 4, 0, 0, REST_ANY },     /* DNSKEY */
	{ 52, 3, 0, 0, REST_ANY },     /* TLSA */
	{ 64, 2, 1, 0, REST_PAIRS },   /* SVCB */
	{ 65, 2, 1, 0, REST_PAIRS },   /* HTTPS */
	{ 99, 0, 0, 0, REST_STRINGS }, /* SPF */
	{ 257, 1, 0, 0, REST_TAG },    /* CAA */
};

static const struct layout *
layout_find(uint16_t type)
{
	for (size_t i = 0; i < sizeof(LAYOUTS) / sizeof(*LAYOUTS); i++) {
		if (LAYOUTS[i].type == type) {
			return &LAYOUTS[i];
		}
	}
	return NULL;
}

static bool
strings_fill(struct message message, size_t at, size_t end)
{
	if (at == end) {
		return false;
	}
	while (at < end) {
		at += (size_t)message.at[at] + 1;
	}
	return at == end;
}

static bool
tag_fits(struct message message, size_t at, size_t end)
{
	return at < end && message.at[at] > 0 && message.at[at] < end - at;
}

/**
 * True if number, length and value fill the space; with *ascending* the
 * numbers must grow (RFC 9460 2.2).
 */
static bool
pairs_fill(struct message message, size_t at, size_t end, bool ascending)
{
	int last = -1;
	while (at < end) {
		if (end - at < 4) {
			return false;
		}
		const int number = message_u16(message, at);
		if (ascending && number <= last) {
			return false;
		}
		last = number;
		at += 4 + (size_t)message_u16(message, at + 2);
	}
	return at == end;
}

static bool
rest_fits(struct message message, enum rest rest, size_t at, size_t end)
{
	switch (rest) {
	case REST_NONE:
		return at == end;
	case REST_ANY:
		return at < end;
	case REST_STRINGS:
		return strings_fill(message, at, end);
	case REST_TAG:
		return tag_fits(message, at, end);
	case REST_PAIRS:
		return pairs_fill(message, at, end, true);
	}
	return false;
}

/** True if the rdata is all that its type wants and nothing more. */
static bool
rdata_fits(struct message message, const struct message_record *record)
{
	const struct layout *layout = layout_find(record->type);
	const size_t end = record->rdata + record->rdlength;
	if (!layout) {
		return true; /* opaque, RFC 3597 4 */
	}
	/* What is too short is seen at the end: offsets only grow. */
	size_t at = record->rdata + layout->before;
	for (unsigned i = 0; i < layout->names; i++) {
		at = at < end ? message_name_end(message, at) : 0;
		if (at == 0) {
			return false;
		}
	}
	at += layout->after;
	return at <= end && rest_fits(message, layout->rest, at, end);
}

/** *seen* tells whether this is the first OPT. */
static bool
opt_fits(
    struct message message, const struct message_record *record, bool *seen)
{
	const bool first = !*seen;
	*seen = true;
	return first && record->section == SECTION_ADDITIONAL &&
	       message.at[record->owner] == 0 &&
	       pairs_fill(message, record->rdata,
		   record->rdata + record->rdlength, false);
}

static bool
is_signature(struct message message, const struct message_record *record)
{
	/* SIG(0) covers no type, RFC 2931 3. */
	return record->type == TYPE_TSIG ||
	       (record->type == TYPE_SIG &&
		   (record->rdlength < 2 ||
		       message_u16(message, record->rdata) == 0));
}

static enum gate_fault
record_check(
    struct message message, const struct message_record *record, bool *seen_opt)
{
	if (is_signature(message, record)) {
		return GATE_SIGNED;
	}
	if (record->type == TYPE_OPT) {
		return opt_fits(message, record, seen_opt) ? GATE_OK : GATE_OPT;
	}
	return rdata_fits(message, record) ? GATE_OK : GATE_RDATA;
}

static unsigned
records_promised(struct message message)
{
	return message_count(message, SECTION_ANSWER) +
	       message_count(message, SECTION_AUTHORITY) +
	       message_count(message, SECTION_ADDITIONAL);
}

enum gate_fault
gate_check(struct message message)
{
	struct message_walk walk = message_walk_begin(message);
	struct message_record record;
	bool seen_opt = false;
	assert(message.at || message.len == 0);
	if (walk.broken || message.len > MESSAGE_MAX) {
		return GATE_HEADER;
	}
	if (records_promised(message) > GATE_MAX_RECORDS) {
		return GATE_TOO_MANY;
	}
	while (message_walk_next(&walk, &record)) {
		const enum gate_fault fault =
		    record_check(message, &record, &seen_opt);
		if (fault != GATE_OK) {
			return fault;
		}
	}
	if (walk.broken) {
		return GATE_RECORD;
	}
	return walk.at == message.len ? GATE_OK : GATE_TRAILING;
}

const char *
gate_fault_text(enum gate_fault fault)
{
	static const char *const texts[] = {
		[GATE_OK] = "sound",
		[GATE_HEADER] = "no header with one question",
		[GATE_RECORD] = "a record that is cut off",
		[GATE_RDATA] = "rdata that does not fit its type",
		[GATE_OPT] = "an OPT record that is none",
		[GATE_SIGNED] = "a signature nobody asked for",
		[GATE_TRAILING] = "octets behind the last record",
		[GATE_TOO_MANY] = "too many records",
	};
	assert((unsigned)fault < sizeof(texts) / sizeof(*texts));
	return texts[fault];
}
