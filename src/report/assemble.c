/* SPDX-License-Identifier: MIT */
/* The report's records, plan, zone and run; the rest is in its own files. */
#include "report/assemble.h"

#include "base/arena.h"
#include "diagnosis/examine.h"
#include "expect/expect.h"
#include "report/assemble_parts.h"
#include "source/source.h"

#include <assert.h>

enum {
	RETRY_AFTER_FAILURE = 60, /* seconds: failures are cached briefly */
};

const struct judgement *
assemble_holder(const struct assembly *assembly, struct name name)
{
	const struct judgements *all = &assembly->outcome->all;
	for (size_t i = 0; i < all->expect->records_len; i++) {
		const struct judgement *judged = &all->records[i];
		if (name_is_set(judged->zone) &&
		    name_is_under(name, judged->zone)) {
			return judged;
		}
	}
	return NULL;
}

/*
 * Panels want the host without the zone; at the zone itself most of them want
 * an "@". A name outside of the zone (the zone was guessed wrongly, or the
 * record belongs to another) is told as a whole: no part of it could be left
 * out.
 */
struct str
assemble_host(const struct assembly *assembly, struct name name)
{
	struct arena *arena = assembly->arena;
	const struct judgement *holder = assemble_holder(assembly, name);
	const struct name relative =
	    name_relative(arena, name, holder ? holder->zone : assembly->apex);
	if (!name_is_set(relative)) {
		return name_text(arena, name);
	}
	return name_is_root(relative) ? STR("@") : name_text(arena, relative);
}

/**
 * The expected value as the report shows it; empty if any will do. Three kinds
 * of expectation: a text (TXT), a target (CNAME, MX), and octets that only a
 * list of records can ask for (opaque).
 */
static struct str
expected_text(struct arena *arena, const struct expected *record)
{
	if (record->text.len > 0) {
		return record->text;
	}
	if (!name_is_set(record->target)) {
		return record->opaque;
	}
	const struct str target = name_text(arena, record->target);
	return record->type == RRTYPE_MX
		   ? str_print(
			 arena, "%u %.*s", record->preference, STR_ARG(target))
		   : target;
}

/** The codes of the findings that are about the record number *index*. */
static void
add_codes(
    const struct assembly *assembly, int index, struct report_record *record)
{
	struct finding *const *finding;
	vec_foreach(finding, &assembly->outcome->findings) {
		if ((*finding)->record == index) {
			const struct str code = catalog_code(assembly->arena,
			    (*finding)->code, (*finding)->family);
			vec_push(assembly->arena, &record->findings, code);
		}
	}
}

static void
add_record(const struct assembly *assembly, size_t index)
{
	struct arena *arena = assembly->arena;
	const struct outcome *outcome = assembly->outcome;
	const struct expected *expected = &outcome->all.expect->records[index];
	const struct judgement *judged = &outcome->all.records[index];
	struct report_record record = {
		.id = expected->id,
		.type = expected->type,
		.expected = expected_text(arena, expected),
		.status = judged->status,
		.left_out = expected->left_out,
		.blocking = expected->blocking,
		.ttl = judged->ttl,
	};
	record.has_expected = record.expected.len > 0;
	if (name_is_set(expected->name)) {
		record.name = name_text(arena, expected->name);
		record.host = assemble_host(assembly, expected->name);
	}
	const struct str *found;
	vec_foreach(found, &judged->found) {
		vec_push(arena, &record.found, *found);
	}
	add_codes(assembly, (int)index, &record);
	vec_push(arena, &assembly->report->records, record);
}

struct report_change
assemble_change(const struct assembly *assembly, const struct edit *edit)
{
	const struct rr *rr = &edit->rr;
	const bool mx = rr->type == RRTYPE_MX;
	const struct judgement *holder = assemble_holder(assembly, rr->owner);
	return (struct report_change){
		.add = edit->op == EDIT_ADD,
		.type = rr->type,
		.name = name_text(assembly->arena, rr->owner),
		.host = assemble_host(assembly, rr->owner),
		.zone = holder ? name_text(assembly->arena, holder->zone)
			       : (struct str){ 0 },
		.value = mx ? name_text(assembly->arena, rr->rdata.mx.exchange)
			    : rr_value(assembly->arena, rr),
		.has_priority = mx,
		.priority = mx ? rr->rdata.mx.preference : 0,
	};
}

static void
add_plan(const struct assembly *assembly)
{
	const struct edit *edit;
	vec_foreach(edit, &assembly->outcome->plan) {
		const struct report_change change =
		    assemble_change(assembly, edit);
		vec_push(assembly->arena, &assembly->report->plan, change);
	}
	assembly->report->plan_proven = assembly->outcome->plan_proven;
}

/**
 * Notes once what was not checked; several records may share it. Four DKIM
 * records may lie outside the same zone files: the reader needs to know that
 * once.
 */
static void
not_checked(const struct assembly *assembly, struct str what, struct str why,
    const char *option)
{
	const struct report_not_checked *have;
	vec_foreach(have, &assembly->report->not_checked) {
		if (str_eq(have->what, what) && str_eq(have->why, why)) {
			return;
		}
	}
	const struct report_not_checked item = {
		.what = what,
		.why = why,
		.option = str_of(option),
	};
	vec_push(assembly->arena, &assembly->report->not_checked, item);
}

static void
add_not_checked_of(
    const struct assembly *assembly, const struct judgement *judged)
{
	const struct not_checked *item;
	vec_foreach(item, &judged->not_checked) {
		not_checked(assembly, item->what, item->why, item->option);
	}
}

