/* SPDX-License-Identifier: MIT */
/*
 * The report as JSON, schema ivycheck/report/1. Every key is always there
 * but for those that the schema calls optional; they stand in its order.
 * Text that came from DNS or from a file is escaped (text/escape) wherever it
 * stands, so that even who prints it to a terminal is safe.
 */
#include "report/format.h"
#include "report/json_parts.h"
#include "report/report.h"
#include "report/shown.h"

#include "base/arena.h"

#include <assert.h>

/** Who says so, of what, when, and by which answers. */
static void
write_head(struct writer *to, const struct report *report)
{
	struct jsonout *json = &to->json;
	key_word(to, "schema", "ivycheck/report/1");
	jsonout_key(json, "tool");
	jsonout_object(json);
	key_word(to, "name", "ivycheck");
	key_text(to, "version", report->version);
	jsonout_end_object(json);
	key_text(to, "domain", report->domain);
	if (report->input.len > 0) {
		jsonout_key(json, "input");
		write_raw(to, report->input);
	}
	key_time_or_null(to, "generated_at", report->generated_at);
	jsonout_key(json, "source");
	jsonout_object(json);
	key_word(to, "kind", report->source_kind);
	key_texts(to, "resolvers", report->resolvers.at, report->resolvers.len);
	if (report->zone_files.len > 0) {
		key_raws(to, "zone_files", report->zone_files.at,
		    report->zone_files.len);
	}
	jsonout_end_object(json);
}

/**
 * What a script needs: nobody should have to read the wording of the summary.
 * *retry_after* is null where waiting does not help, so that a loop that
 * sleeps as long as it is told cannot go on for ever.
 */
static void
write_verdict(struct writer *to, const struct report *report)
{
	key_word(to, "verdict", verdict_text(report->verdict));
	key_word(to, "predicted_status", predicted_text(report->predicted));
	key_text(to, "summary", report->summary);
	key_bool(to, "waiting_helps", report->waiting_helps);
	key_number_or_null(to, "retry_after_seconds", report->retry_after);
}

/** Only with --state. */
static void
write_history(struct writer *to, const struct report *report)
{
	const struct report_history *history = &report->history;
	struct jsonout *json = &to->json;
	if (history->kind == CHANGE_UNKNOWN) {
		return;
	}
	jsonout_key(json, "history");
	jsonout_object(json);
	key_word(to, "change", change_kind_text(history->kind));
	key_time_or_null(to, "since", history->since);
	jsonout_key(json, "previous");
	if (history->has_previous) {
		jsonout_object(json);
		key_word(to, "verdict", verdict_text(history->previous));
		key_time_or_null(to, "since", history->previous_since);
		jsonout_end_object(json);
	} else {
		jsonout_null(json);
	}
	key_texts(to, "appeared", history->appeared.at, history->appeared.len);
	key_texts(to, "gone", history->gone.at, history->gone.len);
	jsonout_end_object(json);
}

/** [text]: the records at the name, also those that nobody asked for. */
static void
write_found(struct writer *to, const struct report_record *record)
{
	jsonout_key(&to->json, "found");
	jsonout_array(&to->json);
	const struct str *found;
	vec_foreach(found, &record->found) {
		jsonout_text(&to->json,
		    shown_value(to->arena, to->patterns, record->type, *found));
	}
	jsonout_end_array(&to->json);
}

/**
 * {id, type, name|null, host|null, expected|null, found, status, blocking,
 * ttl|null, findings}: without a token there is no name, and where any value
 * of a kind is right, none is expected.
 */
static void
write_record(struct writer *to, const struct report_record *record)
{
	struct jsonout *json = &to->json;
	assert(record->id.len > 0);
	jsonout_object(json);
	key_text(to, "id", record->id);
	key_type(to, record->type);
	key_text_or_null(to, "name", record->name);
	key_text_or_null(to, "host", record->host);
	if (record->has_expected) {
		key_value(to, "expected", record->type, record->expected);
	} else {
		key_text_or_null(to, "expected", (struct str){ 0 });
	}
	write_found(to, record);
	key_word(to, "status", record_status_text(record->status));
	key_bool(to, "blocking", record->blocking);
	key_number_or_null(to, "ttl", record->ttl);
	key_texts(to, "findings", record->findings.at, record->findings.len);
	jsonout_end_object(json);
}

/**
 * {name, type, value, server|null, span?}. The span counts code points of the
 * value as it stands here, not bytes: that is how most languages index text.
 */
static void
write_evidence(struct writer *to, const struct evidence *evidence)
{
	struct jsonout *json = &to->json;
	jsonout_object(json);
	key_text(to, "name", name_text(to->arena, evidence->name));
	key_type(to, evidence->type);
	key_value(to, "value", evidence->type, evidence->value);
	key_text_or_null(to, "server",
	    evidence->server.addr.family == ADDR_NONE
		? (struct str){ 0 }
		: server_addr_text(to->arena, evidence->server));
	if (evidence->has_span) {
		assert(evidence->from <= evidence->to);
		const struct span span =
		    shown_points(to->arena, to->patterns, evidence);
		jsonout_key(json, "span");
		jsonout_array(json);
		jsonout_number(json, (int64_t)span.from);
		jsonout_number(json, (int64_t)span.to);
		jsonout_end_array(json);
	}
	jsonout_end_object(json);
}

