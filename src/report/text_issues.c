/* SPDX-License-Identifier: MIT */
/* IvyMail's troubleshooting table, with what of it applies. */
#include "report/text_parts.h"

#include "base/arena.h"

#include <assert.h>

/** What was seen of the row, and which steps mend it. */
static void
tell_shown(struct telling *telling, const struct report_finding *finding)
{
	struct page *page = &telling->page;
	const size_t indent = page_mark_width() + 2;
	page_to(page, page_mark_width());
	page_adds(page, TONE_PLAIN, "-");
	page_wrap(page, indent, TONE_PLAIN, finding->title);
	page_end(page);
	const struct str change =
	    steps_words(telling->arena, &telling->steps, finding);
	if (change.len > 0) {
		page_wrap(page, indent, TONE_FAINT, change);
		page_end(page);
	}
}

/*
 * IvyMail's own words, in IvyMail's order: people come from its page with one
 * of these four in mind. A row that is clear needs no solution.
 */
static void
tell_row(struct telling *telling, enum issue number)
{
	struct page *page = &telling->page;
	const struct issue_row *row = catalog_issue_row(number);
	const struct report_issue *issue = &telling->report->issues[number];
	const enum mark mark = issue_mark(telling->report, issue);
	assert(number < ISSUE_ROWS);
	page_mark(page, mark);
	page_adds(page, TONE_PLAIN, row->issue);
	page_adds(page, TONE_FAINT, ": ");
	page_adds(page, mark_tone(mark), issue_state_text(issue->state));
	page_end(page);
	if (issue->state != ISSUE_DETECTED) {
		return;
	}
	page_wrap(page, page_mark_width(), TONE_PLAIN, str_of(row->solution));
	page_end(page);
	const size_t *index;
	vec_foreach(index, &issue->shown) {
		tell_shown(telling, &telling->report->findings.at[*index]);
	}
}

void
text_issues(struct telling *telling)
{
	text_heading(telling, STR("Troubleshooting"));
	for (size_t i = 0; i < ISSUE_ROWS; i++) {
		tell_row(telling, (enum issue)i);
	}
}
