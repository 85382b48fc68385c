/* SPDX-License-Identifier: MIT */
/*
 * Targets and keys: RFC 6376 3.6.2 (a verifier asks for TXT and follows the
 * CNAME). Amazon SES serves the key of a token in exactly one of its zones,
 * dkim.amazonses.com or dkim.REGION.amazonses.com.
 */
#include "checks/dkim_target.h"

#include "base/arena.h"
#include "checks/content.h"
#include "checks/presence.h"
#include "dns/question.h"
#include "look/look.h"
#include "walks/published.h"

#include <assert.h>

/** True for TOKEN.dkim.amazonses.com and TOKEN.dkim.REGION.amazonses.com. */
static bool
is_ses_target(struct name target)
{
	const size_t labels = name_labels(target);
	return (labels == 4 || labels == 5) &&
	       str_eq(name_label(target, 1), STR("dkim")) &&
	       str_eq(name_label(target, labels - 2), STR("amazonses")) &&
	       str_eq(name_label(target, labels - 1), STR("com")) &&
	       (labels == 4 || region_is_shaped(name_label(target, 2)));
}

static bool
has_token(struct name target, struct str token)
{
	return token.len > 0 && is_ses_target(target) &&
	       str_eq_nocase(name_label(target, 0), token);
}

static void
targets_add(struct dkim_targets *targets, struct name target)
{
	for (size_t i = 0; i < targets->len; i++) {
		if (name_equal(targets->at[i], target)) {
			return;
		}
	}
	if (name_is_set(target) && targets->len < DKIM_MAX_TARGETS) {
		targets->at[targets->len++] = target;
	}
}

/** The target of the record's token in the zone of *region*, or global. */
static struct name
target_in(const struct dkim_case *of, struct str region)
{
	struct arena *arena = look_scratch(of->look);
	const struct name zone =
	    region.len > 0
		? name_of(arena, str_print(arena, "dkim.%.*s.amazonses.com",
				     STR_ARG(region))
				     .at)
		: name_of(arena, "dkim.amazonses.com");
	return name_prepend(arena, of->subject->record->token, zone);
}

/** The region of a target in a zone of its own; empty for the global one. */
static struct str
target_region(struct name target)
{
	return is_ses_target(target) && name_labels(target) == 5
		   ? name_label(target, 2)
		   : (struct str){ 0 };
}

/** The region that the MX of the MAIL FROM name tells; it is asked anyway. */
static struct str
mx_region(const struct dkim_case *of)
{
	const struct answer *answer = published(of->look, &of->subject->sight,
	    of->subject->expect->mail_from, RRTYPE_MX);
	const bool found =
	    answer && answer->status == ANSWER_FOUND && answer->rrs_len == 1;
	return found ? feedback_host_region(answer->rrs[0].rdata.mx.exchange)
		     : (struct str){ 0 };
}

struct dkim_targets
dkim_targets_of(const struct dkim_case *of)
{
	const struct expected *record = of->subject->record;
	const struct answer *answer = of->answer;
	struct dkim_targets targets = { 0 };
	targets_add(&targets, record->target);
	if (record->token.len == 0 || !is_ses_target(record->target)) {
		return targets;
	}
	const struct str regions[] = {
		{ 0 },
		of->subject->expect->region,
		target_region(record->target),
		answer->chain_len > 0
		    ? target_region(answer->chain[0].rdata.target)
		    : (struct str){ 0 },
		mx_region(of),
	};
	for (size_t i = 0; i < sizeof(regions) / sizeof(*regions); i++) {
		targets_add(&targets, target_in(of, regions[i]));
	}
	return targets;
}

void
dkim_mend(const struct dkim_case *of, const struct rr *old, struct name target,
    struct finding *finding)
{
	struct rr rr = {
		.owner = of->subject->record->name,
		.type = RRTYPE_CNAME,
	};
	if (name_is_set(target)) {
		rr.rdata.target = target;
		finding_edit(finding, EDIT_REMOVE, old);
		finding_edit(finding, EDIT_ADD, &rr);
	}
}