/** null where nothing is to be done. */
static void
write_fix(struct writer *to, const struct report_finding *finding)
{
	jsonout_key(&to->json, "fix");
	if (finding->fix.len == 0) {
		jsonout_null(&to->json);
		return;
	}
	jsonout_object(&to->json);
	key_text(to, "text", finding->fix);
	if (finding->provider_fix.len > 0) {
		key_text(to, "provider_text", finding->provider_fix);
	}
	jsonout_end_object(&to->json);
}

/**
 * {code, severity, record|null, issue|null, title, detail, waiting_helps,
 * args, evidence, fix|null}: the record is null for the domain itself.
 */
static void
write_finding(struct writer *to, const struct report *report,
    const struct report_finding *finding)
{
	struct jsonout *json = &to->json;
	assert(finding->record < (int)report->records.len);
	jsonout_object(json);
	key_text(to, "code", finding->code);
	key_word(to, "severity", severity_text(finding->severity));
	key_text_or_null(to, "record",
	    finding->record < 0 ? (struct str){ 0 }
				: report->records.at[finding->record].id);
	key_text_or_null(to, "issue",
	    finding->issue == ISSUE_NONE
		? (struct str){ 0 }
		: str_of(catalog_issue_row(finding->issue)->id));
	key_text(to, "title", finding->title);
	key_text(to, "detail", finding->detail);
	key_bool(to, "waiting_helps", finding->waiting_helps);
	jsonout_key(json, "args");
	jsonout_object(json);
	const struct finding_arg *arg;
	vec_foreach(arg, &finding->finding->args) {
		key_text(to, arg->key, arg->value);
	}
	jsonout_end_object(json);
	jsonout_key(json, "evidence");
	jsonout_array(json);
	const struct evidence *evidence;
	vec_foreach(evidence, &finding->finding->evidence) {
		write_evidence(to, evidence);
	}
	jsonout_end_array(json);
	write_fix(to, finding);
	jsonout_end_object(json);
}

static void
write_records(struct writer *to, const struct report *report)
{
	jsonout_key(&to->json, "records");
	jsonout_array(&to->json);
	const struct report_record *record;
	vec_foreach(record, &report->records) {
		write_record(to, record);
	}
	jsonout_end_array(&to->json);
}

static void
write_findings(struct writer *to, const struct report *report)
{
	jsonout_key(&to->json, "findings");
	jsonout_array(&to->json);
	const struct report_finding *finding;
	vec_foreach(finding, &report->findings) {
		write_finding(to, report, finding);
	}
	jsonout_end_array(&to->json);
}

/** All rows of the troubleshooting table, so that a page can show it whole. */
static void
write_issues(struct writer *to, const struct report *report)
{
	jsonout_key(&to->json, "issues");
	jsonout_array(&to->json);
	for (size_t i = 0; i < ISSUE_ROWS; i++) {
		const struct issue_row *row = catalog_issue_row((enum issue)i);
		const struct report_issue *issue = &report->issues[i];
		jsonout_object(&to->json);
		key_word(to, "id", row->id);
		key_word(to, "issue", row->issue);
		key_word(to, "solution", row->solution);
		key_word(to, "state", issue_state_text(issue->state));
		key_texts(
		    to, "findings", issue->findings.at, issue->findings.len);
		jsonout_end_object(&to->json);
	}
	jsonout_end_array(&to->json);
}

/**
 * [{op, type, name, host, zone?, value, priority|null}] in the order in which
 * the changes are to be made: what is in the way goes first, as most panels
 * refuse a record beside a CNAME (RFC 1034 3.6.2).
 */
static void
write_plan(struct writer *to, const struct report *report)
{
	struct jsonout *json = &to->json;
	jsonout_key(json, "plan");
	jsonout_array(json);
	const struct report_change *change;
	vec_foreach(change, &report->plan) {
		jsonout_object(json);
		key_word(to, "op", change->add ? "add" : "remove");
		key_type(to, change->type);
		key_text(to, "name", change->name);
		key_text(to, "host", change->host);
		if (change->zone.len > 0) {
			key_text(to, "zone", change->zone);
		}
		key_value(to, "value", change->type, change->value);
		key_number_or_null(to, "priority",
		    change->has_priority ? (int64_t)change->priority : -1);
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
	key_maybe(to, "plan_proven", report->plan_proven);
}

void
render_json(
    const struct report *report, const struct manner *manner, struct buf *to)
{
	struct writer writer = {
		.json = jsonout_new(to, manner->compact),
		.arena = to->arena,
		.patterns = manner->patterns,
	};
	jsonout_object(&writer.json);
	write_head(&writer, report);
	write_verdict(&writer, report);
	write_history(&writer, report);
	write_records(&writer, report);
	write_findings(&writer, report);
	write_issues(&writer, report);
	write_plan(&writer, report);
	write_facts(&writer, report);
	jsonout_end_object(&writer.json);
	buf_addc(to, '\n');
}
