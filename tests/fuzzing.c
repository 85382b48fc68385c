/* SPDX-License-Identifier: MIT */
/*
 * What fuzz targets keep from one input to the next, so that most of the
 * time goes into what is tested.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "text/patterns.h"

struct arena *
fuzz_arena(void)
{
	static struct arena *arena;
	if (!arena) {
		arena = arena_new();
	}
	arena_reset(arena);
	return arena;
}

struct patterns *
fuzz_patterns(void)
{
	static struct patterns *patterns;
	if (!patterns) {
		patterns = patterns_new();
	}
	return patterns;
}
