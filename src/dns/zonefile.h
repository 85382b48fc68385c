/* SPDX-License-Identifier: MIT */
/*
 * Master files: RFC 1035 5.1, without $INCLUDE; RFC 2308 4 for $TTL.
 */
#ifndef DNS_ZONEFILE_H
#define DNS_ZONEFILE_H

#include "base/str.h"
#include "base/vec.h"
#include "dns/name.h"
#include "dns/rr.h"

#include <stdbool.h>

struct arena;
struct err;

enum {
	ZONEFILE_MAX = 16 << 20,   /* octets of a file */
	ZONEFILE_MAX_LINE = 65536, /* octets of a record with its lines */
};

/** What one file says. */
struct zonefile {
	struct name apex; /* the owner of its SOA; else its first $ORIGIN */
	bool has_soa;
	struct VEC(struct rr) records;
	struct VEC(unsigned) lines;      /* where each of them begins */
	struct VEC(struct str) warnings; /* sentences, our own words */
};

/** A file to read. */
struct zonefile_input {
	struct str name; /* for messages, safe to print */
	struct str content;
	struct name origin; /* until $ORIGIN says another; also the apex if
			       the file has neither SOA nor $ORIGIN */
};

/**
 * Reads a master file into *arena*. False with *reterr* naming file and line
 * of the first thing that is wrong.
 */
bool zonefile_read(struct arena *arena, const struct zonefile_input *input,
    struct zonefile *ret, struct err *reterr);

#endif
