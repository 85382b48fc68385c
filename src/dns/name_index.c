/* SPDX-License-Identifier: MIT */
/* At most half of the slots are taken, so a search ends soon. */
#include "dns/name_index.h"

#include "base/arena.h"

#include <assert.h>
#include <stdint.h>

struct name_slot {
	struct name name; /* "no name": the slot is free */
	size_t place;
};

struct name_index
name_index_new(struct arena *arena, size_t names)
{
	struct name_index index = { .len = 2 };
	while (index.len < 2 * names) {
		index.len *= 2;
	}
	index.slots = ARENA_ARRAY(arena, struct name_slot, index.len);
	return index;
}

/** The slot of *name*, or the free one where it belongs. */
static struct name_slot *
slot_of(const struct name_index *index, struct name name)
{
	const size_t mask = index->len - 1;
	size_t at = name_hash(name) & mask;
	while (name_is_set(index->slots[at].name) &&
	       !name_equal(index->slots[at].name, name)) {
		at = (at + 1) & mask;
	}
	return &index->slots[at];
}

void
name_index_add(struct name_index *index, struct name name, size_t place)
{
	struct name_slot *slot = slot_of(index, name);
	assert(name_is_set(name) && place != NAME_INDEX_NONE);
	assert(!name_is_set(slot->name));
	*slot = (struct name_slot){ name, place };
}

size_t
name_index_find(const struct name_index *index, struct name name)
{
	if (index->len == 0) {
		return NAME_INDEX_NONE;
	}
	const struct name_slot *slot = slot_of(index, name);
	return name_is_set(slot->name) ? slot->place : NAME_INDEX_NONE;
}
