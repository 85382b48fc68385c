/* SPDX-License-Identifier: MIT */
/*
 * What came of one question. Every way in which asking can end is a status
 * of its own, because each asks for another advice; a timeout is an answer.
 */
#ifndef DNS_ANSWER_H
#define DNS_ANSWER_H

#include "base/str.h"
#include "dns/addr.h"
#include "dns/rr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum answer_status {
	ANSWER_FOUND,       /* rrs[] holds the record set of the type asked */
	ANSWER_NODATA,      /* the name exists, the type does not */
	ANSWER_NXDOMAIN,    /* no such name */
	ANSWER_SERVFAIL,    /* the server could not say */
	ANSWER_REFUSED,     /* the server would not say */
	ANSWER_ERROR,       /* another RCODE: see rcode */
	ANSWER_LAME,        /* not authoritative where it should be: referral */
	ANSWER_TIMEOUT,     /* nothing came in time */
	ANSWER_UNREACHABLE, /* no way to the server */
	ANSWER_MALFORMED,   /* only unreadable messages came */
	ANSWER_LOOP,    /* the CNAME chain returns to itself or is too long */
	ANSWER_CAPPED,  /* a limit on questions or their answers was reached */
	ANSWER_OUTSIDE, /* not asked: outside the zone files or saved run */
};

enum {
	ANSWER_MAX_CHAIN = 16
}; /* CNAMEs that are followed */

struct answer {
	enum answer_status status;
	uint16_t rcode;     /* the extended RCODE as it came */
	bool authoritative; /* AA */
	bool authenticated; /* AD */
	bool over_tcp;
	bool cached;   /* from what is kept for many: nobody was asked */
	uint8_t sends; /* how often it was sent for; 0: nobody was asked */
	const struct rr
	    *rrs; /* ANSWER_FOUND: the set at the end of the chain */
	size_t rrs_len;
	/*
	 * The CNAMEs from the question's name to the name the status is
	 * about, in order. Also filled for NODATA, NXDOMAIN, LOOP, OUTSIDE
	 * and for failures behind a CNAME.
	 */
	const struct rr *chain;
	size_t chain_len;
	const struct rr
	    *soa; /* from the authority of a negative answer, or NULL */
	const struct rr *referral; /* NS set of a delegation: LAME, OUTSIDE */
	size_t referral_len;
	uint16_t ede;        /* RFC 8914 code + 1, or 0 if there was none */
	struct str ede_text; /* raw, from strangers */
	struct server_addr server; /* who answered; ADDR_NONE for files */
	int64_t at;                /* wall clock, seconds since 1970 */
};

/** True for NODATA and NXDOMAIN: it is known that there is no such record. */
bool answer_is_absent(const struct answer *answer);

/**
 * True if nothing is known: SERVFAIL, REFUSED, ERROR, LAME, TIMEOUT,
 * UNREACHABLE, MALFORMED, CAPPED. LOOP and OUTSIDE are not failures.
 */
bool answer_failed(const struct answer *answer);

/**
 * True if a server or a file said it: not for TIMEOUT, UNREACHABLE,
 * MALFORMED, CAPPED and OUTSIDE.
 */
bool answer_is_said(const struct answer *answer);

/** The status as words for people: "no such name", "SERVFAIL"... */
const char *answer_status_text(enum answer_status status);

/** The status as a stable word for saved runs: "found", "nxdomain"... */
const char *answer_status_word(enum answer_status status);

/** Seconds a cache keeps this "no" (RFC 2308 5), or -1 without SOA. */
int64_t answer_negative_ttl(const struct answer *answer);

/** Copies *from* with all it points to into *arena*. */
struct answer *answer_copy(struct arena *arena, const struct answer *from);

/** Takes *seconds* from the TTLs of *copy*, which answer_copy() made. */
void answer_grow_older(struct answer *copy, uint32_t seconds);

/** How many octets of memory answer_copy() takes, about. */
size_t answer_octets(const struct answer *answer);

/** Copies *from* with all it points to into *arena*. */
struct rr rr_copy(struct arena *arena, const struct rr *from);

/** Walks *rr* over the records of *answer*. */
#define answer_foreach_rr(rr, answer) \
	for ((rr) = (answer)->rrs;    \
	     (rr) && (rr) < (answer)->rrs + (answer)->rrs_len; (rr)++)

#endif
