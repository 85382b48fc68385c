/* SPDX-License-Identifier: MIT */
/* From findings to one verdict. */
#include "diagnosis/verdict.h"

#include "base/arena.h"
#include "expect/expect.h"

#include <assert.h>

/** How much a status outweighs others at one record. */
static int
weight(enum record_status status)
{
	static const int weights[] = {
		[STATUS_OK] = 0,
		[STATUS_NOT_CHECKED] = 1,
		[STATUS_PROPAGATING] = 2,
		[STATUS_UNKNOWN] = 3,
		[STATUS_WRONG] = 4,
		[STATUS_CONFLICT] = 4,
		[STATUS_MISSING] = 4,
	};
	assert((unsigned)status < sizeof(weights) / sizeof(*weights));
	return weights[status];
}

enum record_status
status_of(const struct findings *findings)
{
	enum record_status status = STATUS_OK;
	struct finding **finding;
	vec_foreach(finding, &findings->list) {
		const enum record_status made =
		    catalog_row((*finding)->code)->status;
		if (weight(made) > weight(status)) {
			status = made;
		}
	}
	return status;
}

bool
policy_ignores(const struct policy *policy, const struct finding *finding)
{
	struct arena *arena = finding->arena;
	const struct str code =
	    catalog_code(arena, finding->code, finding->family);
	for (size_t i = 0; i < policy->ignore_len; i++) {
		const struct str ignored = policy->ignore[i];
		const bool prefix = str_ends(ignored, STR("*"));
		if (prefix ? str_starts(
				 code, str_slice(ignored, 0, ignored.len - 1))
			   : str_eq(code, ignored)) {
			return true;
		}
	}
	return false;
}

static bool
stands_before(const struct finding *a, const struct finding *b)
{
	if (a->code != b->code) {
		return a->code < b->code;
	}
	return a->record < b->record;
}

/** Puts *finding* where it belongs; equal ones stay in their order. */
static void
insert(struct arena *arena, struct finding_list *list, struct finding *finding)
{
	vec_push(arena, list, finding);
	size_t at = list->len - 1;
	while (at > 0 && stands_before(finding, list->at[at - 1])) {
		list->at[at] = list->at[at - 1];
		at--;
	}
	list->at[at] = finding;
}

static void
collect(struct arena *arena, const struct policy *policy,
    const struct findings *from, bool ignored, struct finding_list *to)
{
	struct finding **finding;
	vec_foreach(finding, &from->list) {
		if (policy_ignores(policy, *finding) == ignored) {
			insert(arena, to, *finding);
		}
	}
}

struct finding_list
findings_collect(struct arena *arena, const struct policy *policy,
    const struct judgements *all, bool ignored)
{
	struct finding_list list = { 0 };
	for (size_t i = 0; i < all->expect->records_len; i++) {
		collect(
		    arena, policy, &all->records[i].findings, ignored, &list);
	}
	collect(arena, policy, &all->domain->findings, ignored, &list);
	return list;
}

/** True for what says nothing about the record: it is known by its status. */
static bool
is_undecided(const struct finding *finding)
{
	const enum record_status status = catalog_row(finding->code)->status;
	return finding->code == FINDING_RESOLVER_FAILING ||
	       finding->code == FINDING_X_LOOKUP_FAILED ||
	       status == STATUS_PROPAGATING;
}

bool
finding_needs_action(const struct policy *policy, const struct finding *finding)
{
	return !is_undecided(finding) &&
	       catalog_row(finding->code)->severity >= policy->fail_on;
}

static bool
any_undecided(const struct finding_list *findings, bool propagating)
{
	struct finding **finding;
	vec_foreach(finding, findings) {
		const bool waits =
		    catalog_row((*finding)->code)->status == STATUS_PROPAGATING;
		if (is_undecided(*finding) && waits == propagating) {
			return true;
		}
	}
	return false;
}

bool
time_may_mend(const struct policy *policy, const struct finding_list *findings)
{
	struct finding **finding;
	bool something_passes = false;
	vec_foreach(finding, findings) {
		const bool acts = finding_needs_action(policy, *finding);
		if (acts && !(*finding)->waiting_helps) {
			return false;
		}
		something_passes |= (acts || is_undecided(*finding)) &&
				    (*finding)->waiting_helps;
	}
	return something_passes;
}

/** True if a record without which nothing is verified was not looked at. */
static bool
blocking_unchecked(const struct judgements *all)
{
	for (size_t i = 0; i < all->expect->records_len; i++) {
		const struct expected *record = &all->expect->records[i];
		if (record->blocking && !record->left_out &&
		    all->records[i].status == STATUS_NOT_CHECKED) {
			return true;
		}
	}
	return false;
}

enum verdict
verdict_of(const struct policy *policy, const struct judgements *all,
    const struct finding_list *findings)
{
	struct finding **finding;
	vec_foreach(finding, findings) {
		if (finding_needs_action(policy, *finding)) {
			return VERDICT_ACTION_NEEDED;
		}
	}
	if (any_undecided(findings, false) || blocking_unchecked(all)) {
		return VERDICT_UNKNOWN;
	}
	return any_undecided(findings, true) ? VERDICT_PROPAGATING
					     : VERDICT_READY;
}

/** True if the domain as a whole keeps IvyMail from seeing anything. */
static bool
is_out_of_reach(const struct judgement *domain)
{
	struct finding **finding;
	vec_foreach(finding, &domain->findings.list) {
		const struct catalog_row *row = catalog_row((*finding)->code);
		if (row->severity == SEVERITY_ERROR &&
		    row->issue == ISSUE_PENDING) {
			return true;
		}
	}
	return false;
}

enum predicted
predict(const struct judgements *all)
{
	int worst = 0;
	for (size_t i = 0; i < all->expect->records_len; i++) {
		const enum record_status status = all->records[i].status;
		if (!all->expect->records[i].blocking) {
			continue;
		}
		if (weight(status) >= weight(STATUS_WRONG) ||
		    status == STATUS_PROPAGATING) {
			return PREDICTED_PENDING;
		}
		if (weight(status) > worst) {
			worst = weight(status);
		}
	}
	if (is_out_of_reach(all->domain)) {
		return PREDICTED_PENDING;
	}
	return worst > 0 ? PREDICTED_UNKNOWN : PREDICTED_VERIFIED;
}
