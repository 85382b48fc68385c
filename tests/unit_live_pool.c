/* SPDX-License-Identifier: MIT */
/* The live source whose questions share sockets. */
#include "net/live.h"

#include "base/clock.h"
#include "living.h"
#include "loopback.h"
#include "source/cache.h"
#include "source/source.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <poll.h>

TestSuite(live_pool, .init = living_begin, .fini = living_end, .timeout = 60);

Test(live_pool, questions_that_share_sockets_fare_no_worse)
{
	pooled = true;
	expect_every_misbehaviour();
}

Test(live_pool, questions_that_share_sockets_are_told_that_nobody_is_there)
{
	const struct server_addr at = loopback_free();
	pooled = true;
	open_with(config_of(&at, 1));
	for (size_t i = 0; i < MOST; i++) {
		start("good.x", &outcomes[i]);
	}
	cr_expect(lt(i64, run_live(), TIMEOUT));
	for (size_t i = 0; i < MOST; i++) {
		expect_status(&outcomes[i], ANSWER_UNREACHABLE);
	}
}

Test(live_pool, a_thousand_questions_that_share_sockets_are_all_answered)
{
	pooled = true;
	open_mock();
	for (size_t i = 0; i < MOST; i++) {
		start(i % 10 == 9 ? "lost.x" : "good.x", &outcomes[i]);
	}
	cr_expect(lt(i64, run_live(), 4 * SECOND));
	for (size_t i = 0; i < MOST; i++) {
		expect_here(&outcomes[i]);
	}
}

Test(live_pool, a_step_lasts_a_moment_and_not_until_an_answer_comes)
{
	pooled = true;
	open_patient(0);
	(void)start("silent.x", &outcomes[0]);
	const int64_t from = clock_monotonic();
	cr_expect(source_step(source));
	cr_expect(lt(i64, clock_monotonic() - from, SECOND));
	cr_expect(eq(sz, outcomes[0].calls, 0));
}

Test(live_pool, a_question_that_waits_for_its_turn_is_not_out)
{
	const struct server_addr at = mock_at(mock);
	struct live_config config = config_of(&at, 1);
	config.pooled = true;
	config.rate = 1;
	open_with(config);
	/* Two may go at once, as the rate may be anticipated. */
	for (size_t i = 0; i < 2; i++) {
		cr_expect(
		    source_is_out(source, start("silent.x", &outcomes[i])));
	}
	cr_expect(not(source_is_out(source, start("silent.x", &outcomes[2]))));
	struct source *cache = cache_open(source, CACHE_BYTES, clock_monotonic);
	const struct question last = question_of("good.x");
	cr_expect(not(source_is_out(
	    cache, source_start(cache, &last, landed, &outcomes[3]))));
	source_close(&cache);
}

Test(live_pool, while_nobody_looks_no_time_goes_by)
{
	pooled = true;
	open_mock();
	(void)start("good.x", &outcomes[0]);
	(void)poll(NULL, 0, TIMEOUT / 1000 + 100);
	run_live();
	expect_here(&outcomes[0]);
}
