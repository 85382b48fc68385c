/* SPDX-License-Identifier: MIT */
/* The table of domains, and bringing two of them together. */
#include "cmd/state.h"

#include "base/arena.h"
#include "base/buf.h"

#include <assert.h>
#include <stdlib.h>

/** A result that several domains have. */
struct shared_result {
	struct table_node node; /* the first member */
	struct result result;
};

struct state *
state_new(struct arena *arena)
{
	struct state *state = ARENA_NEW(arena, struct state);
	state->arena = arena;
	state->domains = table_new(arena);
	state->results = table_new(arena);
	return state;
}

struct state_entry *
state_find(const struct state *state, struct str domain)
{
	return (struct state_entry *)table_find(&state->domains, domain);
}

struct state_entry *
state_entry(struct state *state, struct str domain)
{
	struct state_entry *entry = state_find(state, domain);
	assert(domain.len > 0);
	if (!entry) {
		entry = ARENA_NEW(state->arena, struct state_entry);
		table_add(&state->domains, &entry->node,
		    str_copy(state->arena, domain));
	}
	return entry;
}

/** The whole of *result* in one text. */
static struct str
result_key(struct arena *arena, const struct result *result)
{
	struct buf key = buf_new(arena);
	buf_addf(&key, "%d", (int)result->verdict);
	const struct str *sign;
	vec_foreach(sign, &result->signs) {
		buf_addc(&key, ' ');
		buf_add(&key, *sign);
	}
	return buf_str(&key);
}

static struct shared_result *
result_add(struct state *state, struct str key, const struct result *result)
{
	struct shared_result *shared =
	    ARENA_NEW(state->arena, struct shared_result);
	const struct str *sign;
	shared->result.verdict = result->verdict;
	vec_foreach(sign, &result->signs) {
		vec_push(state->arena, &shared->result.signs,
		    str_copy(state->arena, *sign));
	}
	table_add(&state->results, &shared->node, str_copy(state->arena, key));
	return shared;
}

const struct result *
state_result(struct state *state, const struct result *result)
{
	struct arena *scratch = arena_new_small(512);
	const struct str key = result_key(scratch, result);
	struct shared_result *shared =
	    (struct shared_result *)table_find(&state->results, key);
	if (!shared) {
		shared = result_add(state, key, result);
	}
	arena_free(&scratch);
	return &shared->result;
}

static int
entry_cmp(const void *a, const void *b)
{
	const struct state_entry *const *left = a;
	const struct state_entry *const *right = b;
	return str_cmp((*left)->node.key, (*right)->node.key);
}

struct state_entry **
state_sorted(const struct state *state, struct arena *arena)
{
	struct state_entry **all =
	    (struct state_entry **)table_all(&state->domains, arena);
	qsort(all, state->domains.len, sizeof(*all), entry_cmp);
	return all;
}

/**
 * True if what this run knows is to be written over what the file has now.
 * What another run told stands over what this one kept to itself: whoever
 * reads both must be told when that, too, changes.
 */
static bool
wins(const struct state_entry *run, const struct state_entry *newest)
{
	return !known_eq(&run->now, &run->before) &&
	       (run->told || known_eq(&run->before, &newest->before));
}

bool
state_merge(struct state *newest, const struct state *run)
{
	struct arena *scratch = arena_new();
	struct table_node **all = table_all(&run->domains, scratch);
	bool changed = false;
	for (size_t i = 0; i < run->domains.len; i++) {
		const struct state_entry *entry = (struct state_entry *)all[i];
		if (known_eq(&entry->now, &entry->before)) {
			continue;
		}
		struct state_entry *mine = state_entry(newest, all[i]->key);
		if (!wins(entry, mine)) {
			continue;
		}
		changed = true;
		mine->now = entry->now;
		if (entry->now.result) {
			mine->now.result =
			    state_result(newest, entry->now.result);
		}
	}
	arena_free(&scratch);
	return changed;
}
