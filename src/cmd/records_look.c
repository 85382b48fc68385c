/* SPDX-License-Identifier: MIT */
/*
 * What stands in DNS already where others may have published for reasons of
 * their own: SPF, DMARC, and all at the MAIL FROM name. It is judged by the
 * checks of a domain, so both give the same change.
 */
#include "cmd/inquiry.h"
#include "cmd/records_facts.h"

#include "base/arena.h"
#include "look/look.h"
#include "walks/spf_tree.h"
#include "walks/zone_cut.h"

#include <assert.h>

/** The records that may be there for other reasons. */
static const enum record_index SHARED[] = {
	INDEX_SPF,
	INDEX_DMARC,
	INDEX_MAIL_FROM_MX,
	INDEX_MAIL_FROM_SPF,
};

/** The NS set of the zone, by which its DNS host is known. */
static void
servers_look(
    struct look *look, const struct zone_view *zone, struct records_seen *seen)
{
	const struct answer *set = zone->authority.own;
	if (!set && name_is_set(zone->cut.apex)) {
		set = ask(look, zone->cut.apex, RRTYPE_NS);
	}
	seen->servers_len = 0;
	if (!set || set->status != ANSWER_FOUND) {
		return;
	}
	seen->servers =
	    ARENA_ARRAY(look_scratch(look), struct name, set->rrs_len);
	const struct rr *rr;
	answer_foreach_rr(rr, set) {
		seen->servers[seen->servers_len++] = rr->rdata.target;
	}
}

/** The TXT that *finding* would have published; empty if none. */
static struct str
text_offered(const struct finding *finding)
{
	const struct edit *edit;
	vec_foreach(edit, &finding->edits) {
		if (edit->op == EDIT_ADD && edit->rr.type == RRTYPE_TXT) {
			return edit->rr.rdata.txt.joined;
		}
	}
	return (struct str){ 0 };
}

/** What the SPF record that the findings offer costs; 0 if none does. */
static unsigned
lookups_of_offered(struct look *look, const struct subject *subject,
    const struct judgement *judged)
{
	struct finding *const *finding;
	vec_foreach(finding, &judged->findings.list) {
		const struct spf_start start = {
			.domain = subject->record->name,
			.text = text_offered(*finding),
		};
		if (start.text.len > 0) {
			return spf_walk(look, &subject->sight, &start)->lookups;
		}
	}
	return 0;
}

static void
judge(
    struct look *look, const struct subject *subject, struct records_seen *seen)
{
	const enum record_kind kind = subject->record->kind;
	struct judgement *judged = &seen->judged[subject->index];
	*judged =
	    judgement_new(look_scratch(look), subject->expect, subject->index);
	check_of(kind)(look, subject, judged);
	seen->looked[subject->index] = true;
	seen->lookups[subject->index] = 0;
	if (kind == RECORD_SPF || kind == RECORD_MAIL_FROM_SPF) {
		seen->lookups[subject->index] =
		    lookups_of_offered(look, subject, judged);
	}
}

/** Where the zone begins, whichever side is asked. */
static bool
zone_look(struct look *look, const struct inquiry *inquiry, struct name domain,
    struct records_seen *seen, struct sight *ret)
{
	struct zone_view *zone = &seen->zone;
	if (inquiry->sides.view == VIEW_RESOLVER) {
		*ret = (struct sight){ .authority = NULL };
		return zone_view_find(
		    look, domain, VIEW_RESOLVER, inquiry->sides.given, zone);
	}
	return inquiry_sight(inquiry, look, domain, zone, ret);
}

/**
 * Which of the names are handed on to others. Only the zone's own servers are
 * asked, or files: a resolver would remember names that are not there yet.
 */
static void
holders_look(
    struct look *look, const struct sight *sight, struct records_facts *facts)
{
	struct records_seen *seen = &facts->seen;
	const struct name apex = seen->zone.cut.apex;
	const struct name domain = facts->expect.domain;
	for (size_t i = 0; i < INDEX_OTHER; i++) {
		const struct expected *record = &facts->expect.records[i];
		const struct name name = name_is_set(record->name)
					     ? record->name
					     : domainkey_name(look, domain);
		struct name zone;
		seen->holders[i] = (struct name){ 0 };
		if (name_is_set(name) && !name_equal(name, apex) &&
		    zone_holding(look, sight, name, RRTYPE_TXT, &zone) &&
		    name_is_set(zone) && name_is_under(zone, apex) &&
		    !name_equal(zone, apex)) {
			seen->holders[i] = zone;
		}
	}
}

void
records_look(struct look *look, const struct inquiry *inquiry,
    struct records_facts *facts)
{
	struct records_seen *seen = &facts->seen;
	struct sight sight;
	if (!zone_look(look, inquiry, facts->expect.domain, seen, &sight)) {
		return;
	}
	servers_look(look, &seen->zone, seen);
	if ((sight.authority || inquiry->asked.offline) &&
	    name_is_set(seen->zone.cut.apex)) {
		holders_look(look, &sight, facts);
	}
	for (size_t i = 0; i < sizeof(SHARED) / sizeof(*SHARED); i++) {
		const struct expected *record =
		    &facts->expect.records[SHARED[i]];
		const struct subject subject = {
			.expect = &facts->expect,
			.record = record,
			.index = (int)SHARED[i],
			.offline = inquiry->asked.offline,
			.sight = sight,
		};
		assert(name_is_set(record->name));
		if (record->judged) {
			judge(look, &subject, seen);
		}
	}
}
