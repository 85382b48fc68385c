/* SPDX-License-Identifier: MIT */
/*
 * In which zone a change has to be made. A name may be handed on to the
 * servers of somebody else, and what is added beside the zone that holds it
 * is seen by nobody (RFC 1034 4.2.1).
 */
#ifndef DIAGNOSIS_HOLDER_H
#define DIAGNOSIS_HOLDER_H

#include "checks/check.h"
#include "dns/name.h"

struct look;

/**
 * If something about *record* is to be changed and its name is not held by
 * the zone of *apex* but by one further down, notes that one in *judged*.
 * *sight* is the one that the record was judged by.
 */
void holder_note(struct look *look, const struct sight *sight, struct name apex,
    const struct expected *record, struct judgement *judged);

#endif
