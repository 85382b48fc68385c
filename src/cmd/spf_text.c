/* SPDX-License-Identifier: MIT */
/* ivycheck spf for people. */
#include "cmd/sheet.h"
#include "cmd/spf_facts.h"

#include "base/arena.h"
#include "cmd/session.h"
#include "text/escape.h"

#include <assert.h>

/** How the headline begins. */
static struct str
subject_words(const struct sheet *sheet, const struct spf_facts *facts)
{
	struct arena *arena = sheet->session->arena;
	if (!name_is_set(facts->domain)) {
		return STR("This record");
	}
	const struct str name = name_text(arena, facts->domain);
	return str_print(arena, "SPF for %.*s", STR_ARG(name));
}

static struct str
state_words(const struct sheet *sheet, const struct spf_facts *facts)
{
	const char *absence = spf_facts_absence(facts);
	if (absence) {
		return str_of(absence);
	}
	if (spf_facts_unknown(facts)) {
		return STR("a part of it could not be looked up");
	}
	if (!spf_facts_valid(facts)) {
		return STR("not valid, receivers cannot use it");
	}
	const struct spf_walk *walk = facts->judged.spf;
	return str_print(sheet->session->arena, "valid, %u of %d lookups",
	    walk->lookups, SPF_MOST_LOOKUPS);
}

static void
tell_headline(struct sheet *sheet, const struct spf_facts *facts)
{
	enum mark mark = MARK_FAIL;
	if (spf_facts_unknown(facts)) {
		mark = MARK_UNKNOWN;
	} else if (spf_facts_valid(facts)) {
		mark =
		    findings_get(&facts->judged.findings, FINDING_SPF_PASS_ALL)
			? MARK_WARN
			: MARK_OK;
	}
	const struct str subject = subject_words(sheet, facts);
	const struct str state = state_words(sheet, facts);
	sheet_headline(sheet, mark,
	    str_print(sheet->session->arena, "%.*s: %.*s", STR_ARG(subject),
		STR_ARG(state)));
}

static enum mark
mark_of(const struct finding *finding)
{
	static const enum mark marks[] = {
		[SEVERITY_INFO] = MARK_NOTE,
		[SEVERITY_WARNING] = MARK_WARN,
		[SEVERITY_ERROR] = MARK_FAIL,
	};
	return finding->code == FINDING_X_LOOKUP_FAILED
		   ? MARK_UNKNOWN
		   : marks[catalog_row(finding->code)->severity];
}

/** What is marked in the evidence, each place with its record. */
static void
tell_evidence(struct sheet *sheet, const struct finding *finding)
{
	const struct evidence *evidence;
	vec_foreach(evidence, &finding->evidence) {
		if (evidence->has_span) {
			sheet_part(sheet, evidence->value,
			    (struct span){ evidence->from, evidence->to });
		}
	}
}

/** The remarks on the grammar of the record itself, each by itself. */
static bool
tell_remarks(struct sheet *sheet, const struct spf_facts *facts,
    const struct finding *finding)
{
	struct arena *arena = sheet->session->arena;
	const struct spf_node *tree = spf_facts_tree(facts);
	const struct spf_remark *remark;
	if (finding->code != FINDING_SPF_SYNTAX_ERROR || !tree ||
	    tree->record->remarks.len == 0) {
		return false;
	}
	vec_foreach(remark, &tree->record->remarks) {
		const char *meant = remark->meant;
		sheet_remark(sheet, MARK_FAIL,
		    str_print(arena, "%s%s%s%s",
			spf_problem_text(remark->problem),
			meant ? " What was meant is probably " : "",
			meant ? meant : "", meant ? "." : ""));
		sheet_part(sheet, tree->record->text, remark->span);
	}
	return true;
}

static void
tell_finding(struct sheet *sheet, const struct spf_facts *facts,
    const struct finding *finding)
{
	struct arena *arena = sheet->session->arena;
	const struct catalog_row *row = catalog_row(finding->code);
	const struct str title =
	    spf_finding_text(arena, facts, finding, row->title);
	const struct str detail =
	    spf_finding_text(arena, facts, finding, row->detail);
	const struct str fix =
	    spf_finding_text(arena, facts, finding, row->fix);
	sheet_remark(sheet, mark_of(finding),
	    str_print(arena, "%.*s. %.*s %.*s", STR_ARG(title), STR_ARG(detail),
		STR_ARG(fix)));
	tell_evidence(sheet, finding);
}

