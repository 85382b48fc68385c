/* SPDX-License-Identifier: MIT */
/*
 * Chance that can be repeated: the same seed gives the same throws
 * everywhere (SplitMix64, Steele, Lea and Flood 2014).
 */
#ifndef TESTS_DICE_H
#define TESTS_DICE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct dice {
	uint64_t state;
};

/** Dice that always fall the same for the same *seed*. */
struct dice dice_new(uint64_t seed);

/** A number below *sides*, which is at least 1. */
size_t dice_throw(struct dice *dice, size_t sides);

/** True once in *times* throws. */
bool dice_hits(struct dice *dice, size_t times);

/** *len* characters out of *letters*, in *arena*. */
struct str dice_word(
    struct dice *dice, struct arena *arena, const char *letters, size_t len);

#endif
