/* SPDX-License-Identifier: MIT */
/* An open hash table by address, at most half full. */
#include "look/memo.h"

#include "base/arena.h"

#include <assert.h>
#include <stdint.h>

enum {
	FIRST_SLOTS = 32
};

/** The slot of what *make* made of *part*, or the free one for it. */
static struct memo *
slot_of(const struct memos *memos, look_make_fn *make, const void *part)
{
	const uint64_t mixed =
	    (uint64_t)(uintptr_t)part * UINT64_C(0x9e3779b97f4a7c15);
	const size_t mask = memos->slots_len - 1;
	size_t at = (size_t)(mixed >> 32) & mask;
	while (memos->slots[at].part && (memos->slots[at].part != part ||
					    memos->slots[at].make != make)) {
		at = (at + 1) & mask;
	}
	return &memos->slots[at];
}

/** Makes the table as large again, at first FIRST_SLOTS. */
static void
slots_add(struct memos *memos, struct arena *arena)
{
	const struct memos old = *memos;
	memos->slots_len = old.slots_len > 0 ? old.slots_len * 2 : FIRST_SLOTS;
	memos->slots = ARENA_ARRAY(arena, struct memo, memos->slots_len);
	for (size_t i = 0; i < old.slots_len; i++) {
		const struct memo *memo = &old.slots[i];
		if (memo->part) {
			*slot_of(memos, memo->make, memo->part) = *memo;
		}
	}
}

const void *
memos_get(struct memos *memos, struct arena *arena, look_make_fn *make,
    const void *part)
{
	assert(make && part);
	if (memos->len * 2 >= memos->slots_len) {
		slots_add(memos, arena);
	}
	struct memo *memo = slot_of(memos, make, part);
	if (!memo->part) {
		*memo = (struct memo){ part, make, make(arena, part) };
		memos->len++;
	}
	return memo->made;
}
