/* SPDX-License-Identifier: MIT */
/*
 * The seam behind which answers come from: live servers, zone files, saved
 * answers, or an overlay over one of these.
 *
 * The contract: for every source_start() the callback comes exactly once,
 * only from inside source_step() (never from inside source_start()), and not
 * at all after source_cancel(). A failure is an answer, so nothing waits for
 * ever.
 */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include "dns/answer.h"
#include "dns/question.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct source;

/**
 * Takes the answer to a question; *answer* lives only during the call.
 * May start and cancel other questions.
 */
typedef void source_done_fn(void *context, const struct answer *answer);

/** One question on its way, for source_cancel(); owned by the source. */
struct ticket;

/** What a source counts, for the report's "queries". */
struct source_counts {
	uint64_t sent;     /* packets or streams sent to servers */
	uint64_t answered; /* questions that a server answered */
	uint64_t retried;  /* packets sent again */
	uint64_t tcp;      /* questions that went over TCP */
	uint64_t cached;   /* answered from memory */
	uint64_t slowed;   /* a server got half as many at a time, as much of
			      what it was asked stayed without an answer */
};

/** Adds *more* to *counts*. */
void source_counts_add(
    struct source_counts *counts, const struct source_counts *more);

/** What each kind of source implements. */
struct source_ops {
	struct ticket *(*start)(struct source *source,
	    const struct question *question, source_done_fn *done,
	    void *context);
	bool (*step)(struct source *source);
	void (*cancel)(struct source *source, struct ticket *ticket);
	void (*close)(struct source *source);
	bool (*is_full)(const struct source *source); /* NULL: never */
	bool (*is_out)(const struct source *source,
	    const struct ticket *ticket); /* NULL: always */
};

/** Every source begins with this. */
struct source {
	const struct source_ops *ops;
	struct source_counts counts;
};

/** Begins to find the answer to *question*, which is copied. */
struct ticket *source_start(struct source *source,
    const struct question *question, source_done_fn *done, void *context);

/**
 * Waits until at least one answer has come, and delivers what has come; a
 * source for many waits only for a moment, as there is other work to do.
 * False when nothing is on its way.
 */
bool source_step(struct source *source);

/** Gives up a question; its callback will not come. */
void source_cancel(struct source *source, struct ticket *ticket);

/**
 * True if questions wait in *source* for their turn, so that more would only
 * wait too.
 */
bool source_is_full(const struct source *source);

/**
 * True if the question of *ticket* is with a server, or its answer is here;
 * false while it waits in *source* for its turn.
 */
bool source_is_out(const struct source *source, const struct ticket *ticket);

/** Frees *source*, giving up what is on its way, and sets it to NULL. */
void source_close(struct source **source);

#endif
