/* SPDX-License-Identifier: MIT */
/*
 * The only module that reads the clocks. Everything else is given the time,
 * so that a test can stand still or jump.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/str.h"

#include <stdint.h>

struct arena;

enum {
	CLOCK_SECOND = 1000000, /* microseconds */
};

/** Microseconds of a clock that never jumps; for waits and deadlines. */
int64_t clock_monotonic(void);

/** Seconds since 1970 in UTC; for what is shown to people. */
int64_t clock_wall(void);

/** The same in microseconds; for meeting a moment that others named. */
int64_t clock_wall_exact(void);

/**
 * When the machine was started, in microseconds since 1970, as far as the
 * wall clock of now can tell. A run that takes it once and counts its times
 * from there with clock_in_era() does not notice when the clock is set.
 */
int64_t clock_era(void);

/** Microseconds since 1970, counted from *era*; sleep of the machine counts. */
int64_t clock_in_era(int64_t era);

/** Writes *seconds* since 1970 as RFC 3339 in UTC, in *arena*. */
struct str clock_rfc3339(struct arena *arena, int64_t seconds);

#endif
