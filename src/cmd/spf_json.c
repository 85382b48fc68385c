/* SPDX-License-Identifier: MIT */
/* ivycheck spf -f json: the schema ivycheck/spf/1. */
#include "cmd/sheet.h"
#include "cmd/spf_facts.h"

#include "base/arena.h"
#include "cmd/session.h"

#include <assert.h>

/** The member *key*: *name* as text; null without one. */
static void
key_name(struct sheet *sheet, const char *key, struct name name)
{
	key_text_or_null(&sheet->writer, key,
	    name_is_set(name) ? name_text(sheet->session->arena, name)
			      : (struct str){ 0 });
}

/** Why a term leads to no record that could be shown below it. */
static const char *
state_word(const struct spf_node *node)
{
	static const char *const words[] = {
		[SPF_STATE_PENDING] = "not-known",
		[SPF_STATE_RECORD] = "record",
		[SPF_STATE_NONE] = "no-record",
		[SPF_STATE_SEVERAL] = "several-records",
		[SPF_STATE_FAILED] = "lookup-failed",
		[SPF_STATE_OUTSIDE] = "outside",
		[SPF_STATE_LOOP] = "loop",
		[SPF_STATE_LEFT] = "not-asked",
	};
	return words[node->state];
}

static void
write_node(struct sheet *sheet, const struct spf_node *node, unsigned depth)
{
	struct writer *to = &sheet->writer;
	assert(depth <= SPF_MOST_NODES);
	jsonout_object(&to->json);
	key_name(sheet, "domain", node->domain);
	key_word(to, "state", state_word(node));
	jsonout_key(&to->json, "record");
	write_raw_or_null(
	    to, node->record ? node->record->text : (struct str){ 0 });
	jsonout_key(&to->json, "terms");
	jsonout_array(&to->json);
	for (size_t i = 0; i < node->steps_len; i++) {
		const struct spf_step *step = &node->steps[i];
		jsonout_object(&to->json);
		jsonout_key(&to->json, "text");
		write_raw(to, step->term->text);
		key_word(to, "kind", spf_kind_text(step->term->kind));
		key_number(to, "lookups", step->lookups);
		key_number(to, "total", step->total);
		key_bool(to, "reached", step->reached);
		key_bool(to, "void", step->is_void);
		if (step->node) {
			jsonout_key(&to->json, "tree");
			write_node(sheet, step->node, depth + 1);
		}
		jsonout_end_object(&to->json);
	}
	jsonout_end_array(&to->json);
	jsonout_end_object(&to->json);
}

static void
write_remark(struct sheet *sheet, const struct spf_record *record,
    const struct spf_remark *remark)
{
	struct writer *to = &sheet->writer;
	jsonout_object(&to->json);
	key_word(to, "code", "spf-syntax-error");
	key_word(to, "problem", spf_problem_word(remark->problem));
	key_word(to, "message", spf_problem_text(remark->problem));
	key_text_or_null(to, "meant", str_of(remark->meant));
	jsonout_key(&to->json, "instead");
	write_raw_or_null(to, remark->instead);
	sheet_key_span(sheet, record->text, remark->span);
	jsonout_end_object(&to->json);
}

/** The argument *key* of *finding*; empty if it has none. */
static struct str
arg_of(const struct finding *finding, struct str key)
{
	const struct finding_arg *arg;
	vec_foreach(arg, &finding->args) {
		if (str_eq(str_of(arg->key), key)) {
			return arg->value;
		}
	}
	return (struct str){ 0 };
}

static void
write_finding(struct sheet *sheet, const struct spf_facts *facts,
    const struct finding *finding)
{
	struct writer *to = &sheet->writer;
	struct arena *arena = sheet->session->arena;
	const struct catalog_row *row = catalog_row(finding->code);
	const struct evidence *last =
	    finding->evidence.len > 0
		? &finding->evidence.at[finding->evidence.len - 1]
		: NULL;
	jsonout_object(&to->json);
	const struct str code = catalog_code(arena, finding->code, "spf");
	const struct str problem = arg_of(finding, STR("problem"));
	key_text(to, "code", code);
	/* What has no problem of its own is named by its code: "loop". */
	key_text(to, "problem",
	    problem.len > 0 ? problem : str_from(code, sizeof("spf-") - 1));
	key_text(
	    to, "message", spf_finding_text(arena, facts, finding, row->title));
	key_text(
	    to, "detail", spf_finding_text(arena, facts, finding, row->detail));
	key_text_or_null(
	    to, "fix", spf_finding_text(arena, facts, finding, row->fix));
	key_name(sheet, "domain", last ? last->name : (struct name){ 0 });
	jsonout_key(&to->json, "found");
	write_raw_or_null(to, last ? last->value : (struct str){ 0 });
	if (last && last->has_span) {
		sheet_key_span(
		    sheet, last->value, (struct span){ last->from, last->to });
	} else {
		jsonout_key(&to->json, "span");
		jsonout_null(&to->json);
	}
	jsonout_end_object(&to->json);
}

