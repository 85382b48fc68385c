/* SPDX-License-Identifier: MIT */
/*
 * "Ask, or come again". A task has a bit; an entry of the ledger keeps the
 * bits of the tasks that miss it; when its answer lands these are due again.
 * The scratch memory of a task is reset before each of its runs, so nothing
 * of an unfinished run is ever seen.
 */
#include "look/run.h"

#include "base/arena.h"
#include "base/vec.h"
#include "look/ledger.h"
#include "look/memo.h"
#include "source/source.h"

#include <assert.h>

struct work {
	struct task task;
	struct arena *scratch;
	bool missed;   /* the last run missed an answer: it does not count */
	size_t awaits; /* answers that are still to come */
};

/** A question on its way. */
struct flight {
	struct look *look;
	struct ledger_entry *entry;
	struct source *source;
	struct ticket *ticket; /* NULL once it has landed */
};

struct look {
	struct arena *arena;
	struct source *source;
	struct source *shared; /* for names not under *own*; or NULL */
	struct name own;
	bool patient;
	struct ledger *ledger;
	struct memos memos;
	int64_t now;
	size_t limit;
	size_t octets; /* of the answers so far */
	bool capped;
	bool given_up;
	struct VEC(struct work) works;
	struct VEC(struct flight *) flights;
	size_t fresh; /* entries of the ledger that were not started yet */
	uint64_t due; /* the tasks to run */
	struct work *running;
};

/** The answer to what is past a limit. */
static const struct answer CAPPED = { .status = ANSWER_CAPPED };

/** The answer to what was given up. */
static const struct answer LATE = { .status = ANSWER_TIMEOUT };

struct look *
look_open(struct arena *arena, struct source *source, int64_t now)
{
	assert(arena && source);
	struct look *look = ARENA_NEW(arena, struct look);
	look->arena = arena;
	look->source = source;
	look->ledger = ledger_new(arena);
	look->now = now;
	look->limit = LOOK_MAX_QUESTIONS;
	return look;
}

void
look_limit(struct look *look, size_t questions)
{
	look->limit = questions;
}

void
look_share(struct look *look, struct source *shared, struct name own)
{
	look->shared = shared;
	look->own = own;
}

void
look_be_patient(struct look *look)
{
	look->patient = true;
}

void
look_add(struct look *look, const struct task *task)
{
	assert(look->works.len < LOOK_MAX_TASKS);
	const struct work work = { .task = *task, .scratch = arena_new() };
	look->due |= UINT64_C(1) << look->works.len;
	vec_push(look->arena, &look->works, work);
}

/** The bit of the task that is running. */
static uint64_t
running_bit(const struct look *look)
{
	return UINT64_C(1) << (look->running - look->works.at);
}

/** True if *work*, for which an answer came, is to run again. */
static bool
work_is_due(const struct look *look, struct work *work)
{
	assert(work->awaits > 0);
	work->awaits--;
	return work->awaits == 0 || !look->patient;
}

/** Notes that an answer came for which *tasks*, a bit each, have waited. */
static void
tasks_are_due(struct look *look, uint64_t tasks)
{
	for (size_t i = 0; i < look->works.len; i++) {
		const uint64_t bit = UINT64_C(1) << i;
		if (tasks & bit && work_is_due(look, &look->works.at[i])) {
			look->due |= bit;
		}
	}
}

/** Notes *answer* for those who have waited for *entry*. */
static void
entry_settle(
    struct look *look, struct ledger_entry *entry, const struct answer *answer)
{
	ledger_settle(look->ledger, entry, answer);
	tasks_are_due(look, entry->waiting);
	entry->waiting = 0;
}

static void
landed(void *context, const struct answer *answer)
{
	struct flight *flight = context;
	struct look *look = flight->look;
	flight->ticket = NULL;
	look->octets += answer_octets(answer);
	if (look->octets > LOOK_MAX_OCTETS) {
		look->capped = true;
		answer = &CAPPED;
	}
	entry_settle(look, flight->entry, answer);
}

/** Who is to answer *question*. */
static struct source *
source_for(const struct look *look, const struct question *question)
{
	return look->shared && !name_is_under(question->name, look->own)
		   ? look->shared
		   : look->source;
}

