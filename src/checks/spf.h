/* SPDX-License-Identifier: MIT */
/* The judgement of SPF records apart from where they are published. */
#ifndef CHECKS_SPF_H
#define CHECKS_SPF_H

#include "checks/check.h"
#include "dns/answer.h"

struct look;

/**
 * Judges *answer*, the TXT records at the name of *subject*, or those that
 * are to stand there. The name may be "no name" as long as nobody knows it:
 * then what depends on it is not asked. NULL: the answer is not known yet.
 */
void spf_judge(struct look *look, const struct subject *subject,
    const struct answer *answer, struct judgement *out);

#endif
