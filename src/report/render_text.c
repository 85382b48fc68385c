/* SPDX-License-Identifier: MIT */
/*
 * The report for the person at the keyboard: the verdict in one line, the
 * causes, what to type in the panel, the troubleshooting table, and what to
 * run next. Each block is a file of its own.
 */
#include "report/format.h"
#include "report/report.h"
#include "report/shown.h"
#include "report/text_parts.h"
#include "report/words.h"

#include "base/arena.h"
#include "text/escape.h"

#include <assert.h>

bool
finding_is_told(
    const struct report_finding *finding, const struct manner *manner)
{
	if (finding->severity != SEVERITY_INFO) {
		return true;
	}
	/* A note counts when it belongs to the table; others are asides. */
	return !manner->quiet &&
	       (finding->issue != ISSUE_NONE || manner->verbosity > 0);
}

void
text_heading(struct telling *telling, struct str heading)
{
	page_gap(&telling->page);
	page_wrap(&telling->page, 0, TONE_STRONG, heading);
	page_end(&telling->page);
}

/* Not wrapped: whatever stands here alone is there to be copied. */
void
text_field(struct telling *telling, const char *label, struct str value)
{
	struct page *page = &telling->page;
	assert(page->column == 0);
	page_to(page, TEXT_INDENT);
	page_adds(page, TONE_FAINT, label);
	page_to(page, TEXT_INDENT + TEXT_LABEL);
	page_add(page, TONE_PLAIN, value);
	page_end(page);
}

struct str
text_value(struct telling *telling, enum rrtype type, struct str value)
{
	return shown_value(
	    telling->arena, telling->page.manner->patterns, type, value);
}

struct str
text_raw(struct telling *telling, struct str raw)
{
	return escape(telling->arena, telling->page.manner->patterns, raw);
}

/*
 * The first line answers the question; everything below it is for those who
 * need more. The input is told only if the domain had to be read out of it,
 * as from a URL: so that a wrong guess is seen at once.
 */
static void
tell_verdict(struct telling *telling)
{
	const struct report *report = telling->report;
	struct page *page = &telling->page;
	const enum mark mark = report_mark(report);
	assert(report->summary.len > 0);
	page_adds(
	    page, mark_tone(mark), mark_symbol(mark, page->manner->ascii));
	page_adds(page, TONE_PLAIN, " ");
	page_adds(page, mark_tone(mark), verdict_words(report->verdict));
	page_adds(page, TONE_PLAIN, "  ");
	page_add(page, TONE_STRONG, report->domain);
	page_adds(page, TONE_PLAIN, ":");
	page_wrap(page, 2, TONE_PLAIN, report->summary);
	page_end(page);
	if (report->input.len > 0) {
		const struct str line = str_print(telling->arena,
		    "(the domain was read out of \"%.*s\")",
		    STR_ARG(text_raw(telling, report->input)));
		page_wrap(page, 2, TONE_FAINT, line);
		page_end(page);
	}
}

static void
tell_history(struct telling *telling)
{
	const struct str words = history_words(telling->arena, telling->report);
	if (words.len > 0) {
		page_wrap(&telling->page, 2, TONE_PLAIN, words);
		page_end(&telling->page);
	}
}

static void
tell_waiting(struct telling *telling)
{
	const struct str words = waiting_words(telling->arena, telling->report);
	if (words.len > 0) {
		page_wrap(&telling->page, 2, TONE_PLAIN, words);
		page_end(&telling->page);
	}
}

/** The last line is the next command: it is what is still in sight. */
static void
tell_next(struct telling *telling)
{
	const struct str command = telling->report->next_command;
	if (command.len == 0) {
		return;
	}
	text_heading(telling,
	    telling->report->plan.len > 0 ? STR("Then run") : STR("Next"));
	page_to(&telling->page, TEXT_INDENT);
	page_add(&telling->page, TONE_PLAIN, command);
	page_end(&telling->page);
}

/** With -q: what is wrong and what mends it, nothing when ready. */
static void
tell_quietly(struct telling *telling)
{
	tell_verdict(telling);
	tell_history(telling);
	text_findings(telling);
	text_plan(telling);
}

/*
 * In the order in which a person acts: is it right, why not, what to type;
 * then what may be skipped. While all is well the records are the proof, else
 * they would stand between the verdict and its cause, so -v brings them.
 */
static void
tell_all(struct telling *telling)
{
	tell_verdict(telling);
	tell_history(telling);
	tell_waiting(telling);
	page_gap(&telling->page);
	if (telling->report->verdict == VERDICT_READY ||
	    telling->page.manner->verbosity > 0) {
		text_records(telling);
	} else {
		text_record_groups(telling);
	}
	text_findings(telling);
	text_plan(telling);
	text_issues(telling);
	text_not_checked(telling);
	text_details(telling);
	tell_next(telling);
}

/*
 * -q is for cron, whose every line is a mail: a domain that is right says
 * nothing, unless it was wrong the last time and somebody waits for that.
 */
void
render_text(
    const struct report *report, const struct manner *manner, struct buf *to)
{
	struct telling telling = {
		.report = report,
		.page = page_new(to, manner),
		.arena = to->arena,
		.steps = steps_of(to->arena, report),
	};
	if (manner->quiet && report->verdict == VERDICT_READY &&
	    report->history.kind != CHANGE_RECOVERED) {
		return;
	}
	page_gap(&telling.page);
	if (manner->quiet) {
		tell_quietly(&telling);
	} else {
		tell_all(&telling);
	}
}
