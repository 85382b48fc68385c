/* SPDX-License-Identifier: MIT */
/*
 * Causes: what a person or a panel did, each a file of its own and a row in
 * causes.def. A cause looks at a record that is not right and, if it explains
 * what is seen, replaces the symptom by itself: one cause, one finding.
 */
#ifndef DIAGNOSIS_CAUSE_H
#define DIAGNOSIS_CAUSE_H

#include "checks/check.h"
#include "dns/name.h"

#include <stdbool.h>

struct look;
struct patterns;

/** Everything a cause may look at. */
struct scene {
	const struct subject *subject;
	struct name domain;
	struct name apex; /* of the domain's zone; the domain while not known */
	struct patterns *patterns;
};

/**
 * True if the cause explains *out*, which then holds its finding. While an
 * answer is missing it gives false and goes on, see look/look.h.
 */
typedef bool cause_fn(
    struct look *look, const struct scene *scene, struct judgement *out);

/* The causes of causes.def, each in a file of its own. */
#define CAUSE(function) cause_fn function;
#include "diagnosis/causes.def"
#undef CAUSE

/** Looks for the cause of what is wrong in *out*, if anything is. */
void diagnose(
    struct look *look, const struct scene *scene, struct judgement *out);

/** Replaces all findings of *out* by one of *code*, which is given. */
struct finding *cause_replace(struct judgement *out, enum finding_code code);

/** True if *out* says that nothing is at the name. */
bool symptom_is_missing(const struct judgement *out);

/** True if *out* says that something else stands at the name. */
bool symptom_is_wrong_value(const struct judgement *out);

/**
 * Adds what moves a record: the removal of *found*, if it is unmistakably
 * this record, and the addition of the wanted one. SPF and DMARC keep the
 * text that was found, if receivers would take it.
 */
void mend_by_moving(struct finding *finding, const struct scene *scene,
    const struct rr *found, bool remove);

/**
 * True if all that answers at the record's name is a wildcard, which a
 * record added there hides whatever its type (RFC 4592 2.2.1).
 */
bool wildcard_holds_name(struct look *look, const struct scene *scene);

#endif
