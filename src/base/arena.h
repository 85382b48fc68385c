/* SPDX-License-Identifier: MIT */
/*
 * Memory that is given back as a whole. One arena lives as long as the report
 * on one domain; a scratch arena as long as one run of a check.
 * Must never know what is stored in it.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

/** Makes an empty arena; the caller frees it with arena_free(). */
struct arena *arena_new(void);

/**
 * The same, for what is small and there many times: the first block it takes
 * from the system has *size* bytes.
 */
struct arena *arena_new_small(size_t size);

/** Frees everything in *arena* and sets it to NULL; NULL is allowed. */
void arena_free(struct arena **arena);

/** Forgets everything in *arena*, keeping its memory for the next use. */
void arena_reset(struct arena *arena);

/**
 * Gives *size* zeroed bytes aligned for any type, which live as long as
 * *arena*. Never NULL: without memory the program ends with a message.
 */
void *arena_alloc(struct arena *arena, size_t size);

/**
 * The same with whatever was there before, for what is written at once and as
 * a whole: clearing it first would cost as much again.
 */
void *arena_room(struct arena *arena, size_t size);

/** Gives a copy of *size* bytes at *from*, followed by a zero byte. */
void *arena_copy(struct arena *arena, const void *from, size_t size);

/** Tells how many bytes *arena* holds from the system. */
size_t arena_size(const struct arena *arena);

/** One zeroed *type* in *arena*. */
#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))

/** *count* zeroed objects of *type* in *arena*; count * size must not wrap. */
#define ARENA_ARRAY(arena, type, count) \
	((type *)arena_alloc((arena), sizeof(type) * (count)))

#endif
