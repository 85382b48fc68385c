/* SPDX-License-Identifier: MIT */
/* The progress line and the sum of a batch. */
#include "cmd/tally.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "cli/options.h"
#include "cmd/session.h"

#include <assert.h>

enum {
	SECOND = 1000000,    /* microseconds */
	REDRAW = SECOND / 5, /* between two drawings of the line */
	BAR_WIDTH = 20,
	ENOUGH_TO_GUESS = 2, /* percent done before the end is guessed */
};

struct tally
tally_open(const struct session *session)
{
	return (struct tally){
		.session = session,
		.line = status_line_open(session),
		.begun = clock_monotonic(),
	};
}

size_t
tally_done(const struct tally *tally)
{
	size_t done = tally->unreadable;
	for (size_t i = 0; i <= VERDICT_UNKNOWN; i++) {
		done += tally->by_verdict[i];
	}
	return done;
}

/** "123 ready, 4 action needed, 1 propagating, 0 unknown". */
static void
add_counts(const struct tally *tally, struct buf *to)
{
	buf_addf(to,
	    "%zu ready, %zu action needed, %zu propagating, %zu unknown",
	    tally->by_verdict[VERDICT_READY],
	    tally->by_verdict[VERDICT_ACTION_NEEDED],
	    tally->by_verdict[VERDICT_PROPAGATING],
	    tally->by_verdict[VERDICT_UNKNOWN]);
	if (tally->unreadable > 0) {
		buf_addf(to, ", %zu unreadable", tally->unreadable);
	}
}

static void
add_bar(struct buf *to, int64_t percent)
{
	const size_t full = (size_t)percent * BAR_WIDTH / 100;
	buf_addc(to, '[');
	buf_fill(to, '#', full);
	buf_fill(to, '.', BAR_WIDTH - full);
	buf_addf(to, "] %lld%% ", (long long)percent);
}

void
tally_show(struct tally *tally, int64_t read, int64_t all)
{
	const int64_t now = clock_monotonic();
	const int64_t elapsed = now - tally->begun;
	if (!tally->line.on || now - tally->shown < REDRAW) {
		return;
	}
	tally->shown = now;
	struct arena *arena = arena_new();
	struct buf to = buf_new(arena);
	const int64_t percent = all > 0 ? read * 100 / all : -1;
	if (percent >= 0) {
		add_bar(&to, percent);
	}
	buf_addf(&to, "%zu done, %lld/s: ", tally_done(tally),
	    (long long)((int64_t)tally_done(tally) * SECOND /
			(elapsed > 0 ? elapsed : 1)));
	add_counts(tally, &to);
	if (percent >= ENOUGH_TO_GUESS) {
		const int64_t left =
		    elapsed * (100 - percent) / percent / SECOND;
		buf_addf(&to, ", %lld:%02lld left", (long long)left / 60,
		    (long long)left % 60);
	}
	/* A line that wraps could not be drawn over. */
	status_line_show(&tally->line,
	    str_slice(buf_str(&to), 0, tally->session->terminal.width - 1));
	arena_free(&arena);
}

void
tally_close(struct tally *tally, size_t told)
{
	const struct options *options = tally->session->options;
	const int64_t elapsed = clock_monotonic() - tally->begun;
	status_line_hide(&tally->line);
	if (options->quiet ||
	    (options->only_changes && told + tally->unreadable == 0)) {
		return;
	}
	struct arena *arena = arena_new();
	struct buf to = buf_new(arena);
	buf_addf(&to, "%zu domains in %lld.%lld s: ", tally_done(tally),
	    (long long)(elapsed / SECOND),
	    (long long)(elapsed % SECOND / (SECOND / 10)));
	add_counts(tally, &to);
	if (tally->skipped > 0) {
		buf_addf(&to, "; %zu were done before", tally->skipped);
	}
	if (options->only_changes) {
		buf_addf(&to, "; news of %zu", told);
	}
	session_note(tally->session, buf_str(&to));
	arena_free(&arena);
}
