/* SPDX-License-Identifier: MIT */
/* A queue of questions whose answers are at hand. */
#include "source/ready.h"

#include "base/alloc.h"
#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct ticket {
	struct ticket *next;
	struct question question;
	source_done_fn *done;
	void *context;
	uint8_t wire[NAME_MAX_WIRE]; /* question.name lives here */
};

void
ready_open(struct ready *ready)
{
	ready->first = NULL;
	ready->last = &ready->first;
	ready->len = 0;
	ready->spare = NULL;
	ready->scratch = arena_new();
}

/** A ticket, of which nothing is set: one that was used, or a new one. */
static struct ticket *
ticket_take(struct ready *ready)
{
	struct ticket *ticket = ready->spare;
	if (!ticket) {
		return xcalloc(1, sizeof(*ticket));
	}
	ready->spare = ticket->next;
	return ticket;
}

/** Keeps *ticket*, which is in no queue, for another question. */
static void
ticket_spare(struct ready *ready, struct ticket *ticket)
{
	ticket->next = ready->spare;
	ready->spare = ticket;
}

struct ticket *
ready_start(struct ready *ready, const struct question *question,
    source_done_fn *done, void *context)
{
	struct ticket *ticket = ticket_take(ready);
	assert(question->name.len <= sizeof(ticket->wire));
	ticket->question = *question;
	memcpy(ticket->wire, question->name.wire, question->name.len);
	ticket->question.name.wire = ticket->wire;
	ticket->done = done;
	ticket->context = context;
	ticket->next = NULL;
	*ready->last = ticket;
	ready->last = &ticket->next;
	ready->len++;
	return ticket;
}

/** Takes *ticket* out of the queue without freeing it. */
static void
detach(struct ready *ready, struct ticket *ticket)
{
	struct ticket **at = &ready->first;
	while (*at != ticket) {
		assert(*at);
		at = &(*at)->next;
	}
	*at = ticket->next;
	if (!ticket->next) {
		ready->last = at;
	}
	ready->len--;
}

/** Answers the oldest question. */
static void
deliver(struct ready *ready, struct source *source, ready_answer_fn *answer)
{
	struct ticket *ticket = ready->first;
	detach(ready, ticket);
	source->counts.answered++;
	ticket->done(
	    ticket->context, answer(source, &ticket->question, ready->scratch));
	ticket_spare(ready, ticket);
	arena_reset(ready->scratch);
}

bool
ready_step(struct ready *ready, struct source *source, ready_answer_fn *answer)
{
	/* What a callback asks waits for the next step. */
	size_t most = ready->len;
	const bool any = most > 0;
	while (most-- > 0 && ready->first) {
		deliver(ready, source, answer);
	}
	return any;
}

void
ready_cancel(struct ready *ready, struct ticket *ticket)
{
	detach(ready, ticket);
	ticket_spare(ready, ticket);
}

void
ready_close(struct ready *ready)
{
	while (ready->first) {
		ready_cancel(ready, ready->first);
	}
	while (ready->spare) {
		free(ticket_take(ready));
	}
	arena_free(&ready->scratch);
}
