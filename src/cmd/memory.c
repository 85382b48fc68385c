/* SPDX-License-Identifier: MIT */
/*
 * The file is locked only while it is read and while it is replaced, not for
 * the whole run: what another run wrote in between is read again before.
 */
#include "cmd/memory.h"

#include "base/arena.h"
#include "base/err.h"
#include "cli/options.h"
#include "cmd/message.h"
#include "cmd/session.h"
#include "cmd/state.h"
#include "cmd/state_file.h"
#include "report/report.h"

#include <assert.h>

enum {
	SECOND = 1000000, /* microseconds, as options have it */
};

struct memory {
	struct arena *arena;
	struct str path;
	struct state *state;
};

/** Monitors remember by themselves, and must hear every result. */
static bool
is_for_monitors(const struct session *session)
{
	return session->format == FORMAT_NAGIOS ||
	       session->format == FORMAT_PROMETHEUS;
}

/** Reads the file as it is now into *state*. */
static bool
read_under_lock(struct session *session, struct state_file *file,
    struct state *state, struct err *reterr)
{
	struct str aside;
	if (!state_file_read(file, state, &aside, reterr)) {
		return false;
	}
	if (aside.len > 0) {
		session_warn(session, aside);
	}
	return true;
}

bool
memory_open(struct session *session, struct err *reterr)
{
	struct arena *arena = session->arena;
	const struct str path = session->options->state;
	assert(!session->memory);
	if (path.len == 0) {
		return true;
	}
	if (session->options->only_changes && is_for_monitors(session)) {
		(void)err_set(reterr, ERR_USAGE,
		    "--only-changes is not for monitors (-f %.*s)",
		    STR_ARG(session->options->format));
		return err_hint(reterr, "A monitor must hear every result.");
	}
	struct memory *memory = ARENA_NEW(arena, struct memory);
	memory->arena = arena;
	memory->path = path;
	memory->state = state_new(arena);
	struct state_file *file = state_file_lock(arena, path, reterr);
	const bool good =
	    file && read_under_lock(session, file, memory->state, reterr);
	state_file_unlock(&file);
	session->memory = good ? memory : NULL;
	return good;
}

static struct known_times
times_of(const struct session *session)
{
	const int64_t remind = session->options->remind;
	return (struct known_times){
		.now = session->now,
		/* Less than a second is every time. */
		.remind = (remind + SECOND - 1) / SECOND,
	};
}

static void
signs_copy(
    struct arena *arena, struct report_signs *to, const struct signs *from)
{
	const struct str *sign;
	vec_foreach(sign, from) {
		vec_push(arena, to, *sign);
	}
}

/** Tells in *report* how it stands to what was known *before*. */
static void
history_fill(struct arena *arena, struct report *report, enum news news,
    const struct state_entry *entry, const struct known *before)
{
	static const enum report_change_kind kinds[] = {
		[NEWS_NONE] = CHANGE_NONE,
		[NEWS_HELD] = CHANGE_HELD,
		[NEWS_NEW] = CHANGE_NEW,
		[NEWS_CHANGED] = CHANGE_CHANGED,
		[NEWS_RECOVERED] = CHANGE_RECOVERED,
		[NEWS_REMINDER] = CHANGE_REMINDER,
	};
	static const struct signs none = { 0 };
	struct report_history *history = &report->history;
	const struct result *was = before->result;
	const struct result *is = entry->now.result;
	history->kind = kinds[news];
	history->since = is ? entry->now.since : -1;
	if (!is || is == was) {
		return;
	}
	const struct signs *old = was ? &was->signs : &none;
	const struct signs appeared = signs_less(arena, &is->signs, old);
	const struct signs gone = signs_less(arena, old, &is->signs);
	signs_copy(arena, &history->appeared, &appeared);
	signs_copy(arena, &history->gone, &gone);
	history->has_previous = was != NULL;
	if (was) {
		history->previous = was->verdict;
		history->previous_since = before->since;
	}
}

void
memory_compare(
    struct session *session, struct arena *arena, struct report *report)
{
	struct memory *memory = session->memory;
	assert(report->history.kind == CHANGE_UNKNOWN);
	if (!memory || session_is_stopped(session) != 0) {
		return;
	}
	struct arena *scratch = arena_new();
	struct state_entry *entry = state_entry(memory->state, report->domain);
	const struct known before = entry->now;
	const struct result seen = result_of(scratch, report);
	const enum news news =
	    known_update(scratch, &entry->now, &seen, times_of(session));
	if (entry->now.result && entry->now.result != before.result) {
		entry->now.result =
		    state_result(memory->state, entry->now.result);
	}
	entry->told =
	    entry->told || news > NEWS_HELD || !session->options->only_changes;
	if (!session->options->only_changes) {
		entry->now.told = session->now;
	}
	history_fill(arena, report, news, entry, &before);
	arena_free(&scratch);
}

bool
memory_tells(const struct session *session, const struct report *report)
{
	const enum report_change_kind kind = report->history.kind;
	if (session->options->only_changes) {
		return kind > CHANGE_HELD &&
		       !(session->options->quiet && kind != CHANGE_RECOVERED &&
			   report->verdict == VERDICT_READY);
	}
	return is_for_monitors(session) || !session->options->quiet ||
	       report->verdict != VERDICT_READY || kind == CHANGE_RECOVERED;
}

bool
memory_tells_end(const struct session *session, size_t told)
{
	const struct options *options = session->options;
	return told > 0 || is_for_monitors(session) ||
	       !(options->quiet || options->only_changes);
}

bool
memory_keep(struct session *session, struct err *reterr)
{
	struct memory *memory = session->memory;
	if (!memory || session->failed) {
		return true;
	}
	struct arena *arena = arena_new();
	struct state *newest = state_new(arena);
	struct state_file *file = state_file_lock(arena, memory->path, reterr);
	const bool good = file &&
			  read_under_lock(session, file, newest, reterr) &&
			  (!state_merge(newest, memory->state) ||
			      state_file_write(file, newest, reterr));
	state_file_unlock(&file);
	arena_free(&arena);
	return good;
}
