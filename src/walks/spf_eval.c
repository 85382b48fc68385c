/* SPDX-License-Identifier: MIT */
/*
 * check_host(): RFC 7208 4.3 (what is no domain), 4.4 and 4.5 (records), 4.6
 * (evaluation), 5.2 (include), 6.1 (redirect), 6.2 (exp).
 */
#include "walks/spf_eval.h"

#include "base/arena.h"
#include "look/look.h"
#include "walks/spf_eval_parts.h"
#include "walks/spf_tree.h"

#include <assert.h>
#include <string.h>

enum {
	DEEPEST = SPF_MOST_LOOKUPS + 1, /* each level costs a lookup */
};

static struct spf_outcome
ended(enum spf_result result)
{
	return (struct spf_outcome){ .known = true, .result = result };
}

/** An evaluation that *match*, no match of a mechanism, puts an end to. */
static struct spf_outcome
ended_by(enum spf_match match)
{
	switch (match) {
	case SPF_MATCH_PENDING:
		return (struct spf_outcome){ .known = false };
	case SPF_MATCH_TEMPERROR:
		return ended(SPF_RESULT_TEMPERROR);
	case SPF_MATCH_PERMERROR:
		return ended(SPF_RESULT_PERMERROR);
	case SPF_MATCH_NO:
	case SPF_MATCH_YES:
		break;
	}
	return ended(SPF_RESULT_NEUTRAL);
}

enum spf_match
spf_target(struct spf_eval *eval, const struct spf_frame *frame,
    const struct spf_term *term, struct str *ret_text)
{
	struct spf_values values = eval->values;
	*ret_text = frame->text;
	if (!term->has_macro) {
		if (term->domain.len > 0) {
			*ret_text = term->domain;
		}
		return SPF_MATCH_YES;
	}
	values.domain = frame->text;
	if (spf_macro_uses(term->domain, 'p')) {
		/* The PTR behind %{p} is in the overall limit. */
		if (!eval->validated &&
		    spf_spend(eval) == SPF_MATCH_PERMERROR) {
			return SPF_MATCH_PERMERROR;
		}
		eval->validated = true;
		const enum spf_match match =
		    spf_validated(eval, frame, &values.validated);
		if (match != SPF_MATCH_YES) {
			return match;
		}
	}
	if (!spf_macro_expand(look_scratch(eval->look), term->domain,
		SPF_MACRO_DOMAIN, &values, ret_text)) {
		return SPF_MATCH_NO;
	}
	*ret_text = spf_domain_cut(*ret_text);
	return SPF_MATCH_YES;
}

/** The records at *domain*; the frame has one if it ends in neutral. */
static struct spf_outcome
select_record(struct spf_eval *eval, struct spf_frame *frame)
{
	const struct answer *answer =
	    published(eval->look, eval->sight, frame->domain, RRTYPE_TXT);
	const struct rr *found = NULL;
	const struct rr *rr;
	if (!answer) {
		return ended_by(SPF_MATCH_PENDING);
	}
	if (answer_is_absent(answer)) {
		return ended(SPF_RESULT_NONE);
	}
	if (answer->status != ANSWER_FOUND) {
		return ended(SPF_RESULT_TEMPERROR);
	}
	answer_foreach_rr(rr, answer) {
		if (!spf_is_record(rr->rdata.txt.joined)) {
			continue;
		}
		if (found) {
			return ended(SPF_RESULT_PERMERROR);
		}
		found = rr;
	}
	if (!found) {
		return ended(SPF_RESULT_NONE);
	}
	frame->record =
	    spf_parse(look_scratch(eval->look), found->rdata.txt.joined);
	return ended(SPF_RESULT_NEUTRAL);
}

/** Asks for what *term* will want, if anything. */
static void
ask_for_term(struct spf_eval *ahead, const struct spf_frame *frame,
    const struct spf_term *term)
{
	struct str text;
	if (term->kind != SPF_INCLUDE) {
		(void)spf_match(ahead, frame, term);
		return;
	}
	if (spf_target(ahead, frame, term, &text) != SPF_MATCH_YES) {
		return;
	}
	const struct name name =
	    name_unescaped(look_scratch(ahead->look), text);
	if (name_is_set(name)) {
		(void)published(ahead->look, ahead->sight, name, RRTYPE_TXT);
	}
}

/** True if the evaluation ends at *term* without a question. */
static bool
is_end(const struct spf_eval *eval, const struct spf_term *term)
{
	return term->kind == SPF_ALL ||
	       ((term->kind == SPF_IP4 || term->kind == SPF_IP6) &&
		   spf_has_client(eval, term));
}

/** Asks for all that the terms of *frame* may want, at once. */
static void
ask_ahead(const struct spf_eval *eval, const struct spf_frame *frame)
{
	/* On a copy: only the evaluation itself counts. */
	struct spf_eval ahead = *eval;
	const struct spf_term *term;
	vec_foreach(term, &frame->record->terms) {
		if (is_end(eval, term)) {
			return;
		}
		if (!spf_kind_asks(term->kind) || term->kind == SPF_REDIRECT) {
			continue;
		}
		if (spf_spend(&ahead) == SPF_MATCH_PERMERROR) {
			return;
		}
		ask_for_term(&ahead, frame, term);
	}
}

