/* SPDX-License-Identifier: MIT */
/*
 * "Ask, or come again": how everything that judges sees DNS.
 *
 * A task is an ordinary function over a ledger that only grows. ask() gives
 * an answer that is known; if it is not, ask() notes the question, gives
 * NULL, and the task goes on with what it has. When an answer lands, the
 * tasks that wanted it run again from the top; the run in which nothing was
 * missing is the one that counts. The rules for what runs in a task:
 *
 * - no clock but look_now(), no randomness, no output, no memory between runs;
 * - ask everything that can be asked before the first return; in a loop,
 *   continue past what is missing;
 * - keep results in look_scratch() memory: it is forgotten when the task has
 *   to run again, and otherwise lives until look_close().
 */
#ifndef LOOK_LOOK_H
#define LOOK_LOOK_H

#include "dns/answer.h"
#include "dns/name.h"
#include "dns/question.h"
#include "dns/rr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct ledger;
struct look;

enum {
	LOOK_MAX_TASKS = 64,
	LOOK_MAX_QUESTIONS = 200,  /* a domain, unless set otherwise */
	LOOK_MAX_OCTETS = 2 << 20, /* of answers, about */
};

/** The answer at the resolver to *name* and *type*; NULL: not known yet. */
const struct answer *ask(struct look *look, struct name name, enum rrtype type);

/** The answer to any question; NULL: not known yet. */
const struct answer *ask_question(
    struct look *look, const struct question *question);

/** Seconds since 1970 at which this look began; the only clock there is. */
int64_t look_now(const struct look *look);

/** The memory for what the running task makes. */
struct arena *look_scratch(struct look *look);

/** Makes something in *arena* of *part*, and of nothing but that. */
typedef const void *look_make_fn(struct arena *arena, const void *part);

/**
 * What *make* makes of *part*, which must lie in an answer of this look. It
 * is made once and then kept beside the answers, so it costs nothing to ask
 * for it again in each run.
 */
const void *look_made(struct look *look, look_make_fn *make, const void *part);

/** True if a limit kept something from being asked, or an answer out. */
bool look_is_capped(const struct look *look);

/** All that was asked, for evidence, saving and tests. */
const struct ledger *look_ledger(const struct look *look);

#endif
