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
	MINUTE = 60,         /* seconds */
	HOUR = 3600,
	LEAST_BAR = 9, /* columns, with what encloses it */
	MOST_BAR = 23,
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

/** The verdicts in words. */
static const char *const WORDS[] = {
	[VERDICT_READY] = "ready",
	[VERDICT_ACTION_NEEDED] = "action needed",
	[VERDICT_PROPAGATING] = "propagating",
	[VERDICT_UNKNOWN] = "unknown",
};

/** "123 ready, 4 action needed", with or without what there is none of. */
static void
add_counts(const struct tally *tally, bool all, struct buf *to)
{
	const char *between = "";
	for (size_t i = 0; i <= VERDICT_UNKNOWN; i++) {
		if (all || tally->by_verdict[i] > 0) {
			buf_addf(to, "%s%zu %s", between, tally->by_verdict[i],
			    WORDS[i]);
			between = ", ";
		}
	}
	if (tally->unreadable > 0) {
		buf_addf(to, "%s%zu unreadable line%s", between,
		    tally->unreadable, tally->unreadable == 1 ? "" : "s");
	}
}

/** "[####......]", *width* columns of it; nothing where that is too few. */
static void
add_bar(struct buf *to, int64_t percent, size_t width)
{
	if (width < LEAST_BAR) {
		return;
	}
	const size_t inner = (width < MOST_BAR ? width : MOST_BAR) - 3;
	const size_t full = (size_t)percent * inner / 100;
	buf_addc(to, '[');
	buf_fill(to, '#', full);
	buf_fill(to, '.', inner - full);
	buf_adds(to, "] ");
}

/** "2 h 5 min left, ". */
static void
add_left(struct buf *to, int64_t seconds)
{
	if (seconds < MINUTE) {
		buf_addf(to, "%lld s left, ", (long long)seconds);
	} else if (seconds < HOUR) {
		buf_addf(to, "%lld min left, ", (long long)seconds / MINUTE);
	} else {
		buf_addf(to, "%lld h %lld min left, ",
		    (long long)seconds / HOUR,
		    (long long)seconds % HOUR / MINUTE);
	}
}

/** What stands behind the bar, the most important first. */
static void
add_progress(
    const struct tally *tally, int64_t percent, int64_t elapsed, struct buf *to)
{
	const int64_t done = (int64_t)tally_done(tally);
	if (percent >= 0) {
		buf_addf(to, "%lld%% ", (long long)percent);
	}
	if (percent >= ENOUGH_TO_GUESS) {
		add_left(to, elapsed * (100 - percent) / percent / SECOND);
	}
	buf_addf(to, "%lld done, %lld/s", (long long)done,
	    (long long)(done * SECOND / (elapsed > 0 ? elapsed : 1)));
	if (done > 0) {
		buf_adds(to, ": ");
		add_counts(tally, false, to);
	}
}

void
tally_show(struct tally *tally, int64_t read, int64_t all)
{
	const int64_t now = clock_monotonic();
	if (!tally->line.on || now - tally->shown < REDRAW) {
		return;
	}
	tally->shown = now;
	/* A line that wraps could not be drawn over. */
	const size_t width = tally->session->terminal.width - 1;
	const int64_t percent = all > 0 ? read * 100 / all : -1;
	struct arena *arena = arena_new();
	struct buf text = buf_new(arena);
	struct buf to = buf_new(arena);
	add_progress(tally, percent, now - tally->begun, &text);
	if (percent >= 0 && text.len < width) {
		add_bar(&to, percent, width - text.len);
	}
	buf_add(&to, buf_str(&text));
	status_line_show(&tally->line, str_slice(buf_str(&to), 0, width));
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
	const size_t domains = tally_done(tally) - tally->unreadable;
	buf_addf(&to, "%zu domain%s in %lld.%lld s: ", domains,
	    domains == 1 ? "" : "s", (long long)(elapsed / SECOND),
	    (long long)(elapsed % SECOND / (SECOND / 10)));
	add_counts(tally, true, &to);
	if (tally->skipped > 0) {
		buf_addf(&to, "; %zu done before", tally->skipped);
	}
	if (options->only_changes) {
		buf_addf(&to, "; news of %zu", told);
	}
	session_note(tally->session, buf_str(&to));
	arena_free(&arena);
}
