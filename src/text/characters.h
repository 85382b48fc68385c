/* SPDX-License-Identifier: MIT */
/*
 * The characters that do not belong into a value, and what people call
 * them: the table characters.def.
 */
#ifndef TEXT_CHARACTERS_H
#define TEXT_CHARACTERS_H

#include "base/str.h"
#include "text/damage.h"
#include "text/utf8.h"

#include <stdbool.h>

struct arena;

/** What is to be done about one character. */
struct character {
	enum damage damage;
	struct str instead; /* what was meant; may be empty */
};

/**
 * True if *c* is such a character. A byte that is not UTF-8 is read as
 * Windows-1252, which old panels take for the same.
 */
bool character_find(
    struct arena *arena, const struct utf8_char *c, struct character *ret);

/**
 * *c* in words: "a no-break space (U+00A0)", "a letter or sign beyond ASCII
 * (U+0430)"; for what is on a keyboard "a character".
 */
struct str character_words(struct arena *arena, const struct utf8_char *c);

#endif
