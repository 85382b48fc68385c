/* SPDX-License-Identifier: MIT */
/* The zone's own servers: whether they answer, and agree with each other. */
#ifndef CHECKS_DELEGATION_H
#define CHECKS_DELEGATION_H

#include "checks/check.h"

struct zone_view;

/** Judges the servers of *view*, which must be settled. */
void check_delegation(const struct subject *subject,
    const struct zone_view *view, struct judgement *out);

#endif
