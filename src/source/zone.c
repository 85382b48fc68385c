/* SPDX-License-Identifier: MIT */
/*
 * Searching zones: RFC 1034 4.3.2 with RFC 4592 (wildcards), RFC 6672
 * (DNAME), RFC 2308 (negative answers) and RFC 8020 (empty names exist).
 * Records lie in canonical order, so what stands below a name follows it.
 */
#include "source/zone.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/vec.h"
#include "source/ready.h"
#include "source/zone_data.h"

#include <assert.h>
#include <stdlib.h>

enum {
	RCODE_YXDOMAIN = 6, /* RFC 6672 2.2 */
};

struct zone_source {
	struct source source;
	struct ready ready;
	struct arena *arena; /* of the zones */
	struct zone_set zones;
};

/** A search under way. */
struct search {
	const struct zone_source *source;
	const struct zone *zone; /* where the chain has led */
	struct arena *arena;
	const struct question *question;
	struct answer *to;
	struct VEC(struct rr) chain;
};

/** Copies the records of *type* at *node* as those of *owner*. */
static void
take_type(struct search *search, struct zone_node node, enum rrtype type,
    struct name owner)
{
	struct VEC(struct rr) found = { 0 };
	for (size_t i = 0; i < node.len; i++) {
		struct rr rr = *node.at[i];
		rr.owner = owner;
		if (rr.type != type) {
			continue;
		}
		vec_push(search->arena, &found, rr);
	}
	search->to->rrs = found.at;
	search->to->rrs_len = found.len;
}

/** The records that answer for *name*: its own, or those of a wildcard. */
static struct zone_node
node_for(const struct search *search, struct name name)
{
	const struct zone *zone = search->zone;
	struct name above = name;
	const struct zone_node own = zone_node(zone, name);
	if (own.len > 0 || zone_has_name(zone, name)) {
		return own;
	}
	/* RFC 4592 2.2.1: only a child of the closest encloser. */
	do {
		above = name_parent(above);
	} while (!zone_has_name(zone, above));
	const struct name star = name_prepend(search->arena, STR("*"), above);
	return name_is_set(star) ? zone_node(zone, star)
				 : (struct zone_node){ 0 };
}

/** Ends the search where this zone has nothing more to say. */
static void
settle(struct search *search, enum answer_status status)
{
	assert(status != ANSWER_FOUND || search->to->rrs_len > 0);
	search->to->status = status;
	search->to->chain = search->chain.at;
	search->to->chain_len = search->chain.len;
	if (status == ANSWER_NODATA || status == ANSWER_NXDOMAIN) {
		search->to->soa = search->zone->soa;
	}
}

/**
 * A name below a zone cut: another zone's, which is not among the files. Of
 * that the asker may know too; a resolver would have followed it.
 */
static void
settle_delegated(struct search *search, struct zone_node cut)
{
	assert(cut.len > 0);
	take_type(search, cut, RRTYPE_NS, cut.at[0]->owner);
	search->to->referral = search->to->rrs;
	search->to->referral_len = search->to->rrs_len;
	search->to->rrs = NULL;
	search->to->rrs_len = 0;
	search->to->authoritative = false;
	settle(search, search->question->side == SIDE_RESOLVER ? ANSWER_OUTSIDE
							       : ANSWER_LAME);
}

/** True if the chain has been at *name* before. */
static bool
was_at(const struct search *search, struct name name)
{
	const struct rr *link;
	vec_foreach(link, &search->chain) {
		if (name_equal(link->owner, name)) {
			return true;
		}
	}
	return false;
}

/** Adds *cname* to the chain and gives where it leads. */
static struct name
follow(struct search *search, const struct rr *cname)
{
	vec_push(search->arena, &search->chain, *cname);
	return cname->rdata.target;
}

/** Redirects *name* by *dname*; false if that would be too long a name. */
static bool
redirect(struct search *search, const struct rr *dname, struct name name,
    struct name *ret_next)
{
	struct arena *arena = search->arena;
	struct rr cname = { .owner = name, .type = RRTYPE_CNAME };
	cname.ttl = dname->ttl;
	cname.rdata.target = name_join(arena,
	    name_relative(arena, name, dname->owner), dname->rdata.target);
	if (!name_is_set(cname.rdata.target)) {
		search->to->rcode = RCODE_YXDOMAIN;
		settle(search, ANSWER_ERROR);
		return false;
	}
	*ret_next = follow(search, &cname);
	return true;
}

