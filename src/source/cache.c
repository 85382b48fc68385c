/* SPDX-License-Identifier: MIT */
/*
 * A hash table of entries in a ring by last use. An entry is an answer with
 * its arena, or a question on its way with those who wait for it.
 */
#include "source/cache.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/queue.h"

#include <assert.h>
#include <stdlib.h>

enum {
	FIRST_SLOTS = 1024,
	FIRST_BLOCK = 768, /* most answers fit */
	SECOND = 1000000,  /* microseconds */
};

struct cache;

/** One who asked: with an entry that is on its way, or among the due. */
struct wait {
	struct queue_link link; /* first: a link is its wait */
	struct entry *entry;
	source_done_fn *done;
	void *context;
};

struct entry {
	struct entry *chain; /* of the slot */
	struct entry *older; /* the ring by last use */
	struct entry *newer;
	struct cache *cache;
	struct arena *arena; /* of question and answer */
	struct question question;
	const struct answer *answer; /* NULL: on its way */
	int64_t landed;              /* when it came */
	int64_t expires;
	struct ticket *below; /* while it is on its way */
	struct queue waits;
	size_t pins; /* deliveries that are due */
};

struct cache {
	struct source source;
	struct source *below;
	cache_clock_fn *clock;
	struct arena *scratch; /* of one delivery */
	struct queue due;      /* in the order of asking */
	struct entry ring;     /* a head; its newer is the oldest */
	struct entry **slots;
	size_t slots_len; /* a power of two */
	size_t entries_len;
	size_t most;  /* bytes */
	size_t bytes; /* of the arenas of answers */
};

static struct entry **
slot_of(const struct cache *cache, const struct question *question)
{
	return &cache->slots[question_hash(question) & (cache->slots_len - 1)];
}

static struct entry *
entry_find(const struct cache *cache, const struct question *question)
{
	struct entry *entry = *slot_of(cache, question);
	while (entry && !question_equal(&entry->question, question)) {
		entry = entry->chain;
	}
	return entry;
}

static void
ring_leave(struct entry *entry)
{
	entry->older->newer = entry->newer;
	entry->newer->older = entry->older;
}

/** Puts *entry* at the end where the newest are. */
static void
ring_join(struct cache *cache, struct entry *entry)
{
	entry->newer = &cache->ring;
	entry->older = cache->ring.older;
	entry->older->newer = entry;
	cache->ring.older = entry;
}

static void
entry_free(struct cache *cache, struct entry *entry)
{
	struct entry **at = slot_of(cache, &entry->question);
	while (*at != entry) {
		at = &(*at)->chain;
	}
	*at = entry->chain;
	ring_leave(entry);
	cache->entries_len--;
	if (entry->answer) {
		cache->bytes -= arena_size(entry->arena);
	}
	arena_free(&entry->arena);
	free(entry);
}

/** Makes room: what is on its way or due stays. */
static void
evict(struct cache *cache)
{
	struct entry *entry = cache->ring.newer;
	while (cache->bytes > cache->most && entry != &cache->ring) {
		struct entry *newer = entry->newer;
		if (entry->answer && entry->pins == 0) {
			entry_free(cache, entry);
		}
		entry = newer;
	}
}

static void
slots_double(struct cache *cache)
{
	struct entry **old = cache->slots;
	const size_t old_len = cache->slots_len;
	cache->slots_len *= 2;
	cache->slots = xcalloc(cache->slots_len, sizeof(*cache->slots));
	for (size_t i = 0; i < old_len; i++) {
		while (old[i]) {
			struct entry *entry = old[i];
			old[i] = entry->chain;
			struct entry **slot = slot_of(cache, &entry->question);
			entry->chain = *slot;
			*slot = entry;
		}
	}
	free(old);
}

static struct entry *
entry_new(struct cache *cache, const struct question *question)
{
	struct entry *entry = xcalloc(1, sizeof(*entry));
	if (cache->entries_len >= cache->slots_len) {
		slots_double(cache);
	}
	entry->cache = cache;
	entry->arena = arena_new_small(FIRST_BLOCK);
	entry->question = *question;
	entry->question.name = name_from_wire(
	    entry->arena, question->name.wire, question->name.len);
	struct entry **slot = slot_of(cache, question);
	entry->chain = *slot;
	*slot = entry;
	ring_join(cache, entry);
	cache->entries_len++;
	return entry;
}

/** The lowest TTL of *len* records, at most *lowest*. */
static int64_t
lowest_ttl(const struct rr *rrs, size_t len, int64_t lowest)
{
	for (size_t i = 0; i < len; i++) {
		if (rrs[i].ttl < lowest) {
			lowest = rrs[i].ttl;
		}
	}
	return lowest;
}

/** How many seconds *answer* may be kept. */
static int64_t
lifetime(const struct answer *answer)
{
	if (answer_failed(answer) || answer->status == ANSWER_LOOP) {
		return CACHE_FAILURE;
	}
	int64_t most = CACHE_LONGEST;
	if (answer_is_absent(answer)) {
		const int64_t no = answer_negative_ttl(answer);
		most = no < CACHE_LONGEST_NO ? no : CACHE_LONGEST_NO;
	}
	most = lowest_ttl(answer->rrs, answer->rrs_len, most);
	most = lowest_ttl(answer->chain, answer->chain_len, most);
	return most > 0 ? most : 0;
}

/** Takes the first out of *waits*; NULL if there is none. */
static struct wait *
wait_pop(struct queue *waits)
{
	return (struct wait *)queue_pop(waits);
}

/**
 * Forgets *wait*, which is in no queue, then hands *answer* on: who
 * is called may ask again.
 */
