/* SPDX-License-Identifier: MIT */
/* From what was known and what is seen to what is news. */
#include "cmd/known.h"

#include "base/arena.h"

#include <assert.h>

enum {
	SLACK_PART = 20,      /* of the time after which to remind */
	SLACK_MOST = 10 * 60, /* seconds */
};

/** A clock that was set back must not put the next reminder off for years. */
static void
times_clip(struct known *known, int64_t now)
{
	if (known->since > now) {
		known->since = now;
	}
	if (known->told > now) {
		known->told = now;
	}
}

/**
 * True if it is time to tell it again. Runs that start a day apart never do
 * so to the second; a run that comes a little early must remind, or nobody is
 * reminded until the day after.
 */
static bool
is_due(const struct known *known, struct known_times times)
{
	int64_t slack = times.remind / SLACK_PART;
	slack = slack < SLACK_MOST ? slack : SLACK_MOST;
	return times.remind > 0 && known->result->verdict != VERDICT_READY &&
	       times.now - known->told >= times.remind - slack;
}

static enum news
result_take(struct arena *arena, struct known *known,
    const struct result *result, int64_t now)
{
	const struct result *old = known->result;
	struct result *kept = ARENA_NEW(arena, struct result);
	*kept = *result;
	known->result = kept;
	known->since = now;
	known->told = now;
	if (!old) {
		return NEWS_NEW;
	}
	return kept->verdict == VERDICT_READY && old->verdict != VERDICT_READY
		   ? NEWS_RECOVERED
		   : NEWS_CHANGED;
}

/** What of *seen* counts; *ret_held* is true if some does not count yet. */
static struct result
counting(struct arena *arena, const struct known *known,
    const struct result *seen, bool *ret_held)
{
	*ret_held = false;
	if (known->suspected ||
	    (known->result && result_is_alike(known->result, seen))) {
		return *seen;
	}
	return result_proven(arena, known->result, seen, ret_held);
}

enum news
known_update(struct arena *arena, struct known *known,
    const struct result *seen, struct known_times times)
{
	bool held = false;
	assert(known && seen);
	times_clip(known, times.now);
	const struct result result = counting(arena, known, seen, &held);
	known->suspected = held;
	if (held && !known->result && seen->verdict == VERDICT_UNKNOWN) {
		return NEWS_HELD;
	}
	if (!known->result || !result_is_alike(known->result, &result)) {
		return result_take(arena, known, &result, times.now);
	}
	if (held) {
		return NEWS_HELD;
	}
	if (is_due(known, times)) {
		known->told = times.now;
		return NEWS_REMINDER;
	}
	return NEWS_NONE;
}

bool
known_eq(const struct known *a, const struct known *b)
{
	if (!a->result != !b->result || a->suspected != b->suspected) {
		return false;
	}
	return !a->result || (a->since == b->since && a->told == b->told &&
				 result_eq(a->result, b->result));
}
