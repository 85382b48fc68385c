/* SPDX-License-Identifier: MIT */
/*
 * Right at the zone's own servers and not yet at the resolver: what it still
 * says, and until when it may go on so (RFC 1035 3.2.1, RFC 2308 5).
 */
#ifndef DIAGNOSIS_PROPAGATING_H
#define DIAGNOSIS_PROPAGATING_H

#include "checks/check.h"
#include "dns/answer.h"

#include <stdint.h>

struct look;

/**
 * Replaces what *out* says of *record*: the configured resolver gives *answer*
 * in its place. Where its caches do not tell until when, *negative_ttl* is
 * the bound, the seconds that the zone lets a "no" be kept; -1: not known.
 */
void propagating_judge(struct look *look, const struct expected *record,
    const struct answer *answer, int64_t negative_ttl, struct judgement *out);

#endif
