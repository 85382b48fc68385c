/* SPDX-License-Identifier: MIT */
/* ivycheck dmarc -f json: the schema ivycheck/dmarc/1. */
#include "cmd/dmarc_facts.h"
#include "cmd/sheet.h"

#include "cmd/session.h"

static void
key_name(struct sheet *sheet, const char *key, struct name name)
{
	key_text_or_null(&sheet->writer, key,
	    name_is_set(name) ? name_text(sheet->session->arena, name)
			      : (struct str){ 0 });
}

static void
key_policy(struct sheet *sheet, const char *key, enum dmarc_policy policy)
{
	key_text_or_null(
	    &sheet->writer, key, str_of(dmarc_policy_text(policy)));
}

/** The name at which the told record stands. */
static struct name
place_of(const struct dmarc_facts *facts)
{
	const struct name none = { 0 };
	if (!facts->walk || !facts->dmarc || facts->given.len > 0) {
		return none;
	}
	return facts->almost ? facts->walk->stops[0].name
			     : facts->walk->found->name;
}

/** The policy as it is declared, null where a tag is absent. */
static void
key_declared(struct sheet *sheet, const struct dmarc *dmarc)
{
	static const enum dmarc_tag tags[] = { DMARC_TAG_P, DMARC_TAG_SP,
		DMARC_TAG_NP, DMARC_TAG_ADKIM, DMARC_TAG_ASPF, DMARC_TAG_T,
		DMARC_TAG_PSD };
	struct writer *to = &sheet->writer;
	jsonout_key(&to->json, "policy");
	jsonout_object(&to->json);
	for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++) {
		jsonout_key(&to->json, dmarc_tag_text(tags[i]));
		write_raw_or_null(to,
		    dmarc ? dmarc->fields[tags[i]].value : (struct str){ 0 });
	}
	jsonout_end_object(&to->json);
}

static void
key_walk(struct sheet *sheet, const struct dmarc_walk *walk)
{
	struct jsonout *json = &sheet->writer.json;
	jsonout_key(json, "walk");
	jsonout_array(json);
	for (size_t i = 0; walk && i < walk->stops_len; i++) {
		if (name_is_set(walk->stops[i].name)) {
			jsonout_text(json, name_text(sheet->session->arena,
					       walk->stops[i].name));
		}
	}
	jsonout_end_array(json);
}

/** Whether reports may go to *target*; null if that is not known. */
static enum maybe
is_authorized(const struct dmarc_target *target)
{
	static const enum maybe answers[] = {
		[DMARC_CONSENT_NOT_NEEDED] = MAYBE_TRUE,
		[DMARC_CONSENT_GIVEN] = MAYBE_TRUE,
		[DMARC_CONSENT_NONE] = MAYBE_FALSE,
		[DMARC_CONSENT_ELSEWHERE] = MAYBE_FALSE,
		[DMARC_CONSENT_UNKNOWN] = MAYBE_NULL,
	};
	return target ? answers[target->consent] : MAYBE_NULL;
}

static void
key_rua(struct sheet *sheet, const struct dmarc_facts *facts)
{
	struct writer *to = &sheet->writer;
	jsonout_key(&to->json, "rua");
	jsonout_array(&to->json);
	for (size_t i = 0; facts->dmarc && i < facts->dmarc->rua.len; i++) {
		const struct dmarc_uri *uri = &facts->dmarc->rua.at[i];
		jsonout_object(&to->json);
		jsonout_key(&to->json, "uri");
		write_raw(to, uri->text);
		key_maybe(to, "authorized",
		    is_authorized(dmarc_target_of(facts, uri)));
		jsonout_end_object(&to->json);
	}
	jsonout_end_array(&to->json);
}

static void
write_remark(struct sheet *sheet, const struct dmarc *dmarc,
    const struct dmarc_remark *remark)
{
	struct writer *to = &sheet->writer;
	jsonout_object(&to->json);
	key_word(to, "problem", dmarc_problem_word(remark->problem));
	key_text_or_null(to, "tag", str_of(dmarc_tag_text(remark->tag)));
	key_text(
	    to, "message", dmarc_remark_words(sheet->session->arena, remark));
	key_text_or_null(to, "meant", str_of(remark->meaning));
	sheet_key_span(sheet, dmarc->text, remark->span);
	jsonout_end_object(&to->json);
}

/** What keeps there from being a record, as the first error. */
static void
write_absence(struct sheet *sheet, const struct dmarc_facts *facts)
{
	struct writer *to = &sheet->writer;
	const char *absence = dmarc_absence(facts);
	const bool several = facts->walk && facts->walk->stops[0].records > 1;
	if (!absence) {
		return;
	}
	jsonout_object(&to->json);
	key_word(to, "problem",
	    several                   ? "multiple-records"
	    : dmarc_is_unknown(facts) ? "not-known"
				      : "missing");
	key_text_or_null(to, "tag", (struct str){ 0 });
	key_word(to, "message", absence);
	key_text_or_null(to, "meant", (struct str){ 0 });
	jsonout_key(&to->json, "span");
	jsonout_null(&to->json);
	jsonout_end_object(&to->json);
}

/** The remarks that are errors, or those that are not. */
static void
key_remarks(struct sheet *sheet, const char *key,
    const struct dmarc_facts *facts, bool errors)
{
	struct jsonout *json = &sheet->writer.json;
	jsonout_key(json, key);
	jsonout_array(json);
	if (errors) {
		write_absence(sheet, facts);
	}
	for (size_t i = 0; facts->dmarc && i < facts->dmarc->remarks.len; i++) {
		const struct dmarc_remark *remark =
		    &facts->dmarc->remarks.at[i];
		const bool error =
		    dmarc_problem_class(remark->problem) <= DMARC_CLASS_VALUE;
		if (error == errors) {
			write_remark(sheet, facts->dmarc, remark);
		}
	}
	jsonout_end_array(json);
}

void
dmarc_tell_json(struct sheet *sheet, const struct dmarc_facts *facts)
{
	struct writer *to = &sheet->writer;
	const struct dmarc *dmarc = facts->dmarc;
	const struct dmarc_walk *walk = facts->walk;
	const struct name none = { 0 };
	const struct dmarc_effects effects = dmarc_effects_of(facts);
	jsonout_object(&to->json);
	key_word(to, "schema", "ivycheck/dmarc/1");
	key_name(sheet, "domain", facts->domain);
	jsonout_key(&to->json, "record");
	write_raw_or_null(to, dmarc ? dmarc->text : (struct str){ 0 });
	key_name(sheet, "found_at", place_of(facts));
	key_bool(to, "valid",
	    dmarc && dmarc_is_valid(dmarc) && !dmarc_absence(facts));
	key_bool(to, "usable", effects.self != DMARC_POLICY_ABSENT);
	key_name(sheet, "policy_domain",
	    walk && walk->found ? walk->found->domain : none);
	key_name(
	    sheet, "organizational_domain", walk ? walk->organizational : none);
	key_declared(sheet, dmarc);
	key_policy(sheet, "effective_policy", effects.self);
	key_policy(sheet, "subdomain_policy", effects.below);
	key_policy(sheet, "nonexistent_policy", effects.nowhere);
	key_walk(sheet, walk);
	key_rua(sheet, facts);
	key_remarks(sheet, "errors", facts, true);
	key_remarks(sheet, "warnings", facts, false);
	jsonout_end_object(&to->json);
}
