/* SPDX-License-Identifier: MIT */
/* Giving saved answers again. */
#include "source/recording.h"

#include "base/alloc.h"
#include "source/ready.h"
#include "source/source.h"

#include <assert.h>
#include <stdlib.h>

struct replay {
	struct source source;
	struct ready ready;
	const struct recorded *
	    *slots; /* by hash of the question, a power of 2 */
	size_t slots_len;
};

static const struct answer OUTSIDE = { .status = ANSWER_OUTSIDE };

static struct ticket *
replay_start(struct source *source, const struct question *question,
    source_done_fn *done, void *context)
{
	struct replay *replay = (struct replay *)source;
	return ready_start(&replay->ready, question, done, context);
}

/** The slot where *question* is, or the free one where it belongs. */
static const struct recorded **
slot_of(const struct replay *replay, const struct question *question)
{
	const size_t mask = replay->slots_len - 1;
	size_t at = question_hash(question) & mask;
	while (replay->slots[at] &&
	       !question_equal(&replay->slots[at]->question, question)) {
		at = (at + 1) & mask;
	}
	return &replay->slots[at];
}

static const struct answer *
replay_answer(
    struct source *source, const struct question *question, struct arena *arena)
{
	const struct recorded *recorded =
	    *slot_of((struct replay *)source, question);
	assert(arena);
	return recorded ? recorded->answer : &OUTSIDE;
}

static bool
replay_step(struct source *source)
{
	struct replay *replay = (struct replay *)source;
	return ready_step(&replay->ready, source, replay_answer);
}

static void
replay_cancel(struct source *source, struct ticket *ticket)
{
	ready_cancel(&((struct replay *)source)->ready, ticket);
}

static void
replay_close(struct source *source)
{
	struct replay *replay = (struct replay *)source;
	ready_close(&replay->ready);
	free(replay->slots);
	free(replay);
}

struct source *
recording_open(const struct recording *recording)
{
	static const struct source_ops ops = {
		.start = replay_start,
		.step = replay_step,
		.cancel = replay_cancel,
		.close = replay_close,
	};
	struct replay *replay = xcalloc(1, sizeof(*replay));
	const struct recorded *item;
	replay->source.ops = &ops;
	ready_open(&replay->ready);
	replay->slots_len = 64;
	while (replay->slots_len < recording->answers.len * 2) {
		replay->slots_len *= 2;
	}
	replay->slots = xcalloc(replay->slots_len, sizeof(*replay->slots));
	vec_foreach(item, &recording->answers) {
		*slot_of(replay, &item->question) = item;
	}
	return &replay->source;
}
