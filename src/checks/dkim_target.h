/* SPDX-License-Identifier: MIT */
/*
 * What lies behind the CNAME of a DKIM record: the target in one of SES's
 * zones, and the key there. Parts of the DKIM check.
 */
#ifndef CHECKS_DKIM_TARGET_H
#define CHECKS_DKIM_TARGET_H

#include "checks/check.h"
#include "dns/answer.h"
#include "dns/name.h"
#include "mail/dkim_key.h"

#include <stdbool.h>
#include <stddef.h>

struct look;

enum {
	DKIM_MAX_TARGETS = 6, /* zones of SES in which a key may be */
};

/** Names at which SES may serve the key of one token. */
struct dkim_targets {
	struct name at[DKIM_MAX_TARGETS];
	size_t len;
};

/** One DKIM record being judged. */
struct dkim_case {
	struct look *look;
	const struct subject *subject;
	const struct answer *answer; /* to TXT at the name, with its chain */
	struct judgement *out;
};

/**
 * All targets that are possible for the record of *of*: the expected one
 * first, then those in the zones of every region that is known.
 */
struct dkim_targets dkim_targets_of(const struct dkim_case *of);

/** Asking possible targets for a key, one after the other. */
struct dkim_search {
	bool asked;                  /* so far each target has an answer */
	const struct answer *failed; /* NULL: none failed */
	struct name failed_at;
};

/** The answer with the key at *target*; NULL, and *search* knows why. */
const struct answer *dkim_search_at(
    const struct dkim_case *of, struct name target, struct dkim_search *search);

/**
 * True if no target has the key. False as long as that cannot be said; where
 * one failed, this is what *of* finds.
 */
bool dkim_search_is_vain(
    const struct dkim_case *of, const struct dkim_search *search);

/** Judges the CNAME at the name, which is the first of the answer's chain. */
void dkim_judge_alias(const struct dkim_case *of);

/** Adds that the record is replaced by the CNAME to *target*. */
void dkim_mend(const struct dkim_case *of, const struct rr *old,
    struct name target, struct finding *finding);

/** Reports that the value is another than expected; *difference* says how. */
struct finding *dkim_value_wrong(
    const struct dkim_case *of, const char *difference);

#endif
