/* SPDX-License-Identifier: MIT */
/*
 * Messages for tests, sound or broken: nothing here checks what it writes.
 */
#ifndef TESTS_PACKET_H
#define TESTS_PACKET_H

#include "dns/message.h"

#include <stddef.h>
#include <stdint.h>

/** A message under construction; too large for a stack of its own thread. */
struct packet {
	uint8_t at[MESSAGE_MAX + 1];
	size_t len;
	size_t rdata; /* where the rdata begins that is open */
};

/** Begins a message with one question. */
void packet_begin(struct packet *packet, unsigned id, unsigned flags,
    const char *name, unsigned type);

/** Adds one octet. */
void packet_u8(struct packet *packet, unsigned number);

/** Adds two octets. */
void packet_u16(struct packet *packet, unsigned number);

/** Adds four octets. */
void packet_u32(struct packet *packet, uint32_t number);

/** Adds octets as they are. */
void packet_bytes(struct packet *packet, const void *bytes, size_t len);

/** Adds a name without compression; "." or "" is the root. */
void packet_name(struct packet *packet, const char *text);

/** Adds a pointer. */
void packet_pointer(struct packet *packet, size_t to);

/** Counts one record more in *section*. */
void packet_count(struct packet *packet, enum message_section section);

/** Begins a record; its rdata is what is added until packet_end_rr(). */
void packet_rr(struct packet *packet, enum message_section section,
    const char *owner, unsigned type);

/** Sets RDLENGTH to what was added. */
void packet_end_rr(struct packet *packet);

/** Adds a whole record whose rdata is a name. */
void packet_name_rr(struct packet *packet, enum message_section section,
    const char *owner, unsigned type, const char *target);

/** Adds a TXT record of one string. */
void packet_txt_rr(struct packet *packet, enum message_section section,
    const char *owner, const char *text);

/** Adds an SOA. */
void packet_soa_rr(struct packet *packet, const char *owner, uint32_t minimum);

/** Views the message. */
struct message packet_message(const struct packet *packet);

/** TTL of all records above. */
enum {
	PACKET_TTL = 300
};

#endif
