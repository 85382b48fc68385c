/* SPDX-License-Identifier: MIT */
/*
 * Waiting until a domain is ready: look, and look again when what a resolver
 * remembers expires, not every few seconds. It ends at once when waiting
 * cannot help.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "cli/options.h"
#include "cmd/asking.h"
#include "cmd/command.h"
#include "cmd/session.h"
#include "cmd/status_line.h"
#include "cmd/visit.h"
#include "dns/domain.h"
#include "report/report.h"
#include "source/source.h"

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

enum {
	SECOND = 1000000,         /* in microseconds, as all here */
	SHORTEST = 5 * SECOND,    /* between two looks */
	LONGEST = 60 * SECOND,    /* where nothing tells when to look */
	MOST_JITTER = SECOND / 2, /* not all wake at the same time */
};

/** Everything while it waits. */
struct vigil {
	struct session *session;
	struct asked asked;
	struct domain domain;
	struct str typed;
	int64_t deadline;   /* by clock_monotonic() */
	int64_t pause;      /* grows while nothing can be told */
	bool was_short;     /* the last pause was under SHORTEST */
	struct visit visit; /* the last look */
	bool has_visit;
	struct source_counts earlier; /* what earlier looks took */
	struct arena *arena;          /* of what was told last */
	struct str told;
	struct status_line status;
};

static const struct outcome *
outcome_of(const struct vigil *vigil)
{
	return examination_outcome(vigil->visit.examination);
}

/** Looks once; false with *reterr* if it cannot be begun. */
static bool
look_once(struct vigil *vigil, struct err *reterr)
{
	if (vigil->has_visit) {
		source_counts_add(&vigil->earlier, &outcome_of(vigil)->counts);
		visit_end(&vigil->visit);
		visit_close(&vigil->visit);
	}
	if (vigil->session->options->replay.len == 0) {
		vigil->session->now =
		    clock_in_era(vigil->session->era) / SECOND;
	}
	vigil->visit = (struct visit){ .session = vigil->session,
		.asked = &vigil->asked,
		.typed = vigil->domain.input };
	vigil->has_visit = true;
	if (!visit_open(&vigil->visit, vigil->domain.name, VIEW_BOTH, reterr)) {
		return false;
	}
	visit_begin(&vigil->visit);
	while (!visit_advance(&vigil->visit)) {
		const bool stepped = source_step(vigil->asked.source);
		assert(stepped);
	}
	return true;
}

/** When the next of the old answers expires; -1: nothing tells. */
static int64_t
next_expiry(const struct outcome *outcome)
{
	int64_t next = -1;
	for (size_t i = 0; i < outcome->all.expect->records_len; i++) {
		const int64_t at = outcome->all.records[i].expires_at;
		if (at >= 0 && (next < 0 || at < next)) {
			next = at;
		}
	}
	return next;
}

/**
 * How long to pause before the next look: until the first of the old answers
 * is forgotten. One that comes back again and again is not chased.
 */
static int64_t
pause_before(struct vigil *vigil)
{
	const int64_t expiry = next_expiry(outcome_of(vigil));
	int64_t pause = vigil->pause;
	if (expiry >= 0) {
		/* Caches count down whole seconds, begun ones too. */
		pause =
		    (expiry + 1) * SECOND - clock_in_era(vigil->session->era);
	} else {
		vigil->pause = pause * 2 > LONGEST ? LONGEST : pause * 2;
	}
	if (pause < 0) {
		pause = 0;
	}
	if (vigil->was_short && pause < SHORTEST) {
		pause = SHORTEST;
	}
	vigil->was_short = pause < SHORTEST;
	return pause;
}

static void
say_countdown(struct vigil *vigil, int64_t left)
{
	const long long seconds = (long long)left / SECOND;
	char text[64];
	(void)snprintf(text, sizeof(text), "next look in %lld:%02lld",
	    seconds / 60, seconds % 60);
	status_line_show(&vigil->status, str_of(text));
}

