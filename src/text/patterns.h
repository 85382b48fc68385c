/* SPDX-License-Identifier: MIT */
/*
 * The named patterns of patterns.def, compiled once a process and only when
 * first used. The only module that knows PCRE2.
 */
#ifndef TEXT_PATTERNS_H
#define TEXT_PATTERNS_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/** The compiled patterns; one a process, made in main(). */
struct patterns;

enum pattern {
#define PATTERN(constant, options, text) PATTERN_##constant,
#include "text/patterns.def"
#undef PATTERN
	PATTERNS, /* how many there are */
};

/** A part of a text, in bytes, end exclusive. */
struct span {
	size_t from;
	size_t to;
};

enum {
	PATTERN_MAX_GROUPS = 8
}; /* with the whole match as group 0 */

/** What matched; a group that took no part has from > to. */
struct match {
	struct span group[PATTERN_MAX_GROUPS];
};

/** Makes the set, nothing compiled yet; freed with patterns_free(). */
struct patterns *patterns_new(void);

/** Frees *patterns* and sets it to NULL; NULL is allowed. */
void patterns_free(struct patterns **patterns);

/**
 * True if *pattern* is found in *text* (any bytes) at or after *from*;
 * *ret_match* may be NULL. Bounded work: what exceeds PCRE2's limits is no
 * match.
 */
bool pattern_find(struct patterns *patterns, enum pattern pattern,
    struct str text, size_t from, struct match *ret_match);

#endif
