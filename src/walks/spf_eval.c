/* SPDX-License-Identifier: MIT */
/*
 * check_host(): RFC 7208 4.3 (what is no domain), 4.4 and 4.5 (records), 4.6
 * (evaluation), 5.2 (include), 6.1 (redirect), 6.2 (exp).
 */
#include "walks/spf_eval.h"

#include "base/arena.h"
#include "look/look.h"
#include "walks/spf_eval_parts.h"
#include "walks/spf_record.h"
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

/** Expands the macros of *term* into *ret_text*. */
static enum spf_match
expand(struct spf_eval *eval, const struct spf_frame *frame,
    const struct spf_term *term, struct str *ret_text)
{
	struct spf_values values = eval->values;
	values.domain = frame->domain.text;
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
	return spf_macro_expand(look_scratch(eval->look), term->domain,
		   SPF_MACRO_DOMAIN, &values, ret_text)
		   ? SPF_MATCH_YES
		   : SPF_MATCH_NO;
}

enum spf_match
spf_target(struct spf_eval *eval, const struct spf_frame *frame,
    const struct spf_term *term, struct spf_target *ret)
{
	if (term->domain.len == 0) {
		*ret = frame->domain;
		return SPF_MATCH_YES;
	}
	if (!term->has_macro) {
		*ret = (struct spf_target){ term->domain, term->name };
		return SPF_MATCH_YES;
	}
	struct str text;
	const enum spf_match match = expand(eval, frame, term, &text);
	if (match == SPF_MATCH_YES) {
		ret->text = spf_domain_cut(text);
		ret->name = name_unescaped(look_scratch(eval->look), ret->text);
	}
	return match;
}

/** The records at *domain*; the frame has one if it ends in neutral. */
static struct spf_outcome
select_record(struct spf_eval *eval, struct spf_frame *frame)
{
	const struct answer *answer =
	    published(eval->look, eval->sight, frame->domain.name, RRTYPE_TXT);
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
	frame->record = spf_record_of(eval->look, found);
	return ended(SPF_RESULT_NEUTRAL);
}

/** RFC 7208 5.2: what the result of the included record means. */
static enum spf_match
match_include(struct spf_eval *eval, const struct spf_frame *frame,
    const struct spf_term *term, unsigned depth)
{
	struct spf_target domain;
	const enum spf_match target = spf_target(eval, frame, term, &domain);
	if (target != SPF_MATCH_YES) {
		return target;
	}
	const struct spf_outcome inner =
	    spf_evaluate(eval, &domain, (struct str){ 0 }, depth + 1);
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
	struct spf_target domain;
	if (spf_spend(eval) == SPF_MATCH_PERMERROR) {
		return ended(SPF_RESULT_PERMERROR);
	}
	const enum spf_match target = spf_target(
	    eval, frame, &record->terms.at[record->redirect], &domain);
	if (target != SPF_MATCH_YES) {
		return target == SPF_MATCH_NO ? ended(SPF_RESULT_PERMERROR)
					      : ended_by(target);
	}
	const struct spf_outcome outcome =
	    spf_evaluate(eval, &domain, (struct str){ 0 }, depth + 1);
	return outcome.known && outcome.result == SPF_RESULT_NONE
		   ? ended(SPF_RESULT_PERMERROR)
		   : outcome;
}

/** What *match* of *term*, which is one or an error, makes of *frame*. */
static struct spf_outcome
decided(const struct spf_frame *frame, const struct spf_term *term,
    enum spf_match match)
{
	struct spf_outcome outcome = ended_by(match);
	if (match == SPF_MATCH_YES) {
		outcome.result = result_of(term->qualifier);
		outcome.term = term;
	}
	outcome.frame = *frame;
	return outcome;
}

/**
 * The terms of *frame* one after the other. When an answer is missing those
 * behind it are gone through for what they ask, no further than RFC 7208
 * 4.6.4 lets an evaluation go.
 */
static struct spf_outcome
run(struct spf_eval *eval, const struct spf_frame *frame, unsigned depth)
{
	const struct spf_record *record = frame->record;
	const struct spf_term *term;
	bool pending = false;
	if (!record->valid) {
		return ended(SPF_RESULT_PERMERROR);
	}
	vec_foreach(term, &record->terms) {
		const enum spf_match match =
		    match_term(eval, frame, term, depth);
		if (match == SPF_MATCH_PENDING) {
			pending = true;
		} else if (match != SPF_MATCH_NO) {
			return pending ? ended_by(SPF_MATCH_PENDING)
				       : decided(frame, term, match);
		}
	}
	if (pending) {
		return ended_by(SPF_MATCH_PENDING);
	}
	if (record->redirect < record->terms.len) {
		return redirect(eval, frame, depth);
	}
	return decided(frame, NULL, SPF_MATCH_NO);
}

struct spf_outcome
spf_evaluate(struct spf_eval *eval, const struct spf_target *domain,
    struct str given, unsigned depth)
{
	struct spf_frame frame = { .domain = *domain };
	struct str *text = &frame.domain.text;
	assert(depth <= DEEPEST);
	if (str_ends(*text, STR("."))) {
		*text = str_slice(*text, 0, text->len - 1);
	}
	if (name_labels(domain->name) < 2) {
		return ended(SPF_RESULT_NONE);
	}
	if (given.len > 0) {
		assert(spf_is_record(given));
		frame.record = spf_parse(look_scratch(eval->look), given);
	} else {
		const struct spf_outcome selected = select_record(eval, &frame);
		if (!frame.record) {
			return selected;
		}
	}
	return run(eval, &frame, depth);
}
