/* SPDX-License-Identifier: MIT */
/* Putting together the changes of all findings. */
#include "diagnosis/plan.h"

#include "base/arena.h"

#include <assert.h>
#include <limits.h>

/** True if *plan* has the same change already. */
static bool
plan_has(const struct plan *plan, const struct edit *edit)
{
	const struct edit *have;
	vec_foreach(have, plan) {
		if (have->op == edit->op &&
		    name_equal(have->rr.owner, edit->rr.owner) &&
		    rr_same_data(&have->rr, &edit->rr)) {
			return true;
		}
	}
	return false;
}

static void
add_edits(struct arena *arena, const struct finding *finding, enum edit_op op,
    struct plan *plan)
{
	const struct edit *edit;
	vec_foreach(edit, &finding->edits) {
		if (edit->op == op && !plan_has(plan, edit)) {
			vec_push(arena, plan, *edit);
		}
	}
}

/** The lowest record above *record* that a finding is about; -1 comes last. */
static int
next_record(const struct finding_list *findings, int record)
{
	int next = INT_MAX;
	struct finding **finding;
	vec_foreach(finding, findings) {
		const int own =
		    (*finding)->record < 0 ? INT_MAX - 1 : (*finding)->record;
		if (own > record && own < next) {
			next = own;
		}
	}
	return next;
}

static void
add_record(struct arena *arena, const struct policy *policy,
    const struct finding_list *findings, int record, struct plan *plan)
{
	static const enum edit_op order[] = { EDIT_REMOVE, EDIT_ADD };
	struct finding **finding;
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
		vec_foreach(finding, findings) {
			const int own = (*finding)->record < 0
					    ? INT_MAX - 1
					    : (*finding)->record;
			if (own == record &&
			    finding_needs_action(policy, *finding)) {
				add_edits(arena, *finding, order[i], plan);
			}
		}
	}
}

static bool
plan_adds_at(const struct plan *plan, struct name name)
{
	const struct edit *edit;
	vec_foreach(edit, plan) {
		if (edit->op == EDIT_ADD && name_equal(edit->rr.owner, name)) {
			return true;
		}
	}
	return false;
}

/**
 * A record that a wildcard stands in for is gone once another is added at
 * its name (RFC 4592 2.2.1), so it has to be added with it.
 */
static void
add_hidden(
    struct arena *arena, const struct finding_list *findings, struct plan *plan)
{
	struct finding *const *finding;
	vec_foreach(finding, findings) {
		if ((*finding)->code == FINDING_X_WILDCARD &&
		    (*finding)->edits.len > 0 &&
		    plan_adds_at(plan, (*finding)->edits.at[0].rr.owner)) {
			add_edits(arena, *finding, EDIT_ADD, plan);
		}
	}
}

struct plan
plan_of(struct arena *arena, const struct policy *policy,
    const struct finding_list *findings)
{
	struct plan plan = { 0 };
	assert(arena && policy && findings);
	for (int record = next_record(findings, -1); record != INT_MAX;
	     record = next_record(findings, record)) {
		add_record(arena, policy, findings, record, &plan);
	}
	add_hidden(arena, findings, &plan);
	return plan;
}