/**
 * Looks *name* up in the zone of the search. True if a CNAME leads on to
 * *ret_next*; else the search is settled.
 */
static bool
look_up(struct search *search, struct name name, struct name *ret_next)
{
	const enum rrtype type = search->question->type;
	const struct zone_node cut = zone_cut_above(search->zone, name, type);
	if (cut.len > 0) {
		settle_delegated(search, cut);
		return false;
	}
	const struct rr *dname = zone_dname_above(search->zone, name);
	if (dname) {
		return redirect(search, dname, name, ret_next);
	}
	const struct zone_node node = node_for(search, name);
	take_type(search, node, type, name);
	if (search->to->rrs_len > 0) {
		settle(search, ANSWER_FOUND);
		return false;
	}
	take_type(search, node, RRTYPE_CNAME, name);
	if (search->to->rrs_len > 0) {
		*ret_next = follow(search, &search->to->rrs[0]);
		search->to->rrs = NULL;
		search->to->rrs_len = 0;
		return true;
	}
	settle(search, node.len > 0 || zone_has_name(search->zone, name)
			   ? ANSWER_NODATA
			   : ANSWER_NXDOMAIN);
	return false;
}

/** Goes on at *name*, to which a CNAME led; false if the search is over. */
static bool
go_on(struct search *search, struct name name)
{
	const struct zone *next = zone_set_find(&search->source->zones, name);
	if (was_at(search, name) || search->chain.len > ANSWER_MAX_CHAIN) {
		settle(search, ANSWER_LOOP);
		return false;
	}
	if (search->question->side == SIDE_AUTHORITATIVE &&
	    next != search->zone) {
		/* A server leaves the rest to who asked. */
		settle(search, ANSWER_NODATA);
		search->to->soa = NULL;
		return false;
	}
	if (!next) {
		settle(search, ANSWER_OUTSIDE);
		return false;
	}
	search->zone = next;
	return true;
}

static const struct answer *
zone_answer(
    struct source *source, const struct question *question, struct arena *arena)
{
	struct search search = {
		.source = (const struct zone_source *)source,
		.arena = arena,
		.question = question,
		.to = ARENA_NEW(arena, struct answer),
	};
	struct name name = question->name;
	search.zone = zone_set_find(&search.source->zones, name);
	search.to->authoritative = true;
	search.to->server = question->server;
	if (!search.zone) {
		const bool resolver = question->side == SIDE_RESOLVER;
		search.to->authoritative = false;
		search.to->status = resolver ? ANSWER_OUTSIDE : ANSWER_REFUSED;
		return search.to;
	}
	while (look_up(&search, name, &name) && go_on(&search, name)) {
	}
	return search.to;
}

static struct ticket *
zone_start(struct source *source, const struct question *question,
    source_done_fn *done, void *context)
{
	struct zone_source *zone = (struct zone_source *)source;
	return ready_start(&zone->ready, question, done, context);
}

static bool
zone_step(struct source *source)
{
	struct zone_source *zone = (struct zone_source *)source;
	return ready_step(&zone->ready, source, zone_answer);
}

static void
zone_cancel(struct source *source, struct ticket *ticket)
{
	ready_cancel(&((struct zone_source *)source)->ready, ticket);
}

static void
zone_close(struct source *source)
{
	struct zone_source *zone = (struct zone_source *)source;
	ready_close(&zone->ready);
	arena_free(&zone->arena);
	free(zone);
}

struct source *
zone_source_open(const struct zonefile *files, size_t len)
{
	static const struct source_ops ops = {
		.start = zone_start,
		.step = zone_step,
		.cancel = zone_cancel,
		.close = zone_close,
	};
	struct zone_source *source = xcalloc(1, sizeof(*source));
	assert(files && len > 0);
	source->source.ops = &ops;
	ready_open(&source->ready);
	source->arena = arena_new();
	source->zones = zone_set_of(source->arena, files, len);
	return &source->source;
}
