/* SPDX-License-Identifier: MIT */
/* From what is expected and what stands there to what is to be published. */
#include "cmd/records_facts.h"

#include "base/arena.h"
#include "cmd/session.h"
#include "dns/suffix.h"
#include "findings/template.h"
#include "mail/dmarc.h"
#include "mail/spf.h"
#include "walks/dmarc.h"

#include <assert.h>

/** One offer while it is made. */
struct making {
	struct records_facts *facts;
	struct arena *arena;
	struct offer *offer;
	const struct judgement *judged; /* of its record */
};

/** Takes the data of *rr* as what is to be published. */
static void
take_rr(const struct making *making, const struct rr *rr)
{
	struct offer *offer = making->offer;
	if (rr->type == RRTYPE_MX) {
		offer->value = name_text(making->arena, rr->rdata.mx.exchange);
		offer->priority = rr->rdata.mx.preference;
		return;
	}
	offer->value = rr_value(making->arena, rr);
}

/** Takes *found*, a value as reports show it ("10 host" for an MX). */
static void
take_found(const struct making *making, struct str found)
{
	struct offer *offer = making->offer;
	struct str rest = found;
	struct str first;
	unsigned long priority;
	if (offer->has_priority && str_split(&rest, ' ', &first) &&
	    str_number(first, UINT16_MAX, &priority)) {
		offer->priority = (uint16_t)priority;
		found = rest;
	}
	offer->value = found;
}

/** True if *found* is what the record is about, and not just beside it. */
static bool
is_meant(const struct making *making, struct str found)
{
	switch (making->offer->expected->kind) {
	case RECORD_SPF:
	case RECORD_MAIL_FROM_SPF:
		return spf_is_record(found);
	case RECORD_DMARC:
		return dmarc_parse(making->arena, found)->recognised;
	case RECORD_OWNERSHIP:
	case RECORD_DKIM:
	case RECORD_MAIL_FROM_MX:
	case RECORD_OTHER:
		break;
	}
	return true;
}

static bool
is_replaced(const struct making *making, struct str found)
{
	const struct rr *rr;
	vec_foreach(rr, &making->offer->replaced) {
		if (str_eq(rr_value(making->arena, rr), found)) {
			return true;
		}
	}
	return false;
}

/** Takes the first of what was found that stays; false if there is none. */
static bool
take_staying(const struct making *making)
{
	const struct str *found;
	vec_foreach(found, &making->judged->found) {
		if (is_meant(making, *found) && !is_replaced(making, *found)) {
			take_found(making, *found);
			return true;
		}
	}
	return false;
}

/** What *finding* says, and what to do about it. */
static struct str
finding_words(const struct making *making, const struct finding *finding)
{
	struct arena *arena = making->arena;
	const struct offer *offer = making->offer;
	const struct finding_arg always[] = {
		{ "record", STR("this record") },
		{ "name", name_text(arena, offer->name) },
		{ "type", rrtype_text(arena, offer->expected->type) },
		{ "domain", name_text(arena, making->facts->expect.domain) },
		{ "host", offer->host },
	};
	const size_t len = sizeof(always) / sizeof(*always);
	const struct catalog_row *row = catalog_row(finding->code);
	const struct str title =
	    template_fill(arena, row->title, finding, always, len);
	const struct str fix =
	    template_fill(arena, row->fix, finding, always, len);
	return str_print(arena, "%.*s. %.*s", STR_ARG(title), STR_ARG(fix));
}

/** The first finding that is an error; NULL if there is none. */
static const struct finding *
first_error(const struct judgement *judged)
{
	struct finding *const *finding;
	vec_foreach(finding, &judged->findings.list) {
		if (catalog_row((*finding)->code)->severity == SEVERITY_ERROR) {
			return *finding;
		}
	}
	return NULL;
}

/** Takes one change in; true if it is the record itself. */
static bool
take_edit(const struct making *making, const struct edit *edit)
{
	struct offer *offer = making->offer;
	if (edit->op == EDIT_REMOVE) {
		vec_push(making->arena, &offer->replaced, edit->rr);
		return false;
	}
	if (edit->rr.type != offer->expected->type) {
		return false;
	}
	take_rr(making, &edit->rr);
	return true;
}

/** What is wrong is mended by the changes of the finding, or by nobody. */
static void
settle_wrong(const struct making *making)
{
	struct offer *offer = making->offer;
	const struct finding *finding = first_error(making->judged);
	bool added = false;
	assert(finding && "the status comes from one");
	const struct edit *edit;
	vec_foreach(edit, &finding->edits) {
		added = take_edit(making, edit) || added;
	}
	offer->action = OFFER_REPLACE;
	if (added || (finding->edits.len > 0 && take_staying(making))) {
		return;
	}
	offer->action = OFFER_BLOCKED;
	offer->option = NULL;
	offer->remark = finding_words(making, finding);
}