/** Sleeps, with a countdown; false when a signal or the deadline comes. */
static bool
sleep_for(struct vigil *vigil, int64_t pause)
{
	const int64_t begun = clock_monotonic();
	const int64_t until = begun + pause + (begun ^ getpid()) % MOST_JITTER;
	struct pollfd stop = { .fd = vigil->session->stop->descriptor,
		.events = POLLIN };
	for (;;) {
		const int64_t now = clock_monotonic();
		if (session_is_stopped(vigil->session) ||
		    now >= vigil->deadline) {
			return false;
		}
		if (now >= until) {
			return true;
		}
		say_countdown(vigil, until - now);
		int64_t left = until < vigil->deadline ? until - now
						       : vigil->deadline - now;
		if (left > SECOND) {
			left = SECOND;
		}
		(void)poll(&stop, 1, (int)(left / 1000) + 1);
	}
}

/** Tells the summary if it is another one than before. */
static bool
tell_change(struct vigil *vigil, struct err *reterr)
{
	const struct report *report = visit_report(&vigil->visit);
	const struct options *options = vigil->session->options;
	if (str_eq(vigil->told, report->summary) || options->quiet ||
	    vigil->session->format != FORMAT_TEXT) {
		return true;
	}
	vigil->told = str_copy(vigil->arena, report->summary);
	status_line_hide(&vigil->status);
	return session_write(vigil->session,
	    str_print(vigil->visit.arena, "%.*s %s: %.*s\n",
		STR_ARG(clock_rfc3339(vigil->visit.arena, vigil->session->now)),
		verdict_text(report->verdict), STR_ARG(report->summary)),
	    reterr);
}

/** The last report, in the form that was asked for. */
static enum exit_code
tell_end(struct vigil *vigil, struct err *err)
{
	struct session *session = vigil->session;
	struct report *report = visit_report(&vigil->visit);
	struct buf to = buf_new(vigil->visit.arena);
	buf_adds(&to, "");
	/* The questions of all looks were sent by this run. */
	source_counts_add(&report->counts, &vigil->earlier);
	status_line_hide(&vigil->status);
	if (!session->options->quiet || session->format != FORMAT_TEXT) {
		format_renderer(session->format)(report, &session->manner, &to);
	}
	asking_keep_outcome(
	    session, &vigil->asked, vigil->domain.name, outcome_of(vigil));
	if (!session_write(session, buf_str(&to), err)) {
		return session_fail(session, err);
	}
	const enum exit_code code = visit_exit(session, report);
	return code == EXIT_ACTION && outcome_of(vigil)->time_helps
		   ? EXIT_PROPAGATING
		   : code;
}

static enum exit_code
watch(struct vigil *vigil)
{
	struct err err = { 0 };
	do {
		if (!look_once(vigil, &err) || !tell_change(vigil, &err)) {
			return session_fail(vigil->session, &err);
		}
	} while (outcome_of(vigil)->time_helps &&
		 sleep_for(vigil, pause_before(vigil)));
	return tell_end(vigil, &err);
}

static bool
vigil_open(struct vigil *vigil, struct err *reterr)
{
	struct session *session = vigil->session;
	const struct str typed = session->options->arguments.at[0];
	if (!domain_read(session->arena, typed, &vigil->domain, reterr)) {
		return false;
	}
	vigil->deadline = clock_monotonic() + session->options->deadline;
	vigil->pause = SHORTEST;
	vigil->status = status_line_open(session);
	vigil->arena = session->arena;
	return asking_open(session, &vigil->asked, reterr);
}

enum exit_code
cmd_wait(struct session *session)
{
	struct vigil vigil = { .session = session };
	struct err err = { 0 };
	if (!vigil_open(&vigil, &err)) {
		return session_fail(session, &err);
	}
	enum exit_code code = watch(&vigil);
	if (vigil.has_visit) {
		visit_end(&vigil.visit);
	}
	if (!asking_close(session, &vigil.asked, &err)) {
		code = session_fail(session, &err);
	}
	if (vigil.has_visit) {
		visit_close(&vigil.visit);
	}
	return code;
}
