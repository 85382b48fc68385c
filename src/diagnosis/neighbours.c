/* SPDX-License-Identifier: MIT */
/* Which names lie near a record's name, and asking for all of them. */
#include "diagnosis/neighbours.h"

#include "base/arena.h"
#include "checks/content.h"
#include "look/look.h"
#include "walks/published.h"
#include "walks/wildcard.h"

#include <assert.h>
#include <string.h>

enum {
	MAX_DOUBLED = 5
}; /* names a record: the search has 60 in all */

static struct neighbour *
add(struct neighbours *names, const struct scene *scene, struct name name)
{
	if (!name_is_set(name) || names->len == NEIGHBOURS_MAX ||
	    name_equal(name, scene->subject->record->name)) {
		return NULL;
	}
	for (size_t i = 0; i < names->len; i++) {
		if (name_equal(names->at[i].name, name)) {
			return NULL;
		}
	}
	struct neighbour *added = &names->at[names->len++];
	*added = (struct neighbour){ .name = name, .removable = true };
	return added;
}

/** The first *labels* labels of *name*, as a name of their own. */
static struct name
first_labels(struct arena *arena, struct name name, size_t labels)
{
	const size_t all = name_labels(name);
	const struct name rest = name_suffix(name, all - labels);
	return name_relative(arena, name, rest);
}

/** Adds left + the first labels of the domain + *end*. */
static void
add_doubled(struct look *look, const struct scene *scene, size_t labels,
    struct name end, struct neighbours *ret)
{
	struct arena *arena = look_scratch(look);
	const struct name name = scene->subject->record->name;
	const struct name part = first_labels(arena, scene->domain, labels);
	const struct name tail = name_join(arena, part, end);
	const struct name left = name_is_under(name, scene->domain)
				     ? name_relative(arena, name, scene->domain)
				     : (struct name){ 0 };
	if (!name_is_set(tail) || !name_is_set(left) ||
	    ret->len == MAX_DOUBLED) {
		return;
	}
	struct neighbour *added = add(ret, scene, name_join(arena, left, tail));
	/* What is likeliest is asked for at once; the others share a stem. */
	if (added && !name_is_root(left) &&
	    (ret->len > 1 || scene->subject->record->kind == RECORD_DKIM)) {
		added->stem = tail;
	}
}

void
neighbours_doubled(
    struct look *look, const struct scene *scene, struct neighbours *ret)
{
	const size_t all = name_labels(scene->domain);
	const size_t below = all - name_labels(scene->apex);
	ret->len = 0;
	add_doubled(look, scene, all, scene->apex, ret);
	add_doubled(look, scene, all, scene->domain, ret);
	/* The sub-domain alone typed once more. */
	if (below > 0) {
		add_doubled(look, scene, below, scene->domain, ret);
	}
	/* The zone was typed without all of its suffix. */
	for (size_t labels = all - 1; labels > below; labels--) {
		add_doubled(look, scene, labels, scene->apex, ret);
	}
}

/** One way of putting a record at another name. */
struct slip {
	enum record_kind kind;
	const char *labels; /* in front of the base; "T" is the token */
	enum {
		AT_DOMAIN,
		AT_PARENT,
		AT_APEX
	} base;
	const char *place;
	bool removable;
	bool exact;
};

