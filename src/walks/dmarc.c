/* SPDX-License-Identifier: MIT */
/*
 * The tree walk. The answers of RFC 9989 4.10 do not depend on each other,
 * so once it is known that the domain has no record all other names are
 * asked at once; what the rules do not reach is dropped.
 */
#include "walks/dmarc.h"

#include "base/arena.h"
#include "dns/suffix.h"
#include "look/look.h"
#include "walks/published.h"

#include <assert.h>

enum {
	LABELS_AFTER_JUMP = 7, /* RFC 9989 4.10 step 4 */
};

/** Reads what *answer* holds into *stop*. */
static void
stop_read(struct arena *arena, struct dmarc_stop *stop)
{
	const struct rr *rr;
	if (stop->answer->status != ANSWER_FOUND) {
		return;
	}
	answer_foreach_rr(rr, stop->answer) {
		const struct dmarc *dmarc =
		    dmarc_parse(arena, rr->rdata.txt.joined);
		if (dmarc->recognised) {
			stop->records++;
			stop->rr = rr;
			stop->dmarc = dmarc;
		}
	}
	/* Steps 2 and 6: several at one name are all discarded. */
	if (stop->records > 1) {
		stop->rr = NULL;
		stop->dmarc = NULL;
	}
}

/** Asks at *domain*; false while the answer is not known. */
static bool
stop_ask(struct look *look, const struct sight *sight, struct name domain,
    struct dmarc_stop *ret)
{
	struct arena *arena = look_scratch(look);
	*ret = (struct dmarc_stop){
		.domain = domain,
		.name = name_prepend(arena, STR("_dmarc"), domain),
	};
	if (!name_is_set(ret->name)) {
		return true;
	}
	ret->answer = published(look, sight, ret->name, RRTYPE_TXT);
	if (!ret->answer) {
		return false;
	}
	stop_read(arena, ret);
	return true;
}

/** The name to ask after *domain*; the root when there is none left. */
static struct name
next_up(struct name domain)
{
	return name_labels(domain) > LABELS_AFTER_JUMP
		   ? name_suffix(domain, LABELS_AFTER_JUMP)
		   : name_parent(domain);
}

static bool
has_own(const struct dmarc_walk *walk)
{
	return walk->stops[0].dmarc != NULL;
}

/** True if nothing above *domain* is of interest under *reach*. */
static bool
is_past_reach(
    const struct dmarc_walk *walk, struct name domain, enum dmarc_reach reach)
{
	if (!has_own(walk) || reach == DMARC_REACH_ROOT) {
		return name_is_root(domain);
	}
	return reach == DMARC_REACH_OWN || !name_is_set(walk->listed) ||
	       !name_is_under(domain, walk->listed);
}

/** Asks at all names above the domain; false while one is not known. */
static bool
climb(struct look *look, const struct sight *sight, enum dmarc_reach reach,
    struct dmarc_walk *walk)
{
	bool known = true;
	struct name domain = next_up(walk->domain);
	while (!is_past_reach(walk, domain, reach)) {
		assert(walk->stops_len < DMARC_WALK_MAX);
		struct dmarc_stop *stop = &walk->stops[walk->stops_len++];
		known = stop_ask(look, sight, domain, stop) && known;
		domain = next_up(domain);
	}
	return known;
}

/** Asks where the walk goes whatever the domain's own answer will be. */
static void
ask_ahead(struct look *look, const struct sight *sight, enum dmarc_reach reach,
    const struct dmarc_walk *walk)
{
	struct name domain = next_up(walk->domain);
	struct dmarc_stop stop;
	while (reach != DMARC_REACH_OWN && name_is_set(walk->listed) &&
	       name_is_under(domain, walk->listed)) {
		(void)stop_ask(look, sight, domain, &stop);
		domain = next_up(domain);
	}
}

/** Steps 2 and 6: the number of stops up to where the walk ends. */
static size_t
stops_by_rule(const struct dmarc_walk *walk)
{
	for (size_t i = 0; i < walk->stops_len; i++) {
		const struct dmarc *dmarc = walk->stops[i].dmarc;
		if (dmarc && dmarc->suffix != DMARC_SUFFIX_UNSAID) {
			return i + 1;
		}
	}
	return walk->stops_len;
}

/** The stop at *domain* if it has a record, or *otherwise*. */
static const struct dmarc_stop *
stop_at(const struct dmarc_walk *walk, struct name domain,
    const struct dmarc_stop *otherwise)
{
	for (size_t i = 0; i < walk->stops_len; i++) {
		if (walk->stops[i].dmarc &&
		    name_equal(walk->stops[i].domain, domain)) {
			return &walk->stops[i];
		}
	}
	return otherwise;
}

/**
 * Selects among the stops from *from* on (RFC 9989 4.10.2): gives the
 * organisational domain, and in *ret_stop* the one whose record applies to
 * names below it, NULL if there is none.
 */
