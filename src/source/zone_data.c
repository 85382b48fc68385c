/* SPDX-License-Identifier: MIT */
/*
 * Canonical order (RFC 4034 6.1) puts what stands below a name right behind
 * it, so a search is a step by halves.
 */
#include "source/zone_data.h"

#include "base/alloc.h"

#include <assert.h>
#include <stdlib.h>

static int
compare_records(const void *a, const void *b)
{
	const struct rr *const *left = a;
	const struct rr *const *right = b;
	const int order = name_cmp((*left)->owner, (*right)->owner);
	return order != 0 ? order : rr_cmp(*left, *right);
}

void
zone_fill(struct zone *zone, const struct zonefile *file)
{
	const struct rr *rr;
	zone->at = xrealloc(
	    zone->at, (zone->len + file->records.len + 1) * sizeof(*zone->at));
	vec_foreach(rr, &file->records) {
		zone->at[zone->len++] = rr;
		if (rr->type == RRTYPE_SOA && !zone->soa) {
			zone->soa = rr;
		}
	}
}

void
zone_settle(struct zone *zone)
{
	size_t kept = 0;
	qsort(zone->at, zone->len, sizeof(*zone->at), compare_records);
	for (size_t i = 0; i < zone->len; i++) {
		if (kept == 0 ||
		    compare_records(&zone->at[kept - 1], &zone->at[i]) != 0) {
			zone->at[kept++] = zone->at[i];
		}
	}
	zone->len = kept;
	if (!zone->soa) {
		struct rr *soa = &zone->made_soa;
		*soa = (struct rr){ .owner = zone->apex, .type = RRTYPE_SOA };
		soa->rdata.soa.mname = zone->apex;
		soa->rdata.soa.rname = zone->apex;
		zone->soa = soa;
	}
}

/** The first record whose owner is not before *name*. */
static size_t
lower_bound(const struct zone *zone, struct name name)
{
	size_t low = 0;
	size_t high = zone->len;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (name_cmp(zone->at[middle]->owner, name) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

struct zone_node
zone_node(const struct zone *zone, struct name name)
{
	const size_t from = lower_bound(zone, name);
	size_t to = from;
	while (to < zone->len && name_equal(zone->at[to]->owner, name)) {
		to++;
	}
	return (struct zone_node){ .at = zone->at + from, .len = to - from };
}

bool
zone_has_name(const struct zone *zone, struct name name)
{
	const size_t at = lower_bound(zone, name);
	return name_equal(name, zone->apex) ||
	       (at < zone->len && name_is_under(zone->at[at]->owner, name));
}

const struct rr *
zone_node_first(struct zone_node node, enum rrtype type)
{
	for (size_t i = 0; i < node.len; i++) {
		if (node.at[i]->type == type) {
			return node.at[i];
		}
	}
	return NULL;
}

struct zone_node
zone_cut_above(const struct zone *zone, struct name name, enum rrtype type)
{
	const size_t apex = name_labels(zone->apex);
	/* A DS stands above the cut that it is about (RFC 4035 3.1.4.1). */
	const size_t end = name_labels(name) + (type == RRTYPE_DS ? 0 : 1);
	for (size_t labels = apex + 1; labels < end; labels++) {
		const struct zone_node node =
		    zone_node(zone, name_suffix(name, labels));
		if (zone_node_first(node, RRTYPE_NS)) {
			return node;
		}
	}
	return (struct zone_node){ 0 };
}

const struct rr *
zone_dname_above(const struct zone *zone, struct name name)
{
	const size_t apex = name_labels(zone->apex);
	for (size_t labels = apex; labels < name_labels(name); labels++) {
		const struct rr *dname = zone_node_first(
		    zone_node(zone, name_suffix(name, labels)), RRTYPE_DNAME);
		if (dname) {
			return dname;
		}
	}
	return NULL;
}
