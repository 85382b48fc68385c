/* SPDX-License-Identifier: MIT */
/*
 * The engine: runs tasks over a ledger until none of them misses an answer.
 * Must never know what the tasks judge, nor where answers come from.
 */
#ifndef LOOK_RUN_H
#define LOOK_RUN_H

#include "look/look.h"

#include "dns/name.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct source;

/**
 * One thing to find out. *run* is called again and again until it misses
 * nothing; it must leave its result in what *context* points to, whole
 * anew at each call.
 */
struct task {
	void (*run)(struct look *look, void *context);
	void *context;
};

/**
 * Opens a look at *source* that began at *now* (seconds since 1970). It
 * lives in *arena*; look_close() must come before the source is closed.
 */
struct look *look_open(struct arena *arena, struct source *source, int64_t now);

/** Sets another limit on the number of questions. */
void look_limit(struct look *look, size_t questions);

/**
 * Lets questions about names that do not lie under *own* go to *shared*,
 * which steps with the source of the look: what others ask too.
 */
void look_share(struct look *look, struct source *shared, struct name own);

/**
 * Lets a task run only when all that it missed is there, not at each answer:
 * fewer runs, but it asks on later where some answers are slow.
 */
void look_be_patient(struct look *look);

/**
 * Adds *task*; at most LOOK_MAX_TASKS in a look. Its scratch memory lives
 * until look_close().
 */
void look_add(struct look *look, const struct task *task);

/** Runs the tasks that are due; true when none of them misses anything. */
bool look_advance(struct look *look);

/** True if look_advance() would run a task: cheap to ask often. */
bool look_is_due(const struct look *look);

/** True if some question of it is out, see source_is_out(). */
bool look_is_out(const struct look *look);

/**
 * Waits no longer: what is not answered yet, and what is asked from now on,
 * has the answer ANSWER_TIMEOUT. look_advance() ends it then.
 */
void look_give_up(struct look *look);

/** True if look_give_up() was called: silence proves nothing then. */
bool look_is_given_up(const struct look *look);

/** Runs until nothing is missing, stepping the source. */
void look_run(struct look *look);

/** Gives up what is on its way and frees the scratch memory. */
void look_close(struct look *look);

#endif
