/* SPDX-License-Identifier: MIT */
/*
 * What is found in a DMARC record itself, and what would mend it. Parts of
 * the DMARC check.
 */
#ifndef CHECKS_DMARC_RECORD_H
#define CHECKS_DMARC_RECORD_H

#include "checks/check.h"
#include "dns/answer.h"
#include "mail/dmarc.h"

#include <stdbool.h>

/** One record at the name of the DMARC policy. */
struct dmarc_seen {
	const struct subject *subject;
	const struct answer *answer; /* that holds it */
	const struct rr *rr;
	const struct dmarc *dmarc;
};

/** Reports the first error in *seen*; false if there is none. */
bool dmarc_judge_errors(const struct dmarc_seen *seen, struct judgement *out);

/** Reports what is allowed in *seen*, and still worth a word. */
void dmarc_judge_remarks(const struct dmarc_seen *seen, struct judgement *out);

/**
 * Adds to what mends *finding*: that *text* takes the place of the record
 * *seen*, or of the CNAME through which it came.
 */
void dmarc_mend(
    const struct dmarc_seen *seen, struct str text, struct finding *finding);

#endif
