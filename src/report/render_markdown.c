/* SPDX-License-Identifier: MIT */
/*
 * The report for a ticket: the verdict, the records in a table, what is wrong
 * and the change as blocks to be copied, the troubleshooting table, and the
 * evidence folded away. Tables are those of GitHub and GitLab (no blank line
 * and no bar inside a cell); where they are not known they are still readable.
 */
#include "report/format.h"
#include "report/markdown.h"
#include "report/marks.h"
#include "report/report.h"
#include "report/shown.h"
#include "report/steps.h"
#include "report/words.h"

#include "base/arena.h"
#include "base/clock.h"
#include "text/escape.h"

#include <assert.h>

/** A report on its way to Markdown. */
struct telling {
	const struct report *report;
	const struct manner *manner;
	struct arena *arena;
	struct buf *to;
	struct steps steps;
};

static struct str
value_of(struct telling *telling, enum rrtype type, struct str value)
{
	return shown_value(
	    telling->arena, telling->manner->patterns, type, value);
}

/** A paragraph of our own. */
static void
add_paragraph(struct telling *telling, struct str text)
{
	if (text.len > 0) {
		markdown_text(telling->to, text);
		buf_adds(telling->to, "\n\n");
	}
}

static void
add_heading(struct telling *telling, struct str text)
{
	buf_adds(telling->to, "### ");
	add_paragraph(telling, text);
}

/** What the reader of a ticket looks at first. */
static void
tell_verdict(struct telling *telling)
{
	const struct report *report = telling->report;
	struct buf *to = telling->to;
	buf_addf(to, "## %s %s: ",
	    mark_symbol(report_mark(report), telling->manner->ascii),
	    verdict_words(report->verdict));
	markdown_text(to, report->domain);
	buf_adds(to, "\n\n**");
	markdown_text(to, report->summary);
	buf_adds(to, "**\n\n");
	if (report->input.len > 0) {
		buf_adds(to, "The domain was read out of ");
		markdown_code(
		    to, escape(telling->arena, telling->manner->patterns,
			    report->input));
		buf_adds(to, ".\n\n");
	}
	add_paragraph(telling, history_words(telling->arena, report));
	add_paragraph(telling, waiting_words(telling->arena, report));
}

/** One row; a value may be long, a ticket scrolls. */
static void
tell_record(struct telling *telling, const struct report_record *record)
{
	struct buf *to = telling->to;
	buf_addf(to, "| %s | ", mark_word(record_mark(record->status)));
	markdown_text(to, record->id);
	buf_adds(to, " | ");
	markdown_code(to, record->name);
	buf_adds(to, " | ");
	if (record->has_expected) {
		markdown_code(
		    to, value_of(telling, record->type, record->expected));
	}
	buf_adds(to, " | ");
	for (size_t i = 0; i < record->found.len; i++) {
		buf_adds(to, i > 0 ? "<br>" : "");
		markdown_code(
		    to, value_of(telling, record->type, record->found.at[i]));
	}
	if (record->found.len == 0) {
		markdown_text(to, str_of(status_words(record->status)));
	}
	buf_adds(to, " |\n");
}

static void
tell_records(struct telling *telling)
{
	const struct report_record *record;
	buf_adds(telling->to, "| State | Record | Name | Expected | Seen |\n"
			      "|---|---|---|---|---|\n");
	vec_foreach(record, &telling->report->records) {
		tell_record(telling, record);
	}
	buf_addc(telling->to, '\n');
}

/** The same notes as in the terminal: those of the table, or all with -v. */
static bool
is_told(const struct telling *telling, const struct report_finding *finding)
{
	return finding->severity != SEVERITY_INFO ||
	       finding->issue != ISSUE_NONE || telling->manner->verbosity > 0;
}

/**
 * One finding as a paragraph. The panel's own words take the place of the
 * general ones; values stand in the table above and in the plan below.
 */