static void
tell_findings(struct sheet *sheet, const struct spf_facts *facts)
{
	struct finding *const *finding;
	bool some = false;
	vec_foreach(finding, &facts->judged.findings.list) {
		if (!spf_finding_counts(*finding)) {
			continue;
		}
		if (!some) {
			sheet_heading(sheet, "Remarks on the record");
		}
		some = true;
		if (!tell_remarks(sheet, facts, *finding)) {
			tell_finding(sheet, facts, *finding);
		}
	}
}

/** The record that the changes of *finding* add; empty if there is none. */
static struct str
better_record(const struct finding *finding)
{
	const struct edit *edit;
	vec_foreach(edit, &finding->edits) {
		if (edit->op == EDIT_ADD && edit->rr.type == RRTYPE_TXT) {
			return edit->rr.rdata.txt.joined;
		}
	}
	return (struct str){ 0 };
}

/** The record as it should be; with Amazon SES, for whom this is made. */
static void
tell_better(struct sheet *sheet, const struct spf_facts *facts)
{
	struct finding *const *finding;
	vec_foreach(finding, &facts->judged.findings.list) {
		const struct str better = better_record(*finding);
		if (better.len == 0) {
			continue;
		}
		sheet_heading(sheet, spf_finding_counts(*finding)
					 ? "Better so, Amazon SES included"
					 : "To let Amazon SES send as well");
		sheet_copy(sheet, better);
		return;
	}
}

/** True if there is nothing that a quiet run has to say. */
static bool
is_quiet(const struct spf_facts *facts)
{
	struct finding *const *finding;
	vec_foreach(finding, &facts->judged.findings.list) {
		if (spf_finding_counts(*finding)) {
			return false;
		}
	}
	return spf_facts_valid(facts);
}

static void
tell_record(struct sheet *sheet, const struct spf_facts *facts)
{
	const struct str record = spf_facts_record(facts);
	if (sheet->session->manner.quiet && is_quiet(facts)) {
		return;
	}
	tell_headline(sheet, facts);
	if (record.len > 0) {
		sheet_raw(sheet, "record", record);
	}
	tell_findings(sheet, facts);
	if (sheet->session->manner.quiet) {
		return;
	}
	spf_tell_tree(sheet, facts);
	spf_tell_networks(sheet, facts);
	tell_better(sheet, facts);
}

/** What led to the result. */
static struct str
reason_words(struct arena *arena, const struct spf_facts *facts)
{
	const struct spf_verdict *verdict = &facts->verdict;
	switch (verdict->result) {
	case SPF_RESULT_NONE:
		return STR("there is no SPF record, or no such domain");
	case SPF_RESULT_TEMPERROR:
		return STR("DNS failed on the way; a receiver would try again");
	case SPF_RESULT_PERMERROR:
		return STR("the record cannot be used; ivycheck spf DOMAIN "
			   "tells why");
	case SPF_RESULT_NEUTRAL:
	case SPF_RESULT_PASS:
	case SPF_RESULT_FAIL:
	case SPF_RESULT_SOFTFAIL:
		break;
	}
	return verdict->term ? str_print(arena, "after %u of %d lookups",
				   verdict->lookups, SPF_MOST_LOOKUPS)
			     : STR("no term matched");
}

/** The result alone on the first line, for scripts; then why. */
static void
tell_result(struct sheet *sheet, const struct spf_facts *facts)
{
	struct page *page = &sheet->page;
	const struct spf_verdict *verdict = &facts->verdict;
	page_adds(page, TONE_PLAIN, spf_result_text(verdict->result));
	page_end(page);
	if (sheet->session->manner.quiet) {
		return;
	}
	page_gap(page);
	if (verdict->term) {
		sheet_raw(sheet, "matched", verdict->term->text);
		sheet_raw(sheet, "in record of", verdict->domain);
	}
	sheet_field(
	    sheet, "because", reason_words(sheet->session->arena, facts));
	if (verdict->explanation.len > 0) {
		sheet_raw(sheet, "explanation", verdict->explanation);
	}
}

void
spf_tell_text(struct sheet *sheet, const struct spf_facts *facts)
{
	if (facts->has_mail) {
		tell_result(sheet, facts);
		if (facts->judged.spf && !sheet->session->manner.quiet) {
			page_gap(&sheet->page);
			tell_record(sheet, facts);
		}
		return;
	}
	tell_record(sheet, facts);
}
