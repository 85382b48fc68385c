/* SPDX-License-Identifier: MIT */
/*
 * A stage for tests of what runs in a look: zones as text, names at
 * which DNS fails, and one task over them.
 */
#ifndef TESTS_STAGE_H
#define TESTS_STAGE_H

#include "dns/zonefile.h"
#include "failing_source.h"
#include "look/run.h"

#include <stddef.h>

enum {
	STAGE_NOW = 1700000000, /* what look_now() says */
};

struct stage {
	struct arena *arena;
	struct zonefile zone;
	struct source *source;
	struct look *look;
};

/**
 * Makes a stage with *zone*, a zone file below *origin* ("." for all names
 * there are); stage_close() frees it.
 */
struct stage *stage_open(const char *origin, const char *zone);

/** The same with *fails*, which must live as long. */
struct stage *stage_open_failing(const char *origin, const char *zone,
    const struct failing_row *fails, size_t fails_len);

/** Runs *run* on *context* until it misses nothing; results stay. */
void stage_run(struct stage *stage,
    void (*run)(struct look *look, void *context), void *context);

/** Frees *stage*, and sets it to NULL. */
void stage_close(struct stage **stage);

#endif
