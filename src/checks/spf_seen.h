/* SPDX-License-Identifier: MIT */
/* What the files of the SPF check share; for these alone. */
#ifndef CHECKS_SPF_SEEN_H
#define CHECKS_SPF_SEEN_H

#include "base/str.h"
#include "base/vec.h"
#include "checks/check.h"
#include "dns/answer.h"
#include "walks/spf_ses.h"
#include "walks/spf_tree.h"

#include <stdbool.h>

struct look;

/** One record instead of those that are there, once somebody needs it. */
struct spf_mend {
	bool made;                   /* the others are filled in */
	bool good;                   /* receivers take it, and SES passes */
	struct str text;             /* the best that could be made */
	const struct spf_walk *walk; /* of it */
};

/** What stands at the name, sorted by what it is to SPF. */
struct spf_seen {
	struct look *look;
	const struct subject *subject;
	const struct answer *answer;
	struct judgement *out;
	struct VEC(const struct rr *) records; /* what receivers take for SPF */
	struct VEC(const struct rr *) near;    /* what was meant so */
	const struct rr *legacy;               /* a Sender ID record, or NULL */
	const struct rr *rr;   /* the one record, if there is one */
	struct spf_walk *walk; /* of it */
	struct spf_ses ses;    /* in it */
	struct spf_mend *mend; /* to be filled in when it is needed */
};

/**
 * Adds what mends *seen* to *finding*: the records out, the one in. If there
 * is none that does, the argument "too_heavy" says what is in the way.
 */
void spf_mend_finding(const struct spf_seen *seen, struct finding *finding);

/** Adds *rr* as evidence, with the bytes of *span* marked. */
void spf_saw(const struct spf_seen *seen, struct finding *finding,
    const struct rr *rr, struct span span);

/** Reports what the walk of the one record found: errors. */
void spf_judge_errors(const struct spf_seen *seen);

/** Reports what is worth saying of the one record itself: warnings. */
void spf_judge_warnings(const struct spf_seen *seen);

#endif