static void
tell_finding(struct telling *telling, const struct report_finding *finding)
{
	struct buf *to = telling->to;
	assert(finding->title.len > 0);
	buf_addf(to, "**%s** ", mark_word(finding_mark(finding)));
	markdown_text(to, finding->title);
	if (finding->severity != SEVERITY_INFO) {
		buf_addf(to, " (%s)", whether_to_wait(finding));
	}
	buf_adds(to, "  \n");
	markdown_text(to, finding->detail);
	buf_addc(to, ' ');
	markdown_text(to, finding->provider_fix.len > 0 ? finding->provider_fix
							: finding->fix);
	buf_adds(to, "  \nCode ");
	markdown_code(to, finding->code);
	buf_adds(to, "\n\n");
}

static void
tell_findings(struct telling *telling)
{
	bool any = false;
	const struct report_finding *finding;
	vec_foreach(finding, &telling->report->findings) {
		if (!is_told(telling, finding)) {
			continue;
		}
		if (!any) {
			add_heading(telling, STR("What was found"));
		}
		tell_finding(telling, finding);
		any = true;
	}
}

/**
 * One step as the lines of a block: inside of it nothing has to be escaped,
 * and what is copied out of it is what has to be typed.
 */
static struct str
step_block(struct telling *telling, const struct step *step)
{
	struct arena *arena = telling->arena;
	struct buf lines = buf_new(arena);
	const struct str type = rrtype_text(arena, step->type);
	const bool replaces = step->removed < step->changes.len;
	assert(step->changes.len > 0);
	buf_addf(&lines, "Host      %.*s\nType      %.*s\n",
	    STR_ARG(step->host), STR_ARG(type));
	const struct report_change *change;
	vec_foreach(change, &step->changes) {
		const bool old = !change->add && replaces;
		buf_adds(&lines, old ? "Old value " : "Value     ");
		buf_add(&lines, value_of(telling, change->type,
				    old ? change_value(arena, change)
					: step_value(arena, step, change)));
		buf_addc(&lines, '\n');
		if (change->has_priority && !old) {
			buf_addf(&lines, "Priority  %u\n", change->priority);
		}
	}
	return buf_str(&lines);
}

/** A block for each step, so that each is copied by itself. */
static void
tell_plan(struct telling *telling)
{
	const char *proof = proof_words(telling->report->plan_proven);
	size_t number = 0;
	const struct step *step;
	if (telling->steps.len == 0) {
		return;
	}
	add_heading(telling, plan_words(telling->arena, telling->report));
	vec_foreach(step, &telling->steps) {
		buf_addf(telling->to, "**Step %zu.** ", ++number);
		add_paragraph(telling, step_title(telling->arena, step));
		markdown_block(telling->to, step_block(telling, step));
		buf_addc(telling->to, '\n');
	}
	add_paragraph(telling, str_of(proof));
}

/** What was seen of *issue*, and which steps mend it. */
static void
tell_shown(struct telling *telling, const struct report_issue *issue)
{
	struct buf *to = telling->to;
	for (size_t i = 0; i < issue->shown.len; i++) {
		const struct report_finding *finding =
		    &telling->report->findings.at[issue->shown.at[i]];
		buf_adds(to, i > 0 ? "<br>" : "");
		markdown_text(to, finding->title);
		const struct str change =
		    steps_words(telling->arena, &telling->steps, finding);
		if (change.len > 0) {
			buf_adds(to, ": ");
			markdown_text(to, change);
		}
	}
}

