/* SPDX-License-Identifier: MIT */
/*
 * Where the zone that holds a domain begins, seen from the resolver: by the
 * SOA of answers (RFC 2308 2.2), never by counting labels.
 */
#ifndef WALKS_ZONE_CUT_H
#define WALKS_ZONE_CUT_H

#include "dns/answer.h"
#include "dns/name.h"

#include <stdbool.h>
#include <stdint.h>

struct look;
struct sight;

struct zone_cut {
	struct name apex;     /* "no name": not known */
	int64_t negative_ttl; /* seconds that a "no" is kept; -1: not known */
	bool answered;        /* something answered at all */
	bool secure;          /* the resolver had validated it (AD) */
	bool exists;          /* the domain's name exists */
};

/**
 * Finds the zone of *domain*; false while not all of it is known, with what
 * is known in *ret*. It looks at the answer for _domainkey below the domain
 * first, because a healthy check asks for that anyway.
 */
bool zone_cut_find(struct look *look, struct name domain, struct zone_cut *ret);

/**
 * Finds the zone that holds *name*, which may be handed on to others further
 * down than the domain is: many have their _domainkey or _dmarc kept by a
 * service. *type* is what was asked at *name* already. *ret* is "no name" if
 * nobody tells; false while that is not known.
 */
bool zone_holding(struct look *look, const struct sight *sight,
    struct name name, enum rrtype type, struct name *ret);

/** The name _domainkey.*domain*, under which the DKIM records stand. */
struct name domainkey_name(struct look *look, struct name domain);

#endif
