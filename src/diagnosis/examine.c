/* SPDX-License-Identifier: MIT */
/*
 * Two looks with the same tasks: the first at what is published, the second,
 * if there is a plan, at what would be published after it. A task is a
 * record or the domain itself.
 */
#include "diagnosis/examine.h"

#include "base/arena.h"
#include "base/vec.h"
#include "checks/delegation.h"
#include "checks/domain.h"
#include "diagnosis/conclude.h"
#include "expect/expect.h"
#include "look/ledger.h"
#include "look/run.h"
#include "source/overlay.h"
#include "source/remembered.h"
#include "source/source.h"

#include <assert.h>

/** One task: what it is about, and where its judgement goes. */
struct errand {
	const struct order *order;
	const struct sides *sides;
	struct subject subject;
	struct judgement *out;
	struct zone_view *zone; /* of the domain's errand only */
};

/** One look at all records. */
struct sitting {
	struct look *look;
	const struct sides *sides;
	struct errand *errands;
	struct judgement *records;
	struct judgement domain;
	struct zone_view zone;
};

struct examination {
	struct arena *arena;
	struct source *source;
	const struct order *order;
	struct sides proof; /* whom to ask when the plan is tried */
	struct sitting first;
	struct sitting second;     /* look is NULL while there is none */
	struct source *remembered; /* what the first look learned */
	struct source *overlay;    /* that, with the plan carried out */
	struct outcome outcome;
	bool given_up;
	bool done;
};

static void
record_run(struct look *look, void *context)
{
	const struct errand *errand = context;
	const struct subject *subject = &errand->subject;
	*errand->out =
	    judgement_new(look_scratch(look), subject->expect, subject->index);
	record_judge(
	    look, errand->sides, errand->order->patterns, subject, errand->out);
}

static void
domain_run(struct look *look, void *context)
{
	const struct errand *errand = context;
	const struct sides *sides = errand->sides;
	struct subject subject = errand->subject;
	struct zone_view *zone = errand->zone;
	*errand->out = judgement_new(look_scratch(look), subject.expect, -1);
	const bool known = zone_view_find(
	    look, subject.expect->domain, sides->view, sides->given, zone);
	if (zone->own_side) {
		subject.sight.authority = &zone->authority;
		subject.sight.server = authority_first_sound(&zone->authority);
	}
	if (!known && !zone->own_side) {
		return;
	}
	if (sides->view != VIEW_RESOLVER && !look_is_given_up(look)) {
		check_delegation(&subject, zone, errand->out);
	}
	if (!zone->broken) {
		check_domain(look, &subject, &zone->cut, errand->out);
	}
}

/** The judgement of a record that nobody looks at. */
static struct judgement
judgement_left_out(
    struct arena *arena, const struct expect *expect, size_t index)
{
	struct judgement judgement = judgement_new(arena, expect, (int)index);
	judgement.status = STATUS_NOT_CHECKED;
	return judgement;
}

static struct task
errand_set(struct examination *examination, struct errand *errand, int index)
{
	const struct order *order = examination->order;
	errand->order = order;
	errand->subject = (struct subject){
		.expect = order->expect,
		.record = index < 0 ? NULL : &order->expect->records[index],
		.index = index,
		.offline = order->offline,
	};
	return (struct task){
		.run = index < 0 ? domain_run : record_run,
		.context = errand,
	};
}

static void
sitting_open(struct examination *examination, struct sitting *sitting,
    struct source *source)
{
	struct arena *arena = examination->arena;
	const struct order *order = examination->order;
	const struct expect *expect = order->expect;
	const size_t len = expect->records_len;
	sitting->look = look_open(arena, source, order->now);
	if (order->limit > 0) {
		look_limit(sitting->look, order->limit);
	}
	sitting->errands = ARENA_ARRAY(arena, struct errand, len + 1);
	sitting->records = ARENA_ARRAY(arena, struct judgement, len);
	for (size_t i = 0; i < len; i++) {
		struct errand *errand = &sitting->errands[i];
		const struct task task =
		    errand_set(examination, errand, (int)i);
		errand->sides = sitting->sides;
		errand->out = &sitting->records[i];
		if (expect->records[i].judged) {
			look_add(sitting->look, &task);
		} else {
			sitting->records[i] =
			    judgement_left_out(arena, expect, i);
		}
	}
	struct errand *last = &sitting->errands[len];
	const struct task task = errand_set(examination, last, -1);
	last->sides = sitting->sides;
	last->out = &sitting->domain;
	last->zone = &sitting->zone;
	look_add(sitting->look, &task);
}

struct examination *
examination_open(
    struct arena *arena, struct source *source, const struct order *order)
{
	assert(arena && source && order->expect);
	struct examination *examination = ARENA_NEW(arena, struct examination);
	examination->arena = arena;
	examination->source = source;
	examination->order = order;
	examination->first.sides = &order->sides;
	sitting_open(examination, &examination->first, source);
	if (order->shared) {
		look_share(examination->first.look, order->shared,
		    order->expect->domain);
	}
	if (order->patient) {
		look_be_patient(examination->first.look);
	}
	return examination;
}

