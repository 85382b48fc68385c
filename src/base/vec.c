/* SPDX-License-Identifier: MIT */
/* The growing of vectors. */
#include "base/vec.h"

#include "base/arena.h"

#include <assert.h>
#include <string.h>

enum {
	FIRST_ROOM = 8
};

void *
vec_grow(struct arena *arena, void *at, size_t len, size_t *room, size_t size)
{
	assert(arena && room);
	assert(len <= *room);
	if (len < *room) {
		return at;
	}
	const size_t more = *room ? *room * 2 : FIRST_ROOM;
	void *grown = arena_room(arena, more * size);
	if (len > 0) {
		memcpy(grown, at, len * size);
	}
	*room = more;
	return grown;
}
