/* SPDX-License-Identifier: MIT */
/* Words and symbols, and what they are given for. */
#include "report/marks.h"

#include "report/report.h"

#include <assert.h>

struct mark_row {
	const char *symbol;
	const char *ascii;
	const char *word;
};

static const struct mark_row MARKS[] = {
	[MARK_OK] = { "\xe2\x9c\x93", "+", "ok" },
	[MARK_FAIL] = { "\xe2\x9c\x97", "x", "FAIL" },
	[MARK_WARN] = { "!", "!", "warn" },
	[MARK_WAIT] = { "\xe2\x80\xa6", "~", "wait" },
	[MARK_UNKNOWN] = { "?", "?", "?" },
	[MARK_NOTE] = { "i", "i", "note" },
	[MARK_SKIPPED] = { "-", "-", "-" },
};

const char *
mark_word(enum mark mark)
{
	assert((unsigned)mark < sizeof(MARKS) / sizeof(*MARKS));
	return MARKS[mark].word;
}

const char *
mark_symbol(enum mark mark, bool ascii)
{
	assert((unsigned)mark < sizeof(MARKS) / sizeof(*MARKS));
	return ascii ? MARKS[mark].ascii : MARKS[mark].symbol;
}

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

/*
 * The severity says how bad it is, but "FAIL" would send people to change a
 * record that only needs time: what waiting mends has the mark of its state.
 */
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

/**
 * How bad *mark* is, to find the worst. An unknown is worse than a warning:
 * behind it may be anything.
 */
static int
badness(enum mark mark)
{
	static const int ranks[] = {
		[MARK_SKIPPED] = 0,
		[MARK_OK] = 1,
		[MARK_NOTE] = 2,
		[MARK_WAIT] = 3,
		[MARK_WARN] = 4,
		[MARK_UNKNOWN] = 5,
		[MARK_FAIL] = 6,
	};
	assert((unsigned)mark < sizeof(ranks) / sizeof(*ranks));
	return ranks[mark];
}

/*
 * A row is as bad as the worst that is listed below it. Without a finding it
 * can be detected all the same (IvyMail would show "pending"); then it has
 * the mark of the whole report.
 */
enum mark
issue_mark(const struct report *report, const struct report_issue *issue)
{
	enum mark worst = MARK_SKIPPED;
	const size_t *index;
	if (issue->state == ISSUE_CLEAR) {
		return MARK_OK;
	}
	vec_foreach(index, &issue->shown) {
		const enum mark mark =
		    finding_mark(&report->findings.at[*index]);
		worst = badness(mark) > badness(worst) ? mark : worst;
	}
	if (issue->shown.len > 0) {
		return worst;
	}
	return issue->state == ISSUE_DETECTED ? report_mark(report)
					      : MARK_UNKNOWN;
}

enum mark
report_mark(const struct report *report)
{
	static const enum mark marks[] = {
		[VERDICT_READY] = MARK_OK,
		[VERDICT_ACTION_NEEDED] = MARK_FAIL,
		[VERDICT_PROPAGATING] = MARK_WAIT,
		[VERDICT_UNKNOWN] = MARK_UNKNOWN,
	};
	assert((unsigned)report->verdict < sizeof(marks) / sizeof(*marks));
	return marks[report->verdict];
}
