/* SPDX-License-Identifier: MIT */
/* What is told of a DMARC policy, whatever the form, and its exit code. */
#include "cmd/dmarc_facts.h"

#include "base/arena.h"
#include "cmd/session.h"
#include "cmd/sheet.h"

#include <assert.h>

bool
dmarc_is_unknown(const struct dmarc_facts *facts)
{
	const struct dmarc_walk *walk = facts->walk;
	if (!walk || !walk->failed || facts->almost) {
		return false;
	}
	return walk->failed == &walk->stops[0] ||
	       (!walk->found && walk->stops[0].records == 0);
}

const char *
dmarc_absence(const struct dmarc_facts *facts)
{
	const struct dmarc_walk *walk = facts->walk;
	if (!walk) {
		return facts->dmarc->recognised || facts->dmarc->meant
			   ? NULL
			   : "it is no DMARC record";
	}
	if (walk->stops[0].records > 1) {
		return "two or more records, so receivers use none of them";
	}
	if (dmarc_is_unknown(facts)) {
		return walk->end == DMARC_END_OUTSIDE
			   ? "the policy lies outside the zone files"
			   : "DNS could not be asked";
	}
	return facts->dmarc ? NULL : "there is no DMARC record";
}

struct str
dmarc_remark_words(struct arena *arena, const struct dmarc_remark *remark)
{
	const char *sentence = dmarc_problem_text(remark->problem);
	const char *tag = dmarc_tag_text(remark->tag);
	const char *meaning = remark->meaning;
	if (dmarc_problem_class(remark->problem) == DMARC_CLASS_UNRECOGNISED) {
		return str_print(arena,
		    "No receiver reads it: a DMARC record begins with "
		    "v=DMARC1, written exactly so. %s",
		    sentence);
	}
	return str_print(arena, "%s%s%s%s%s%s", tag, *tag ? "=: " : "",
	    sentence, meaning ? " Probably " : "", meaning ? meaning : "",
	    meaning ? " is meant." : "");
}

struct dmarc_effects
dmarc_effects_of(const struct dmarc_facts *facts)
{
	struct dmarc_effects effects = { DMARC_POLICY_ABSENT,
		DMARC_POLICY_ABSENT, DMARC_POLICY_ABSENT };
	const struct dmarc_walk *walk = facts->walk;
	const struct dmarc *below = facts->dmarc;
	if (walk) {
		effects.self = walk->effect;
		below = walk->below ? walk->below->dmarc : NULL;
	} else {
		effects.self = dmarc_effect(facts->dmarc, DMARC_AUTHOR_SELF);
	}
	if (!below) {
		return effects;
	}
	effects.below = dmarc_effect(below, DMARC_AUTHOR_BELOW);
	effects.nowhere = dmarc_effect(below, DMARC_AUTHOR_NOWHERE);
	return effects;
}

const struct dmarc_target *
dmarc_target_of(const struct dmarc_facts *facts, const struct dmarc_uri *uri)
{
	for (size_t i = 0; facts->walk && i < facts->walk->targets.len; i++) {
		const struct dmarc_target *target = &facts->walk->targets.at[i];
		if (uri->valid && name_equal(target->host, uri->host)) {
			return target;
		}
	}
	return NULL;
}

/** 0 valid, 1 invalid or none, 3 could not be asked. */
static enum exit_code
code_of(const struct dmarc_facts *facts)
{
	if (dmarc_is_unknown(facts)) {
		return EXIT_UNKNOWN;
	}
	return facts->dmarc && dmarc_is_valid(facts->dmarc) &&
		       !dmarc_absence(facts)
		   ? EXIT_READY
		   : EXIT_ACTION;
}

/** What stands at the domain and is meant as a record, though it is none. */
static const struct dmarc *
almost(struct arena *arena, const struct dmarc_walk *walk)
{
	const struct answer *answer = walk->stops[0].answer;
	const struct rr *rr;
	if (!answer || answer->status != ANSWER_FOUND) {
		return NULL;
	}
	answer_foreach_rr(rr, answer) {
		const struct dmarc *dmarc =
		    dmarc_parse(arena, rr->rdata.txt.joined);
		if (dmarc->meant) {
			return dmarc;
		}
	}
	return NULL;
}

enum exit_code
dmarc_tell(struct session *session, struct dmarc_facts *facts)
{
	struct sheet sheet;
	if (!facts->walk) {
		facts->dmarc = dmarc_parse(session->arena, facts->given);
	} else {
		const struct dmarc_walk *walk = facts->walk;
		const bool own = walk->stops[0].records > 0;
		facts->almost = own ? NULL : almost(session->arena, walk);
		facts->dmarc = facts->almost || !walk->found
				   ? facts->almost
				   : walk->found->dmarc;
	}
	const enum exit_code code = code_of(facts);
	sheet_open(session, &sheet);
	if (sheet_is_json(&sheet)) {
		dmarc_tell_json(&sheet, facts);
	} else if (!session->manner.quiet || code != EXIT_READY) {
		dmarc_tell_text(&sheet, facts);
	}
	return sheet_write(&sheet, code);
}