/** Concludes from one sitting: statuses, findings, verdict. */
static void
sitting_conclude(struct examination *examination, struct sitting *sitting,
    struct outcome *outcome)
{
	struct arena *arena = examination->arena;
	const struct policy *policy = &examination->order->policy;
	const struct ledger *ledger = look_ledger(sitting->look);
	*outcome = (struct outcome){
		.all = {
			.expect = examination->order->expect,
			.records = sitting->records,
			.domain = &sitting->domain,
		},
		.zone = sitting->zone,
		.capped = look_is_capped(sitting->look),
		.ledger = ledger,
	};
	const struct judgements *all = &outcome->all;
	conclude(all, ledger);
	if (examination->order->shown_as_pending) {
		conclude_pending(all);
	}
	outcome->findings = findings_collect(arena, policy, all, false);
	outcome->ignored = findings_collect(arena, policy, all, true);
	outcome->verdict = verdict_of(policy, all, &outcome->findings);
	outcome->time_helps = time_may_mend(policy, &outcome->findings);
	outcome->predicted = predict(all);
}

/** How many questions the limit leaves for the second look. */
static size_t
questions_left(const struct examination *examination)
{
	const size_t limit = examination->order->limit > 0
				 ? examination->order->limit
				 : LOOK_MAX_QUESTIONS;
	const size_t asked = ledger_count(look_ledger(examination->first.look));
	return limit > asked ? limit - asked : 0;
}

/** Begins the second look: the answers of the first, under the plan. */
static void
prove_open(struct examination *examination)
{
	const struct plan *plan = &examination->outcome.plan;
	const struct ledger *ledger = look_ledger(examination->first.look);
	examination->remembered = remembered_open(examination->arena,
	    examination->source, questions_left(examination));
	if (examination->given_up) {
		remembered_give_up(examination->remembered);
	}
	for (size_t i = 0; i < ledger_count(ledger); i++) {
		const struct ledger_entry *entry = ledger_at(ledger, i);
		if (entry->answer) {
			remembered_add(examination->remembered,
			    &entry->question, entry->answer);
		}
	}
	examination->overlay =
	    overlay_open(examination->remembered, plan->at, plan->len);
	/*
	 * What resolvers remember is no matter of the plan; and asking them for
	 * records that are still to be added would plant a "no" (RFC 2308 5).
	 */
	examination->proof = (struct sides){
		.view = examination->order->sides.view == VIEW_RESOLVER
			    ? VIEW_RESOLVER
			    : VIEW_AUTHORITATIVE,
		.given = examination->order->sides.given,
	};
	examination->second.sides = &examination->proof;
	sitting_open(examination, &examination->second, examination->overlay);
}

/** Adds what the answers of *sitting* took. */
static void
count(const struct sitting *sitting, struct source_counts *counts)
{
	const struct ledger *ledger = look_ledger(sitting->look);
	for (size_t i = 0; i < ledger_count(ledger); i++) {
		const struct answer *answer = ledger_at(ledger, i)->answer;
		if (!answer) {
			continue;
		}
		counts->sent += answer->sends;
		counts->retried += answer->sends > 1 ? answer->sends - 1U : 0;
		counts->tcp += answer->over_tcp && answer->sends > 0;
		counts->cached += answer->cached;
		counts->answered += answer_is_said(answer);
	}
}

static void
first_end(struct examination *examination)
{
	struct outcome *outcome = &examination->outcome;
	sitting_conclude(examination, &examination->first, outcome);
	count(&examination->first, &outcome->counts);
	if (outcome->verdict == VERDICT_ACTION_NEEDED) {
		outcome->plan = plan_of(examination->arena,
		    &examination->order->policy, &outcome->findings);
	}
	if (outcome->plan.len > 0) {
		prove_open(examination);
	} else {
		examination->done = true;
	}
}

static void
second_end(struct examination *examination)
{
	struct outcome after;
	sitting_conclude(examination, &examination->second, &after);
	if (remembered_is_capped(examination->remembered)) {
		examination->outcome.capped = true;
	}
	examination->outcome.beyond =
	    remembered_passed(examination->remembered);
	examination->outcome.plan_proven =
	    after.verdict == VERDICT_READY ? MAYBE_TRUE : MAYBE_FALSE;
	examination->done = true;
}

bool
examination_advance(struct examination *examination)
{
	if (examination->done) {
		return true;
	}
	if (!examination->second.look) {
		if (!look_advance(examination->first.look)) {
			return false;
		}
		first_end(examination);
	}
	while (!examination->done) {
		if (look_advance(examination->second.look)) {
			second_end(examination);
		} else if (!remembered_pump(examination->remembered)) {
			return false;
		}
	}
	return true;
}

bool
examination_is_due(const struct examination *examination)
{
	const struct sitting *sitting = examination->second.look
					    ? &examination->second
					    : &examination->first;
	return examination->done || look_is_due(sitting->look);
}

bool
examination_is_out(const struct examination *examination)
{
	return examination->remembered
		   ? remembered_is_out(examination->remembered)
		   : look_is_out(examination->first.look);
}

void
examination_give_up(struct examination *examination)
{
	assert(!examination->done);
	examination->given_up = true;
	if (examination->remembered) {
		remembered_give_up(examination->remembered);
	} else {
		look_give_up(examination->first.look);
	}
}

void
examination_run(struct examination *examination)
{
	while (!examination_advance(examination)) {
		const bool stepped = source_step(examination->source);
		assert(stepped);
	}
}

const struct outcome *
examination_outcome(const struct examination *examination)
{
	assert(examination->done);
	return &examination->outcome;
}

void
examination_close(struct examination *examination)
{
	look_close(examination->first.look);
	if (examination->second.look) {
		look_close(examination->second.look);
		source_close(&examination->overlay);
		source_close(&examination->remembered);
	}
}
