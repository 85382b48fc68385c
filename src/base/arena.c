/* SPDX-License-Identifier: MIT */
/*
 * A chain of blocks; the newest is the one that is filled. Blocks double in
 * size, so a report costs a handful of calls to malloc().
 */
#include "base/arena.h"

#include "base/alloc.h"

#include <assert.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	FIRST_BLOCK = 4096,
	LARGEST_GROWTH = 1 << 20,
};

struct block {
	struct block *older;
	size_t size; /* of data[] */
	size_t used;
	alignas(max_align_t) unsigned char data[];
};

struct arena {
	struct block *newest;
	size_t size;  /* of all blocks */
	size_t first; /* size of the first block */
};

static void
block_add(struct arena *arena, size_t least)
{
	size_t size = arena->first;
	if (arena->newest) {
		size = arena->newest->size * 2;
	}
	if (size > LARGEST_GROWTH) {
		size = LARGEST_GROWTH;
	}
	if (size < least) {
		size = least;
	}
	struct block *block = xmalloc(sizeof(*block) + size);
	block->older = arena->newest;
	block->size = size;
	block->used = 0;
	arena->newest = block;
	arena->size += size;
}

struct arena *
arena_new(void)
{
	return arena_new_small(FIRST_BLOCK);
}

struct arena *
arena_new_small(size_t size)
{
	struct arena *arena = xmalloc(sizeof(*arena));
	assert(size > 0);
	*arena = (struct arena){ .first = size };
	return arena;
}

static void
blocks_free(struct block *block)
{
	while (block) {
		struct block *older = block->older;
		free(block);
		block = older;
	}
}

void
arena_free(struct arena **arena)
{
	assert(arena);
	if (*arena) {
		blocks_free((*arena)->newest);
		free(*arena);
		*arena = NULL;
	}
}

void
arena_reset(struct arena *arena)
{
	assert(arena);
	if (!arena->newest) {
		return;
	}
	blocks_free(arena->newest->older);
	arena->newest->older = NULL;
	arena->newest->used = 0;
	arena->size = arena->newest->size;
}

void *
arena_room(struct arena *arena, size_t size)
{
	assert(arena);
	assert(size < SIZE_MAX / 2);
	const size_t unit = alignof(max_align_t);
	const size_t need = (size + unit - 1) / unit * unit;
	if (!arena->newest ||
	    arena->newest->size - arena->newest->used < need) {
		block_add(arena, need);
	}
	struct block *block = arena->newest;
	void *at = block->data + block->used;
	block->used += need;
	assert(block->used <= block->size);
	return at;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	return memset(arena_room(arena, size), 0, size);
}

void *
arena_copy(struct arena *arena, const void *from, size_t size)
{
	assert(from || size == 0);
	char *copy = arena_room(arena, size + 1);
	if (size > 0) {
		memcpy(copy, from, size);
	}
	copy[size] = '\0';
	return copy;
}

size_t
arena_size(const struct arena *arena)
{
	assert(arena);
	return arena->size;
}
