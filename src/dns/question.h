/* SPDX-License-Identifier: MIT */
/*
 * What is asked, and of whom. Two equal questions have one answer within a
 * run, so the question is the key of the ledger, of caches and of saved runs.
 */
#ifndef DNS_QUESTION_H
#define DNS_QUESTION_H

#include "dns/addr.h"
#include "dns/name.h"
#include "dns/rr.h"

#include <stdbool.h>
#include <stdint.h>

/** Which of the two sides of DNS is asked. */
enum side {
	SIDE_RESOLVER, /* what caches give (RD=1), names and CNAMEs followed */
	SIDE_AUTHORITATIVE, /* one of the zone's own servers (RD=0) */
};

struct question {
	struct name name;
	enum rrtype type;
	enum side side;
	/*
	 * The one server to ask; family ADDR_NONE with SIDE_RESOLVER means
	 * the configured resolvers. Needed with SIDE_AUTHORITATIVE.
	 */
	struct server_addr server;
	bool checking_disabled; /* the CD bit, RFC 4035 3.2.2 */
	uint8_t again;          /* 0, or the number of a deliberate repeat */
};

/** True if both ask the same of the same. */
bool question_equal(const struct question *a, const struct question *b);

/** Orders questions for people: by name (name_cmp()), type, then the rest. */
int question_cmp(const struct question *a, const struct question *b);

/** A hash of the question for tables. */
uint32_t question_hash(const struct question *question);

#endif