/** RFC 7208 5.2: what the result of the included record means. */
static enum spf_match
match_include(struct spf_eval *eval, const struct spf_frame *frame,
    const struct spf_term *term, unsigned depth)
{
	struct str text;
	const enum spf_match target = spf_target(eval, frame, term, &text);
	if (target != SPF_MATCH_YES) {
		return target;
	}
	const struct spf_outcome inner =
	    spf_evaluate(eval, text, (struct str){ 0 }, depth + 1);
	if (!inner.known) {
		return SPF_MATCH_PENDING;
	}
	switch (inner.result) {
	case SPF_RESULT_PASS:
		return SPF_MATCH_YES;
	case SPF_RESULT_FAIL:
	case SPF_RESULT_SOFTFAIL:
	case SPF_RESULT_NEUTRAL:
		return SPF_MATCH_NO;
	case SPF_RESULT_TEMPERROR:
		return SPF_MATCH_TEMPERROR;
	case SPF_RESULT_PERMERROR:
	case SPF_RESULT_NONE:
		break;
	}
	return SPF_MATCH_PERMERROR;
}

static enum spf_match
match_term(struct spf_eval *eval, const struct spf_frame *frame,
    const struct spf_term *term, unsigned depth)
{
	if (spf_kind_is_modifier(term->kind)) {
		return SPF_MATCH_NO;
	}
	if (spf_kind_asks(term->kind) &&
	    spf_spend(eval) == SPF_MATCH_PERMERROR) {
		return SPF_MATCH_PERMERROR;
	}
	return term->kind == SPF_INCLUDE
		   ? match_include(eval, frame, term, depth)
		   : spf_match(eval, frame, term);
}

static enum spf_result
result_of(char qualifier)
{
	switch (qualifier) {
	case '-':
		return SPF_RESULT_FAIL;
	case '~':
		return SPF_RESULT_SOFTFAIL;
	case '?':
		return SPF_RESULT_NEUTRAL;
	default:
		return SPF_RESULT_PASS;
	}
}

/** RFC 7208 6.1: the other record's result is this one's. */
static struct spf_outcome
redirect(struct spf_eval *eval, const struct spf_frame *frame, unsigned depth)
{
	const struct spf_record *record = frame->record;
	struct str text;
	if (spf_spend(eval) == SPF_MATCH_PERMERROR) {
		return ended(SPF_RESULT_PERMERROR);
	}
	const enum spf_match target =
	    spf_target(eval, frame, &record->terms.at[record->redirect], &text);
	if (target != SPF_MATCH_YES) {
		return target == SPF_MATCH_NO ? ended(SPF_RESULT_PERMERROR)
					      : ended_by(target);
	}
	const struct spf_outcome outcome =
	    spf_evaluate(eval, text, (struct str){ 0 }, depth + 1);
	return outcome.known && outcome.result == SPF_RESULT_NONE
		   ? ended(SPF_RESULT_PERMERROR)
		   : outcome;
}

/** The terms of *frame* one after the other. */
static struct spf_outcome
run(struct spf_eval *eval, const struct spf_frame *frame, unsigned depth)
{
	const struct spf_record *record = frame->record;
	const struct spf_term *term;
	if (!record->valid) {
		return ended(SPF_RESULT_PERMERROR);
	}
	ask_ahead(eval, frame);
	vec_foreach(term, &record->terms) {
		const enum spf_match match =
		    match_term(eval, frame, term, depth);
		if (match == SPF_MATCH_NO) {
			continue;
		}
		struct spf_outcome outcome = ended_by(match);
		if (match == SPF_MATCH_YES) {
			outcome.result = result_of(term->qualifier);
			outcome.term = term;
		}
		outcome.frame = *frame;
		return outcome;
	}
	if (record->redirect < record->terms.len) {
		return redirect(eval, frame, depth);
	}
	return (struct spf_outcome){
		.known = true,
		.result = SPF_RESULT_NEUTRAL,
		.frame = *frame,
	};
}

struct spf_outcome
spf_evaluate(
    struct spf_eval *eval, struct str domain, struct str given, unsigned depth)
{
	struct arena *arena = look_scratch(eval->look);
	struct spf_frame frame = { .text = domain };
	assert(depth <= DEEPEST);
	if (str_ends(frame.text, STR("."))) {
		frame.text = str_slice(frame.text, 0, frame.text.len - 1);
	}
	frame.domain = name_unescaped(arena, domain);
	if (name_labels(frame.domain) < 2) {
		return ended(SPF_RESULT_NONE);
	}
	if (given.len > 0) {
		assert(spf_is_record(given));
		frame.record = spf_parse(arena, given);
	} else {
		const struct spf_outcome selected = select_record(eval, &frame);
		if (!frame.record) {
			return selected;
		}
	}
	return run(eval, &frame, depth);
}
