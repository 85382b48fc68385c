/* SPDX-License-Identifier: MIT */
/*
 * The data of one record as master files write it. The only user of the
 * library's reader of text.
 */
#ifndef DNS_ZONEFILE_RDATA_H
#define DNS_ZONEFILE_RDATA_H

#include "base/str.h"
#include "dns/name.h"
#include "dns/rr.h"

#include <stdbool.h>

struct arena;

/** What is wrong, in our own words. */
struct zonefile_fault {
	const char *what;
	const char *hint; /* what to do; NULL: nothing to add */
};

/**
 * Reads *text*, type and data, with names relative to *origin* ("no name":
 * there must be no relative ones) into ret->type and ret->rdata, in *arena*.
 */
bool zonefile_rdata_read(struct arena *arena, struct str text,
    struct name origin, struct rr *ret, struct zonefile_fault *ret_fault);

#endif
