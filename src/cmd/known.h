/* SPDX-License-Identifier: MIT */
/*
 * What is known of one domain from run to run, and what a new result makes
 * of it: whether it is news. Knows no file and no clock.
 */
#ifndef CMD_KNOWN_H
#define CMD_KNOWN_H

#include "cmd/result.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

struct known {
	const struct result *result; /* that counts; NULL: none yet */
	int64_t since;  /* when it was first seen; seconds since 1970 */
	int64_t told;   /* when it was told last */
	bool suspected; /* the last run saw trouble that does not count yet */
};

/** How a result stands to what was known before. */
enum news {
	NEWS_NONE,
	NEWS_HELD, /* trouble that counts if the next run sees it too */
	NEWS_NEW,
	NEWS_CHANGED,
	NEWS_RECOVERED,
	NEWS_REMINDER,
};

/** When it is, and when a bad result is told again. */
struct known_times {
	int64_t now;    /* seconds since 1970 */
	int64_t remind; /* seconds; 0: never again */
};

/**
 * Brings *known* up to date with what was *seen*, and gives what is to be
 * told of it. A result that counts is put in *arena*.
 */
enum news known_update(struct arena *arena, struct known *known,
    const struct result *seen, struct known_times times);

/** True if both are the same. */
bool known_eq(const struct known *a, const struct known *b);

#endif