static void
settle_right(const struct making *making)
{
	struct offer *offer = making->offer;
	const struct dmarc_walk *walk = making->judged->dmarc;
	if (walk && walk->found &&
	    !name_equal(walk->found->name, offer->name)) {
		const struct str domain =
		    name_text(making->arena, walk->found->domain);
		offer->action = OFFER_OMIT;
		offer->remark = str_print(making->arena,
		    "Not needed: the policy of %.*s applies already.",
		    STR_ARG(domain));
		return;
	}
	if (take_staying(making)) {
		offer->action = OFFER_KEEP;
		offer->option = NULL;
	}
}

/** Nothing is known of what stands there, or not enough. */
static void
settle_unseen(const struct making *making)
{
	struct offer *offer = making->offer;
	offer->unsure = true;
	if (making->judged->found.len > 0 && take_staying(making)) {
		offer->action = OFFER_UNKNOWN;
		offer->remark =
		    STR("This record stands there already. Not all that it "
			"leads to could be looked up, so whether it will do is "
			"not known.");
		return;
	}
	offer->remark = STR("What stands there now is not known: a second "
			    "record beside an old one would break both.");
}

static void
settle_seen(const struct making *making, unsigned lookups)
{
	struct offer *offer = making->offer;
	switch (making->judged->status) {
	case STATUS_OK:
	case STATUS_PROPAGATING:
		settle_right(making);
		break;
	case STATUS_MISSING:
		break;
	case STATUS_WRONG:
	case STATUS_CONFLICT:
		settle_wrong(making);
		break;
	case STATUS_UNKNOWN:
	case STATUS_NOT_CHECKED:
		settle_unseen(making);
		break;
	}
	if (offer->action == OFFER_REPLACE && lookups > 0) {
		offer->remark = str_print(making->arena,
		    "It costs receivers %u of the 10 DNS lookups that are "
		    "allowed.",
		    lookups);
	}
}

/** Takes in what DNS says of the record number *index*. */
static void
offer_look(struct records_facts *facts, size_t index, struct offer *offer)
{
	const struct records_seen *seen = &facts->seen;
	const struct making making = {
		.facts = facts,
		.arena = facts->session->arena,
		.offer = offer,
		.judged = index < INDEX_OTHER ? &seen->judged[index] : NULL,
	};
	if (index >= INDEX_OTHER || !offer->expected->judged) {
		return;
	}
	if (seen->looked[index]) {
		settle_seen(&making, seen->lookups[index]);
	}
}

static void
zone_settle(struct records_facts *facts)
{
	struct arena *arena = facts->session->arena;
	const struct records_seen *seen = &facts->seen;
	facts->zone = seen->zone.cut.apex;
	facts->zone_known = name_is_set(facts->zone) &&
			    name_is_under(facts->expect.domain, facts->zone) &&
			    !name_is_root(facts->zone);
	if (!facts->zone_known) {
		facts->zone =
		    suffix_organizational(arena, facts->expect.domain);
	}
	if (!name_is_set(facts->zone)) {
		facts->zone = facts->expect.domain;
	}
	if (facts->zone_known && seen->servers_len > 0) {
		facts->holder =
		    provider_match_find(seen->servers, seen->servers_len);
	}
}

/** MAIL FROM can be done without, and the list does. */
static void
omit(struct offer *offer)
{
	offer->action = OFFER_OMIT;
	offer->option = NULL;
	offer->remark = STR("Left out: not in the list of records.");
}

/** Others keep the name in a zone of theirs: the record belongs there. */
static void
say_holder(const struct records_facts *facts, struct offer *offer)
{
	struct arena *arena = facts->session->arena;
	if (!name_is_set(offer->name) || offer->action == OFFER_KEEP ||
	    offer->action == OFFER_OMIT) {
		return;
	}
	const struct name holder = records_holder(facts, offer->name);
	if (name_equal(holder, facts->zone)) {
		return;
	}
	const struct str zone = name_text(arena, holder);
	const struct str apex = name_text(arena, facts->zone);
	offer->remark = str_print(arena,
	    "%.*s%sTo be added in the zone %.*s, which %.*s hands on to other "
	    "servers.",
	    STR_ARG(offer->remark), offer->remark.len > 0 ? " " : "",
	    STR_ARG(zone), STR_ARG(apex));
}

void
records_settle(struct records_facts *facts)
{
	const struct expect *expect = &facts->expect;
	assert(name_is_set(expect->domain));
	zone_settle(facts);
	for (size_t i = 0; i < expect->records_len; i++) {
		const struct expected *expected = &expect->records[i];
		if (expected->left_out) {
			continue;
		}
		struct offer offer = offer_new(facts, expected);
		if (!expected->judged && i >= INDEX_MAIL_FROM_MX &&
		    i < INDEX_OTHER) {
			omit(&offer);
		}
		offer_look(facts, i, &offer);
		say_holder(facts, &offer);
		vec_push(facts->session->arena, &facts->offers, offer);
	}
}

enum exit_code
records_exit(const struct records_facts *facts)
{
	enum exit_code code = EXIT_READY;
	const struct offer *offer;
	vec_foreach(offer, &facts->offers) {
		if (offer->action == OFFER_BLOCKED) {
			return EXIT_ACTION;
		}
		if (offer->action == OFFER_UNKNOWN || offer->unsure) {
			code = EXIT_UNKNOWN;
		}
	}
	return code;
}
