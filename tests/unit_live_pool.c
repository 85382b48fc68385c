/* SPDX-License-Identifier: MIT */
/* The live source whose questions share sockets. */
#include "net/live.h"

#include "living.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

TestSuite(live_pool, .init = living_begin, .fini = living_end, .timeout = 60);

Test(live_pool, questions_that_share_sockets_fare_no_worse)
{
	pooled = true;
	expect_every_misbehaviour();
}

Test(live_pool, questions_that_share_sockets_are_told_that_nobody_is_there)
{
	const struct server_addr at = nobody();
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
