/* SPDX-License-Identifier: MIT */
#include "living.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "source/source.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

struct arena *arena;
struct mock_server *mock;
struct source *source;
static bool in_step;
bool pooled;

struct outcome outcomes[MOST];

void
living_begin(void)
{
	arena = arena_new();
	mock = mock_start("127.0.0.1", true);
	cr_assert(mock != NULL);
	memset(outcomes, 0, sizeof(outcomes));
}

void
living_end(void)
{
	source_close(&source);
	mock_stop(mock);
	arena_free(&arena);
}

struct live_config
config_of(const struct server_addr *resolvers, size_t len)
{
	return (struct live_config){
		.resolvers = resolvers,
		.resolvers_len = len,
		.timeout = TIMEOUT,
		.era = clock_era(),
		.pooled = pooled,
	};
}

void
open_with(struct live_config config)
{
	struct err err = { 0 };
	source = live_open(&config, &err);
	cr_assert(source != NULL, "%s", err.text);
}

void
open_mock(void)
{
	const struct server_addr at = mock_at(mock);
	open_with(config_of(&at, 1));
}

void
open_patient(int64_t deadline)
{
	const struct server_addr at = mock_at(mock);
	struct live_config config = config_of(&at, 1);
	config.timeout = 20 * SECOND;
	config.deadline = deadline;
	open_with(config);
}

struct question
question_of(const char *name)
{
	return (struct question){ .name = name_of(arena, name),
		.type = RRTYPE_TXT };
}

void
landed(void *context, const struct answer *answer)
{
	struct outcome *outcome = context;
	cr_assert(in_step, "a callback from outside source_step()");
	outcome->calls++;
	outcome->answer = answer_copy(arena, answer);
	if (outcome->start_then) {
		start(outcome->start_then, outcome + 1);
	}
}

struct ticket *
start(const char *name, struct outcome *outcome)
{
	const struct question question = question_of(name);
	const bool was = in_step;
	in_step = false;
	struct ticket *ticket =
	    source_start(source, &question, landed, outcome);
	in_step = was;
	return ticket;
}

int64_t
run_live(void)
{
	const int64_t from = clock_monotonic();
	bool more = true;
	while (more) {
		in_step = true;
		more = source_step(source);
		in_step = false;
	}
	return clock_monotonic() - from;
}

int64_t
ask_live(const char *name)
{
	start(name, &outcomes[0]);
	const int64_t took = run_live();
	cr_assert(eq(sz, outcomes[0].calls, 1));
	return took;
}

void
expect_status(const struct outcome *outcome, enum answer_status want)
{
	cr_assert(eq(sz, outcome->calls, 1));
	cr_expect(outcome->answer->status == want, "%s, not %s",
	    answer_status_word(outcome->answer->status),
	    answer_status_word(want));
}

void
expect_here(const struct outcome *outcome)
{
	expect_status(outcome, ANSWER_FOUND);
	cr_assert(eq(sz, outcome->answer->rrs_len, 1));
	cr_expect(str_eq(outcome->answer->rrs->rdata.txt.joined, STR("here")));
}

/** What is asked, what must come of it, and how fast. */
struct row {
	const char *name;
	enum answer_status status;
	bool tcp;
	int64_t most;
};

void
expect_every_misbehaviour(void)
{
	static const struct row rows[] = {
		{ "good.x", ANSWER_FOUND, false, SLACK },
		{ "double.x", ANSWER_FOUND, false, SLACK },
		{ "slow.x", ANSWER_FOUND, false, TIMEOUT },
		{ "lost.x", ANSWER_FOUND, false, TIMEOUT },
		{ "question.x", ANSWER_FOUND, false, SLACK },
		{ "forged.x", ANSWER_FOUND, true, SLACK },
		{ "broken.x", ANSWER_FOUND, true, TIMEOUT },
		{ "tc.x", ANSWER_FOUND, true, SLACK },
		{ "drip.x", ANSWER_FOUND, true, TIMEOUT },
		{ "plain.x", ANSWER_FOUND, false, SLACK },
		{ "servfail.x", ANSWER_SERVFAIL, false, SLACK },
		{ "refused.x", ANSWER_REFUSED, false, SLACK },
		{ "lame.x", ANSWER_LAME, false, SLACK },
		{ "silent.x", ANSWER_TIMEOUT, false, TIMEOUT + SLACK },
		{ "stall.x", ANSWER_TIMEOUT, true, TIMEOUT + SLACK },
		{ "flood.x", ANSWER_TIMEOUT, true, TIMEOUT + SLACK },
		{ "cut.x", ANSWER_MALFORMED, true, SLACK },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		mock_stop(mock);
		mock = mock_start("127.0.0.1", true);
		open_mock();
		memset(outcomes, 0, sizeof(outcomes));
		const int64_t took = ask_live(rows[i].name);
		const struct answer *answer = outcomes[0].answer;
		cr_expect(answer->status == rows[i].status, "%s: %s",
		    rows[i].name, answer_status_word(answer->status));
		cr_expect(answer->over_tcp == rows[i].tcp, "%s", rows[i].name);
		cr_expect(took <= rows[i].most, "%s: %lld us", rows[i].name,
		    (long long)took);
		if (rows[i].status == ANSWER_FOUND) {
			expect_here(&outcomes[0]);
		}
		source_close(&source);
	}
}
