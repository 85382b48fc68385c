/* SPDX-License-Identifier: MIT */
/*
 * The domain as a whole: registered, not a CNAME, signed rightly, and no
 * server that denies names above existing ones.
 */
#ifndef CHECKS_DOMAIN_H
#define CHECKS_DOMAIN_H

#include "checks/check.h"

struct look;
struct zone_cut;

/**
 * Judges the domain of *subject*, whose zone is *zone*. What depends on the
 * verdict on the records (whether a CNAME at the domain is harmful, a long
 * negative TTL matters) is found here and dropped later, see
 * diagnosis/conclude.h.
 */
void check_domain(struct look *look, const struct subject *subject,
    const struct zone_cut *zone, struct judgement *out);

#endif
