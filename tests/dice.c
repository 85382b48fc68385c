/* SPDX-License-Identifier: MIT */
/* Numbers out of a seed. */
#include "dice.h"

#include "base/buf.h"

#include <assert.h>

struct dice
dice_new(uint64_t seed)
{
	return (struct dice){ .state = seed };
}

size_t
dice_throw(struct dice *dice, size_t sides)
{
	assert(sides > 0);
	dice->state += UINT64_C(0x9e3779b97f4a7c15);
	uint64_t z = dice->state;
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (size_t)((z ^ (z >> 31)) % sides);
}

bool
dice_hits(struct dice *dice, size_t times)
{
	return dice_throw(dice, times) == 0;
}

struct str
dice_word(
    struct dice *dice, struct arena *arena, const char *letters, size_t len)
{
	const struct str from = str_of(letters);
	struct buf word = buf_new(arena);
	for (size_t i = 0; i < len; i++) {
		buf_addc(&word, from.at[dice_throw(dice, from.len)]);
	}
	return buf_str(&word);
}
