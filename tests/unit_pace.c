/* SPDX-License-Identifier: MIT */
/* How the number of questions at a time follows what the server does. */
#include "net/pace.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

enum {
	MILLISECOND = 1000,
	SECOND = 1000000,
};

/** *count* questions that are each answered after *took*. */
static void
answer(struct pace *pace, unsigned count, int64_t took)
{
	for (unsigned i = 0; i < count; i++) {
		pace_begin(pace, 0);
		pace_end(pace);
		pace_answered(pace, took);
	}
}

/** Many questions, *lost* of a hundred without answer; how often it slowed. */
static unsigned
suffer(struct pace *pace, unsigned lost)
{
	unsigned slowed = 0;
	for (unsigned i = 0; i < 10 * PACE_MOST; i++) {
		if (i % 100 < lost) {
			slowed += pace_lost(pace);
		} else {
			slowed += pace_answered(pace, 40 * MILLISECOND);
		}
	}
	return slowed;
}

Test(pace, a_far_server_gets_more_at_a_time)
{
	struct pace pace;
	pace_init(&pace, 0);
	answer(&pace, 100 * PACE_MOST, 40 * MILLISECOND);
	cr_expect(eq(uint, pace.window, PACE_MOST));
}

Test(pace, what_varies_on_a_long_way_is_no_queue)
{
	struct pace pace;
	pace_init(&pace, 0);
	for (unsigned i = 0; i < 100 * PACE_MOST; i++) {
		answer(&pace, 1, (40 + i % 9) * MILLISECOND);
	}
	cr_expect(eq(uint, pace.window, PACE_MOST));
}

Test(pace, a_server_that_takes_longer_and_longer_gets_no_more)
{
	struct pace pace;
	pace_init(&pace, 0);
	answer(&pace, 10, MILLISECOND / 10);
	/* Now all that it got stands in its queue. */
	answer(&pace, 100 * PACE_MOST, 5 * MILLISECOND);
	cr_expect(le(uint, pace.window, PACE_QUEUE * 5 / 4));
	cr_expect(ge(uint, pace.window, PACE_QUEUE / 2));
}

Test(pace, single_losses_slow_nothing_down)
{
	struct pace pace;
	pace_init(&pace, 0);
	cr_expect(eq(uint, suffer(&pace, 10), 0));
	cr_expect(ge(uint, pace.window, PACE_FIRST));
}

Test(pace, many_losses_do_and_it_recovers)
{
	struct pace pace;
	pace_init(&pace, 0);
	cr_expect(gt(uint, suffer(&pace, 60), 0));
	cr_expect(eq(uint, pace.window, PACE_LEAST));
	(void)suffer(&pace, 0);
	cr_expect(eq(uint, pace.window, PACE_MOST));
}

Test(pace, no_more_than_the_window_are_out)
{
	struct pace pace;
	unsigned out = 0;
	pace_init(&pace, 0);
	while (pace_allows(&pace, 0)) {
		pace_begin(&pace, 0);
		out++;
	}
	cr_expect(eq(uint, out, PACE_FIRST));
	pace_end(&pace);
	cr_expect(pace_allows(&pace, 0));
}

Test(pace, the_rate_is_kept_over_any_second)
{
	struct pace pace;
	unsigned gone = 0;
	pace_init(&pace, 50);
	for (int64_t now = SECOND; now < 3 * SECOND; now += MILLISECOND) {
		while (pace_allows(&pace, now)) {
			pace_begin(&pace, now);
			pace_end(&pace);
			gone++;
		}
	}
	cr_expect(ge(uint, gone, 100));
	cr_expect(le(uint, gone, 103));
}
