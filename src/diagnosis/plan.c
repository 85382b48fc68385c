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

/** The changes for the domain itself come after those for its records. */
static int
place_of(const struct finding *finding)
{
	return finding->record < 0 ? INT_MAX - 1 : finding->record;
}

/** The lowest place above *place* that a finding has; INT_MAX: none. */
static int
next_place(const struct finding_list *findings, int place)
{
	int next = INT_MAX;
	struct finding **finding;
	vec_foreach(finding, findings) {
		const int own = place_of(*finding);
		if (own > place && own < next) {
			next = own;
		}
	}
	return next;
}

/** The findings at *place* that ask for a change. */
static struct finding_list
wanting_at(struct arena *arena, const struct policy *policy,
    const struct finding_list *findings, int place)
{
	struct finding_list wanting = { 0 };
	struct finding **finding;
	vec_foreach(finding, findings) {
		if (place_of(*finding) == place &&
		    finding_needs_action(policy, *finding)) {
			vec_push(arena, &wanting, *finding);
		}
	}
	return wanting;
}

/** What is in the way goes before something is put in its place. */
static void
add_changes(
    struct arena *arena, const struct finding_list *wanting, struct plan *plan)
{
	struct finding **finding;
	vec_foreach(finding, wanting) {
		add_edits(arena, *finding, EDIT_REMOVE, plan);
	}
	vec_foreach(finding, wanting) {
		add_edits(arena, *finding, EDIT_ADD, plan);
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
	for (int place = next_place(findings, -1); place != INT_MAX;
	     place = next_place(findings, place)) {
		const struct finding_list wanting =
		    wanting_at(arena, policy, findings, place);
		add_changes(arena, &wanting, &plan);
	}
	add_hidden(arena, findings, &plan);
	return plan;
}
