/* SPDX-License-Identifier: MIT */
/*
 * How far two words are apart, to tell a slip of the hand from another word.
 */
#ifndef TEXT_DISTANCE_H
#define TEXT_DISTANCE_H

#include "base/str.h"

#include <stddef.h>

enum {
	DISTANCE_MAX_WORD = 128, /* bytes; longer words are never near */
};

/**
 * How many single characters must be inserted, dropped, changed or exchanged
 * with their neighbour to make *a* out of *b*; the case of A to Z counts. If
 * it is more than *most*, most + 1.
 */
size_t text_distance(struct str a, struct str b, size_t most);

/** A word of a list that another word may be meant as. */
struct near_word {
	const char *word;    /* as people write it, right or wrong */
	const char *meaning; /* the right word */
};

/**
 * The meaning of the word of *words* that *text* is nearest to, case aside;
 * NULL if none is near: one slip in words of 3 to 5 letters, two in longer
 * ones, none in shorter ones.
 */
const char *near_word_find(
    const struct near_word *words, size_t words_len, struct str text);

#endif