/** Sends off what the tasks have asked since the last time. */
static void
flights_start(struct look *look)
{
	while (look->fresh < ledger_count(look->ledger)) {
		struct ledger_entry *entry =
		    ledger_at(look->ledger, look->fresh++);
		if (look->given_up) {
			entry_settle(look, entry, &LATE);
			continue;
		}
		struct flight *flight = ARENA_NEW(look->arena, struct flight);
		flight->look = look;
		flight->entry = entry;
		vec_push(look->arena, &look->flights, flight);
		flight->source = source_for(look, &entry->question);
		flight->ticket = source_start(
		    flight->source, &entry->question, landed, flight);
	}
}

static void
work_run(struct look *look, struct work *work)
{
	look->running = work;
	ledger_unwant(look->ledger, running_bit(look));
	work->missed = false;
	arena_reset(work->scratch);
	work->task.run(look, work->task.context);
	look->running = NULL;
}

/** Runs the tasks that are due, once; true when none misses anything. */
static bool
tasks_run(struct look *look)
{
	bool complete = true;
	for (size_t i = 0; i < look->works.len; i++) {
		if (look->due >> i & 1) {
			work_run(look, &look->works.at[i]);
		}
		complete = complete && !look->works.at[i].missed;
	}
	look->due = 0;
	flights_start(look);
	return complete;
}

bool
look_advance(struct look *look)
{
	bool complete = tasks_run(look);
	while (!complete && look->given_up) {
		complete = tasks_run(look);
	}
	return complete;
}

bool
look_is_due(const struct look *look)
{
	return look->due != 0;
}

bool
look_is_out(const struct look *look)
{
	struct flight *const *flight;
	vec_foreach(flight, &look->flights) {
		if ((*flight)->ticket &&
		    source_is_out((*flight)->source, (*flight)->ticket)) {
			return true;
		}
	}
	return false;
}

/** Takes back what is on its way. */
static void
flights_cancel(struct look *look)
{
	struct flight **flight;
	vec_foreach(flight, &look->flights) {
		if ((*flight)->ticket) {
			source_cancel((*flight)->source, (*flight)->ticket);
			(*flight)->ticket = NULL;
		}
	}
}

void
look_give_up(struct look *look)
{
	struct flight **flight;
	look->given_up = true;
	flights_cancel(look);
	vec_foreach(flight, &look->flights) {
		if (!(*flight)->entry->answer) {
			entry_settle(look, (*flight)->entry, &LATE);
		}
	}
}

bool
look_is_given_up(const struct look *look)
{
	return look->given_up;
}

void
look_run(struct look *look)
{
	while (!look_advance(look)) {
		const bool stepped = source_step(look->source);
		assert(stepped);
	}
}

void
look_close(struct look *look)
{
	struct work *work;
	flights_cancel(look);
	vec_foreach(work, &look->works) {
		arena_free(&work->scratch);
	}
}

const struct answer *
ask_question(struct look *look, const struct question *question)
{
	assert(look->running && name_is_set(question->name));
	struct ledger_entry *entry = ledger_find(look->ledger, question);
	if (!entry) {
		if (ledger_count(look->ledger) >= look->limit) {
			look->capped = true;
			return &CAPPED;
		}
		entry = ledger_add(look->ledger, question);
	}
	entry->wanted |= running_bit(look);
	if (!entry->answer) {
		look->running->awaits += !(entry->waiting & running_bit(look));
		entry->waiting |= running_bit(look);
		look->running->missed = true;
	}
	return entry->answer;
}

const struct answer *
ask(struct look *look, struct name name, enum rrtype type)
{
	const struct question question = { .name = name, .type = type };
	return ask_question(look, &question);
}

int64_t
look_now(const struct look *look)
{
	return look->now;
}

struct arena *
look_scratch(struct look *look)
{
	assert(look->running);
	return look->running->scratch;
}

const void *
look_made(struct look *look, look_make_fn *make, const void *part)
{
	return memos_get(&look->memos, look->arena, make, part);
}

bool
look_is_capped(const struct look *look)
{
	return look->capped;
}

const struct ledger *
look_ledger(const struct look *look)
{
	return look->ledger;
}