static const struct slip SLIPS[] = {
	{ RECORD_OWNERSHIP, "ivymail", AT_DOMAIN, "the underscore is missing",
	    true, false },
	{ RECORD_OWNERSHIP, "", AT_DOMAIN,
	    "at the domain itself, without _ivymail", true, false },
	{ RECORD_OWNERSHIP, "__ivymail", AT_DOMAIN, "the underscore is doubled",
	    true, false },
	{ RECORD_OWNERSHIP, "_ivymail", AT_PARENT,
	    "a part of the domain was left out", true, true },
	{ RECORD_OWNERSHIP, "_ivymail", AT_APEX, "the sub-domain was left out",
	    true, true },
	{ RECORD_OWNERSHIP, "", AT_APEX, "at the zone itself", true, true },
	{ RECORD_OWNERSHIP, "_ivymail.www", AT_DOMAIN, "under www", true,
	    false },
	{ RECORD_SPF, "_spf", AT_DOMAIN, "at _spf below the domain", false,
	    false },
	{ RECORD_SPF, "spf", AT_DOMAIN, "at spf below the domain", false,
	    false },
	{ RECORD_SPF, "www", AT_DOMAIN, "under www", false, true },
	{ RECORD_DKIM, "T_domainkey", AT_DOMAIN,
	    "the dot after the token is missing", true, false },
	{ RECORD_DKIM, "T.domainkey", AT_DOMAIN, "the underscore is missing",
	    true, false },
	{ RECORD_DKIM, "T", AT_DOMAIN, "_domainkey is missing", true, false },
	{ RECORD_DKIM, "T.__domainkey", AT_DOMAIN, "the underscore is doubled",
	    true, false },
	{ RECORD_DKIM, "T._domainkey", AT_PARENT,
	    "a part of the domain was left out", true, false },
	{ RECORD_DKIM, "T._domainkey", AT_APEX, "the sub-domain was left out",
	    true, false },
	{ RECORD_DKIM, "T._domainkey.www", AT_DOMAIN, "under www", true,
	    false },
	{ RECORD_DKIM, "T._domainkey.mail", AT_DOMAIN,
	    "under the MAIL FROM name", true, false },
	{ RECORD_DMARC, "dmarc", AT_DOMAIN, "the underscore is missing", true,
	    false },
	{ RECORD_DMARC, "", AT_DOMAIN, "at the domain itself, without _dmarc",
	    true, false },
	{ RECORD_DMARC, "__dmarc", AT_DOMAIN, "the underscore is doubled", true,
	    false },
	{ RECORD_DMARC, "_dmarc_", AT_DOMAIN, "an underscore too many", true,
	    false },
	{ RECORD_DMARC, "_dmarc.mail", AT_DOMAIN, "under the MAIL FROM name",
	    true, false },
	{ RECORD_DMARC, "_dmarc.www", AT_DOMAIN, "under www", true, false },
	{ RECORD_DMARC, "", AT_APEX, "at the zone itself", false, false },
	{ RECORD_MAIL_FROM_MX, "", AT_DOMAIN,
	    "at the domain itself, without mail", true, false },
	{ RECORD_MAIL_FROM_MX, "mail", AT_PARENT,
	    "a part of the domain was left out", false, true },
	{ RECORD_MAIL_FROM_MX, "mail", AT_APEX, "the sub-domain was left out",
	    false, true },
	{ RECORD_MAIL_FROM_MX, "", AT_APEX, "at the zone itself", false, true },
	{ RECORD_MAIL_FROM_MX, "_mail", AT_DOMAIN,
	    "with an underscore that does not belong there", true, false },
	{ RECORD_MAIL_FROM_SPF, "mail", AT_APEX, "the sub-domain was left out",
	    false, true },
	{ RECORD_MAIL_FROM_SPF, "_mail", AT_DOMAIN,
	    "with an underscore that does not belong there", false, true },
};

static struct name
slip_base(const struct scene *scene, const struct slip *slip)
{
	const struct name parent = name_parent(scene->domain);
	switch (slip->base) {
	case AT_DOMAIN:
		return scene->domain;
	case AT_PARENT:
		/* The apex has rows of its own. */
		return name_is_under(parent, scene->apex) &&
			       !name_equal(parent, scene->apex)
			   ? parent
			   : (struct name){ 0 };
	case AT_APEX:
		return name_equal(scene->apex, scene->domain)
			   ? (struct name){ 0 }
			   : scene->apex;
	}
	return (struct name){ 0 };
}

/** The labels of *slip* with the token in the place of the T. */
static struct str
slip_labels(struct arena *arena, const struct slip *slip, struct str token)
{
	const struct str labels = str_of(slip->labels);
	if (slip->kind != RECORD_DKIM) {
		return labels;
	}
	assert(labels.at[0] == 'T');
	return str_print(
	    arena, "%.*s%.*s", STR_ARG(token), STR_ARG(str_from(labels, 1)));
}

