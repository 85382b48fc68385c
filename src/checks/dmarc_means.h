/* SPDX-License-Identifier: MIT */
/*
 * What a DMARC policy means for the domain, for mail that Amazon SES sends,
 * and for the reports. Parts of the DMARC check, and what is told beside it.
 */
#ifndef CHECKS_DMARC_MEANS_H
#define CHECKS_DMARC_MEANS_H

#include "checks/check.h"
#include "mail/dmarc_notes.h"

#include <stdbool.h>

struct dmarc_seen;
struct dmarc_walk;
struct look;

/**
 * Reports what the policy of *walk* amounts to. *own* is the domain's own
 * record, or NULL if the policy is inherited.
 */
void dmarc_judge_meaning(const struct subject *subject,
    const struct dmarc_walk *walk, const struct dmarc_seen *own,
    struct judgement *out);

/** Reports whether the reports arrive; asks for what that takes. */
void dmarc_judge_reports(struct look *look, const struct subject *subject,
    struct dmarc_walk *walk, struct judgement *out);

/**
 * Adds to *dmarc*, the judgement of the DMARC record, that the policy is
 * enforced while the DKIM records are not right. No questions are asked.
 */
void dmarc_judge_enforcement(struct judgement *dmarc, bool dkim_passes);

/**
 * What people may want to know beside the findings, one sentence each: which
 * of SPF and DKIM align for mail through SES, and the next step with the
 * policy. None if *walk* has found no record.
 */
struct dmarc_notes dmarc_advice(struct arena *arena,
    const struct dmarc_walk *walk, const struct expect *expect);

/**
 * Where receivers of RFC 7489 find or read the policy of *walk* in another
 * way, one sentence each.
 */
struct dmarc_notes dmarc_differences(
    struct arena *arena, const struct dmarc_walk *walk);

#endif
