/* SPDX-License-Identifier: MIT */
/* Sentences that every format for people says in the same words. */
#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include "base/str.h"
#include "report/report.h"

#include <stdint.h>

struct arena;

/** The verdict as a headline: "ACTION NEEDED". */
const char *verdict_words(enum verdict verdict);

/**
 * What IvyMail would show, whether waiting helps, and until when; empty for
 * a ready domain.
 */
struct str waiting_words(struct arena *arena, const struct report *report);

/** What happened since the last run; empty if nothing is remembered. */
struct str history_words(struct arena *arena, const struct report *report);

/** "waiting helps", "waiting will not help". */
const char *whether_to_wait(const struct report_finding *finding);

/** The heading of the plan: "What to change at GoDaddy, in the zone ...". */
struct str plan_words(struct arena *arena, const struct report *report);

/** What is known of the plan as a whole; NULL if there is nothing to say. */
const char *proof_words(enum maybe plan_proven);

/** How a record is, in words that an "is" could stand before. */
const char *status_words(enum record_status status);

/** *seconds* since 1970 as "14:44 on 2026-09-21 (UTC)". */
struct str time_words(struct arena *arena, int64_t seconds);

/** A length of time, rounded up to the minute: "31 minutes". */
struct str duration_words(struct arena *arena, int64_t seconds);

/** All that was left out for one reason. */
struct left_out {
	struct str what; /* "dkim-1, dkim-2" */
	struct str why;
	struct str option; /* what would check it; may be empty */
};

/** What was not checked, put together by reason. */
struct left_outs VEC(struct left_out);

/** What *report* says was not checked, each reason once. */
struct left_outs left_outs_of(struct arena *arena, const struct report *report);

#endif
