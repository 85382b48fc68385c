/* SPDX-License-Identifier: MIT */
/*
 * A live source that asks a mock server, and what came of the questions; one
 * at a time in a test.
 */
#ifndef TESTS_LIVING_H
#define TESTS_LIVING_H

#include "dns/answer.h"
#include "dns/question.h"
#include "mock_server.h"
#include "net/live.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct source;
struct ticket;

enum {
	SECOND = 1000000,
	TIMEOUT = SECOND * 3 / 2,
	SLACK = SECOND, /* for a machine that is busy */
	MOST = 1000,
};

/** What came of a question. */
struct outcome {
	size_t calls;
	struct answer *answer;
	const char *start_then; /* a name to ask from inside the callback */
};

/** Of the test that runs. */
extern struct arena *arena;
extern struct mock_server *mock;
extern struct source *source;
extern bool pooled; /* whether questions share sockets */
extern struct outcome outcomes[MOST];

/** For the init of a suite: memory, and a mock server. */
void living_begin(void);

/** For the fini of a suite. */
void living_end(void);

/** How to ask *resolvers*, with TIMEOUT for a question. */
struct live_config config_of(const struct server_addr *resolvers, size_t len);

/** Opens the source. */
void open_with(struct live_config config);

/** Opens the source to ask the mock server. */
void open_mock(void);

/** Opens with a timeout that no test wants to see. */
void open_patient(int64_t deadline);

/** The question for TXT at *name*. */
struct question question_of(const char *name);

/** A source_done_fn whose context is an outcome. */
void landed(void *context, const struct answer *answer);

/** Begins to ask for TXT at *name*. */
struct ticket *start(const char *name, struct outcome *outcome);

/** Steps until nothing is on its way; gives the microseconds it took. */
int64_t run_live(void);

/** Asks one question into the first outcome. */
int64_t ask_live(const char *name);

/** Expects exactly one answer, with this status. */
void expect_status(const struct outcome *outcome, enum answer_status want);

/** The true answer, and none that was made up. */
void expect_here(const struct outcome *outcome);

/** Asks for every misbehaviour and expects its outcome within its time. */
void expect_every_misbehaviour(void);

#endif
