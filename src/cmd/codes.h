/* SPDX-License-Identifier: MIT */
/*
 * The codes of findings as users write them: those of the catalogue, with
 * every family in the place of the X.
 */
#ifndef CMD_CODES_H
#define CMD_CODES_H

#include "base/str.h"
#include "base/vec.h"
#include "findings/catalog.h"

#include <stdbool.h>

struct arena;
struct err;

/** One code as users see it. */
struct code {
	struct str text;
	enum finding_code row;
	const char *family; /* of its record; NULL: the domain, or any record */
};

/** Several codes. */
struct codes VEC(struct code);

/** All codes in the order of reports, in *arena*. */
struct codes codes_all(struct arena *arena);

/** The codes that *wanted* names: one code, or a beginning with "*". */
struct codes codes_find(struct arena *arena, struct str wanted);

/** True if *wanted* names a code at all. */
bool codes_match(struct arena *arena, struct str wanted);

/** Adds a hint about codes that *wanted* may have been meant as. */
void codes_hint(struct arena *arena, struct str wanted, struct err *reterr);

#endif
