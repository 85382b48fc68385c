/* SPDX-License-Identifier: MIT */
/*
 * Recognising a record by what it says, wherever it stands: exactly what
 * was expected, or clearly meant to be it.
 */
#ifndef CHECKS_CONTENT_H
#define CHECKS_CONTENT_H

#include "checks/check.h"
#include "dns/rr.h"

#include <stdbool.h>

struct answer;
struct arena;

/**
 * True if *rr* says exactly what *subject* wants, its owner aside. For SPF
 * and DMARC: if it is a record of that kind at all.
 */
bool content_is_right(const struct subject *subject, const struct rr *rr);

/** True if one of the records of *answer* is right; others do no harm. */
bool content_has_right(
    const struct subject *subject, const struct answer *answer);

/**
 * True if *rr* may be meant as what *subject* wants, when it stands at a
 * name that nothing else would have: it has a word of it in it.
 */
bool content_could_be(
    struct arena *arena, const struct subject *subject, const struct rr *rr);

/**
 * True if *rr* would do as it is in the place of *subject*: for SPF that it
 * is valid and allows SES by itself, for DMARC that a receiver takes it.
 */
bool content_is_complete(
    struct arena *arena, const struct subject *subject, const struct rr *rr);

/** True if *name* is feedback-smtp.REGION.amazonses.com. */
bool name_is_feedback_host(struct name name);

/** The REGION of such a host; "no name" has none. */
struct str feedback_host_region(struct name name);

#endif
