/* SPDX-License-Identifier: MIT */
/*
 * The zone's own servers decide; only what is right there is asked of
 * resolvers, because asking a resolver too early plants the very "no" that
 * one then waits for (RFC 2308 5).
 */
#include "diagnosis/record.h"

#include "base/arena.h"
#include "checks/presence.h"
#include "diagnosis/beyond.h"
#include "diagnosis/cause.h"
#include "diagnosis/disagree.h"
#include "diagnosis/holder.h"
#include "diagnosis/propagating.h"
#include "diagnosis/verdict.h"
#include "look/look.h"

#include <assert.h>

/** All that is needed to judge one record. */
struct hearing {
	struct look *look;
	const struct sides *sides;
	struct patterns *patterns;
	const struct subject *subject;
	struct zone_view zone;
};

/** Judges the record as *sight* shows it. */
static struct judgement
judge_at(const struct hearing *hearing, const struct sight *sight)
{
	struct subject subject = *hearing->subject;
	struct judgement judged = judgement_new(
	    look_scratch(hearing->look), subject.expect, subject.index);
	subject.sight = *sight;
	check_of(subject.record->kind)(hearing->look, &subject, &judged);
	if (judged.status != STATUS_NOT_CHECKED) {
		judged.status = status_of(&judged.findings);
	}
	if (sight->authority && hearing->sides->view == VIEW_AUTHORITATIVE) {
		settle_beyond(sight->authority->apex, subject.record, &judged);
	}
	return judged;
}

/** Looks for the cause of what is wrong in *judged*, as *sight* shows it. */
static void
diagnose_at(const struct hearing *hearing, const struct sight *sight,
    struct judgement *judged)
{
	struct subject subject = *hearing->subject;
	const struct name domain = subject.expect->domain;
	const struct name apex = hearing->zone.cut.apex;
	subject.sight = *sight;
	const struct scene scene = {
		.subject = &subject,
		.domain = domain,
		.apex = name_is_set(apex) ? apex : domain,
		.patterns = hearing->patterns,
	};
	diagnose(hearing->look, &scene, judged);
}

static void
note_sighting(const struct hearing *hearing, struct server_addr server,
    bool authoritative, enum record_status status, struct judgement *out)
{
	const struct sighting sighting = {
		.server = server,
		.authoritative = authoritative,
		.status = status,
	};
	vec_push(look_scratch(hearing->look), &out->sightings, sighting);
}

/** Adds what the servers that know something show to the evidence. */
static void
saw_servers(const struct hearing *hearing, const struct judgement *at,
    struct finding *finding)
{
	const struct authority *authority = &hearing->zone.authority;
	for (size_t i = 0; i < authority->len; i++) {
		const struct sight sight = { .authority = authority,
			.server = i };
		if (authority->at[i].state != SERVER_OK ||
		    at[i].status == STATUS_UNKNOWN) {
			continue;
		}
		const struct answer *answer = record_answer(
		    hearing->look, &sight, hearing->subject->record);
		if (answer) {
			record_saw(finding, hearing->subject->record, answer);
		}
	}
}

/** Some servers have the record as it should be, others have not. */
static void
disagree(const struct hearing *hearing, const struct judgement *at,
    struct judgement *out)
{
	const struct authority *authority = &hearing->zone.authority;
	const struct sight sight = { .authority = authority,
		.server = disagree_first_lacking(authority, at) };
	struct finding *finding =
	    cause_replace(out, FINDING_X_SERVERS_DISAGREE);
	disagree_explain(finding, authority, at);
	saw_servers(hearing, at, finding);
	/* A late copy has no cause of its own, another host's zone may. */
	if (!finding->waiting_helps) {
		struct judgement there = judge_at(hearing, &sight);
		diagnose_at(hearing, &sight, &there);
		disagree_explain_there(
		    finding, &authority->at[sight.server], &there);
	}
}

/** The judgement at each of the zone's servers, sound or not. */
static struct judgement *
judge_each(const struct hearing *hearing)
{
	const struct authority *authority = &hearing->zone.authority;
	struct judgement *at = ARENA_ARRAY(
	    look_scratch(hearing->look), struct judgement, authority->len);
	for (size_t i = 0; i < authority->len; i++) {
		const struct sight sight = { .authority = authority,
			.server = i };
		if (authority->at[i].state == SERVER_OK) {
			at[i] = judge_at(hearing, &sight);
		} else {
			at[i].status = STATUS_UNKNOWN;
		}
	}
	return at;
}

/**
 * Judges at every sound server. Gives the number of the one whose judgement
 * stands in *out*: the first that knows something.
 */
