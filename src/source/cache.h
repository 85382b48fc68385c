/* SPDX-License-Identifier: MIT */
/*
 * A cache in front of a source, shared by all domains of a run: an answer is
 * asked for once a TTL, a question that is on its way already is joined.
 * Negative answers are kept as RFC 2308 5 says, failures for a moment (RFC
 * 9520 3.2). Bounded: what was used longest ago goes first.
 */
#ifndef SOURCE_CACHE_H
#define SOURCE_CACHE_H

#include "source/source.h"

#include <stddef.h>
#include <stdint.h>

enum {
	CACHE_BYTES = 32 << 20,  /* of answers, unless said otherwise */
	CACHE_LONGEST = 86400,   /* seconds, whatever a TTL says */
	CACHE_LONGEST_NO = 3600, /* seconds for a "no" */
	CACHE_FAILURE = 5,       /* seconds for a failure */
};

/** Gives microseconds of a clock that never jumps. */
typedef int64_t cache_clock_fn(void);

/**
 * Opens a cache of at most *bytes* over *below*, which must live longer.
 * Closing it does not close *below*.
 */
struct source *cache_open(
    struct source *below, size_t bytes, cache_clock_fn *clock);

#endif
