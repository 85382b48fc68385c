/* SPDX-License-Identifier: MIT */
/*
 * The SPF records of the domain and of the MAIL FROM name: exactly one (RFC
 * 7208 4.5), of the grammar (12), within the limits (4.6.4), and with Amazon
 * SES among those who pass.
 */
#include "checks/spf.h"

#include "checks/check.h"
#include "checks/presence.h"
#include "checks/spf_seen.h"

#include "base/arena.h"
#include "look/look.h"

#include <assert.h>

enum {
	MOST_MARKS = 8, /* places that one finding points at */
};

/** Puts *rr* where it belongs by what it is. */
static void
sort_one(struct spf_seen *seen, const struct rr *rr)
{
	struct arena *arena = look_scratch(seen->look);
	struct spf_remark remark;
	switch (spf_recognise(arena, rr->rdata.txt.joined, &remark)) {
	case SPF_RECORD:
		vec_push(arena, &seen->records, rr);
		seen->rr = rr;
		break;
	case SPF_NEAR:
		vec_push(arena, &seen->near, rr);
		break;
	case SPF_LEGACY:
		seen->legacy = rr;
		break;
	case SPF_UNLIKE:
		break;
	}
}

/** Sorts the records of the answer by what they are. */
static void
sort(struct spf_seen *seen)
{
	const struct rr *rr;
	answer_foreach_rr(rr, seen->answer) {
		sort_one(seen, rr);
	}
}

/** Other TXT records at the name are no SPF records that were found. */
static void
note_found(const struct spf_seen *seen)
{
	struct judgement *out = seen->out;
	struct arena *arena = out->findings.arena;
	out->found.len = 0;
	for (size_t i = 0; i < seen->records.len; i++) {
		vec_push(
		    arena, &out->found, rr_value(arena, seen->records.at[i]));
	}
	for (size_t i = 0; i < seen->near.len; i++) {
		vec_push(arena, &out->found, rr_value(arena, seen->near.at[i]));
	}
	if (out->found.len == 0) {
		out->ttl = -1;
	}
}

static void
several(const struct spf_seen *seen)
{
	struct finding *finding =
	    find(&seen->out->findings, FINDING_SPF_MULTIPLE_RECORDS);
	finding_arg(finding, "count", "%zu", seen->records.len);
	for (size_t i = 0; i < seen->records.len; i++) {
		finding_saw(finding, seen->records.at[i], seen->answer);
	}
	spf_mend_finding(seen, finding);
}

/** Sets what is said of *problem*. */
static void
arg_problem(struct finding *finding, const struct spf_remark *remark)
{
	finding_arg(
	    finding, "problem", "%s", spf_problem_word(remark->problem));
	finding_arg(
	    finding, "problem_text", "%s", spf_problem_text(remark->problem));
	finding_arg(finding, "meant_text", "%s", "");
	if (remark->meant) {
		finding_arg(finding, "meant", "%s", remark->meant);
		finding_arg(finding, "meant_text",
		    " What was meant is probably %s.", remark->meant);
	}
}

/** Two terms, or version and term, became one: where, or false. */
static bool
judge_glue(const struct spf_seen *seen, const struct rr *rr)
{
	size_t at = 0;
	if (!spf_is_glued(&rr->rdata.txt, &at)) {
		return false;
	}
	struct finding *finding =
	    find(&seen->out->findings, FINDING_SPF_STRINGS_GLUED);
	spf_saw(seen, finding, rr, (struct span){ at - 1, at + 1 });
	spf_mend_finding(seen, finding);
	return true;
}

static void
not_recognised(const struct spf_seen *seen)
{
	struct spf_remark remark = { .problem = SPF_FINE };
	const struct rr *rr = seen->near.at[0];
	if (judge_glue(seen, rr)) {
		return;
	}
	const enum spf_likeness likeness = spf_recognise(
	    look_scratch(seen->look), rr->rdata.txt.joined, &remark);
	assert(likeness == SPF_NEAR);
	struct finding *finding =
	    find(&seen->out->findings, FINDING_SPF_NOT_RECOGNISED);
	spf_saw(seen, finding, rr, remark.span);
	arg_problem(finding, &remark);
	spf_mend_finding(seen, finding);
}

/** True for what breaks the record, if not by the letter then in effect. */
static bool
is_fault(const struct spf_remark *remark)
{
	return spf_problem_breaks(remark->problem) ||
	       remark->problem == SPF_PROBLEM_TERM_IN_DOMAIN;
}

