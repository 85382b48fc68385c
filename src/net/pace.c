/* SPDX-License-Identifier: MIT */
/*
 * The window follows the delay, as TCP Vegas does (RFC 6817 gives the idea),
 * not the loss of single datagrams, of which a bad line has many.
 */
#include "net/pace.h"

#include <assert.h>

enum {
	SECOND = 1000000,
	SMOOTHING = 16,     /* answers over which the time is averaged */
	LOSSES_BEAR = 4,    /* one lost in so many is still no overload */
	JITTER = 8,         /* that part of the least time comes and goes */
	BURST_A_SECOND = 25 /* a burst by rate is that part of a second */
};

void
pace_init(struct pace *pace, unsigned rate)
{
	*pace = (struct pace){ .window = PACE_FIRST, .rate = rate };
}

/** How far the rate may be anticipated. */
static int64_t
burst(const struct pace *pace)
{
	const int64_t one = SECOND / (int64_t)pace->rate;
	return one > SECOND / BURST_A_SECOND ? one : SECOND / BURST_A_SECOND;
}

bool
pace_allows(const struct pace *pace, int64_t now)
{
	return pace->out < pace->window &&
	       (pace->rate == 0 || pace->next_at <= now);
}

void
pace_begin(struct pace *pace, int64_t now)
{
	assert(pace_allows(pace, now));
	pace->out++;
	if (pace->rate > 0) {
		const int64_t earliest = now - burst(pace);
		if (pace->next_at < earliest) {
			pace->next_at = earliest;
		}
		pace->next_at += SECOND / (int64_t)pace->rate;
	}
}

void
pace_end(struct pace *pace)
{
	assert(pace->out > 0);
	pace->out--;
}

/** How many of the window stand in the server's queue, by the delay. */
static unsigned
queue_length(const struct pace *pace)
{
	/* A long way varies by more than a server's queue takes. */
	const int64_t way = pace->least_time + pace->least_time / JITTER;
	if (pace->usual_time <= way) {
		return 0;
	}
	const int64_t waiting = pace->usual_time - way;
	return (unsigned)(pace->window * waiting / pace->usual_time);
}

/** Chooses the window anew once it has gone through; true if by half. */
static bool
reconsider(struct pace *pace)
{
	const unsigned all = pace->answered + pace->lost;
	const unsigned queue = queue_length(pace);
	const bool overload = pace->lost * LOSSES_BEAR > all;
	if (all < pace->window) {
		return false;
	}
	if (overload) {
		pace->window /= 2;
	} else if (queue > PACE_QUEUE) {
		pace->window -= pace->window / 8;
	} else if (queue < PACE_QUEUE / 2) {
		/* Far away, or not busy at all. */
		pace->window +=
		    queue < PACE_QUEUE / 8 ? pace->window : pace->window / 4;
	}
	if (pace->window < PACE_LEAST) {
		pace->window = PACE_LEAST;
	}
	if (pace->window > PACE_MOST) {
		pace->window = PACE_MOST;
	}
	pace->answered = 0;
	pace->lost = 0;
	return overload;
}

bool
pace_answered(struct pace *pace, int64_t took)
{
	const int64_t time = took > 0 ? took : 1;
	pace->answered++;
	if (took >= 0) {
		if (pace->least_time == 0 || time < pace->least_time) {
			pace->least_time = time;
		}
		pace->usual_time += pace->usual_time == 0
					? time
					: (time - pace->usual_time) / SMOOTHING;
	}
	return reconsider(pace);
}

bool
pace_lost(struct pace *pace)
{
	pace->lost++;
	return reconsider(pace);
}
