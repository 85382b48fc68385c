/* SPDX-License-Identifier: MIT */
/* The calls of the seam, with what both sides promised. */
#include "source/source.h"

#include <assert.h>

void
source_counts_add(
    struct source_counts *counts, const struct source_counts *more)
{
	counts->sent += more->sent;
	counts->answered += more->answered;
	counts->retried += more->retried;
	counts->tcp += more->tcp;
	counts->cached += more->cached;
	counts->slowed += more->slowed;
}

struct ticket *
source_start(struct source *source, const struct question *question,
    source_done_fn *done, void *context)
{
	assert(source && done);
	assert(name_is_set(question->name));
	assert(question->side == SIDE_RESOLVER ||
	       question->server.addr.family != ADDR_NONE);
	return source->ops->start(source, question, done, context);
}

bool
source_step(struct source *source)
{
	assert(source);
	return source->ops->step(source);
}

void
source_cancel(struct source *source, struct ticket *ticket)
{
	assert(source && ticket);
	source->ops->cancel(source, ticket);
}

bool
source_is_full(const struct source *source)
{
	return source->ops->is_full && source->ops->is_full(source);
}

bool
source_is_out(const struct source *source, const struct ticket *ticket)
{
	assert(source && ticket);
	return !source->ops->is_out || source->ops->is_out(source, ticket);
}

void
source_close(struct source **source)
{
	assert(source);
	if (*source) {
		(*source)->ops->close(*source);
		*source = NULL;
	}
}
