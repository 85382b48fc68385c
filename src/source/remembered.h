/* SPDX-License-Identifier: MIT */
/*
 * Answers that are known already, in front of a source that is asked for the
 * rest.
 */
#ifndef SOURCE_REMEMBERED_H
#define SOURCE_REMEMBERED_H

#include "source/recording.h"
#include "source/source.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/**
 * Opens a source over *below*, which must live longer; it knows nothing yet.
 * At most *most* questions are passed on; the answer to others is
 * ANSWER_CAPPED. Closing it does not close *below*. What is kept of answers
 * lives in *arena*.
 */
struct source *remembered_open(
    struct arena *arena, struct source *below, size_t most);

/** What was passed on so far, each question once, with its answer. */
struct recorded_list remembered_passed(const struct source *source);

/** True if *most* kept something from being passed on. */
bool remembered_is_capped(const struct source *source);

/** True if something that was passed on is out, see source_is_out(). */
bool remembered_is_out(const struct source *source);

/**
 * Gives up what was passed on, and passes nothing on any more: the answer to
 * both is ANSWER_TIMEOUT.
 */
void remembered_give_up(struct source *source);

/** Adds *answer* to *question*, once; both must live as long as *source*. */
void remembered_add(struct source *source, const struct question *question,
    const struct answer *answer);

/**
 * Delivers the remembered answers that are waiting, without stepping the
 * source below; false if there are none.
 */
bool remembered_pump(struct source *source);

#endif
