/* SPDX-License-Identifier: MIT */
/* What damage.c and damage_find.c share; for these alone. */
#ifndef TEXT_DAMAGE_PARTS_H
#define TEXT_DAMAGE_PARTS_H

#include "base/str.h"
#include "text/damage.h"
#include "text/patterns.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/** A value while its damage is being undone. */
struct undoing {
	struct arena *arena;
	struct patterns *patterns;
	struct str text; /* what is left */
	bool damaged;
	struct damaged first;
	bool also[DAMAGES]; /* what came after the first */
};

/** *found* without anything that no value has. */
struct undoing undoing_of(
    struct arena *arena, struct patterns *patterns, struct str found);

/** Notes a damage; only of the first are *span* and *what* kept. */
void undoing_note(struct undoing *undoing, enum damage damage, struct span span,
    struct str what);

/** The number by which people call the character at the byte *at*. */
size_t undoing_number(const struct undoing *undoing, size_t at);

/** The first damage, with the names of what else was done. */
struct damaged undoing_told(const struct undoing *undoing);

#endif
