/* SPDX-License-Identifier: MIT */
/*
 * Where only the zone's own servers are to be heard, what lies beyond the
 * zone (DKIM keys, includes, parents' policies) is looked at if that can be,
 * and held against nobody if it cannot.
 */
#ifndef DIAGNOSIS_BEYOND_H
#define DIAGNOSIS_BEYOND_H

#include "checks/check.h"
#include "dns/name.h"

/**
 * If *judged*, the judgement of *record*, rests on a failed question for a
 * name that is not in the zone of *apex*, notes that as not checked instead.
 */
void settle_beyond(
    struct name apex, const struct expected *record, struct judgement *judged);

#endif
