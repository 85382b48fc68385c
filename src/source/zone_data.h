/* SPDX-License-Identifier: MIT */
/*
 * The records of one zone, in the order in which names are searched.
 * Must never know what is asked.
 */
#ifndef SOURCE_ZONE_DATA_H
#define SOURCE_ZONE_DATA_H

#include "dns/name.h"
#include "dns/name_index.h"
#include "dns/rr.h"
#include "dns/zonefile.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/** One zone: records by owner (RFC 4034 6.1), type and data. */
struct zone {
	struct name apex;
	const struct rr *soa; /* where the file has none, a made-up one */
	const struct rr **at;
	size_t len;
	struct name_index owners; /* where their records begin in at[] */
	bool has_cuts;            /* an NS stands below the apex */
	bool has_dnames;
};

/** The records of one owner: from at[0] on, len of them. */
struct zone_node {
	const struct rr **at;
	size_t len;
};

/** All zones, by apex; in an arena. */
struct zone_set {
	struct zone *at;
	size_t len;
	struct name_index apexes;
};

/**
 * Sorts the records of *files* into zones, each once (RFC 2181 5). Those of
 * a file that does not tell its apex belong to the organisational domain of
 * their owner.
 */
struct zone_set zone_set_of(
    struct arena *arena, const struct zonefile *files, size_t len);

/** The zone nearest to *name*, or NULL. */
const struct zone *zone_set_find(const struct zone_set *set, struct name name);

/** The records at *name*. */
struct zone_node zone_node(const struct zone *zone, struct name name);

/** The first record of *type* at *node*, or NULL. */
const struct rr *zone_node_first(struct zone_node node, enum rrtype type);

/** True if *name* has records, or names below it. */
bool zone_has_name(const struct zone *zone, struct name name);

/**
 * The node with the delegation that *name* lies at or below when *type* is
 * asked for, or an empty node.
 */
struct zone_node zone_cut_above(
    const struct zone *zone, struct name name, enum rrtype type);

/** The DNAME above *name*, which redirects it, or NULL. */
const struct rr *zone_dname_above(const struct zone *zone, struct name name);

#endif
