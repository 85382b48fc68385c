/* SPDX-License-Identifier: MIT */
/*
 * A message as it came, read without copying or trusting it: every function
 * stays inside the message and does a bounded amount of work, whatever the
 * message says (RFC 1035 4.1).
 * Must never know whether the message is acceptable: dns/gate tells.
 */
#ifndef DNS_MESSAGE_H
#define DNS_MESSAGE_H

#include "dns/name.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	MESSAGE_HEADER = 12,    /* octets, RFC 1035 4.1.1 */
	MESSAGE_MAX = 65535,    /* octets, RFC 1035 4.2.2 */
	MESSAGE_MAX_HOPS = 126, /* compression pointers in a name */
	CLASS_IN = 1,
};

/** The bits of the second word of the header. */
enum message_flag {
	MESSAGE_QR = 0x8000,
	MESSAGE_OPCODE = 0x7800,
	MESSAGE_AA = 0x0400,
	MESSAGE_TC = 0x0200,
	MESSAGE_RD = 0x0100,
	MESSAGE_RA = 0x0080,
	MESSAGE_AD = 0x0020,
	MESSAGE_CD = 0x0010,
	MESSAGE_RCODE = 0x000f,
};

/** Response codes (RFC 1035 4.1.1, RFC 6891 9) that are told apart. */
enum rcode {
	RCODE_NOERROR = 0,
	RCODE_FORMERR = 1,
	RCODE_SERVFAIL = 2,
	RCODE_NXDOMAIN = 3,
	RCODE_NOTIMP = 4,
	RCODE_REFUSED = 5,
	RCODE_BADVERS = 16,
};

enum {
	TYPE_OPT = 41, /* RFC 6891 6.1 */
};

enum message_section {
	SECTION_QUESTION,
	SECTION_ANSWER,
	SECTION_AUTHORITY,
	SECTION_ADDITIONAL,
};

/** A view of a message; it owns nothing. */
struct message {
	const uint8_t *at;
	size_t len;
};

/** Where a record stands in its message; offsets count from its start. */
struct message_record {
	enum message_section section;
	size_t owner;
	uint16_t type;
	uint16_t class;
	uint32_t ttl;
	size_t rdata;
	uint16_t rdlength; /* rdata + rdlength lies within the message */
};

/** A walk over the records of a message. */
struct message_walk {
	struct message message;
	size_t at; /* the offset behind what was read */
	enum message_section section;
	unsigned left; /* records of *section* not yet read */
	bool broken;   /* the message ended, or a name is none */
};

/** The two octets at *at*, which must be in the message. */
uint16_t message_u16(struct message message, size_t at);

/** The four octets at *at*, which must be in the message. */
uint32_t message_u32(struct message message, size_t at);

/** The second word of the header: enum message_flag and the RCODE. */
unsigned message_flags(struct message message);

/** How many records the header promises for *section*. */
unsigned message_count(struct message message, enum message_section section);

/**
 * The offset behind the name at *at*; 0 if there is no name: labels of at
 * most 63 and names of at most 255 octets, pointers only to what stands
 * before (RFC 1035 4.1.4), at most MESSAGE_MAX_HOPS of them.
 */
size_t message_name_end(struct message message, size_t at);

/** True if the name at *at*, which has an end, is *name*, case aside. */
bool message_name_is(struct message message, size_t at, struct name name);

/** Begins a walk behind the question; sets broken if it has none. */
struct message_walk message_walk_begin(struct message message);

/** Reads the next record; false at the end, or when the walk is broken. */
bool message_walk_next(struct message_walk *walk, struct message_record *ret);

#endif
