/* SPDX-License-Identifier: MIT */
/* Reports of an earlier run, as keys in a hash table. */
#include "cmd/batch_done.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/table.h"
#include "cmd/lines.h"
#include "cmd/session.h"
#include "cmd/writer.h"

#include <jansson.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	BETWEEN_TRIES = 20, /* milliseconds */
	QUIET_TRIES = 50,   /* until the wait is told */
	MOST_TRIES = 250,
};

struct key {
	struct table_node node; /* the first member */
	size_t count;
};

struct batch_done {
	struct arena *arena;
	struct str path;
	int fd;
	struct writer writer; /* to fd */
	struct table keys;
};

static struct key *
key_find(const struct batch_done *done, struct str text)
{
	return (struct key *)table_find(&done->keys, text);
}

static void
key_add(struct batch_done *done, struct str text)
{
	struct key *key = key_find(done, text);
	if (!key) {
		key = ARENA_NEW(done->arena, struct key);
		table_add(&done->keys, &key->node, str_copy(done->arena, text));
	}
	key->count++;
}

/** Notes the report on *line*; false if it is none. */
static bool
report_add(struct batch_done *done, struct str line)
{
	json_set_alloc_funcs(xmalloc, free);
	json_t *report = json_loadb(line.at, line.len, 0, NULL);
	const json_t *key = json_object_get(report, "domain");
	if (!key) {
		key = json_object_get(report, "input");
	}
	const bool good = json_is_string(key);
	if (good) {
		key_add(done, (struct str){ .at = json_string_value(key),
				  .len = json_string_length(key) });
	}
	json_decref(report);
	return good;
}

/** Reads *fd* whole, in pieces; gives where the last whole line ends. */
static off_t
reports_read(struct batch_done *done, struct err *reterr)
{
	struct arena *scratch = arena_new();
	struct lines *lines =
	    lines_open(scratch, done->path, LINE_MAX_OWN, reterr);
	struct str line;
	off_t whole = lines ? 0 : -1;
	unsigned number = 0;
	while (whole >= 0 && lines_next(lines, true, &line) == LINE_READ) {
		int64_t read = 0;
		int64_t all = 0;
		number++;
		lines_progress(lines, &read, &all);
		char last = '\n';
		if (read == all &&
		    pread(done->fd, &last, 1, (off_t)all - 1) == 1 &&
		    last != '\n') {
			break; /* the run ended in the middle of this one */
		}
		if (!report_add(done, line)) {
			(void)err_set(reterr, ERR_INPUT,
			    "%.*s, line %u: this is not a report of a batch",
			    STR_ARG(done->path), number);
			whole = -1;
			break;
		}
		whole = (off_t)read;
	}
	if (lines && !lines_are_whole(lines, reterr)) {
		whole = -1;
	}
	lines_close(&lines);
	arena_free(&scratch);
	return whole;
}

static bool
fail(const struct batch_done *done, struct err *reterr)
{
	return err_set(
	    reterr, ERR_FILE, "%.*s: %s", STR_ARG(done->path), strerror(errno));
}

/**
 * A run that was killed leaves a process behind that ends in a moment; any
 * other one goes on.
 */
static bool
claim(const struct batch_done *done, const struct session *session,
    struct err *reterr)
{
	for (int i = 0; !writer_claim(done->fd); i++) {
		if (i == MOST_TRIES || session_is_stopped(session)) {
			(void)err_set(reterr, ERR_FILE,
			    "%.*s: another run is writing to this file",
			    STR_ARG(done->path));
			return err_hint(reterr, "Wait until it has ended.");
		}
		if (i == QUIET_TRIES) {
			session_note(session,
			    STR("waiting for another run that writes to the "
				"file of --resume"));
		}
		(void)poll(NULL, 0, BETWEEN_TRIES);
	}
	return true;
}

struct batch_done *
batch_done_open(struct session *session, struct str path, struct err *reterr)
{
	struct arena *arena = session->arena;
	struct batch_done *done = ARENA_NEW(arena, struct batch_done);
	done->arena = arena;
	done->path = path;
	done->writer = writer_direct(-1);
	done->keys = table_new(arena);
	done->fd = open(
	    str_z(arena, path), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	if (done->fd < 0) {
		(void)fail(done, reterr);
		return NULL;
	}
	const off_t whole =
	    claim(done, session, reterr) ? reports_read(done, reterr) : -1;
	if (whole < 0) {
		batch_done_close(&done);
		return NULL;
	}
	done->writer = writer_direct(done->fd);
	if (ftruncate(done->fd, whole) != 0 || !writer_part(&done->writer)) {
		(void)fail(done, reterr);
		batch_done_close(&done);
	}
	return done;
}

bool
batch_done_take(struct batch_done *done, struct str key)
{
	struct key *found = key_find(done, key);
	if (!found || found->count == 0) {
		return false;
	}
	found->count--;
	return true;
}

bool
batch_done_write(struct batch_done *done, struct str lines, struct err *reterr)
{
	return writer_write(&done->writer, lines) || fail(done, reterr);
}

bool
batch_done_settle(struct batch_done *done, struct err *reterr)
{
	return writer_end(&done->writer) || fail(done, reterr);
}

void
batch_done_close(struct batch_done **done)
{
	if (*done) {
		(void)writer_end(&(*done)->writer);
		(void)close((*done)->fd);
		*done = NULL;
	}
}
