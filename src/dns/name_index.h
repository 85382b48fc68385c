/* SPDX-License-Identifier: MIT */
/*
 * Finding the place of a name among many in one step: an open hash table.
 * Must never know what stands at the place.
 */
#ifndef DNS_NAME_INDEX_H
#define DNS_NAME_INDEX_H

#include "dns/name.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct name_slot;

#define NAME_INDEX_NONE SIZE_MAX

/** All zero: no name is in it. */
struct name_index {
	struct name_slot *slots; /* a power of two of them */
	size_t len;
};

/** Makes room in *arena* for *names* names and no more. */
struct name_index name_index_new(struct arena *arena, size_t names);

/** Notes that *name*, which must not be there yet, has its place at *place*. */
void name_index_add(struct name_index *index, struct name name, size_t place);

/** The place of *name*; NAME_INDEX_NONE if it was not added. */
size_t name_index_find(const struct name_index *index, struct name name);

#endif
