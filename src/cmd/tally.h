/* SPDX-License-Identifier: MIT */
/* Counting what came of many domains, and telling how far a run is. */
#ifndef CMD_TALLY_H
#define CMD_TALLY_H

#include "cmd/status_line.h"
#include "diagnosis/verdict.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct session;

struct tally {
	const struct session *session;
	struct status_line line;
	int64_t begun; /* by clock_monotonic() */
	int64_t shown; /* when the line was drawn last */
	size_t by_verdict[VERDICT_UNKNOWN + 1];
	size_t unreadable; /* lines */
	size_t skipped;    /* that --resume found done already */
};

/** Begins to count. */
struct tally tally_open(const struct session *session);

/** How many domains are done. */
size_t tally_done(const struct tally *tally);

/**
 * Draws the line anew, if it is time: *read* of *all* octets of the input
 * are through (all is -1 if nobody knows).
 */
void tally_show(struct tally *tally, int64_t read, int64_t all);

/**
 * Takes the line away and tells the sum on stderr, unless -q; *told* reports
 * were told: with --only-changes and without news there is no sum either.
 */
void tally_close(struct tally *tally, size_t told);

#endif
