/* SPDX-License-Identifier: MIT */
/*
 * What was asked about one domain and what came back. It only grows, and it
 * remembers which tasks wait for which answer.
 * Must never know what the questions are for.
 */
#ifndef LOOK_LEDGER_H
#define LOOK_LEDGER_H

#include "dns/answer.h"
#include "dns/question.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct ledger;

/** One question with its answer; entries never move. */
struct ledger_entry {
	struct question question;
	/*
	 * NULL: not known yet. At the end of a look some may still be open:
	 * asked in a run that did not count, and not needed after all.
	 */
	const struct answer *answer;
	uint64_t waiting; /* a bit for each task that waits */
	uint64_t wanted;  /* a bit for each task whose last run asked this */
};

/** Makes an empty ledger that lives in *arena*. */
struct ledger *ledger_new(struct arena *arena);

/** Finds the entry of *question*; NULL if it was not asked. */
struct ledger_entry *ledger_find(
    const struct ledger *ledger, const struct question *question);

/** Adds *question*, which must not be there yet; its name is copied. */
struct ledger_entry *ledger_add(
    struct ledger *ledger, const struct question *question);

/** Notes a copy of *answer* as the answer of *entry*, once. */
void ledger_settle(struct ledger *ledger, struct ledger_entry *entry,
    const struct answer *answer);

/** Forgets what the last runs of *tasks*, a bit each, asked. */
void ledger_unwant(struct ledger *ledger, uint64_t tasks);

/**
 * True if *entry* is answered and was asked in a run that counts. Which
 * others there are depends on the order in which answers came.
 */
bool ledger_entry_counts(const struct ledger_entry *entry);

/** How many questions there are, answered or not. */
size_t ledger_count(const struct ledger *ledger);

/** The question number *index*, in the order in which they were asked. */
struct ledger_entry *ledger_at(const struct ledger *ledger, size_t index);

#endif
