/* SPDX-License-Identifier: MIT */
/*
 * A made-up part of the world for tests: a domain that is set up as it should
 * be, in its zone, and the zones of Amazon SES and of other senders that its
 * records lead to. All of it follows from a seed.
 */
#ifndef TESTS_REALM_H
#define TESTS_REALM_H

#include "base/str.h"
#include "base/vec.h"
#include "dns/edit.h"
#include "dns/name.h"
#include "dns/rr.h"
#include "expect/expect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct dice;

/** One zone; its records may have any owner below its apex. */
struct realm_zone {
	struct name apex;
	uint32_t minimum; /* of its SOA: seconds that a "no" is kept */
	struct VEC(struct rr) records;
};

enum {
	INDEX_LISTED = INDEX_OTHER, /* a record of the list besides the eight */
	REALM_RECORDS,
};

enum realm_zones {
	ZONE_OWN,
	ZONE_SES,    /* amazonses.com */
	ZONE_SENDER, /* the first of those that send for the domain too */
	ZONE_BELOW = ZONE_SENDER + 2, /* what was handed on, if any */
	REALM_ZONES,
};

struct realm {
	struct arena *arena;
	size_t depth;      /* labels of the domain below its zone's apex */
	struct str others; /* SPF terms of other senders, each with a blank */
	struct expect expect;
	struct realm_zone zones[REALM_ZONES];
};

/** Makes the realm of *dice* in *arena*: everything in it is right. */
struct realm *realm_new(struct arena *arena, struct dice *dice);

/** The zone of the domain. */
struct realm_zone *realm_own(struct realm *realm);

/** The expected record with number *index* as it is published. */
struct rr *realm_record(struct realm *realm, size_t index);

/** Adds a record to *zone*. */
void realm_add(struct realm *realm, struct realm_zone *zone, struct rr rr);

/** Takes out *rr*, which points into the records of *zone*. */
void realm_remove(struct realm_zone *zone, const struct rr *rr);

/** The first record of *type* at *name* in *zone*, or NULL. */
struct rr *realm_find(
    struct realm_zone *zone, struct name name, enum rrtype type);

/** The zone that holds *name*, which is in the own zone or below it. */
struct realm_zone *realm_holder(struct realm *realm, struct name name);

/** Hands *cut* and all below it on to a zone of its own; once. */
void realm_hand_on(struct realm *realm, struct name cut);

/**
 * Carries out *edit* in the zone that holds its name; false if there is
 * nothing to remove.
 */
bool realm_edit(struct realm *realm, const struct edit *edit);

/** *zone* as a master file (RFC 1035 5.1), every name absolute. */
struct str realm_zone_text(struct arena *arena, const struct realm_zone *zone);

/** A TXT record of one string, in the realm's arena. */
struct rr realm_txt(struct realm *realm, struct name owner, struct str text);

#endif
