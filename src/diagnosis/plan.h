/* SPDX-License-Identifier: MIT */
/*
 * The plan: what to change in DNS so that the domain becomes ready, as the
 * findings themselves ask for it.
 */
#ifndef DIAGNOSIS_PLAN_H
#define DIAGNOSIS_PLAN_H

#include "base/vec.h"
#include "diagnosis/verdict.h"
#include "dns/edit.h"

struct arena;

/** Changes in the order in which to make them. */
struct plan VEC(struct edit);

/**
 * The changes that the findings which need action under *policy* ask for,
 * each once: record by record in the order of the report, at each what goes
 * before what comes.
 */
struct plan plan_of(struct arena *arena, const struct policy *policy,
    const struct finding_list *findings);

#endif