/** The remarks on the grammar of the record itself, each by itself. */
static bool
write_remarks(struct sheet *sheet, const struct spf_facts *facts,
    const struct finding *finding)
{
	const struct spf_node *tree = spf_facts_tree(facts);
	const struct spf_remark *remark;
	bool some = false;
	if (finding->code != FINDING_SPF_SYNTAX_ERROR || !tree) {
		return false;
	}
	vec_foreach(remark, &tree->record->remarks) {
		write_remark(sheet, tree->record, remark);
		some = true;
	}
	return some;
}

/** That there is no record at all, as an error of its own. */
static void
write_absence(struct sheet *sheet, const struct spf_facts *facts)
{
	struct writer *to = &sheet->writer;
	const char *absence = spf_facts_absence(facts);
	struct finding *const *finding;
	bool said = !absence;
	vec_foreach(finding, &facts->judged.findings.list) {
		said = said || spf_finding_counts(*finding);
	}
	if (said) {
		return;
	}
	jsonout_object(&to->json);
	key_word(to, "code", "spf-missing");
	key_word(
	    to, "problem", spf_facts_unknown(facts) ? "not-known" : "missing");
	key_word(to, "message", absence);
	jsonout_key(&to->json, "span");
	jsonout_null(&to->json);
	jsonout_end_object(&to->json);
}

static bool
is_error(const struct finding *finding)
{
	return catalog_row(finding->code)->severity == SEVERITY_ERROR ||
	       finding->code == FINDING_X_LOOKUP_FAILED;
}

static void
key_findings(struct sheet *sheet, const char *key,
    const struct spf_facts *facts, bool errors)
{
	struct jsonout *json = &sheet->writer.json;
	struct finding *const *finding;
	jsonout_key(json, key);
	jsonout_array(json);
	if (errors && (!facts->has_mail || name_is_set(facts->domain))) {
		write_absence(sheet, facts);
	}
	vec_foreach(finding, &facts->judged.findings.list) {
		if (spf_finding_counts(*finding) &&
		    is_error(*finding) == errors &&
		    !write_remarks(sheet, facts, *finding)) {
			write_finding(sheet, facts, *finding);
		}
	}
	jsonout_end_array(json);
}

static void
key_verdict(struct sheet *sheet, const struct spf_verdict *verdict)
{
	struct writer *to = &sheet->writer;
	key_word(to, "result", spf_result_text(verdict->result));
	jsonout_key(&to->json, "explanation");
	write_raw_or_null(to, verdict->explanation);
	jsonout_key(&to->json, "term");
	write_raw_or_null(
	    to, verdict->term ? verdict->term->text : (struct str){ 0 });
}

/** Whether mail of Amazon SES passes; null if that is not known. */
static enum maybe
allows_ses(const struct spf_facts *facts)
{
	struct finding *const *finding;
	vec_foreach(finding, &facts->judged.findings.list) {
		if (!spf_finding_counts(*finding)) {
			return MAYBE_FALSE;
		}
	}
	return spf_facts_valid(facts) &&
		       facts->judged.status != STATUS_NOT_CHECKED
		   ? MAYBE_TRUE
		   : MAYBE_NULL;
}

void
spf_tell_json(struct sheet *sheet, const struct spf_facts *facts)
{
	struct writer *to = &sheet->writer;
	const struct spf_walk *walk = facts->judged.spf;
	const struct spf_node *tree = spf_facts_tree(facts);
	jsonout_object(&to->json);
	key_word(to, "schema", "ivycheck/spf/1");
	key_name(sheet, "domain", facts->domain);
	jsonout_key(&to->json, "record");
	write_raw_or_null(to, spf_facts_record(facts));
	key_bool(to, "valid", spf_facts_valid(facts));
	key_number(to, "lookups", walk ? walk->lookups : 0);
	key_number(to, "void_lookups", walk ? walk->voids : 0);
	key_maybe(to, "allows_ses", allows_ses(facts));
	key_findings(sheet, "errors", facts, true);
	key_findings(sheet, "warnings", facts, false);
	jsonout_key(&to->json, "tree");
	if (tree) {
		write_node(sheet, tree, 0);
	} else {
		jsonout_null(&to->json);
	}
	if (facts->has_mail) {
		key_verdict(sheet, &facts->verdict);
	}
	jsonout_end_object(&to->json);
}
