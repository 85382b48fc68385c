/* SPDX-License-Identifier: MIT */
/*
 * The plan as steps for people: what is removed and added at one name, of
 * one type, is one thing to do in a DNS panel.
 */
#ifndef REPORT_STEPS_H
#define REPORT_STEPS_H

#include "base/str.h"
#include "base/vec.h"
#include "report/report.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/** All changes to the records of one type at one name. */
struct step {
	enum rrtype type;
	struct str name;
	struct str host;
	struct str zone;                          /* as in report_change */
	struct VEC(struct report_change) changes; /* in the plan's order */
	size_t removed; /* how many of them remove something */
	bool
	    dotted; /* the panel takes a target without final dot as relative */
};

/** Steps in the order in which they are to be done. */
struct steps VEC(struct step);

/** The plan of *report* in steps, in its order. */
struct steps steps_of(struct arena *arena, const struct report *report);

/**
 * What is to be done: "Add this CNAME record"; with the zone if that is
 * another than the domain's.
 */
struct str step_title(struct arena *arena, const struct step *step);

/**
 * Which of *steps* mend *finding*: "change: step 1 above"; if none does, how
 * to mend it in words.
 */
struct str steps_words(struct arena *arena, const struct steps *steps,
    const struct report_finding *finding);

/**
 * What to type for *change*, raw: with the final dot that a panel needs which
 * has appended the zone before. For records that hold a host name.
 */
struct str step_value(struct arena *arena, const struct step *step,
    const struct report_change *change);

/** The whole value of *change* as records show it: an MX as "10 host". */
struct str change_value(
    struct arena *arena, const struct report_change *change);

#endif