/** All four rows, so that the reader finds the one that was looked for. */
static void
tell_issues(struct telling *telling)
{
	struct buf *to = telling->to;
	add_heading(telling, STR("Troubleshooting"));
	buf_adds(to, "| State | Issue | Solution | Seen |\n"
		     "|---|---|---|---|\n");
	for (size_t i = 0; i < ISSUE_ROWS; i++) {
		const struct issue_row *row = catalog_issue_row((enum issue)i);
		const struct report_issue *issue = &telling->report->issues[i];
		buf_addf(to, "| %s | ", issue_state_text(issue->state));
		markdown_text(to, str_of(row->issue));
		buf_adds(to, " | ");
		markdown_text(to, str_of(row->solution));
		buf_adds(to, " | ");
		tell_shown(telling, issue);
		buf_adds(to, " |\n");
	}
	buf_addc(to, '\n');
}

static void
tell_left_out(struct telling *telling)
{
	const struct left_outs all =
	    left_outs_of(telling->arena, telling->report);
	const struct left_out *item;
	if (all.len == 0) {
		return;
	}
	add_heading(telling, STR("Not checked"));
	vec_foreach(item, &all) {
		buf_adds(telling->to, "- ");
		markdown_text(telling->to, item->what);
		buf_adds(telling->to, ": ");
		markdown_text(telling->to, item->why);
		if (item->option.len > 0) {
			buf_adds(telling->to, " (");
			markdown_code(telling->to, item->option);
			buf_addc(telling->to, ')');
		}
		buf_addc(telling->to, '\n');
	}
	buf_addc(telling->to, '\n');
}

static void
tell_seen(struct telling *telling, const struct evidence *seen)
{
	struct arena *arena = telling->arena;
	struct buf *to = telling->to;
	buf_adds(to, "| ");
	if (seen->server.addr.family != ADDR_NONE) {
		markdown_code(to, server_addr_text(arena, seen->server));
	}
	buf_adds(to, " | ");
	markdown_text(to, rrtype_text(arena, seen->type));
	buf_adds(to, " | ");
	markdown_code(to, name_text(arena, seen->name));
	buf_adds(to, " | ");
	markdown_code(to, value_of(telling, seen->type, seen->value));
	buf_adds(to, seen->value.len > 0 ? " |\n" : "nothing |\n");
}

/** Who said what, folded: it is for the one who doubts. */
static void
tell_evidence(struct telling *telling)
{
	struct buf *to = telling->to;
	const struct report *report = telling->report;
	buf_adds(to, "<details><summary>Evidence</summary>\n\n"
		     "| Server | Type | Name | Answer |\n|---|---|---|---|\n");
	const struct report_finding *finding;
	vec_foreach(finding, &report->findings) {
		const struct evidence *seen;
		vec_foreach(seen, &finding->finding->evidence) {
			tell_seen(telling, seen);
		}
	}
	buf_addf(to, "\n%llu questions were sent in %llu ms.\n\n</details>\n\n",
	    (unsigned long long)report->counts.sent,
	    (unsigned long long)report->elapsed_ms);
}

/** What to run next, and what told all this. */
static void
tell_end(struct telling *telling)
{
	const struct report *report = telling->report;
	struct buf *to = telling->to;
	if (report->next_command.len > 0) {
		buf_adds(to, "Next: ");
		markdown_code(to, report->next_command);
		buf_adds(to, "\n\n");
	}
	buf_adds(to, "ivycheck ");
	markdown_text(to, report->version);
	buf_adds(to, ", ");
	markdown_text(to, clock_rfc3339(telling->arena, report->generated_at));
	buf_adds(to, "\n");
}

void
render_markdown(
    const struct report *report, const struct manner *manner, struct buf *to)
{
	struct telling telling = {
		.report = report,
		.manner = manner,
		.arena = to->arena,
		.to = to,
		.steps = steps_of(to->arena, report),
	};
	if (manner->quiet && report->verdict == VERDICT_READY) {
		return;
	}
	buf_adds(to, to->len > 0 ? "\n" : "");
	tell_verdict(&telling);
	tell_records(&telling);
	tell_findings(&telling);
	tell_plan(&telling);
	tell_issues(&telling);
	tell_left_out(&telling);
	tell_evidence(&telling);
	tell_end(&telling);
}
