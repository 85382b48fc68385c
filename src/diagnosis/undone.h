/* SPDX-License-Identifier: MIT */
/*
 * A TXT record whose text would be right if something were undone; shared by
 * the causes that find out what.
 */
#ifndef DIAGNOSIS_UNDONE_H
#define DIAGNOSIS_UNDONE_H

#include "base/str.h"
#include "diagnosis/cause.h"
#include "dns/answer.h"

#include <stdbool.h>

struct arena;

/**
 * The records at the name of *scene*, if it is a TXT of one of the eight
 * that is not right, and an undone text may make it so; else NULL.
 */
const struct answer *undone_candidates(
    struct look *look, const struct scene *scene, const struct judgement *out);

/** True if *text* in the place of *rr* would be right, while *rr* is not. */
bool undone_is_right(struct arena *arena, const struct scene *scene,
    const struct rr *rr, struct str text);

/**
 * Adds to what mends *finding* the replacement of *rr* by *text*, in which
 * SES is let pass too, if it is SPF.
 */
void mend_by_undoing(struct finding *finding, const struct scene *scene,
    const struct rr *rr, struct str text);

#endif
