/* SPDX-License-Identifier: MIT */
/*
 * For sources that know every answer at once (zone files, saved answers):
 * a queue that keeps the promise that a callback never comes from inside
 * source_start().
 */
#ifndef SOURCE_READY_H
#define SOURCE_READY_H

#include "source/source.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/**
 * Answers one question in *arena*, which is reset after the delivery. The
 * answer may also live longer.
 */
typedef const struct answer *ready_answer_fn(struct source *source,
    const struct question *question, struct arena *arena);

/** Questions waiting for their step; a member of the source. */
struct ready {
	struct ticket *first;
	struct ticket **last;
	size_t len;
	struct ticket *spare; /* to be used again */
	struct arena *scratch;
};

/** Makes an empty queue. */
void ready_open(struct ready *ready);

/** Adds a question; does what source_ops.start must. */
struct ticket *ready_start(struct ready *ready, const struct question *question,
    source_done_fn *done, void *context);

/**
 * Answers what is waiting now with *answer*, the oldest first; false when
 * there is nothing.
 */
bool ready_step(
    struct ready *ready, struct source *source, ready_answer_fn *answer);

/** Takes a question out. */
void ready_cancel(struct ready *ready, struct ticket *ticket);

/** Frees the queue; no callback comes. */
void ready_close(struct ready *ready);

#endif