struct finding *
dkim_value_wrong(const struct dkim_case *of, const char *difference)
{
	struct finding *finding =
	    find(&of->out->findings, FINDING_X_VALUE_WRONG);
	finding_arg(finding, "difference", "%s", difference);
	of->out->status = STATUS_WRONG;
	return finding;
}

/** What a key that is of no use is reported as. */
static enum finding_code
code_of(const struct dkim_remark *fault)
{
	if (fault->problem == DKIM_KEY_REVOKED) {
		return FINDING_DKIM_KEY_REVOKED;
	}
	return fault->problem == DKIM_KEY_WEAK ? FINDING_DKIM_KEY_WEAK
					       : FINDING_DKIM_KEY_INVALID;
}

static struct finding *
key_finding(const struct dkim_case *of, enum finding_code code,
    const struct dkim_remark *remark)
{
	struct finding *finding = find(&of->out->findings, code);
	struct evidence *evidence =
	    finding_saw(finding, &of->answer->rrs[0], of->answer);
	if (remark && remark->span.from < remark->span.to) {
		evidence->has_span = true;
		evidence->from = remark->span.from;
		evidence->to = remark->span.to;
		assert(evidence->to <= evidence->value.len);
	}
	return finding;
}

/** RFC 6376 3.6.2.2: what several records at one name mean is not defined. */
static void
judge_several_keys(const struct dkim_case *of)
{
	struct finding *finding =
	    key_finding(of, FINDING_DKIM_KEY_INVALID, NULL);
	finding_arg(finding, "problem", "several-keys");
	finding_arg(finding, "problem_text",
	    "Several TXT records stand there; verifiers need exactly one.");
	of->out->status = STATUS_WRONG;
}

/** Judges the key that the answer holds. */
static void
judge_key(const struct dkim_case *of)
{
	if (of->answer->rrs_len > 1) {
		judge_several_keys(of);
		return;
	}
	const struct dkim_key *key = dkim_key_parse(
	    look_scratch(of->look), of->answer->rrs[0].rdata.txt.joined);
	const struct dkim_remark *fault = dkim_key_fault(key);
	if (fault) {
		struct finding *finding =
		    key_finding(of, code_of(fault), fault);
		finding_arg(finding, "problem", "%s",
		    dkim_problem_word(fault->problem));
		finding_arg(finding, "problem_text", "%s",
		    dkim_problem_text(fault->problem));
		finding_arg(finding, "bits", "%u", key->bits);
		of->out->status = STATUS_WRONG;
	} else if (key->testing) {
		(void)key_finding(of, FINDING_DKIM_KEY_TESTING, NULL);
	}
}

/** The name at the end of the chain, where the key should be. */
static struct name
chain_end(const struct dkim_case *of)
{
	assert(of->answer->chain_len > 0);
	return of->answer->chain[of->answer->chain_len - 1].rdata.target;
}

static void
judge_no_key(const struct dkim_case *of)
{
	struct finding *finding = find(&of->out->findings, FINDING_DKIM_NO_KEY);
	finding_saw(finding, &of->answer->chain[0], of->answer);
	finding_saw_none(finding, chain_end(of), RRTYPE_TXT, of->answer);
	of->out->status = STATUS_WRONG;
}

static void
judge_wrong_zone(
    const struct dkim_case *of, struct name right, const struct answer *there)
{
	const struct rr *alias = &of->answer->chain[0];
	struct finding *finding =
	    find(&of->out->findings, FINDING_DKIM_WRONG_ZONE);
	finding_arg_name(
	    finding, "found_zone", name_parent(alias->rdata.target));
	finding_arg_name(finding, "key_zone", name_parent(right));
	finding_saw(finding, alias, of->answer);
	finding_saw_none(finding, chain_end(of), RRTYPE_TXT, of->answer);
	finding_saw(finding, &there->rrs[0], there);
	dkim_mend(of, alias, right, finding);
	of->out->status = STATUS_WRONG;
}

const struct answer *
dkim_search_at(
    const struct dkim_case *of, struct name target, struct dkim_search *search)
{
	const struct answer *answer =
	    published(of->look, &of->subject->sight, target, RRTYPE_TXT);
	search->asked = search->asked && answer;
	if (answer && answer_failed(answer)) {
		search->failed = answer;
		search->failed_at = target;
	}
	return answer && answer->status == ANSWER_FOUND ? answer : NULL;
}

