/* SPDX-License-Identifier: MIT */
/*
 * The DMARC policy of the domain: at its own name or inherited (RFC 9989
 * 4.10), exactly one (4.10 steps 2 and 6), readable (4.8), and what it means
 * for mail that Amazon SES sends (4.4).
 */
#include "checks/check.h"
#include "checks/dmarc_means.h"
#include "checks/dmarc_record.h"
#include "checks/presence.h"

#include "base/arena.h"
#include "dns/question.h"
#include "look/look.h"
#include "mail/dmarc_repair.h"
#include "walks/authority.h"
#include "walks/dmarc.h"

#include <assert.h>

/** How much better *a* is to be kept than *b*; for two at one name. */
static bool
is_better(const struct dmarc_seen *a, const struct dmarc_seen *b)
{
	const struct str wanted = a->subject->record->text;
	const bool valid[] = { dmarc_is_valid(a->dmarc),
		dmarc_is_valid(b->dmarc) };
	const bool usable[] = { dmarc_is_usable(a->dmarc),
		dmarc_is_usable(b->dmarc) };
	if (valid[0] != valid[1]) {
		return valid[0];
	}
	if (usable[0] != usable[1]) {
		return usable[0];
	}
	if (str_eq(a->dmarc->text, wanted) != str_eq(b->dmarc->text, wanted)) {
		return str_eq(a->dmarc->text, wanted);
	}
	if ((a->dmarc->rua.len > 0) != (b->dmarc->rua.len > 0)) {
		return a->dmarc->rua.len > 0;
	}
	/* Servers give records in any order. */
	return str_cmp(a->dmarc->text, b->dmarc->text) < 0;
}

/** The best of the records of *answer* that are *recognised*, or meant. */
static struct dmarc_seen
best_of(struct look *look, const struct subject *subject,
    const struct answer *answer, bool recognised)
{
	struct dmarc_seen best = { 0 };
	const struct rr *rr;
	answer_foreach_rr(rr, answer) {
		const struct dmarc_seen seen = {
			.subject = subject,
			.answer = answer,
			.rr = rr,
			.dmarc = dmarc_parse(
			    look_scratch(look), rr->rdata.txt.joined),
		};
		if (recognised ? !seen.dmarc->recognised : !seen.dmarc->meant) {
			continue;
		}
		if (!best.rr || is_better(&seen, &best)) {
			best = seen;
		}
	}
	return best;
}

/** Two or more: receivers use none. One is kept, mended if need be. */
static void
judge_several(struct look *look, const struct subject *subject,
    const struct answer *answer, struct judgement *out)
{
	struct finding *finding =
	    find(&out->findings, FINDING_DMARC_MULTIPLE_RECORDS);
	const struct dmarc_seen best = best_of(look, subject, answer, true);
	assert(best.dmarc && "there are two at least");
	const bool kept = dmarc_is_valid(best.dmarc) && answer->chain_len == 0;
	size_t count = 0;
	const struct rr *rr;
	answer_foreach_rr(rr, answer) {
		const struct dmarc *dmarc =
		    dmarc_parse(look_scratch(look), rr->rdata.txt.joined);
		if (!dmarc->recognised) {
			continue;
		}
		count++;
		finding_saw(finding, rr, answer);
		if (rr != best.rr && answer->chain_len == 0) {
			finding_edit(finding, EDIT_REMOVE, rr);
		}
	}
	if (!kept) {
		dmarc_mend(&best,
		    dmarc_repair(finding->arena, best.dmarc->text), finding);
	}
	finding_arg(finding, "count", "%zu", count);
	out->status = STATUS_CONFLICT;
}

/** Nothing of DMARC anywhere: says so, with what stands there instead. */
static void
judge_missing(struct look *look, const struct subject *subject,
    const struct answer *answer, struct judgement *out)
{
	const struct rr *rr;
	if (answer->status != ANSWER_FOUND) {
		(void)judge_presence(look, subject, answer, out);
		return;
	}
	const bool by_cname = answer->chain_len > 0;
	struct finding *finding = find(&out->findings,
	    by_cname ? FINDING_X_NAME_TAKEN : FINDING_X_MISSING);
	answer_foreach_rr(rr, answer) {
		finding_saw(finding, rr, answer);
	}
	if (by_cname) {
		finding_arg(finding, "holder", "a CNAME");
		finding_arg(finding, "or_else", "%s", "");
		finding_edit(finding, EDIT_REMOVE, &answer->chain[0]);
	}
	mend_by_adding(finding, subject);
	out->status = by_cname ? STATUS_CONFLICT : STATUS_MISSING;
}

