/* SPDX-License-Identifier: MIT */
/* The verdict and the findings of the page. */
#include "report/compare.h"
#include "report/html.h"
#include "report/html_parts.h"
#include "report/words.h"

#include "base/arena.h"

#include <assert.h>

/** All records at a glance; each leads to its card. */
static void
add_strip(struct leaf *leaf)
{
	struct buf *to = leaf->to;
	const struct report *report = leaf->report;
	buf_adds(to, "<ul class=\"strip\" aria-label=\"Records\">\n");
	for (size_t i = 0; i < report->records.len; i++) {
		const struct report_record *record = &report->records.at[i];
		const struct str words = str_print(leaf->arena, "%s %.*s",
		    mark_word(record_mark(record->status)),
		    STR_ARG(record->id));
		buf_addf(to, "<li><a href=\"#d%zu-r%zu\">", leaf->number, i);
		leaf_mark(leaf, record_mark(record->status), words.at);
		buf_adds(to, "</a></li>\n");
	}
	buf_adds(to, "</ul>\n");
}

void
leaf_verdict(struct leaf *leaf)
{
	const struct report *report = leaf->report;
	const enum mark mark = report_mark(report);
	struct buf *to = leaf->to;
	buf_addf(to, "<header class=\"verdict is-%s\">\n", mark_class(mark));
	html_heading(to, leaf->level, report->domain);
	buf_adds(to, "<p class=\"state\">");
	leaf_mark(leaf, mark, verdict_words(report->verdict));
	buf_adds(to, "</p>\n");
	html_element(to, "p", NULL, report->summary);
	const struct str history = history_words(leaf->arena, report);
	if (history.len > 0) {
		html_element(to, "p", NULL, history);
	}
	const struct str waiting = waiting_words(leaf->arena, report);
	if (waiting.len > 0) {
		html_element(to, "p", NULL, waiting);
	}
	if (report->input.len > 0) {
		buf_adds(to, "<p class=\"faint\">The domain was read out of "
			     "<code>");
		html_text(to, leaf_raw(leaf, report->input));
		buf_adds(to, "</code>.</p>\n");
	}
	add_strip(leaf);
	buf_adds(to, "</header>\n");
}

/** Adds *text* with the part *span* marked. */
static void
add_marked(struct buf *to, struct str text, struct span span)
{
	if (span.from > span.to) {
		html_text(to, text);
		return;
	}
	html_text(to, str_slice(text, 0, span.from));
	if (span.to > span.from) {
		buf_adds(to, "<mark>");
		html_text(to, str_slice(text, span.from, span.to));
		buf_adds(to, "</mark>");
	}
	html_text(to, str_from(text, span.to));
}

/**
 * What is marked: a place without length is shown by what stands there. Where
 * something is missing, the character that stands there instead is marked,
 * with all of its bytes (UTF-8 continues with 10xxxxxx).
 */
static struct span
visible_span(const struct comparison *pair)
{
	struct span span = pair->span;
	if (span.from == span.to && span.to < pair->found.len) {
		do {
			span.to++;
		} while (
		    span.to < pair->found.len &&
		    ((unsigned char)pair->found.at[span.to] & 0xc0) == 0x80);
	}
	return span;
}

/** One comparison; *apart*: something else stands before it. */
static void
add_pair(struct buf *to, const struct comparison *pair, bool apart)
{
	const char *class = apart ? " class=\"apart\"" : "";
	if (pair->place.len > 0) {
		buf_addf(to, "<dt%s>at</dt>", class);
		html_element(to, "dd", NULL, pair->place);
		class = "";
	}
	if (pair->expected.len > 0) {
		buf_addf(to, "<dt%s>expected</dt>", class);
		html_element(to, "dd", NULL, pair->expected);
	}
	buf_adds(to, "<dt>found</dt><dd>");
	add_marked(to, pair->found, visible_span(pair));
	buf_adds(to, "</dd>\n");
}

void
leaf_pairs(struct leaf *leaf, const struct comparisons *all)
{
	if (all->len == 0) {
		return;
	}
	buf_adds(leaf->to, "<dl class=\"pair\">\n");
	for (size_t i = 0; i < all->len; i++) {
		add_pair(leaf->to, &all->at[i], i > 0);
	}
	buf_adds(leaf->to, "</dl>\n");
}

/**
 * What, why, the comparison, the remedy: in the order in which people ask.
 * Whether waiting helps comes first of all, in bold.
 */
static void
add_finding(struct leaf *leaf, const struct report_finding *finding)
{
	struct buf *to = leaf->to;
	const enum mark mark = finding_mark(finding);
	const struct comparisons all = comparisons_of(
	    leaf->arena, leaf->manner->patterns, leaf->report, finding);
	assert(finding->title.len > 0);
	buf_addf(to, "<article class=\"finding is-%s\">\n", mark_class(mark));
	html_heading(to, leaf->level + 2, finding->title);
	buf_adds(to, "<p class=\"told\">");
	leaf_mark(leaf, mark, mark_word(mark));
	if (finding->severity != SEVERITY_INFO) {
		buf_addf(to, " <strong>%s</strong>", whether_to_wait(finding));
	}
	buf_adds(to, " <code class=\"faint\">");
	html_text(to, finding->code);
	buf_adds(to, "</code></p>\n");
	html_element(to, "p", NULL, finding->detail);
	leaf_pairs(leaf, &all);
	if (finding->fix.len > 0) {
		html_element(to, "p", NULL,
		    finding->provider_fix.len > 0 ? finding->provider_fix
						  : finding->fix);
	}
	buf_adds(to, "</article>\n");
}

void
leaf_findings(struct leaf *leaf)
{
	const struct report *report = leaf->report;
	const struct report_finding *finding;
	if (report->findings.len == 0) {
		return;
	}
	leaf_section(leaf, STR("What was found"));
	vec_foreach(finding, &report->findings) {
		add_finding(leaf, finding);
	}
	buf_adds(leaf->to, "</section>\n");
}
