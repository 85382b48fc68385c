/* SPDX-License-Identifier: MIT */
/* Names at which DNS fails. */
#include "failing_source.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "source/ready.h"

#include <assert.h>
#include <stdlib.h>

struct failing_source {
	struct source source;
	struct ready ready;
	struct source *below;
	const struct failing_row *rows;
	size_t rows_len;
	size_t started;
};

static struct ticket *
failing_start(struct source *source, const struct question *question,
    source_done_fn *done, void *context)
{
	struct failing_source *failing = (struct failing_source *)source;
	failing->started++;
	return ready_start(&failing->ready, question, done, context);
}

/** An answer that is to be kept. */
struct keep {
	struct arena *arena;
	const struct answer *answer;
};

static void
keep_answer(void *context, const struct answer *answer)
{
	struct keep *keep = context;
	keep->answer = answer_copy(keep->arena, answer);
}

static const struct answer *
failing_answer(
    struct source *source, const struct question *question, struct arena *arena)
{
	struct failing_source *failing = (struct failing_source *)source;
	for (size_t i = 0; i < failing->rows_len; i++) {
		const struct failing_row *row = &failing->rows[i];
		if (name_equal(row->name, question->name) &&
		    (row->type == RRTYPE_NONE || row->type == question->type)) {
			struct answer *answer = ARENA_NEW(arena, struct answer);
			answer->status = row->status;
			return answer;
		}
	}
	struct keep keep = { .arena = arena };
	(void)source_start(failing->below, question, keep_answer, &keep);
	while (!keep.answer) {
		const bool stepped = source_step(failing->below);
		assert(stepped);
	}
	return keep.answer;
}

static bool
failing_step(struct source *source)
{
	struct failing_source *failing = (struct failing_source *)source;
	return ready_step(&failing->ready, source, failing_answer);
}

static void
failing_cancel(struct source *source, struct ticket *ticket)
{
	struct failing_source *failing = (struct failing_source *)source;
	ready_cancel(&failing->ready, ticket);
}

static void
failing_close(struct source *source)
{
	struct failing_source *failing = (struct failing_source *)source;
	ready_close(&failing->ready);
	source_close(&failing->below);
	free(failing);
}

static const struct source_ops OPS = {
	.start = failing_start,
	.step = failing_step,
	.cancel = failing_cancel,
	.close = failing_close,
};

struct source *
failing_source_open(
    struct source *below, const struct failing_row *rows, size_t rows_len)
{
	struct failing_source *failing = xcalloc(1, sizeof(*failing));
	failing->source.ops = &OPS;
	failing->below = below;
	failing->rows = rows;
	failing->rows_len = rows_len;
	ready_open(&failing->ready);
	return &failing->source;
}

size_t
failing_source_started(const struct source *source)
{
	return ((const struct failing_source *)source)->started;
}
