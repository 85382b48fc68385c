/* SPDX-License-Identifier: MIT */
/*
 * Makes the finished report out of the outcome of an examination: words,
 * hosts relative to the zone, the troubleshooting table.
 */
#ifndef REPORT_ASSEMBLE_H
#define REPORT_ASSEMBLE_H

#include "base/str.h"
#include "base/vec.h"
#include "report/report.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct outcome;

/** What the report says of the run itself. */
struct run_facts {
	struct str version;
	struct str input; /* as typed, if that differs from the domain */
	int64_t now;      /* wall clock at the start, seconds since 1970 */
	const char *source_kind; /* "live", "zone", "replay" */
	struct VEC(struct str) resolvers;
	struct VEC(struct str) zone_files;
	uint64_t elapsed_ms;
	bool every_question; /* report->asked is wanted */
};

/**
 * The report on *outcome*, in *arena*; it points into the outcome, which
 * must live as long.
 */
struct report *assemble(struct arena *arena, const struct outcome *outcome,
    const struct run_facts *facts);

#endif
