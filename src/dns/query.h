/* SPDX-License-Identifier: MIT */
/*
 * Questions as messages, and which message is the response to one. On
 * receipt the order is: query_match() before anything is believed,
 * message_is_truncated() before the body is read, gate_check() before it is
 * decoded, response_read() last.
 * Must never know how messages travel.
 */
#ifndef DNS_QUERY_H
#define DNS_QUERY_H

#include "dns/message.h"
#include "dns/question.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	QUERY_UDP_SIZE = 1232, /* what fits any path, said in OPT */
	/* Header, the longest name, type and class, an empty OPT. */
	QUERY_MAX = MESSAGE_HEADER + NAME_MAX_WIRE + 4 + 11,
};

/** What a query has besides its question. */
struct query_form {
	uint16_t id; /* that nobody can foresee (RFC 5452 9.2) */
	bool edns;   /* false for servers that do not know OPT */
};

/**
 * Writes the query for *question* and gives its length. RD is set at the
 * resolver's side; AD there says that we read the AD bit (RFC 6840 5.7).
 */
size_t query_write(const struct question *question, struct query_form form,
    uint8_t to[static QUERY_MAX]);

/** How far a message is the response to a query (RFC 5452 9.1). */
enum query_match {
	QUERY_MATCHES,
	QUERY_OTHER_ID,       /* a response under another id: a guess */
	QUERY_NO_RESPONSE,    /* too short, a query, or another opcode */
	QUERY_OTHER_QUESTION, /* the id is right, the question is not */
};

/** Tells whether *message* answers *question* under *id*. */
enum query_match query_match(
    struct message message, const struct question *question, uint16_t id);

/** The TC bit of a message that matches. */
bool message_is_truncated(struct message message);

#endif