static size_t
judge_own_side(const struct hearing *hearing, struct judgement *out)
{
	const struct authority *authority = &hearing->zone.authority;
	const struct judgement *at = judge_each(hearing);
	size_t right = 0;
	size_t known = 0;
	size_t chosen = authority_first_sound(authority);
	for (size_t i = authority->len; i-- > 0;) {
		if (at[i].status != STATUS_UNKNOWN) {
			known++;
			right += at[i].status == STATUS_OK;
			chosen = i;
		}
	}
	assert(chosen < authority->len);
	*out = at[chosen];
	for (size_t i = 0; i < authority->len; i++) {
		note_sighting(
		    hearing, authority->at[i].addr, true, at[i].status, out);
	}
	if (right > 0 && right < known) {
		disagree(hearing, at, out);
	}
	return chosen;
}

/** Right at the zone's own servers; what do people see? */
static void
judge_visibility(const struct hearing *hearing, struct judgement *out)
{
	const struct sight resolver = { 0 };
	const struct judgement seen = judge_at(hearing, &resolver);
	const struct answer *answer =
	    record_answer(hearing->look, &resolver, hearing->subject->record);
	if (!answer) {
		return;
	}
	note_sighting(hearing, answer->server, false, seen.status, out);
	if (seen.status == STATUS_OK || seen.status == STATUS_NOT_CHECKED) {
		return;
	}
	if (seen.status == STATUS_UNKNOWN) {
		out->findings = seen.findings;
		out->status = STATUS_UNKNOWN;
		return;
	}
	propagating_judge(hearing->look, hearing->subject->record, answer,
	    hearing->zone.cut.negative_ttl, out);
}

/** What further resolvers show; it never changes the verdict. */
static void
compare(const struct hearing *hearing, struct judgement *out)
{
	const struct sides *sides = hearing->sides;
	for (size_t i = 0; i < sides->compare_len; i++) {
		const struct sight sight = { .resolver = sides->compare[i] };
		const struct judgement seen = judge_at(hearing, &sight);
		note_sighting(
		    hearing, sides->compare[i], false, seen.status, out);
	}
}

/** Asks the servers that are known already, while the zone is not. */
static void
ask_ahead(const struct hearing *hearing)
{
	const struct authority *authority = &hearing->zone.authority;
	for (size_t i = 0; i < authority->len; i++) {
		const struct sight sight = { .authority = authority,
			.server = i };
		if (authority->at[i].addr.addr.family != ADDR_NONE) {
			(void)judge_at(hearing, &sight);
		}
	}
}

/** Advice depends on who hosts the zone, which its NS set tells. */
static void
ask_host(const struct hearing *hearing, const struct judgement *out)
{
	const struct name apex = hearing->zone.cut.apex;
	if (out->status != STATUS_OK && name_is_set(apex)) {
		(void)ask(hearing->look, apex, RRTYPE_NS);
	}
}

/** The resolver's view decides: it is all there is, or all that was wanted. */
static void
judge_as_seen(
    const struct hearing *hearing, bool zone_is_known, struct judgement *out)
{
	const struct sight sight = { 0 };
	*out = judge_at(hearing, &sight);
	/* Causes ask for names made from the zone's. */
	if (zone_is_known) {
		diagnose_at(hearing, &sight, out);
		holder_note(hearing->look, &sight, hearing->zone.cut.apex,
		    hearing->subject->record, out);
		ask_host(hearing, out);
	}
	compare(hearing, out);
}

static void
judge_both_sides(const struct hearing *hearing, struct judgement *out)
{
	struct sight sight = { .authority = &hearing->zone.authority };
	sight.server = judge_own_side(hearing, out);
	if (findings_get(&out->findings, FINDING_X_SERVERS_DISAGREE)) {
		return;
	}
	diagnose_at(hearing, &sight, out);
	holder_note(hearing->look, &sight, hearing->zone.cut.apex,
	    hearing->subject->record, out);
	if (out->status == STATUS_OK && hearing->sides->view == VIEW_BOTH) {
		judge_visibility(hearing, out);
		compare(hearing, out);
	}
}

void
record_judge(struct look *look, const struct sides *sides,
    struct patterns *patterns, const struct subject *subject,
    struct judgement *out)
{
	struct hearing hearing = {
		.look = look,
		.sides = sides,
		.patterns = patterns,
		.subject = subject,
	};
	const bool zone_is_known = zone_view_find(look, subject->expect->domain,
	    sides->view, sides->given, &hearing.zone);
	if (hearing.zone.own_side) {
		judge_both_sides(&hearing, out);
	} else if (!zone_is_known && sides->view != VIEW_RESOLVER) {
		ask_ahead(&hearing);
	} else if (!hearing.zone.broken) {
		judge_as_seen(&hearing, zone_is_known, out);
	}
}
