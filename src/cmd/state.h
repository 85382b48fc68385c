/* SPDX-License-Identifier: MIT */
/*
 * What is known of all domains of a state file, in memory: compact, since a
 * fleet has hundreds of thousands of domains and few different results.
 */
#ifndef CMD_STATE_H
#define CMD_STATE_H

#include "base/str.h"
#include "base/table.h"
#include "cmd/known.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/** One domain. */
struct state_entry {
	struct table_node node; /* the first member; its key is the domain */
	struct known before;    /* as the file had it */
	struct known now;       /* as this run leaves it */
	bool told;              /* this run told its result */
};

struct state {
	struct arena *arena;
	struct table domains; /* of struct state_entry */
	struct table results; /* each different one once */
};

/** An empty state in *arena*. */
struct state *state_new(struct arena *arena);

/** What is known of *domain*; NULL if it was never heard of. */
struct state_entry *state_find(const struct state *state, struct str domain);

/** The same; adds an entry without any knowledge if there is none. */
struct state_entry *state_entry(struct state *state, struct str domain);

/** *result* as it is shared among domains, copied if it is the first. */
const struct result *state_result(
    struct state *state, const struct result *result);

/** All domains, sorted, in *arena*; state->domains.len of them. */
struct state_entry **state_sorted(
    const struct state *state, struct arena *arena);

/**
 * Brings what this run learned into *newest*, the file as it is now. Where
 * another run was at the same domain meanwhile, what was told last stands.
 * True if *newest* is another one then.
 */
bool state_merge(struct state *newest, const struct state *run);

#endif