static void
wait_end(struct cache *cache, struct wait *wait, const struct answer *answer)
{
	source_done_fn *const done = wait->done;
	void *const context = wait->context;
	assert(!wait->link.queue);
	cache->source.counts.answered++;
	free(wait);
	done(context, answer);
}

static void
entry_landed(void *context, const struct answer *answer)
{
	struct entry *entry = context;
	struct cache *cache = entry->cache;
	const int64_t seconds = lifetime(answer);
	entry->below = NULL;
	entry->landed = cache->clock();
	entry->expires = entry->landed + seconds * SECOND;
	entry->answer = answer_copy(entry->arena, answer);
	cache->bytes += arena_size(entry->arena);
	entry->pins++;
	struct answer shared = *answer;
	struct wait *wait;
	while ((wait = wait_pop(&entry->waits))) {
		wait_end(cache, wait, &shared);
		/* It was sent for once, whoever else waited for it. */
		shared.cached = true;
		shared.sends = 0;
	}
	entry->pins--;
	evict(cache);
}

/** A copy of the entry's answer as it is now, in the scratch memory. */
static const struct answer *
aged_answer(struct cache *cache, const struct entry *entry)
{
	const int64_t age = (cache->clock() - entry->landed) / SECOND;
	struct answer *answer = answer_copy(cache->scratch, entry->answer);
	answer->cached = true;
	answer->sends = 0;
	answer_grow_older(answer, (uint32_t)age);
	return answer;
}

/** The entry of *question* if it still counts. */
static struct entry *
entry_current(struct cache *cache, const struct question *question)
{
	struct entry *entry = entry_find(cache, question);
	if (entry && entry->answer && cache->clock() >= entry->expires &&
	    entry->pins == 0) {
		entry_free(cache, entry);
		return NULL;
	}
	if (entry) {
		ring_leave(entry);
		ring_join(cache, entry);
	}
	return entry;
}

static struct ticket *
cache_start(struct source *source, const struct question *question,
    source_done_fn *done, void *context)
{
	struct cache *cache = (struct cache *)source;
	struct wait *wait = xcalloc(1, sizeof(*wait));
	struct entry *entry = entry_current(cache, question);
	const bool is_new = !entry;
	if (is_new) {
		entry = entry_new(cache, question);
	}
	wait->entry = entry;
	wait->done = done;
	wait->context = context;
	if (entry->answer) {
		cache->source.counts.cached++;
		entry->pins++;
		queue_push(&cache->due, &wait->link);
		return (struct ticket *)wait;
	}
	queue_push_front(&entry->waits, &wait->link);
	if (is_new) {
		entry->below = source_start(
		    cache->below, &entry->question, entry_landed, entry);
	} else {
		cache->source.counts.cached++;
	}
	return (struct ticket *)wait;
}

static bool
cache_step(struct source *source)
{
	struct cache *cache = (struct cache *)source;
	struct wait *wait = wait_pop(&cache->due);
	if (!wait) {
		/* Others may ask below as well. */
		return source_step(cache->below);
	}
	const struct answer *answer = aged_answer(cache, wait->entry);
	wait->entry->pins--;
	wait_end(cache, wait, answer);
	arena_reset(cache->scratch);
	return true;
}

/** Frees *entry* for which nobody waits, on its way or not. */
static void
entry_drop(struct cache *cache, struct entry *entry)
{
	assert(entry->waits.len == 0);
	if (!entry->answer) {
		source_cancel(cache->below, entry->below);
	}
	entry_free(cache, entry);
}

static void
cache_cancel(struct source *source, struct ticket *ticket)
{
	struct cache *cache = (struct cache *)source;
	struct wait *wait = (struct wait *)ticket;
	struct entry *entry = wait->entry;
	const bool due = wait->link.queue == &cache->due;
	queue_remove(&wait->link);
	free(wait);
	if (due) {
		entry->pins--;
	} else if (!entry->answer && entry->waits.len == 0) {
		entry_drop(cache, entry);
	}
}

static bool
cache_is_out(const struct source *source, const struct ticket *ticket)
{
	const struct cache *cache = (const struct cache *)source;
	const struct entry *entry = ((const struct wait *)ticket)->entry;
	return entry->answer || source_is_out(cache->below, entry->below);
}

static void
waits_free(struct queue *waits)
{
	struct wait *wait;
	while ((wait = wait_pop(waits))) {
		free(wait);
	}
}

static void
cache_close(struct source *source)
{
	struct cache *cache = (struct cache *)source;
	struct entry *entry = cache->ring.newer;
	while (entry != &cache->ring) {
		struct entry *newer = entry->newer;
		waits_free(&entry->waits);
		entry_drop(cache, entry);
		entry = newer;
	}
	waits_free(&cache->due);
	arena_free(&cache->scratch);
	free(cache->slots);
	free(cache);
}

struct source *
cache_open(struct source *below, size_t bytes, cache_clock_fn *clock)
{
	static const struct source_ops ops = {
		.start = cache_start,
		.step = cache_step,
		.cancel = cache_cancel,
		.close = cache_close,
		.is_out = cache_is_out,
	};
	struct cache *cache = xcalloc(1, sizeof(*cache));
	assert(below && clock);
	cache->source.ops = &ops;
	cache->below = below;
	cache->clock = clock;
	cache->most = bytes;
	cache->scratch = arena_new();
	cache->ring.older = &cache->ring;
	cache->ring.newer = &cache->ring;
	cache->slots_len = FIRST_SLOTS;
	cache->slots = xcalloc(cache->slots_len, sizeof(*cache->slots));
	return &cache->source;
}
