/* SPDX-License-Identifier: MIT */
/*
 * Locking, reading, putting aside and replacing a state file. The lock is on
 * a file of its own, FILE.lock, since FILE is another one after each run; it
 * stays, for a lock that is removed is one that two can hold. What is not
 * complete is FILE.new, always under that name: a run that is killed leaves
 * nothing behind that the next one would not write over.
 */
#include "cmd/state_file.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "cmd/lines.h"
#include "cmd/state.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	LONGEST_WAIT = 60 * 1000000, /* for the lock, in microseconds */
	BETWEEN_TRIES = 50,          /* milliseconds */
	MOST_ASIDE = 100,            /* damaged files that are kept */
	PIECE = 65536,               /* octets that are written at a time */
};

struct state_file {
	struct arena *arena;
	const char *path; /* without links */
	int lock;
	bool there;  /* the file exists */
	mode_t mode; /* of it */
};

static bool
fail(const char *doing, const char *path, struct err *reterr)
{
	return err_set(
	    reterr, ERR_FILE, "cannot %s %s: %s", doing, path, strerror(errno));
}

/** Through links, so that all names of a file have one lock. */
static const char *
without_links(struct arena *arena, struct str path)
{
	char *real = realpath(str_z(arena, path), NULL);
	if (!real) {
		return str_z(arena, path);
	}
	const char *copy = str_z(arena, str_of(real));
	free(real);
	return copy;
}

static bool
lock_take(int fd)
{
	const int64_t end = clock_monotonic() + LONGEST_WAIT;
	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK && errno != EINTR) {
			return false;
		}
		if (clock_monotonic() >= end) {
			errno = EWOULDBLOCK;
			return false;
		}
		(void)poll(NULL, 0, BETWEEN_TRIES);
	}
	return true;
}

static bool
lock_open(struct state_file *file, struct err *reterr)
{
	const char *path = str_print(file->arena, "%s.lock", file->path).at;
	const int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
	file->lock = open(path, flags, 0666);
	if (file->lock < 0) {
		return fail("write", path, reterr);
	}
	if (lock_take(file->lock)) {
		return true;
	}
	if (errno == EWOULDBLOCK) {
		return err_set(reterr, ERR_FILE,
		    "%s is locked by another run all the time", file->path);
	}
	return fail("lock", path, reterr);
}

/** Finds out whether the file is there, and if it may be replaced. */
static bool
file_look(struct state_file *file, struct err *reterr)
{
	struct stat about;
	file->mode = 0;
	file->there = stat(file->path, &about) == 0;
	if (!file->there) {
		/* A link to nothing is not to become a file. */
		return (errno == ENOENT && lstat(file->path, &about) != 0) ||
		       fail("read", file->path, reterr);
	}
	if (!S_ISREG(about.st_mode)) {
		return err_set(reterr, ERR_FILE,
		    "%s is no plain file, so results cannot be kept there",
		    file->path);
	}
	file->mode = about.st_mode & 0777;
	if (access(file->path, W_OK) != 0) {
		return fail("write", file->path, reterr);
	}
	return true;
}

struct state_file *
state_file_lock(struct arena *arena, struct str path, struct err *reterr)
{
	struct state_file *file = ARENA_NEW(arena, struct state_file);
	assert(path.len > 0);
	file->arena = arena;
	file->path = without_links(arena, path);
	file->lock = -1;
	if (!file_look(file, reterr) || !lock_open(file, reterr) ||
	    /* Another run may have written it for the first time. */
	    !file_look(file, reterr)) {
		state_file_unlock(&file);
	}
	return file;
}

/** Reads all lines; false if they are not what was written. */
static bool
lines_read(struct lines *lines, struct state *state, struct err *reterr)
{
	struct str line;
	unsigned long domains = 0;
	if (lines_next(lines, true, &line) != LINE_READ ||
	    !state_head_read(line, &domains, reterr)) {
		return false;
	}
	for (unsigned long i = 0; i < domains; i++) {
		if (lines_next(lines, true, &line) != LINE_READ ||
		    !state_line_read(line, state)) {
			return false;
		}
	}
	return lines_next(lines, true, &line) == LINE_END;
}

