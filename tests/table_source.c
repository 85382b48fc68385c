/* SPDX-License-Identifier: MIT */
/* Answers out of a table, in random order. */
#include "table_source.h"

#include "base/alloc.h"
#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
	MOST = 256
};

struct ticket {
	struct question question;
	source_done_fn *done;
	void *context;
};

struct table_source {
	struct source source;
	const struct table_row *rows;
	size_t rows_len;
	uint32_t seed;
	struct ticket *waiting[MOST];
	size_t waiting_len;
	size_t started;
	size_t cancelled;
	struct arena *arena;
};

static struct ticket *
table_start(struct source *source, const struct question *question,
    source_done_fn *done, void *context)
{
	struct table_source *table = (struct table_source *)source;
	struct ticket *ticket = xcalloc(1, sizeof(*ticket));
	assert(table->waiting_len < MOST);
	ticket->question = *question;
	ticket->done = done;
	ticket->context = context;
	table->waiting[table->waiting_len++] = ticket;
	table->started++;
	return ticket;
}

/** The next number of a small linear congruential generator. */
static uint32_t
draw(struct table_source *table)
{
	table->seed = table->seed * 1664525U + 1013904223U;
	return table->seed >> 8;
}

static struct ticket *
take(struct table_source *table, size_t at)
{
	struct ticket *ticket = table->waiting[at];
	table->waiting[at] = table->waiting[--table->waiting_len];
	return ticket;
}

static const struct answer *
find_answer(struct table_source *table, const struct question *question)
{
	struct arena *arena = table->arena;
	struct answer *answer = ARENA_NEW(arena, struct answer);
	const struct str name = name_text(arena, question->name);
	answer->status = ANSWER_NXDOMAIN;
	for (size_t i = 0; i < table->rows_len; i++) {
		if (!str_eq(name, str_of(table->rows[i].name))) {
			continue;
		}
		struct rr *rr = ARENA_NEW(arena, struct rr);
		rr->owner = question->name;
		rr->type = RRTYPE_TXT;
		rr->rdata.txt = rr_txt_of(arena, str_of(table->rows[i].txt));
		answer->status = ANSWER_FOUND;
		answer->rrs = rr;
		answer->rrs_len = 1;
	}
	return answer;
}

static bool
table_step(struct source *source)
{
	struct table_source *table = (struct table_source *)source;
	if (table->waiting_len == 0) {
		return false;
	}
	struct ticket *ticket = take(table, draw(table) % table->waiting_len);
	ticket->done(ticket->context, find_answer(table, &ticket->question));
	free(ticket);
	return true;
}

static void
table_cancel(struct source *source, struct ticket *ticket)
{
	struct table_source *table = (struct table_source *)source;
	for (size_t i = 0; i < table->waiting_len; i++) {
		if (table->waiting[i] == ticket) {
			free(take(table, i));
			table->cancelled++;
			return;
		}
	}
	assert(!"a ticket that is not waiting");
}

static void
table_close(struct source *source)
{
	struct table_source *table = (struct table_source *)source;
	while (table->waiting_len > 0) {
		free(take(table, 0));
	}
	arena_free(&table->arena);
	free(table);
}

struct source *
table_source_open(const struct table_row *rows, size_t rows_len, uint32_t seed)
{
	static const struct source_ops ops = {
		.start = table_start,
		.step = table_step,
		.cancel = table_cancel,
		.close = table_close,
	};
	struct table_source *table = xcalloc(1, sizeof(*table));
	table->source.ops = &ops;
	table->rows = rows;
	table->rows_len = rows_len;
	table->seed = seed;
	table->arena = arena_new();
	return &table->source;
}

size_t
table_source_started(const struct source *source)
{
	return ((const struct table_source *)source)->started;
}

size_t
table_source_cancelled(const struct source *source)
{
	return ((const struct table_source *)source)->cancelled;
}
