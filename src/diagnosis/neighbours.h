/* SPDX-License-Identifier: MIT */
/*
 * The names near a record's name at which it may stand instead. A search
 * asks for all of them at once; where several names stand below one that
 * does not exist, only that one is asked for (RFC 8020).
 */
#ifndef DIAGNOSIS_NEIGHBOURS_H
#define DIAGNOSIS_NEIGHBOURS_H

#include "diagnosis/cause.h"
#include "dns/answer.h"
#include "dns/name.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	NEIGHBOURS_MAX = 16
};

/** One name where the record may stand. */
struct neighbour {
	struct name name;
	struct name stem;    /* asked for first, if set: it may not exist */
	const char *place;   /* in words: "the underscore is missing" */
	bool removable;      /* what stands there can be nobody else's */
	bool exact;          /* only the exact content counts there */
	bool any;            /* any content counts there */
	const struct rr *rr; /* what was found; NULL: nothing */
	const struct answer *answer;
};

struct neighbours {
	struct neighbour at[NEIGHBOURS_MAX];
	size_t len;
};

/** The names with the zone or the domain appended once more. */
void neighbours_doubled(
    struct look *look, const struct scene *scene, struct neighbours *ret);

/** The names where people put the record by mistake. */
void neighbours_misplaced(
    struct look *look, const struct scene *scene, struct neighbours *ret);

/**
 * Asks for the record at all of *names*; the first that carries it, in the
 * order of the list, or NULL if none does (or it is not known yet).
 */
const struct neighbour *neighbours_search(
    struct look *look, const struct scene *scene, struct neighbours *names);

#endif