/** Reports what is wrong with the grammar; true if anything is. */
static bool
judge_grammar(const struct spf_seen *seen)
{
	const struct spf_record *record = seen->walk->root->record;
	const struct spf_remark *remark;
	struct finding *finding = NULL;
	size_t marks = 0;
	vec_foreach(remark, &record->remarks) {
		if (!is_fault(remark) || marks++ >= MOST_MARKS) {
			continue;
		}
		if (!finding) {
			finding = find(
			    &seen->out->findings, FINDING_SPF_SYNTAX_ERROR);
			arg_problem(finding, remark);
			spf_mend_finding(seen, finding);
		}
		spf_saw(seen, finding, seen->rr, remark->span);
	}
	return finding != NULL;
}

/** The one record: its grammar, then all that it leads to. */
static void
judge_one(struct spf_seen *seen)
{
	const struct spf_start start = {
		.domain = seen->subject->record->name,
		.text = seen->rr->rdata.txt.joined,
	};
	seen->walk = spf_walk(seen->look, &seen->subject->sight, &start);
	seen->out->spf = seen->walk;
	seen->ses = spf_ses_find(seen->look, &seen->subject->sight, seen->walk);
	if (judge_glue(seen, seen->rr) || judge_grammar(seen)) {
		return;
	}
	spf_judge_errors(seen);
	spf_judge_warnings(seen);
}

/** A CNAME leads to a record that does not do: it holds the name. */
static void
settle_alias(const struct spf_seen *seen)
{
	struct judgement *out = seen->out;
	bool wrong = false;
	struct finding **each;
	vec_foreach(each, &out->findings.list) {
		wrong = wrong ||
			catalog_row((*each)->code)->severity == SEVERITY_ERROR;
	}
	if (!wrong || seen->answer->chain_len == 0 ||
	    !catalog_has_family(FINDING_X_NAME_TAKEN, out->findings.family)) {
		return;
	}
	findings_clear(&out->findings);
	judge_alias(seen->subject, seen->answer, out);
}

/** Asks for type 99 only where it costs nothing or may explain something. */
static void
judge_legacy(const struct spf_seen *seen)
{
	const bool wanted =
	    name_is_set(seen->subject->record->name) &&
	    (seen->subject->offline || seen->out->findings.list.len > 0);
	const struct answer *old =
	    wanted ? published(seen->look, &seen->subject->sight,
			 seen->subject->record->name, RRTYPE_SPF)
		   : NULL;
	const bool found = old && old->status == ANSWER_FOUND;
	if (seen->records.len == 0 || (!found && !seen->legacy)) {
		return;
	}
	struct finding *finding =
	    find(&seen->out->findings, FINDING_SPF_LEGACY_TYPE);
	finding_arg(finding, "legacy", "%s",
	    !found          ? "a Sender ID record (spf2.0)"
	    : !seen->legacy ? "a record of the old type SPF (99)"
			    : "a record of the old type SPF (99), and a Sender "
			      "ID record (spf2.0)");
	if (found) {
		finding_saw(finding, &old->rrs[0], old);
	}
	if (seen->legacy) {
		finding_saw(finding, seen->legacy, seen->answer);
	}
}

/** The status that the findings make; not knowing weighs least. */
static void
settle_status(struct judgement *out)
{
	struct finding **finding;
	vec_foreach(finding, &out->findings.list) {
		const enum record_status status =
		    catalog_row((*finding)->code)->status;
		if (status != STATUS_OK &&
		    (status != STATUS_UNKNOWN || out->status == STATUS_OK)) {
			out->status = status;
			break;
		}
	}
}

void
check_spf(
    struct look *look, const struct subject *subject, struct judgement *out)
{
	spf_judge(look, subject,
	    published(look, &subject->sight, subject->record->name, RRTYPE_TXT),
	    out);
}

void
spf_judge(struct look *look, const struct subject *subject,
    const struct answer *answer, struct judgement *out)
{
	struct spf_mend mend = { .made = false };
	struct spf_seen seen = {
		.look = look,
		.subject = subject,
		.out = out,
		.answer = answer,
		.mend = &mend,
	};
	if (!judge_presence(look, subject, seen.answer, out)) {
		return;
	}
	sort(&seen);
	note_found(&seen);
	if (seen.records.len == 1) {
		judge_one(&seen);
	} else if (seen.records.len > 1 || seen.near.len > 0) {
		if (seen.records.len > 1) {
			several(&seen);
		} else {
			not_recognised(&seen);
		}
	} else {
		judge_absence(subject, seen.answer, out);
	}
	settle_alias(&seen);
	judge_legacy(&seen);
	settle_status(out);
}
