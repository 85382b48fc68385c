/* SPDX-License-Identifier: MIT */
/*
 * The zone of a domain as far as a run looks at it: from the resolver's
 * side, or from its own servers', and whether these can be reached at all.
 */
#ifndef WALKS_ZONE_VIEW_H
#define WALKS_ZONE_VIEW_H

#include "walks/authority.h"
#include "walks/zone_cut.h"

#include <stdbool.h>

struct look;

/** Which side of DNS is asked. */
enum view {
	VIEW_RESOLVER,
	VIEW_AUTHORITATIVE,
	VIEW_BOTH, /* the zone's own servers, then what is visible */
};

struct zone_view {
	struct zone_cut cut;
	struct authority authority; /* empty with VIEW_RESOLVER */
	bool own_side; /* the zone's own servers answer, and decide */
	bool broken;   /* there are servers, and none serves the zone */
	bool filtered; /* none can be reached from here, but others can */
};

/**
 * Finds the zone of *domain* and its servers as *view* needs them. False
 * while not all is known; the authority then holds the servers to ask in the
 * meantime.
 */
bool zone_view_find(struct look *look, struct name domain, enum view view,
    struct authority_given given, struct zone_view *ret);

#endif
