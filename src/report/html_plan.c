/* SPDX-License-Identifier: MIT */
/* What to change, and the troubleshooting table of the page. */
#include "report/html.h"
#include "report/html_parts.h"
#include "report/words.h"

#include "base/arena.h"

#include <assert.h>

/** A field of a list, with a button that copies it unless *what* is NULL. */
static void
add_field(
    struct leaf *leaf, const char *label, struct str value, const char *what)
{
	struct buf *to = leaf->to;
	buf_addf(to, "<div><dt>%s</dt><dd class=\"value\">", label);
	html_text(to, value);
	buf_adds(to, "</dd>");
	if (what) {
		buf_adds(to, "<dd class=\"copy\">");
		html_copy(to, what, value);
		buf_adds(to, "</dd>");
	}
	buf_adds(to, "</div>\n");
}

/** A value that is to go, and so not to be copied. */
static void
add_old(struct leaf *leaf, const struct report_change *change)
{
	buf_adds(leaf->to, "<div><dt>Old value</dt><dd class=\"value old\">");
	html_text(leaf->to,
	    leaf_value(leaf, change->type, change_value(leaf->arena, change)));
	buf_adds(leaf->to, "</dd></div>\n");
}

/**
 * What becomes of one value of the step. Where a value takes the place of
 * another, the old one is shown in red: by it the row in the panel is found.
 */
static void
add_change(struct leaf *leaf, const struct step *step,
    const struct report_change *change)
{
	if (!change->add && step->removed < step->changes.len) {
		add_old(leaf, change);
		return;
	}
	const struct str value = leaf_value(
	    leaf, change->type, step_value(leaf->arena, step, change));
	add_field(leaf, "Value", value, change->add ? "value" : NULL);
	if (change->has_priority) {
		add_field(leaf, "Priority",
		    str_print(leaf->arena, "%u", change->priority),
		    change->add ? "priority" : NULL);
	}
}

/**
 * A step in the order of a panel's form: host, type, value. The host has a
 * button; the type is chosen from a list there, so it has none.
 */
static void
add_step(struct leaf *leaf, const struct step *step, size_t number)
{
	struct buf *to = leaf->to;
	const struct str title = step_title(leaf->arena, step);
	assert(number > 0 && step->changes.len > 0);
	buf_adds(to, "<li class=\"step\">\n");
	html_heading(to, leaf->level + 2,
	    str_print(leaf->arena, "%zu. %.*s", number, STR_ARG(title)));
	buf_adds(to, "<dl class=\"fields\">\n");
	add_field(leaf, "Host", step->host, "host");
	add_field(leaf, "Type", rrtype_text(leaf->arena, step->type), NULL);
	const struct report_change *change;
	vec_foreach(change, &step->changes) {
		add_change(leaf, step, change);
	}
	buf_adds(to, "</dl>\n</li>\n");
}

void
leaf_plan(struct leaf *leaf)
{
	const char *proof = proof_words(leaf->report->plan_proven);
	const struct step *step;
	size_t number = 0;
	if (leaf->steps.len == 0) {
		return;
	}
	leaf_section(leaf, plan_words(leaf->arena, leaf->report));
	buf_adds(leaf->to, "<ol class=\"steps\">\n");
	vec_foreach(step, &leaf->steps) {
		add_step(leaf, step, ++number);
	}
	buf_adds(leaf->to, "</ol>\n");
	if (proof) {
		html_element(leaf->to, "p", NULL, str_of(proof));
	}
	buf_adds(leaf->to, "</section>\n");
}

/** What was seen of *issue*, and which steps mend it. */
static void
add_shown(struct leaf *leaf, const struct report_issue *issue)
{
	struct buf *to = leaf->to;
	if (issue->shown.len == 0) {
		return;
	}
	buf_adds(to, "<ul>\n");
	const size_t *index;
	vec_foreach(index, &issue->shown) {
		const struct report_finding *finding =
		    &leaf->report->findings.at[*index];
		const struct str change =
		    steps_words(leaf->arena, &leaf->steps, finding);
		buf_adds(to, "<li>");
		html_text(to, finding->title);
		if (change.len > 0) {
			buf_adds(to, "<br><span class=\"faint\">");
			html_text(to, change);
			buf_adds(to, "</span>");
		}
		buf_adds(to, "</li>\n");
	}
	buf_adds(to, "</ul>");
}

/** A row of the table as IvyMail's documentation has it, and its state. */
static void
add_issue(struct leaf *leaf, enum issue number)
{
	const struct issue_row *row = catalog_issue_row(number);
	const struct report_issue *issue = &leaf->report->issues[number];
	struct buf *to = leaf->to;
	assert(number < ISSUE_ROWS);
	buf_adds(to, "<tr><td>");
	leaf_mark(leaf, issue_mark(leaf->report, issue),
	    issue_state_text(issue->state));
	buf_adds(to, "</td><th scope=\"row\">");
	html_text(to, str_of(row->issue));
	buf_adds(to, "</th><td>");
	html_text(to, str_of(row->solution));
	add_shown(leaf, issue);
	buf_adds(to, "</td></tr>\n");
}

void
leaf_issues(struct leaf *leaf)
{
	leaf_section(leaf, STR("Troubleshooting"));
	buf_adds(leaf->to,
	    "<table class=\"stacked\">\n<thead><tr>"
	    "<th scope=\"col\">State</th><th scope=\"col\">Issue</th>"
	    "<th scope=\"col\">Solution</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < ISSUE_ROWS; i++) {
		add_issue(leaf, (enum issue)i);
	}
	buf_adds(leaf->to, "</tbody></table>\n</section>\n");
}
