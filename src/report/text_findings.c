/* SPDX-License-Identifier: MIT */
/* The findings of the terminal report: what, why, where, how to mend it. */
#include "report/text_parts.h"
#include "report/words.h"

#include "base/arena.h"
#include "text/escape.h"

#include <assert.h>

/**
 * Whether waiting helps, in one piece. It is what people look for, so it is
 * never torn apart at the line's end.
 */
static void
tell_whether_to_wait(
    struct telling *telling, const struct report_finding *finding)
{
	struct page *page = &telling->page;
	const struct str words =
	    str_print(telling->arena, "(%s)", whether_to_wait(finding));
	if (page->column + 1 + words.len > page->manner->width) {
		page_end(page);
		page_to(page, page_mark_width());
	} else {
		page_adds(page, TONE_PLAIN, " ");
	}
	page_add(page, TONE_FAINT, words);
}

/** The first line: what it is, and whether waiting helps. */
static void
tell_title(struct telling *telling, const struct report_finding *finding)
{
	struct page *page = &telling->page;
	const enum mark mark = finding_mark(finding);
	assert(finding->title.len > 0);
	page_mark(page, mark);
	page_wrap(page, page_mark_width(), TONE_STRONG, finding->title);
	if (finding->severity != SEVERITY_INFO) {
		tell_whether_to_wait(telling, finding);
	}
	page_end(page);
}

/** A paragraph below the title. */
static void
tell_sentences(struct telling *telling, struct str text)
{
	if (text.len > 0) {
		page_wrap(&telling->page, TEXT_INDENT, TONE_PLAIN, text);
		page_end(&telling->page);
	}
}

/** For -v: each answer that counts, and who gave it. */
static void
tell_evidence(struct telling *telling, const struct report_finding *finding)
{
	struct arena *arena = telling->arena;
	const struct evidence *seen;
	vec_foreach(seen, &finding->finding->evidence) {
		const bool named = seen->server.addr.family != ADDR_NONE;
		const struct str server =
		    named ? server_addr_text(arena, seen->server)
			  : STR("what was asked");
		const struct str type = rrtype_text(arena, seen->type);
		const struct str name = name_text(arena, seen->name);
		const struct str value =
		    text_value(telling, seen->type, seen->value);
		text_field(telling, "evidence",
		    str_print(arena, "%.*s: %.*s %.*s %s%.*s", STR_ARG(server),
			STR_ARG(type), STR_ARG(name),
			value.len > 0 ? "= " : "has nothing", STR_ARG(value)));
	}
	page_gap(&telling->page);
}

/** How to mend it, in the panel's own words where they are known. */
static void
tell_fix(struct telling *telling, const struct report_finding *finding)
{
	const bool in_panel = finding->provider_fix.len > 0;
	tell_sentences(
	    telling, in_panel ? finding->provider_fix : finding->fix);
	page_to(&telling->page, TEXT_INDENT);
	page_add(&telling->page, TONE_FAINT,
	    str_print(telling->arena, "More: ivycheck explain %.*s",
		STR_ARG(finding->code)));
	page_end(&telling->page);
}

/**
 * One finding; *again*: the one before it was of the same kind. Three DKIM
 * records with the same fault are one cause: the reason before the first and
 * the remedy after the last are enough.
 */
static void
tell_finding(
    struct telling *telling, const struct report_finding *finding, bool again)
{
	if (!again) {
		page_gap(&telling->page);
	}
	tell_title(telling, finding);
	if (!again) {
		tell_sentences(telling, finding->detail);
	}
	text_compare(telling, finding);
	if (telling->page.manner->verbosity > 0) {
		tell_evidence(telling, finding);
	}
}

void
text_findings(struct telling *telling)
{
	const struct report_finding *before = NULL;
	const struct report_finding *finding;
	vec_foreach(finding, &telling->report->findings) {
		if (!finding_is_told(finding, telling->page.manner)) {
			continue;
		}
		const bool again =
		    before && str_eq(before->code, finding->code);
		if (before && !again) {
			tell_fix(telling, before);
		}
		tell_finding(telling, finding, again);
		before = finding;
	}
	if (before) {
		tell_fix(telling, before);
	}
}
