/* SPDX-License-Identifier: MIT */
/*
 * Finished reports for the tests of the renderers, made by hand so that
 * what a renderer prints depends on the renderer alone.
 */
#ifndef TESTS_REPORT_SAMPLES_H
#define TESTS_REPORT_SAMPLES_H

#include "report/report.h"
#include "text/patterns.h"

#include <stddef.h>

struct arena;

struct sample {
	const char *name; /* also of its golden files */
	struct report *(*make)(struct arena *arena);
};

/** All samples, ended by a row without name. */
extern const struct sample SAMPLES[];

/** Eight right records, seen at the zone's servers and at the resolver. */
struct report *sample_ready(struct arena *arena);

/** Five mistakes of five kinds, with a plan that mends them. */
struct report *sample_action(struct arena *arena);

/** Two records that are right but not visible yet. */
struct report *sample_propagating(struct arena *arena);

/** No tokens were given, and one name could not be looked up. */
struct report *sample_unknown(struct arena *arena);

/** Text that tries to get out of every format stands wherever it can. */
struct report *sample_hostile(struct arena *arena);

/** What every sample begins with: eight right records, nothing else. */
struct report *sample_base(struct arena *arena);

/** Says of the record number *index* that *status* is so, with *found*. */
void sample_record(struct arena *arena, struct report *report, size_t index,
    enum record_status status, const char *found);

/** What a finding says; fix and provider may be NULL. */
struct sample_words {
	const char *title;
	const char *detail;
	const char *fix;
	const char *provider;
};

/** Adds a finding of *code* about the record *index* (-1: the domain). */
struct finding *sample_finding(struct arena *arena, struct report *report,
    enum finding_code code, int index, const struct sample_words *words);

/** Adds evidence: *value* at *name*, marked in *span* unless that is empty. */
void sample_evidence(struct finding *finding, enum rrtype type,
    const char *name, struct str value, struct span span);

/** Adds a change to the plan, as *finding* wants it. */
void sample_change(
    struct report *report, struct finding *finding, bool add, struct str value);

/** Fills the troubleshooting table from the findings. */
void sample_issues(struct arena *arena, struct report *report);

#endif
