/* SPDX-License-Identifier: MIT */
/*
 * The examination of one domain, from the first question to the proven plan:
 * judge every record, look for causes, conclude, plan, and judge again as if
 * the plan were carried out.
 * Must never know where answers come from, nor how the result is told.
 */
#ifndef DIAGNOSIS_EXAMINE_H
#define DIAGNOSIS_EXAMINE_H

#include "checks/check.h"
#include "diagnosis/plan.h"
#include "diagnosis/record.h"
#include "diagnosis/verdict.h"
#include "source/recording.h"
#include "source/source.h"
#include "walks/zone_view.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct expect;
struct ledger;
struct patterns;

/** What is to be examined, and how. */
struct order {
	const struct expect *expect;
	struct patterns *patterns;
	struct policy policy;
	struct sides sides;
	bool offline;          /* zone files: more questions cost nothing */
	int64_t now;           /* wall clock, seconds since 1970 */
	bool shown_as_pending; /* IvyMail shows the domain as not verified */
	size_t limit;          /* on questions; 0: the default */
	bool patient;          /* see look_be_patient() */
	struct source *shared; /* for names outside the domain; may be NULL */
};

/** What came of it; lives until examination_close(). */
struct outcome {
	struct judgements all;
	struct zone_view zone;
	struct finding_list findings; /* without what is ignored */
	struct finding_list ignored;
	enum verdict verdict;
	bool time_helps; /* looking again later may show another verdict */
	enum predicted predicted;
	struct plan plan;
	enum maybe plan_proven;
	bool capped; /* a limit on questions or answers was reached */
	struct source_counts counts; /* what the answers took */
	const struct ledger *ledger;
	/* What proving the plan took beside the ledger. */
	struct recorded_list beyond;
};

/** An examination under way. */
struct examination;

/**
 * Begins to examine *order* (which must live as long) at *source*. In
 * *arena*; examination_close() must come before the source is closed.
 */
struct examination *examination_open(
    struct arena *arena, struct source *source, const struct order *order);

/**
 * Goes as far as it can with the answers that have come; true when the
 * outcome is there. Otherwise the source is to be stepped.
 */
bool examination_advance(struct examination *examination);

/**
 * True if examination_advance() would get any further: cheap to ask of many
 * examinations whenever the source was stepped.
 */
bool examination_is_due(const struct examination *examination);

/** True if some question of it is out, see source_is_out(). */
bool examination_is_out(const struct examination *examination);

/**
 * Waits no longer: what is not answered counts as not answered in time, and
 * examination_advance() gives the outcome.
 */
void examination_give_up(struct examination *examination);

/** Steps the source until the outcome is there. */
void examination_run(struct examination *examination);

/** The outcome; only after examination_advance() gave true. */
const struct outcome *examination_outcome(
    const struct examination *examination);

/** Gives up what is on its way and frees what is not in the arena. */
void examination_close(struct examination *examination);

#endif
