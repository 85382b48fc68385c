/* SPDX-License-Identifier: MIT */
/* A stage with one zone file. */
#include "stage.h"

#include "asking.h"
#include "base/arena.h"
#include "source/zone.h"

struct stage *
stage_open_failing(const char *origin, const char *zone,
    const struct failing_row *fails, size_t fails_len)
{
	struct arena *arena = arena_new();
	struct stage *stage = ARENA_NEW(arena, struct stage);
	stage->arena = arena;
	stage->zone = zone_of_text(arena, origin, zone);
	stage->source = failing_source_open(
	    zone_source_open(&stage->zone, 1), fails, fails_len);
	stage->look = look_open(arena, stage->source, STAGE_NOW);
	return stage;
}

struct stage *
stage_open(const char *origin, const char *zone)
{
	return stage_open_failing(origin, zone, NULL, 0);
}

void
stage_run(struct stage *stage, void (*run)(struct look *look, void *context),
    void *context)
{
	const struct task task = { run, context };
	look_add(stage->look, &task);
	look_run(stage->look);
}

void
stage_close(struct stage **stage)
{
	struct arena *arena = (*stage)->arena;
	look_close((*stage)->look);
	source_close(&(*stage)->source);
	arena_free(&arena);
	*stage = NULL;
}
