/* SPDX-License-Identifier: MIT */
/* Questions wait; a step draws one of them and lets it be answered. */
#include "shuffle_source.h"

#include "dice.h"

#include "base/alloc.h"
#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>

struct ticket {
	struct ticket *next;
	struct arena *arena; /* holds the question's name */
	struct question question;
	source_done_fn *done;
	void *context;
	bool answered;
};

struct shuffle_source {
	struct source source;
	struct source *below;
	struct dice dice;
	struct ticket *first;
	size_t waiting;
};

static struct ticket *
shuffle_start(struct source *source, const struct question *question,
    source_done_fn *done, void *context)
{
	struct shuffle_source *shuffle = (struct shuffle_source *)source;
	struct ticket *ticket = xcalloc(1, sizeof(*ticket));
	ticket->arena = arena_new();
	ticket->question = *question;
	ticket->question.name = name_from_wire(
	    ticket->arena, question->name.wire, question->name.len);
	ticket->done = done;
	ticket->context = context;
	ticket->next = shuffle->first;
	shuffle->first = ticket;
	shuffle->waiting++;
	return ticket;
}

/** Takes out the ticket to which *link* points. */
static struct ticket *
take(struct shuffle_source *shuffle, struct ticket **link)
{
	struct ticket *ticket = *link;
	*link = ticket->next;
	shuffle->waiting--;
	return ticket;
}

static void
ticket_free(struct ticket *ticket)
{
	arena_free(&ticket->arena);
	free(ticket);
}

/** Hands on what the source below answered. */
static void
answered(void *context, const struct answer *answer)
{
	struct ticket *ticket = context;
	ticket->answered = true;
	ticket->done(ticket->context, answer);
}

static bool
shuffle_step(struct source *source)
{
	struct shuffle_source *shuffle = (struct shuffle_source *)source;
	if (shuffle->waiting == 0) {
		return false;
	}
	struct ticket **link = &shuffle->first;
	size_t skip = dice_throw(&shuffle->dice, shuffle->waiting);
	while (skip-- > 0) {
		link = &(*link)->next;
	}
	struct ticket *ticket = take(shuffle, link);
	(void)source_start(shuffle->below, &ticket->question, answered, ticket);
	while (!ticket->answered) {
		const bool stepped = source_step(shuffle->below);
		assert(stepped);
	}
	ticket_free(ticket);
	return true;
}

static void
shuffle_cancel(struct source *source, struct ticket *ticket)
{
	struct shuffle_source *shuffle = (struct shuffle_source *)source;
	struct ticket **link = &shuffle->first;
	while (*link != ticket) {
		assert(*link);
		link = &(*link)->next;
	}
	ticket_free(take(shuffle, link));
}

static void
shuffle_close(struct source *source)
{
	struct shuffle_source *shuffle = (struct shuffle_source *)source;
	while (shuffle->first) {
		ticket_free(take(shuffle, &shuffle->first));
	}
	free(shuffle);
}

struct source *
shuffle_source_open(struct source *below, uint64_t seed)
{
	static const struct source_ops ops = {
		.start = shuffle_start,
		.step = shuffle_step,
		.cancel = shuffle_cancel,
		.close = shuffle_close,
	};
	struct shuffle_source *shuffle = xcalloc(1, sizeof(*shuffle));
	assert(below);
	shuffle->source.ops = &ops;
	shuffle->below = below;
	shuffle->dice = dice_new(seed);
	return &shuffle->source;
}
