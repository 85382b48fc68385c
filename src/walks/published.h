/* SPDX-License-Identifier: MIT */
/*
 * What is published at a name: the one place through which checks, causes
 * and walks ask for records, so that whose answers count is decided once.
 */
#ifndef WALKS_PUBLISHED_H
#define WALKS_PUBLISHED_H

#include "dns/addr.h"
#include "dns/answer.h"
#include "dns/name.h"
#include "dns/rr.h"

#include <stddef.h>
#include <stdint.h>

struct authority;
struct look;

/**
 * Whose answers count. All zero: the configured resolvers'.
 */
struct sight {
	/* The zone's own side; NULL: a resolver's. */
	const struct authority *authority;
	size_t server; /* which of the authority's servers */
	/* A resolver to ask in the place of the configured ones, or none. */
	struct server_addr resolver;
	uint8_t again; /* which repeat of the question at a resolver */
};

/**
 * The records of *type* at *name* as *sight* sees them; NULL: not known yet.
 * Names outside the zone, or below a further zone cut, are asked at the
 * resolver in any case. When a resolver fails on a chain of CNAMEs, its
 * links are asked one by one, so a failure that is given was seen at the
 * name it is about.
 */
const struct answer *published(struct look *look, const struct sight *sight,
    struct name name, enum rrtype type);

#endif
