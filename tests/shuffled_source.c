/* SPDX-License-Identifier: MIT */
/* Whatever is on its way waits in a list, from which chance picks. */
#include "shuffled_source.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/vec.h"

#include <assert.h>
#include <stdlib.h>

struct ticket {
	struct question question;
	source_done_fn *done;
	void *context;
};

struct shuffled {
	struct source source;
	struct source *below;
	struct arena *arena;   /* what is on its way */
	struct arena *scratch; /* the answer that is delivered */
	struct VEC(struct ticket *) waiting;
	const struct answer *answer;
	uint32_t state;
};

static uint32_t
draw(struct shuffled *shuffled)
{
	/* Marsaglia's xorshift. */
	shuffled->state ^= shuffled->state << 13;
	shuffled->state ^= shuffled->state >> 17;
	shuffled->state ^= shuffled->state << 5;
	return shuffled->state;
}

static struct ticket *
shuffled_start(struct source *source, const struct question *question,
    source_done_fn *done, void *context)
{
	struct shuffled *shuffled = (struct shuffled *)source;
	struct ticket *ticket = ARENA_NEW(shuffled->arena, struct ticket);
	*ticket = (struct ticket){ *question, done, context };
	vec_push(shuffled->arena, &shuffled->waiting, ticket);
	return ticket;
}

static void
take_out(struct shuffled *shuffled, size_t index)
{
	shuffled->waiting.at[index] =
	    shuffled->waiting.at[--shuffled->waiting.len];
}

static void
keep(void *context, const struct answer *answer)
{
	struct shuffled *shuffled = context;
	shuffled->answer = answer_copy(shuffled->scratch, answer);
}

static bool
shuffled_step(struct source *source)
{
	struct shuffled *shuffled = (struct shuffled *)source;
	if (shuffled->waiting.len == 0) {
		return false;
	}
	const size_t index = draw(shuffled) % shuffled->waiting.len;
	const struct ticket *ticket = shuffled->waiting.at[index];
	take_out(shuffled, index);
	arena_reset(shuffled->scratch);
	shuffled->answer = NULL;
	(void)source_start(shuffled->below, &ticket->question, keep, shuffled);
	while (!shuffled->answer) {
		const bool stepped = source_step(shuffled->below);
		assert(stepped);
	}
	ticket->done(ticket->context, shuffled->answer);
	return true;
}

static void
shuffled_cancel(struct source *source, struct ticket *ticket)
{
	struct shuffled *shuffled = (struct shuffled *)source;
	for (size_t i = 0; i < shuffled->waiting.len; i++) {
		if (shuffled->waiting.at[i] == ticket) {
			take_out(shuffled, i);
			return;
		}
	}
	assert(false && "what is given up is on its way");
}

static void
shuffled_close(struct source *source)
{
	struct shuffled *shuffled = (struct shuffled *)source;
	arena_free(&shuffled->scratch);
	arena_free(&shuffled->arena);
	free(shuffled);
}

struct source *
shuffled_source_open(struct source *below, uint32_t seed)
{
	static const struct source_ops ops = {
		.start = shuffled_start,
		.step = shuffled_step,
		.cancel = shuffled_cancel,
		.close = shuffled_close,
	};
	struct shuffled *shuffled = xcalloc(1, sizeof(*shuffled));
	shuffled->source.ops = &ops;
	shuffled->below = below;
	shuffled->arena = arena_new();
	shuffled->scratch = arena_new();
	shuffled->state = seed * 2654435761U + 1;
	return &shuffled->source;
}
