/* SPDX-License-Identifier: MIT */
/*
 * A fleet: a line in, a report out, in the same order. A window of domains
 * is under way at the same time, over one source and one cache; what is not
 * told yet keeps its seat, so memory does not grow with the input.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "cli/options.h"
#include "cmd/asking.h"
#include "cmd/batch_out.h"
#include "cmd/command.h"
#include "cmd/lines.h"
#include "cmd/memory.h"
#include "cmd/message.h"
#include "cmd/session.h"
#include "cmd/tally.h"
#include "cmd/unreadable.h"
#include "cmd/visit.h"
#include "dns/domain.h"
#include "report/report.h"
#include "source/cache.h"
#include "source/source.h"

#include <assert.h>

enum {
	DEFAULT_JOBS = 256,
	LOOK_EVERY = 100000, /* microseconds; at what domains have spent */
	COUNT_MOST = 200000, /* of them at a time */
};

/** One place of the window. */
struct seat {
	bool taken;
	bool told; /* its text is ready */
	struct visit visit;
	const struct report *report; /* NULL: the line could not be read */
	struct str text;             /* in the visit's arena */
};

/** A run over a fleet. */
struct fleet {
	struct session *session;
	struct asked asked;
	struct lines *lines;
	struct batch_out out; /* once broken, the run ends early */
	struct tally tally;
	struct seat *seats;
	size_t jobs;
	size_t head;    /* the number of the seat that is told next */
	size_t next;    /* the number of the seat that is taken next */
	bool end;       /* no line will come any more */
	int64_t looked; /* by clock_monotonic(), at what domains have spent */
	enum exit_code code;
};

/**
 * Reads what *line* names: a domain, or an expectation in JSON. Of one that
 * is not *whole* there is only the beginning, which may name another.
 */
static bool
line_read(struct visit *visit, struct str line, bool whole, struct err *reterr)
{
	struct domain domain = { 0 };
	visit->arena = arena_new();
	if (!whole) {
		return err_set(reterr, ERR_INPUT,
		    "the line is longer than %d KiB", LINE_MAX >> 10);
	}
	if (str_index(line, '\0') >= 0) {
		return err_set(reterr, ERR_INPUT,
		    "the line has a zero byte in it; is this UTF-16, and not "
		    "UTF-8?");
	}
	if (line.len > 0 && line.at[0] == '{') {
		return visit_open_line(visit, line, VIEW_RESOLVER, reterr);
	}
	if (!domain_read(visit->arena, line, &domain, reterr)) {
		return false;
	}
	visit->typed = str_copy(visit->arena, domain.input);
	return visit_open(visit, domain.name, VIEW_RESOLVER, reterr);
}

/** Takes a seat for *line*, unless nothing is to be done for it. */
static void
seat_take(struct fleet *fleet, struct str line, bool whole)
{
	struct seat *seat = &fleet->seats[fleet->next % fleet->jobs];
	struct err err = { 0 };
	assert(!seat->taken);
	*seat = (struct seat){
		.visit = { .session = fleet->session, .asked = &fleet->asked },
	};
	const bool good = line_read(&seat->visit, line, whole, &err);
	struct arena *arena = seat->visit.arena;
	const struct str key =
	    good ? name_text(arena, seat->visit.expect.domain)
		 : unreadable_line(fleet->session, arena, line);
	if (batch_out_has(&fleet->out, key)) {
		fleet->tally.skipped++;
		visit_close(&seat->visit);
		return;
	}
	seat->taken = true;
	fleet->next++;
	if (good) {
		visit_begin(&seat->visit);
		/* Asks, which tells whether there is room for another one. */
		(void)visit_advance(&seat->visit);
		return;
	}
	fleet->tally.unreadable++;
	fleet->code = EXIT_USAGE;
	if (fleet->session->format == FORMAT_JSON) {
		seat->text = unreadable_text(fleet->session, arena, key, &err);
	} else {
		/* No other format has a place for it among its reports. */
		const struct str said = message_safe(
		    arena, fleet->session->patterns, str_of(err.text));
		session_warn(fleet->session,
		    str_print(arena, "line %zu: %.*s",
			lines_number(fleet->lines), STR_ARG(said)));
	}
	seat->told = true;
}

/** Takes seats while there are lines and room. */
static void
seats_fill(struct fleet *fleet)
{
	struct str line;
	while (!fleet->end && fleet->next - fleet->head < fleet->jobs &&
	       !fleet->seats[fleet->next % fleet->jobs].taken &&
	       !source_is_full(fleet->asked.source)) {
		const bool idle = fleet->next == fleet->head;
		const enum line_outcome outcome =
		    lines_next(fleet->lines, idle, &line);
		if (outcome == LINE_LATER) {
			return;
		}
		fleet->end =
		    outcome == LINE_END || session_is_stopped(fleet->session);
		if (fleet->end) {
			return;
		}
		const bool whole = outcome != LINE_TOO_LONG;
		const struct str text = str_trim(line);
		if (!whole || (text.len > 0 && text.at[0] != '#')) {
			seat_take(fleet, text, whole);
		}
	}
}

