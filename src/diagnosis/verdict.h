/* SPDX-License-Identifier: MIT */
/*
 * What is concluded from all findings together: the verdict, what IvyMail
 * would show, and the status of each record. No questions are asked here.
 */
#ifndef DIAGNOSIS_VERDICT_H
#define DIAGNOSIS_VERDICT_H

#include "base/vec.h"
#include "checks/check.h"
#include "findings/catalog.h"
#include "findings/finding.h"

#include <stdbool.h>
#include <stddef.h>

struct expect;

enum verdict {
	VERDICT_READY,
	VERDICT_ACTION_NEEDED,
	VERDICT_PROPAGATING,
	VERDICT_UNKNOWN,
};

/** What IvyMail would show. */
enum predicted {
	PREDICTED_VERIFIED,
	PREDICTED_PENDING,
	PREDICTED_UNKNOWN,
};

/** A truth that may not apply. */
enum maybe {
	MAYBE_NULL,
	MAYBE_FALSE,
	MAYBE_TRUE,
};

/** The policy by which findings count; see the options of the same names. */
struct policy {
	enum severity fail_on;
	const struct str *ignore; /* codes, or prefixes that end in "*" */
	size_t ignore_len;
};

/** Findings in the order of reports. */
struct finding_list VEC(struct finding *);

/** The status that *findings* make of their record. */
enum record_status status_of(const struct findings *findings);

/** True if *finding* is left out by --ignore. */
bool policy_ignores(const struct policy *policy, const struct finding *finding);

/** All judgements of one domain. */
struct judgements {
	const struct expect *expect;
	struct judgement *records; /* as many as expect has */
	struct judgement *domain;
};

/**
 * The findings that *policy* ignores, or those that it does not, in the
 * order of the catalogue, then of the records.
 */
struct finding_list findings_collect(struct arena *arena,
    const struct policy *policy, const struct judgements *all, bool ignored);

/** True if *finding* calls for a change under *policy*. */
bool finding_needs_action(
    const struct policy *policy, const struct finding *finding);

/**
 * True if all that *findings* wait for may come by itself: nothing calls for
 * a change that only a person can make, and something is on its way.
 */
bool time_may_mend(
    const struct policy *policy, const struct finding_list *findings);

/** The verdict that *findings* and the records' states lead to. */
enum verdict verdict_of(const struct policy *policy,
    const struct judgements *all, const struct finding_list *findings);

/** What IvyMail would show: only blocking records count. */
enum predicted predict(const struct judgements *all);

#endif