bool
dkim_search_is_vain(
    const struct dkim_case *of, const struct dkim_search *search)
{
	const struct question question = {
		.name = search->failed_at,
		.type = RRTYPE_TXT,
	};
	if (search->asked && search->failed) {
		judge_failure(of->look, search->failed, &question, of->out);
	}
	return search->asked && !search->failed;
}

/** The target has no key: is it in another zone of SES? */
static void
judge_absent_key(const struct dkim_case *of)
{
	const struct dkim_targets targets = dkim_targets_of(of);
	struct dkim_search search = { .asked = true };
	for (size_t i = 0; i < targets.len; i++) {
		if (name_equal(targets.at[i], chain_end(of))) {
			continue;
		}
		const struct answer *there =
		    dkim_search_at(of, targets.at[i], &search);
		if (there) {
			judge_wrong_zone(of, targets.at[i], there);
			return;
		}
	}
	if (dkim_search_is_vain(of, &search)) {
		judge_no_key(of);
	}
}

/** The key was not asked for: it lies outside the zone files. */
static void
judge_unseen_key(const struct dkim_case *of, bool expected)
{
	struct arena *arena = of->out->findings.arena;
	if (!expected) {
		struct finding *finding =
		    dkim_value_wrong(of, "the target of another zone of SES");
		finding_saw(finding, &of->answer->chain[0], of->answer);
		dkim_mend(of, &of->answer->chain[0],
		    of->subject->record->target, finding);
		return;
	}
	const struct str end = name_text(arena, chain_end(of));
	judge_outside(of->out,
	    str_print(arena, "the DKIM key at %.*s", STR_ARG(end)), of->answer);
}

/** The CNAME leads to the record's own token: judges what is there. */
static void
judge_target(const struct dkim_case *of, bool expected)
{
	const struct answer *answer = of->answer;
	const struct question question = {
		.name = chain_end(of),
		.type = RRTYPE_TXT,
	};
	if (answer->status == ANSWER_FOUND) {
		judge_key(of);
	} else if (answer->status == ANSWER_OUTSIDE) {
		judge_unseen_key(of, expected);
	} else if (answer_is_absent(answer)) {
		judge_absent_key(of);
	} else if (answer_failed(answer)) {
		judge_failure(of->look, answer, &question, of->out);
	} else {
		(void)judge_presence(of->look, of->subject, answer, of->out);
	}
}

/** True if *target* has the token of another of the three records. */
static bool
is_swapped(const struct dkim_case *of, struct name target)
{
	const struct expect *expect = of->subject->expect;
	for (size_t i = INDEX_DKIM; i < INDEX_DKIM + DKIM_RECORDS; i++) {
		if ((int)i != of->subject->index &&
		    has_token(target, expect->records[i].token)) {
			return true;
		}
	}
	return false;
}

/** The CNAME leads elsewhere. */
static void
judge_other_target(const struct dkim_case *of)
{
	const struct rr *alias = &of->answer->chain[0];
	struct finding *finding;
	if (is_swapped(of, alias->rdata.target)) {
		finding =
		    find(&of->out->findings, FINDING_DKIM_TARGETS_SWAPPED);
		of->out->status = STATUS_WRONG;
	} else {
		finding = dkim_value_wrong(of, "another target");
	}
	finding_saw(finding, alias, of->answer);
	dkim_mend(of, alias, of->subject->record->target, finding);
}

void
dkim_judge_alias(const struct dkim_case *of)
{
	const struct expected *record = of->subject->record;
	bool expected = false;
	bool own = false;
	for (size_t i = 0; i < of->answer->chain_len; i++) {
		const struct rr *link = &of->answer->chain[i];
		expected = expected || content_is_right(of->subject, link);
		own = own || has_token(link->rdata.target, record->token);
	}
	if (expected || own) {
		judge_target(of, expected);
	} else if (of->answer->status == ANSWER_LOOP) {
		(void)judge_presence(
		    of->look, of->subject, of->answer, of->out);
	} else {
		judge_other_target(of);
	}
}