/** Makes the report of a seat whose examination is through. */
static void
seat_tell(struct fleet *fleet, struct seat *seat)
{
	struct session *session = fleet->session;
	struct visit *visit = &seat->visit;
	seat->report = visit_report(visit);
	fleet->tally.by_verdict[seat->report->verdict]++;
	fleet->code = visit_exit_worst(
	    session, fleet->code, visit_exit(session, seat->report));
	seat->told = true;
	if (!fleet->out.in_turn) {
		seat->text =
		    batch_out_add(&fleet->out, visit->arena, seat->report);
		visit_end(visit);
	}
}

/** Tells what a seat holds, in its turn, and gives the seat up. */
static void
seat_leave(struct fleet *fleet, struct seat *seat)
{
	if (seat->report && fleet->out.in_turn) {
		seat->text =
		    batch_out_add(&fleet->out, seat->visit.arena, seat->report);
	}
	batch_out_write(&fleet->out, seat->text);
	visit_close(&seat->visit);
	seat->taken = false;
}

/** Goes on with all seats; writes what can be written. */
static void
seats_advance(struct fleet *fleet)
{
	const bool unordered = fleet->session->options->unordered;
	for (size_t at = fleet->head; at < fleet->next; at++) {
		struct seat *seat = &fleet->seats[at % fleet->jobs];
		if (seat->taken && !seat->told && visit_advance(&seat->visit)) {
			seat_tell(fleet, seat);
		}
		if (seat->taken && seat->told &&
		    (unordered || at == fleet->head)) {
			seat_leave(fleet, seat);
		}
		if (at == fleet->head && !seat->taken) {
			fleet->head++;
		}
	}
}

/** Counts the time that went by; a domain that had enough is told as it is. */
static void
seats_spend(struct fleet *fleet)
{
	const int64_t now = clock_monotonic();
	int64_t passed = now - fleet->looked;
	if (passed < LOOK_EVERY) {
		return;
	}
	fleet->looked = now;
	if (passed > COUNT_MOST) {
		/* Something else held this process up, not the servers. */
		passed = COUNT_MOST;
	}
	for (size_t at = fleet->head; at < fleet->next; at++) {
		struct seat *seat = &fleet->seats[at % fleet->jobs];
		if (seat->taken && !seat->told) {
			visit_spend(&seat->visit, passed);
		}
	}
}

static void
fleet_run(struct fleet *fleet)
{
	int64_t read = 0;
	int64_t all = 0;
	fleet->looked = clock_monotonic();
	seats_fill(fleet);
	while (fleet->head < fleet->next && !fleet->out.broken) {
		seats_spend(fleet);
		seats_advance(fleet);
		seats_fill(fleet);
		lines_progress(fleet->lines, &read, &all);
		tally_show(&fleet->tally, read, all);
		if (fleet->head < fleet->next &&
		    !source_step(fleet->asked.shared)) {
			/* All that is left can be told without answers. */
			continue;
		}
	}
}

/** Says so if servers could not keep up. */
static void
tell_slowed(const struct fleet *fleet)
{
	if (fleet->asked.source->counts.slowed > 0 &&
	    !fleet->session->options->quiet) {
		session_note(fleet->session,
		    STR("a server left many questions without an answer and "
			"was asked more slowly for a while (see --rate)"));
	}
}

static bool
fleet_open(struct fleet *fleet)
{
	struct session *session = fleet->session;
	const struct options *options = session->options;
	struct err *err = &fleet->out.err;
	const struct str path =
	    options->arguments.len > 0 ? options->arguments.at[0] : STR("-");
	if (!batch_out_open(&fleet->out, session) ||
	    !asking_open(session, &fleet->asked, err) ||
	    !memory_open(session, err)) {
		return false;
	}
	fleet->asked.shared =
	    cache_open(fleet->asked.source, CACHE_BYTES, clock_monotonic);
	fleet->jobs = options->jobs > 0 ? options->jobs : DEFAULT_JOBS;
	fleet->seats = ARENA_ARRAY(session->arena, struct seat, fleet->jobs);
	fleet->tally = tally_open(session);
	fleet->lines = lines_open(session->arena, path, LINE_MAX, err);
	if (!fleet->lines) {
		return false;
	}
	lines_stop_at(fleet->lines, session->stop->descriptor);
	return true;
}

static void
fleet_close(struct fleet *fleet)
{
	for (size_t at = fleet->head; at < fleet->next; at++) {
		struct seat *seat = &fleet->seats[at % fleet->jobs];
		if (seat->taken) {
			visit_close(&seat->visit);
		}
	}
	lines_close(&fleet->lines);
	batch_out_close(&fleet->out);
	if (fleet->asked.source) {
		source_close(&fleet->asked.shared);
		(void)asking_close(
		    fleet->session, &fleet->asked, &fleet->out.err);
	}
}

enum exit_code
cmd_batch(struct session *session)
{
	struct fleet fleet = { .session = session };
	const bool opened = fleet_open(&fleet);
	if (opened) {
		fleet_run(&fleet);
		batch_out_end(&fleet.out);
		if (!fleet.out.broken) {
			fleet.out.broken =
			    !lines_are_whole(fleet.lines, &fleet.out.err);
		}
		tally_close(&fleet.tally, fleet.out.told);
		tell_slowed(&fleet);
	}
	fleet_close(&fleet);
	return opened && !fleet.out.broken
		   ? fleet.code
		   : session_fail(session, &fleet.out.err);
}
