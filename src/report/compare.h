/* SPDX-License-Identifier: MIT */
/*
 * What a finding sets side by side: what was expected and what was found,
 * and which part of it is not as it should be. How it is drawn is for the
 * formats.
 */
#ifndef REPORT_COMPARE_H
#define REPORT_COMPARE_H

#include "base/str.h"
#include "base/vec.h"
#include "report/report.h"
#include "text/patterns.h"

struct arena;

/** Two texts, both printable. */
struct comparison {
	struct str place;    /* "NAME (TYPE)", if it is not the record's own */
	struct str expected; /* empty: not known */
	struct str found;
	struct span span; /* bytes of found; from > to: nothing is marked */
};

/** The comparisons of one finding. */
struct comparisons VEC(struct comparison);

/**
 * What *finding* compares, one for each piece of its evidence; none if all
 * that is known is that DNS failed.
 */
struct comparisons comparisons_of(struct arena *arena,
    struct patterns *patterns, const struct report *report,
    const struct report_finding *finding);

#endif
