/* SPDX-License-Identifier: MIT */
/*
 * Canonical order (RFC 4034 6.1) puts what stands below a name right behind
 * it, so whether there is anything is a search by halves. What has records
 * is found in an index.
 */
#include "source/zone_data.h"

#include "base/arena.h"
#include "dns/suffix.h"

#include <assert.h>
#include <stdlib.h>

/** A record on its way into the zone of *apex*. */
struct sorted {
	struct name apex;
	const struct rr *rr; /* NULL: there is this zone, even if empty */
};

static int
compare_sorted(const void *a, const void *b)
{
	const struct sorted *left = a;
	const struct sorted *right = b;
	int order = name_cmp(left->apex, right->apex);
	if (order != 0) {
		return order;
	}
	if (!left->rr || !right->rr) {
		return (left->rr != NULL) - (right->rr != NULL);
	}
	order = name_cmp(left->rr->owner, right->rr->owner);
	return order != 0 ? order : rr_cmp(left->rr, right->rr);
}

static bool
tells_apex(const struct zonefile *file)
{
	return file->has_soa ||
	       (name_is_set(file->apex) && !name_is_root(file->apex));
}

/** The apex of the zone that *rr* of *file* belongs to. */
static struct name
apex_of(struct arena *arena, const struct zonefile *file, const struct rr *rr)
{
	if (tells_apex(file)) {
		return file->apex;
	}
	const struct name above = suffix_organizational(arena, rr->owner);
	return name_is_set(above) ? above : rr->owner;
}

/** A stand-in for the SOA that tells the apex; nothing is remembered. */
static const struct rr *
soa_make(struct arena *arena, struct name apex)
{
	struct rr *soa = ARENA_NEW(arena, struct rr);
	soa->owner = apex;
	soa->type = RRTYPE_SOA;
	soa->rdata.soa.mname = apex;
	soa->rdata.soa.rname = apex;
	return soa;
}

/** Begins the zone of *apex*, whose records come to lie at *at*. */
static void
zone_add(struct zone_set *set, struct name apex, const struct rr **at)
{
	set->at[set->len++] = (struct zone){ .apex = apex, .at = at };
}

static void
record_add(struct zone *zone, const struct rr *rr)
{
	if (!rr) {
		return;
	}
	zone->at[zone->len++] = rr;
	if (rr->type == RRTYPE_SOA && !zone->soa &&
	    name_equal(rr->owner, zone->apex)) {
		zone->soa = rr;
	}
}

/** Notes what makes finding the records of *zone* quick. */
static void
zone_index(struct arena *arena, struct zone *zone)
{
	struct name last = { 0 };
	zone->owners = name_index_new(arena, zone->len);
	for (size_t i = 0; i < zone->len; i++) {
		const struct rr *rr = zone->at[i];
		if (!name_equal(rr->owner, last)) {
			last = rr->owner;
			name_index_add(&zone->owners, last, i);
		}
		zone->has_dnames = zone->has_dnames || rr->type == RRTYPE_DNAME;
		zone->has_cuts =
		    zone->has_cuts ||
		    (rr->type == RRTYPE_NS && !name_equal(last, zone->apex));
	}
}

/** Cuts the *len* records at *sorted* into zones. */
static struct zone_set
zones_cut(struct arena *arena, const struct sorted *sorted, size_t len)
{
	struct zone_set set = { .at = ARENA_ARRAY(arena, struct zone, len) };
	const struct rr **at = ARENA_ARRAY(arena, const struct rr *, len);
	for (size_t i = 0; i < len; i++) {
		if (i > 0 && compare_sorted(&sorted[i - 1], &sorted[i]) == 0) {
			continue;
		}
		if (i == 0 || !name_equal(sorted[i - 1].apex, sorted[i].apex)) {
			zone_add(&set, sorted[i].apex, at + i);
		}
		record_add(&set.at[set.len - 1], sorted[i].rr);
	}
	set.apexes = name_index_new(arena, set.len);
	for (size_t i = 0; i < set.len; i++) {
		struct zone *zone = &set.at[i];
		if (!zone->soa) {
			zone->soa = soa_make(arena, zone->apex);
		}
		zone_index(arena, zone);
		name_index_add(&set.apexes, zone->apex, i);
	}
	return set;
}

/** Adds what *file* has to *to*, of which *count* are filled. */
static size_t
file_sort(struct arena *arena, const struct zonefile *file, struct sorted *to,
    size_t count)
{
	const struct rr *rr;
	if (tells_apex(file)) {
		to[count++] = (struct sorted){ file->apex, NULL };
	}
	vec_foreach(rr, &file->records) {
		to[count++] = (struct sorted){ apex_of(arena, file, rr), rr };
	}
	return count;
}

struct zone_set
zone_set_of(struct arena *arena, const struct zonefile *files, size_t len)
{
	size_t room = len;
	size_t count = 0;
	for (size_t i = 0; i < len; i++) {
		room += files[i].records.len;
	}
	struct sorted *sorted = ARENA_ARRAY(arena, struct sorted, room);
	for (size_t i = 0; i < len; i++) {
		count = file_sort(arena, &files[i], sorted, count);
	}
	assert(count <= room);
	qsort(sorted, count, sizeof(*sorted), compare_sorted);
	return zones_cut(arena, sorted, count);
}

const struct zone *
zone_set_find(const struct zone_set *set, struct name name)
{
	for (; name_is_set(name); name = name_parent(name)) {
		const size_t place = name_index_find(&set->apexes, name);
		if (place != NAME_INDEX_NONE) {
			return &set->at[place];
		}
	}
	return NULL;
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
	assert(name_is_set(name));
	const size_t from = name_index_find(&zone->owners, name);
	if (from == NAME_INDEX_NONE) {
		return (struct zone_node){ 0 };
	}
	size_t to = from;
	while (to < zone->len && name_equal(zone->at[to]->owner, name)) {
		to++;
	}
	return (struct zone_node){ .at = zone->at + from, .len = to - from };
}

bool
zone_has_name(const struct zone *zone, struct name name)
{
	if (name_equal(name, zone->apex) ||
	    name_index_find(&zone->owners, name) != NAME_INDEX_NONE) {
		return true;
	}
	const size_t at = lower_bound(zone, name);
	return at < zone->len && name_is_under(zone->at[at]->owner, name);
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
	if (!zone->has_cuts) {
		return (struct zone_node){ 0 };
	}
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
	if (!zone->has_dnames) {
		return NULL;
	}
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