/** The policy of a parent applies: that is enough. */
static void
judge_inherited(const struct subject *subject, const struct dmarc_walk *walk,
    struct judgement *out)
{
	struct finding *finding = find(&out->findings, FINDING_DMARC_INHERITED);
	finding_arg_name(finding, "found_at", walk->found->name);
	finding_saw(finding, walk->found->rr, walk->found->answer);
	dmarc_judge_meaning(subject, walk, NULL, out);
}

/** Nothing at the domain's own name: does a parent's policy apply? */
static void
judge_above(struct look *look, const struct subject *subject,
    const struct answer *answer, const struct dmarc_walk *walk,
    struct judgement *out)
{
	const bool applies = walk->found && dmarc_is_usable(walk->found->dmarc);
	if (walk->end == DMARC_END_OUTSIDE) {
		judge_outside(out,
		    name_text(out->findings.arena, walk->failed->name),
		    walk->failed->answer);
		out->status = STATUS_NOT_CHECKED;
	} else if (applies) {
		judge_inherited(subject, walk, out);
	} else if (walk->end == DMARC_END_FAILED) {
		const struct question question = {
			.name = walk->failed->name,
			.type = RRTYPE_TXT,
		};
		judge_failure(look, walk->failed->answer, &question, out);
	} else {
		judge_missing(look, subject, answer, out);
	}
}

/** The one record at the domain's own name. */
static void
judge_own(struct look *look, const struct subject *subject,
    const struct answer *answer, struct dmarc_walk *walk, struct judgement *out)
{
	const struct dmarc_seen seen = {
		.subject = subject,
		.answer = answer,
		.rr = walk->found->rr,
		.dmarc = walk->found->dmarc,
	};
	if (dmarc_judge_errors(&seen, out)) {
		return;
	}
	dmarc_judge_remarks(&seen, out);
	dmarc_judge_meaning(subject, walk, &seen, out);
	dmarc_judge_reports(look, subject, walk, out);
}

/** By what stands at the name: one record, several, none, or almost one. */
static void
judge_found(struct look *look, const struct subject *subject,
    const struct answer *answer, struct dmarc_walk *walk, struct judgement *out)
{
	const size_t records = walk->stops[0].records;
	if (records > 1) {
		judge_several(look, subject, answer, out);
		return;
	}
	if (records == 1) {
		judge_own(look, subject, answer, walk, out);
		return;
	}
	const struct dmarc_seen meant = best_of(look, subject, answer, false);
	if (!meant.rr || !dmarc_judge_errors(&meant, out)) {
		judge_above(look, subject, answer, walk, out);
	}
}

/** What its own record hides is worth a question only below a zone's apex. */
static enum dmarc_reach
reach_of(const struct subject *subject)
{
	const struct authority *authority = subject->sight.authority;
	return authority && name_equal(authority->apex, subject->expect->domain)
		   ? DMARC_REACH_OWN
		   : DMARC_REACH_LISTED;
}

void
check_dmarc(
    struct look *look, const struct subject *subject, struct judgement *out)
{
	const struct answer *answer =
	    published(look, &subject->sight, subject->record->name, RRTYPE_TXT);
	const bool found = answer && answer->status == ANSWER_FOUND;
	const bool absent = answer && answer_is_absent(answer);
	if (answer && !absent) {
		(void)judge_presence(look, subject, answer, out);
	}
	if (answer && !absent && !found) {
		return;
	}
	/* Without an answer yet, the walk asks ahead. */
	struct dmarc_walk *walk =
	    ARENA_NEW(look_scratch(look), struct dmarc_walk);
	const struct dmarc_start start = {
		.domain = subject->expect->domain,
		.reach = reach_of(subject),
	};
	if (!dmarc_walk_find(look, &subject->sight, &start, walk)) {
		return;
	}
	out->dmarc = walk;
	assert(answer && "the walk has begun with it");
	if (absent) {
		judge_above(look, subject, answer, walk, out);
	} else {
		judge_found(look, subject, answer, walk, out);
	}
}