static void
add_not_checked(const struct assembly *assembly)
{
	const struct outcome *outcome = assembly->outcome;
	for (size_t i = 0; i < outcome->all.expect->records_len; i++) {
		const struct expected *record =
		    &outcome->all.expect->records[i];
		if (!record->judged) {
			not_checked(assembly, record->id, str_of(record->why),
			    record->option);
		}
		add_not_checked_of(assembly, &outcome->all.records[i]);
	}
	add_not_checked_of(assembly, outcome->all.domain);
	if (outcome->zone.filtered) {
		not_checked(assembly, STR("the zone's own servers"),
		    STR("none of them could be reached from here, though "
			"others can reach them; what the resolver shows was "
			"judged instead"),
		    "--view resolver");
	}
	if (outcome->zone.authority.left_out > 0) {
		not_checked(assembly, STR("further name servers"),
		    STR("only the first 13 were asked"), "--authoritative");
	}
	if (outcome->capped) {
		not_checked(assembly, STR("further questions"),
		    STR("the limit on questions for one domain, or on the "
			"size of their answers, was reached"),
		    NULL);
	}
}

static void
add_run(struct report *report, const struct run_facts *facts)
{
	report->version = facts->version;
	report->input = facts->input;
	report->generated_at = facts->now;
	report->source_kind = facts->source_kind;
	report->resolvers.at = facts->resolvers.at;
	report->resolvers.len = facts->resolvers.len;
	report->zone_files.at = facts->zone_files.at;
	report->zone_files.len = facts->zone_files.len;
	report->elapsed_ms = facts->elapsed_ms;
}

/**
 * Whether and when to look again. A server that lags behind may catch up,
 * but somebody should see to it: ACTION NEEDED never tells to wait. Servers
 * that fail are remembered for at most 5 minutes (RFC 2308 7), so it is worth
 * while to ask again after one.
 */
static void
add_waiting(struct report *report, const struct outcome *outcome)
{
	report->waiting_helps =
	    outcome->time_helps && report->verdict != VERDICT_ACTION_NEEDED;
	report->retry_after = report->waiting_helps ? RETRY_AFTER_FAILURE : -1;
	if (report->waiting_helps &&
	    report->visible_by > report->generated_at) {
		report->retry_after = report->visible_by - report->generated_at;
	}
}

/**
 * What one server shows of a record, as the matrix has it. A matrix has room
 * for a word. That a record is propagating is a judgement over all servers; of
 * one server it means that it does not have it yet.
 */
static const char *
cell_text(enum record_status status)
{
	static const char *const words[] = {
		[STATUS_OK] = "ok",
		[STATUS_MISSING] = "missing",
		[STATUS_WRONG] = "wrong",
		[STATUS_CONFLICT] = "wrong",
		[STATUS_PROPAGATING] = "missing",
		[STATUS_UNKNOWN] = "failed",
		[STATUS_NOT_CHECKED] = NULL,
	};
	return words[status];
}

/** The row of the server that *sighting* is of; made if there is none. */
static struct report_view *
view_of(const struct assembly *assembly, const struct sighting *sighting)
{
	struct report *report = assembly->report;
	struct arena *arena = assembly->arena;
	const struct str server =
	    sighting->server.addr.family == ADDR_NONE
		? STR("resolver")
		: server_addr_text(arena, sighting->server);
	struct report_view *view;
	vec_foreach(view, &report->views) {
		if (view->authoritative == sighting->authoritative &&
		    str_eq(view->server, server)) {
			return view;
		}
	}
	const struct report_view added = {
		.server = server,
		.authoritative = sighting->authoritative,
		.answers =
		    ARENA_ARRAY(arena, const char *, report->records.len),
	};
	vec_push(arena, &report->views, added);
	return &report->views.at[report->views.len - 1];
}

static void
add_views(const struct assembly *assembly)
{
	const struct judgements *all = &assembly->outcome->all;
	struct report *report = assembly->report;
	for (size_t i = 0; i < all->expect->records_len; i++) {
		const struct sighting *sighting;
		vec_foreach(sighting, &all->records[i].sightings) {
			view_of(assembly, sighting)->answers[i] =
			    cell_text(sighting->status);
		}
		if (all->records[i].visible_by > report->visible_by) {
			report->visible_by = all->records[i].visible_by;
		}
	}
}

/*
 * The order matters: findings name records, issues list findings, the summary
 * counts records and quotes findings; and the match of a provider is needed
 * before the findings, whose fixes are in the panel's words.
 */
struct report *
assemble(struct arena *arena, const struct outcome *outcome,
    const struct run_facts *facts)
{
	struct report *report = ARENA_NEW(arena, struct report);
	const struct expect *expect = outcome->all.expect;
	struct assembly assembly = {
		.arena = arena,
		.outcome = outcome,
		.report = report,
		.apex = name_is_set(outcome->zone.cut.apex)
			    ? outcome->zone.cut.apex
			    : expect->domain,
	};
	assert(facts->source_kind);
	assembly.match = assemble_match(&assembly);
	add_run(report, facts);
	report->counts = outcome->counts;
	report->domain = name_text(arena, expect->domain);
	report->verdict = outcome->verdict;
	report->predicted = outcome->predicted;
	report->visible_by = -1;
	for (size_t i = 0; i < expect->records_len; i++) {
		add_record(&assembly, i);
	}
	assemble_zone(&assembly);
	add_views(&assembly);
	assemble_findings(&assembly);
	assemble_issues(&assembly);
	add_plan(&assembly);
	assemble_mail(&assembly);
	add_not_checked(&assembly);
	if (facts->every_question) {
		assemble_asked(&assembly);
	}
	add_waiting(report, outcome);
	assemble_summary(&assembly);
	return report;
}