/** A name that nothing has yet; it then has an empty file. */
static const char *
aside_name(struct state_file *file)
{
	struct str name = str_print(file->arena, "%s.corrupt", file->path);
	for (int i = 2; i <= MOST_ASIDE; i++) {
		const int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
		const int fd = open(name.at, flags, 0600);
		if (fd >= 0) {
			(void)close(fd);
			return name.at;
		}
		if (errno != EEXIST) {
			return NULL;
		}
		name = str_print(file->arena, "%s.corrupt.%d", file->path, i);
	}
	return NULL;
}

static bool
put_aside(struct state_file *file, struct str *ret_sentence, struct err *reterr)
{
	const char *aside = aside_name(file);
	if (!aside || rename(file->path, aside) != 0) {
		return fail("put aside the damaged", file->path, reterr);
	}
	*ret_sentence = str_print(file->arena,
	    "%s is damaged: it is kept as %s, and all domains are new again",
	    file->path, aside);
	return true;
}

bool
state_file_read(struct state_file *file, struct state *state,
    struct str *ret_aside, struct err *reterr)
{
	struct stat about;
	*ret_aside = (struct str){ 0 };
	assert(state->domains.len == 0);
	/* An empty file is what mktemp makes. */
	if (!file->there ||
	    (stat(file->path, &about) == 0 && about.st_size == 0)) {
		return true;
	}
	struct arena *scratch = arena_new();
	struct lines *lines =
	    lines_open(scratch, str_of(file->path), LINE_MAX, reterr);
	const bool opened = lines != NULL;
	struct err newer = { 0 };
	bool good = opened && lines_read(lines, state, &newer);
	lines_close(&lines);
	arena_free(&scratch);
	if (!good && newer.code != ERR_NONE) {
		return err_set(
		    reterr, ERR_INPUT, "%s: %s", file->path, newer.text);
	}
	if (!good && opened) {
		*state = *state_new(state->arena);
		good = put_aside(file, ret_aside, reterr);
	}
	return good;
}

static bool
piece_write(int fd, struct buf *piece)
{
	struct str rest = buf_str(piece);
	while (rest.len > 0) {
		const ssize_t wrote = write(fd, rest.at, rest.len);
		if (wrote < 0 && errno != EINTR) {
			return false;
		}
		rest = str_from(rest, wrote > 0 ? (size_t)wrote : 0);
	}
	piece->len = 0;
	return true;
}

/** Only of these is anything known. */
static size_t
entries_keep(struct state_entry **entries, size_t len)
{
	size_t kept = 0;
	for (size_t i = 0; i < len; i++) {
		if (entries[i]->now.result || entries[i]->now.suspected) {
			entries[kept++] = entries[i];
		}
	}
	return kept;
}

static bool
state_write(int fd, const struct state *state)
{
	struct arena *scratch = arena_new();
	struct state_entry **entries = state_sorted(state, scratch);
	const size_t len = entries_keep(entries, state->domains.len);
	struct buf piece = buf_new(scratch);
	bool good = true;
	state_head_write(len, &piece);
	for (size_t i = 0; i < len && good; i++) {
		state_line_write(entries[i], &piece);
		good = piece.len < PIECE || piece_write(fd, &piece);
	}
	good = good && piece_write(fd, &piece);
	arena_free(&scratch);
	return good;
}

bool
state_file_write(
    struct state_file *file, const struct state *state, struct err *reterr)
{
	const char *path = str_print(file->arena, "%s.new", file->path).at;
	const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
	const int fd = open(path, flags, 0666);
	assert(file->lock >= 0);
	if (fd < 0) {
		return fail("write", path, reterr);
	}
	/* What is not on the disk must not have the name of what was. */
	bool good = (!file->there || fchmod(fd, file->mode) == 0) &&
		    state_write(fd, state) && fsync(fd) == 0;
	const int error = errno;
	good = close(fd) == 0 && good;
	if (good && rename(path, file->path) == 0) {
		return true;
	}
	errno = good ? errno : error;
	(void)fail("write", good ? file->path : path, reterr);
	(void)unlink(path);
	return false;
}

void
state_file_unlock(struct state_file **file)
{
	if (*file && (*file)->lock >= 0) {
		(void)close((*file)->lock);
	}
	*file = NULL;
}