static struct name
select_organization(const struct dmarc_walk *walk, size_t from,
    const struct dmarc_stop **ret_stop)
{
	*ret_stop = NULL;
	for (size_t i = from; i < walk->stops_len; i++) {
		const struct dmarc_stop *stop = &walk->stops[i];
		if (!stop->dmarc) {
			continue;
		}
		*ret_stop = stop;
		if (stop->dmarc->suffix == DMARC_SUFFIX_NO) {
			return stop->domain;
		}
		if (stop->dmarc->suffix == DMARC_SUFFIX_YES && i > 0) {
			const struct name below = name_suffix(
			    walk->domain, name_labels(stop->domain) + 1);
			*ret_stop = stop_at(walk, below, stop);
			return below;
		}
	}
	return *ret_stop ? (*ret_stop)->domain : walk->domain;
}

/** Notes how the walk ended, out of what could not be asked. */
static void
end_note(struct dmarc_walk *walk)
{
	for (size_t i = 0; i < walk->stops_len && !walk->failed; i++) {
		const struct dmarc_stop *stop = &walk->stops[i];
		const bool matters = name_is_set(walk->listed) &&
				     name_is_under(stop->domain, walk->listed);
		if (!stop->answer) {
			continue;
		}
		/* Above the organisation zone files are not expected. */
		if (stop->answer->status == ANSWER_OUTSIDE && matters) {
			walk->end = DMARC_END_OUTSIDE;
			walk->failed = stop;
		} else if (answer_failed(stop->answer)) {
			walk->end = DMARC_END_FAILED;
			walk->failed = stop;
		}
	}
}

/** Whether the domain exists: RFC 9989 A.4, NXDOMAIN alone says no. */
static bool
existence_find(
    struct look *look, const struct sight *sight, struct dmarc_walk *walk)
{
	walk->exists = true;
	if (has_own(walk)) {
		return true; /* a name below it does */
	}
	const struct answer *answer =
	    published(look, sight, walk->domain, RRTYPE_TXT);
	walk->exists = !answer || answer->status != ANSWER_NXDOMAIN ||
		       answer->chain_len > 0;
	return answer != NULL;
}

static void
conclude_own(struct dmarc_walk *walk, enum dmarc_reach reach)
{
	const struct dmarc *dmarc = walk->stops[0].dmarc;
	walk->found = &walk->stops[0];
	walk->effect = dmarc_effect(dmarc, DMARC_AUTHOR_SELF);
	(void)select_organization(walk, 1, &walk->hidden);
	if (dmarc->suffix == DMARC_SUFFIX_NO || walk->hidden == walk->found) {
		walk->hidden = NULL; /* it is meant to stand apart */
	}
	if (reach != DMARC_REACH_ROOT && dmarc->suffix == DMARC_SUFFIX_UNSAID) {
		walk->end = DMARC_END_OWN;
		walk->organizational = (struct name){ 0 };
		walk->below = NULL;
	}
}

static void
conclude(struct dmarc_walk *walk, enum dmarc_reach reach)
{
	const struct dmarc_stop *stop;
	walk->stops_len = stops_by_rule(walk);
	walk->end = DMARC_END_RULES;
	end_note(walk);
	walk->organizational = select_organization(walk, 0, &stop);
	if (walk->end != DMARC_END_RULES &&
	    (!stop || stop->dmarc->suffix == DMARC_SUFFIX_UNSAID)) {
		walk->organizational = (struct name){ 0 };
	}
	walk->below = stop;
	if (has_own(walk)) {
		conclude_own(walk, reach);
		return;
	}
	walk->found = stop;
	if (stop) {
		walk->effect = dmarc_effect(stop->dmarc,
		    walk->exists ? DMARC_AUTHOR_BELOW : DMARC_AUTHOR_NOWHERE);
	}
}

/** The first stop: what DNS says there, or what *start* says instead. */
static bool
start_ask(struct look *look, const struct sight *sight,
    const struct dmarc_start *start, struct dmarc_stop *ret)
{
	struct arena *arena = look_scratch(look);
	if (!start->instead) {
		return stop_ask(look, sight, start->domain, ret);
	}
	*ret = (struct dmarc_stop){
		.domain = start->domain,
		.name = name_prepend(arena, STR("_dmarc"), start->domain),
		.answer = start->instead,
	};
	stop_read(arena, ret);
	return true;
}

bool
dmarc_walk_find(struct look *look, const struct sight *sight,
    const struct dmarc_start *start, struct dmarc_walk *ret)
{
	const struct name domain = start->domain;
	assert(name_is_set(domain) && !name_is_root(domain));
	*ret = (struct dmarc_walk){
		.domain = domain,
		.stops_len = 1,
		.listed = suffix_organizational(look_scratch(look), domain),
	};
	if (!start_ask(look, sight, start, &ret->stops[0])) {
		ask_ahead(look, sight, start->reach, ret);
		return false;
	}
	bool known = existence_find(look, sight, ret);
	known = climb(look, sight, start->reach, ret) && known;
	if (known) {
		conclude(ret, start->reach);
	}
	return known;
}