static void
add_slip(struct look *look, const struct scene *scene, const struct slip *slip,
    struct neighbours *ret)
{
	struct arena *arena = look_scratch(look);
	const struct expected *record = scene->subject->record;
	const struct name base = slip_base(scene, slip);
	struct name name = base;
	if (!name_is_set(base)) {
		return;
	}
	const struct str labels = slip_labels(arena, slip, record->token);
	if (labels.len > 0) {
		struct name left;
		if (name_parse(arena, labels, &left) != NAME_OK) {
			return;
		}
		name = name_join(arena, left, base);
	}
	struct neighbour *added = add(ret, scene, name);
	if (!added) {
		return;
	}
	added->place = slip->place;
	added->removable = slip->removable;
	added->exact = slip->exact;
	if (record->kind == RECORD_DKIM && strchr(slip->labels, '.')) {
		added->stem = name_parent(name);
	}
}

/** The value typed as the name: T.dkim.amazonses.com below the domain. */
static void
add_swapped(
    struct look *look, const struct scene *scene, struct neighbours *ret)
{
	struct arena *arena = look_scratch(look);
	const struct expected *record = scene->subject->record;
	if (record->kind != RECORD_DKIM || !name_is_set(record->target)) {
		return;
	}
	struct neighbour *added =
	    add(ret, scene, name_join(arena, record->target, scene->domain));
	if (added) {
		added->place = "name and value were exchanged";
		added->any = true;
		added->stem = name_parent(added->name);
	}
}

void
neighbours_misplaced(
    struct look *look, const struct scene *scene, struct neighbours *ret)
{
	ret->len = 0;
	for (size_t i = 0; i < sizeof(SLIPS) / sizeof(*SLIPS); i++) {
		if (SLIPS[i].kind == scene->subject->record->kind) {
			add_slip(look, scene, &SLIPS[i], ret);
		}
	}
	add_swapped(look, scene, ret);
}

/** True if *rr* is only what a wildcard of the zone says anywhere. */
static bool
is_wildcard(struct look *look, const struct scene *scene, const struct rr *rr)
{
	const struct sight *sight = &scene->subject->sight;
	return wildcard_gives(
		   wildcard_find(look, sight, scene->domain, rr->type), rr) ||
	       wildcard_gives(
		   wildcard_find(look, sight, scene->apex, rr->type), rr);
}

/** The record of the scene among what *at* answered, or NULL. */
static const struct rr *
recognise(
    struct look *look, const struct scene *scene, const struct neighbour *at)
{
	const struct rr *rr;
	answer_foreach_rr(rr, at->answer) {
		const bool meant =
		    at->any || content_is_right(scene->subject, rr) ||
		    (!at->exact && content_could_be(
				       look_scratch(look), scene->subject, rr));
		if (meant && name_equal(rr->owner, at->name) &&
		    !is_wildcard(look, scene, rr)) {
			return rr;
		}
	}
	return NULL;
}

/** True if something may stand below *stem*, as far as is known. */
static bool
is_worth_asking(struct look *look, const struct scene *scene, struct name stem)
{
	const struct sight *sight = &scene->subject->sight;
	const bool own = name_is_under(stem, scene->domain);
	/* Wildcards of the domain are asked for with its records. */
	const struct answer *answer =
	    own ? NULL : published(look, sight, stem, RRTYPE_TXT);
	if (!own && (!answer || answer->status == ANSWER_NXDOMAIN)) {
		return false;
	}
	enum rrtype type;
	const struct wildcard wildcard =
	    wildcard_any(look, sight, own ? scene->domain : scene->apex, &type);
	if (!wildcard.known) {
		return false;
	}
	answer = published(look, sight, stem, type);
	return answer && answer->status != ANSWER_NXDOMAIN &&
	       !(wildcard.answer && wildcard_explains(wildcard, answer));
}

const struct neighbour *
neighbours_search(
    struct look *look, const struct scene *scene, struct neighbours *names)
{
	const enum rrtype type = scene->subject->record->type;
	const struct sight *sight = &scene->subject->sight;
	const struct neighbour *first = NULL;
	for (size_t i = 0; i < names->len; i++) {
		struct neighbour *at = &names->at[i];
		if (name_is_set(at->stem) &&
		    !is_worth_asking(look, scene, at->stem)) {
			continue;
		}
		at->answer = published(look, sight, at->name, type);
		if (at->answer && at->answer->status == ANSWER_FOUND) {
			at->rr = recognise(look, scene, at);
		}
		if (at->rr && !first) {
			first = at;
		}
	}
	return first;
}
