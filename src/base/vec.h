/* SPDX-License-Identifier: MIT */
/*
 * Arrays that grow in an arena. A vector is a struct with the members at,
 * len and room: struct { struct finding *at; size_t len, room; }.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>

struct arena;

/** The members of a vector of *type*; write struct things VEC(struct thing). */
#define VEC(type)            \
	{                    \
		type *at;    \
		size_t len;  \
		size_t room; \
	}

/** Makes room in *vec*, whose memory is in *arena*, for one more element. */
#define vec_reserve(arena, vec)                                     \
	((vec)->at = (vec)->len < (vec)->room                       \
			 ? (vec)->at                                \
			 : vec_grow((arena), (vec)->at, (vec)->len, \
			       &(vec)->room, sizeof(*(vec)->at)))

/** Adds *item* to the end of *vec*, whose memory is in *arena*. */
#define vec_push(arena, vec, ...)     \
	(vec_reserve((arena), (vec)), \
	    (void)((vec)->at[(vec)->len++] = (__VA_ARGS__)))

/** Walks *item*, a pointer to the element type, over *vec*. */
#define vec_foreach(item, vec)                                              \
	for ((item) = (vec)->at; (item) && (item) < (vec)->at + (vec)->len; \
	     (item)++)

/**
 * Gives room for one more element of *size* bytes after *len* of them at
 * *at*; the old array is copied when it is full. For vec_reserve() only.
 */
void *vec_grow(
    struct arena *arena, void *at, size_t len, size_t *room, size_t size);

#endif
