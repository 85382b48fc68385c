/* SPDX-License-Identifier: MIT */
/*
 * What is published at a name: the one place through which checks, causes
 * and walks ask for records, so that whose answers count is decided once.
 */
#ifndef WALKS_PUBLISHED_H
#define WALKS_PUBLISHED_H

#include "dns/answer.h"
#include "dns/name.h"
#include "dns/rr.h"

struct authority;
struct look;

/** Whose answers count for the names of the domain's own zone. */
struct sight {
	/* The zone's own servers; NULL: what the resolver says. */
	const struct authority *authority;
};

/**
 * The records of *type* at *name* as *sight* sees them; NULL: not known yet.
 * Names outside the zone are asked at the resolver in any case. When a
 * resolver fails on a chain of CNAMEs, its links are asked one by one, so a
 * failure that is given was seen at the name it is about.
 */
const struct answer *published(struct look *look, const struct sight *sight,
    struct name name, enum rrtype type);

#endif
