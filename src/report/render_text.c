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

#include "base/arena.h"
#include "base/clock.h"
#include "text/escape.h"

#include <assert.h>

struct verdict_row {
	enum mark mark;
	const char *words;
	const char *ascii;
};

static const struct verdict_row VERDICTS[] = {
	[VERDICT_READY] = { MARK_OK, "\xe2\x9c\x93 READY", "+ READY" },
	[VERDICT_ACTION_NEEDED] = { MARK_FAIL, "\xe2\x9c\x97 ACTION NEEDED",
	    "x ACTION NEEDED" },
	[VERDICT_PROPAGATING] = { MARK_WAIT, "\xe2\x80\xa6 PROPAGATING",
	    "~ PROPAGATING" },
	[VERDICT_UNKNOWN] = { MARK_UNKNOWN, "? UNKNOWN", "? UNKNOWN" },
};

enum mark
record_mark(enum record_status status)
{
	static const enum mark marks[] = {
		[STATUS_OK] = MARK_OK,
		[STATUS_MISSING] = MARK_FAIL,
		[STATUS_WRONG] = MARK_FAIL,
		[STATUS_CONFLICT] = MARK_FAIL,
		[STATUS_PROPAGATING] = MARK_WAIT,
		[STATUS_UNKNOWN] = MARK_UNKNOWN,
		[STATUS_NOT_CHECKED] = MARK_SKIPPED,
	};
	assert((unsigned)status < sizeof(marks) / sizeof(*marks));
	return marks[status];
}

enum mark
finding_mark(const struct report_finding *finding)
{
	static const enum mark marks[] = {
		[SEVERITY_INFO] = MARK_NOTE,
		[SEVERITY_WARNING] = MARK_WARN,
		[SEVERITY_ERROR] = MARK_FAIL,
	};
	if (finding->waiting_helps && finding->severity != SEVERITY_INFO) {
		return record_mark(catalog_row(finding->finding->code)->status);
	}
	return marks[finding->severity];
}

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

void
text_field(struct telling *telling, const char *label, struct str value)
{
	struct page *page = &telling->page;
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

static void
tell_verdict(struct telling *telling)
{
	const struct report *report = telling->report;
	struct page *page = &telling->page;
	const struct verdict_row *row = &VERDICTS[report->verdict];
	page_adds(page, mark_tone(row->mark),
	    page->manner->ascii ? row->ascii : row->words);
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

/** "14:44 on 2026-09-21 (UTC)". */
static struct str
time_words(struct arena *arena, int64_t seconds)
{
	const struct str text = clock_rfc3339(arena, seconds);
	return str_print(arena, "%.*s on %.*s (UTC)",
	    STR_ARG(str_slice(text, 11, 16)), STR_ARG(str_slice(text, 0, 10)));
}

/** A length of time in words, rounded up to the minute. */
static struct str
duration_words(struct arena *arena, int64_t seconds)
{
	const long minutes = (long)((seconds + 59) / 60);
	if (minutes < 2) {
		return STR("a minute");
	}
	return minutes < 120
		   ? str_print(arena, "%ld minutes", minutes)
		   : str_print(arena, "%ld hours", (minutes + 59) / 60);
}

/** Whether waiting helps, and until when. */
static void
tell_waiting(struct telling *telling)
{
	static const char *const shown[] = {
		[PREDICTED_VERIFIED] = "IvyMail would show \"verified\"",
		[PREDICTED_PENDING] = "IvyMail would show \"pending\"",
		[PREDICTED_UNKNOWN] =
		    "What IvyMail would show cannot be told from here",
	};
	const struct report *report = telling->report;
	struct arena *arena = telling->arena;
	struct str line = STR("waiting will not help.");
	if (report->verdict == VERDICT_READY) {
		return;
	}
	if (report->waiting_helps && report->visible_by >= 0) {
		const struct str time = time_words(arena, report->visible_by);
		const struct str in = duration_words(
		    arena, report->visible_by - report->generated_at);
		line = str_print(arena,
		    "waiting helps: everything is visible by %.*s at the "
		    "latest, in %.*s.",
		    STR_ARG(time), STR_ARG(in));
	} else if (report->waiting_helps) {
		const struct str in =
		    duration_words(arena, report->retry_after);
		line = str_print(
		    arena, "waiting may help: try again in %.*s.", STR_ARG(in));
	}
	page_wrap(&telling->page, 2, TONE_PLAIN,
	    str_print(
		arena, "%s; %.*s", shown[report->predicted], STR_ARG(line)));
	page_end(&telling->page);
}

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
	text_findings(telling);
	text_plan(telling);
}

static void
tell_all(struct telling *telling)
{
	tell_verdict(telling);
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
	if (manner->quiet && report->verdict == VERDICT_READY) {
		return;
	}
	page_gap(&telling.page);
	if (manner->quiet) {
		tell_quietly(&telling);
	} else {
		tell_all(&telling);
	}
}
