/* SPDX-License-Identifier: MIT */
/* What is told of an SPF record, whatever the form, and its exit code. */
#include "cmd/spf_facts.h"

#include "base/arena.h"
#include "cmd/session.h"
#include "cmd/sheet.h"
#include "findings/template.h"

#include <assert.h>

const struct spf_node *
spf_facts_tree(const struct spf_facts *facts)
{
	const struct spf_walk *walk = facts->judged.spf;
	return walk && walk->root->record ? walk->root : NULL;
}

struct str
spf_facts_record(const struct spf_facts *facts)
{
	const struct spf_node *tree = spf_facts_tree(facts);
	if (tree) {
		return tree->record->text;
	}
	if (facts->given.len > 0) {
		return facts->given;
	}
	return facts->judged.found.len > 0 ? facts->judged.found.at[0]
					   : (struct str){ 0 };
}

const char *
spf_facts_absence(const struct spf_facts *facts)
{
	const bool outside =
	    facts->answer && facts->answer->status == ANSWER_OUTSIDE;
	if (spf_facts_tree(facts)) {
		return NULL;
	}
	if (spf_facts_unknown(facts)) {
		return outside ? "it lies outside the zone files"
			       : "DNS could not be asked";
	}
	if (findings_get(
		&facts->judged.findings, FINDING_SPF_MULTIPLE_RECORDS)) {
		return "two or more records, so receivers use none of them";
	}
	if (facts->judged.found.len > 0) {
		return "no receiver takes it as an SPF record";
	}
	return facts->given.len > 0 ? "it is no SPF record"
				    : "there is no SPF record";
}

bool
spf_finding_counts(const struct finding *finding)
{
	/* That there is none is said by itself; nobody looked near it. */
	return finding->code != FINDING_X_MISSING &&
	       finding->code != FINDING_SPF_SES_MISSING &&
	       finding->code != FINDING_SPF_SES_LOOKALIKE &&
	       finding->code != FINDING_SPF_SES_UNREACHABLE;
}

/** True if by *finding* a receiver cannot use the record. */
static bool
is_fatal(const struct finding *finding)
{
	return catalog_row(finding->code)->severity == SEVERITY_ERROR &&
	       finding->code != FINDING_SPF_PASS_ALL &&
	       spf_finding_counts(finding);
}

bool
spf_facts_valid(const struct spf_facts *facts)
{
	struct finding *const *finding;
	vec_foreach(finding, &facts->judged.findings.list) {
		if (is_fatal(*finding)) {
			return false;
		}
	}
	return spf_facts_tree(facts) != NULL && !spf_facts_unknown(facts);
}

bool
spf_facts_unknown(const struct spf_facts *facts)
{
	return findings_get(&facts->judged.findings, FINDING_X_LOOKUP_FAILED) !=
		   NULL ||
	       (facts->answer && facts->answer->status == ANSWER_OUTSIDE);
}

struct str
spf_finding_text(struct arena *arena, const struct spf_facts *facts,
    const struct finding *finding, const char *template)
{
	const struct str domain = name_is_set(facts->domain)
				      ? name_text(arena, facts->domain)
				      : STR("the domain");
	const struct finding_arg always[] = {
		{ "record", STR("the SPF record") },
		{ "name", domain },
		{ "type", STR("TXT") },
		{ "domain", domain },
		{ "host", STR("@") },
	};
	return template_fill(
	    arena, template, finding, always, sizeof(always) / sizeof(*always));
}

/** 0 pass, 3 could not be asked, 1 anything else. */
static enum exit_code
code_of_result(enum spf_result result)
{
	if (result == SPF_RESULT_TEMPERROR) {
		return EXIT_UNKNOWN;
	}
	return result == SPF_RESULT_PASS ? EXIT_READY : EXIT_ACTION;
}

/** 0 valid, 1 invalid or none, 3 could not be asked. */
static enum exit_code
code_of(const struct spf_facts *facts)
{
	if (facts->has_mail) {
		return code_of_result(facts->verdict.result);
	}
	if (spf_facts_unknown(facts)) {
		return EXIT_UNKNOWN;
	}
	return spf_facts_valid(facts) ? EXIT_READY : EXIT_ACTION;
}

enum exit_code
spf_tell(struct session *session, const struct spf_facts *facts)
{
	struct sheet sheet;
	assert(!facts->has_mail || facts->verdict.known);
	sheet_open(session, &sheet);
	if (sheet_is_json(&sheet)) {
		spf_tell_json(&sheet, facts);
	} else {
		spf_tell_text(&sheet, facts);
	}
	return sheet_write(&sheet, code_of(facts));
}
