/* SPDX-License-Identifier: MIT */
/*
 * Whether an answer comes from a wildcard (RFC 4592): a sibling name that
 * nobody would add answers too.
 */
#ifndef WALKS_WILDCARD_H
#define WALKS_WILDCARD_H

#include "dns/answer.h"
#include "dns/name.h"
#include "dns/rr.h"

#include <stdbool.h>

struct arena;
struct look;
struct sight;

/** What a wildcard would answer in the place of one name. */
struct wildcard {
	bool known;                  /* false: not all answers are there yet */
	const struct answer *answer; /* NULL: no wildcard of this type */
};

/**
 * A name under *above* that nobody publishes: what answers there is a
 * wildcard. No name if *above* leaves no room for it.
 */
struct name wildcard_probe(struct arena *arena, struct name above);

/** True if *name* was made by wildcard_probe(). */
bool wildcard_is_probe(struct name name);

/**
 * Asks what names beside *name*, under *above*, answer for *type*. *above*
 * is the name whose children are asked for: "probe.*above*".
 */
struct wildcard wildcard_find(struct look *look, const struct sight *sight,
    struct name above, enum rrtype type);

/** True if the wildcard gives the record *rr*, its owner aside. */
bool wildcard_gives(struct wildcard wildcard, const struct rr *rr);

/** True if *answer*, of its type, says just what the wildcard says. */
bool wildcard_explains(struct wildcard wildcard, const struct answer *answer);

/**
 * What a wildcard under *above* answers for the first type that it has of
 * those that wildcards are made for; *ret_type* is that type, and TXT if
 * there is no wildcard. A name that exists, if only by what is below it, is
 * told from the wildcard by asking it for this type (RFC 4592 2.2.1).
 */
struct wildcard wildcard_any(struct look *look, const struct sight *sight,
    struct name above, enum rrtype *ret_type);

#endif
