/* SPDX-License-Identifier: MIT */
/* Reading with poll(), so that a slow pipe does not hold up what is open. */
#include "cmd/lines.h"

#include "base/arena.h"
#include "base/err.h"
#include "cmd/output.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct lines {
	int fd;
	int stop;      /* can be read when waiting is to end; or -1 */
	bool own;      /* fd is to be closed */
	bool end;      /* nothing more can be read */
	bool skipping; /* the rest of a line that was too long */
	int error;     /* that ended it; 0: none */
	size_t number; /* of the line that was given last */
	struct str path;
	int64_t taken; /* octets read */
	int64_t all;   /* octets there are, or -1 */
	size_t from;   /* where the next line begins in at[] */
	size_t len;    /* octets in at[] */
	size_t most;
	char *at; /* most + 1 octets */
};

struct lines *
lines_open(
    struct arena *arena, struct str path, size_t most, struct err *reterr)
{
	struct lines *lines = ARENA_NEW(arena, struct lines);
	struct stat about;
	lines->all = -1;
	lines->stop = -1;
	lines->most = most;
	lines->path = path;
	lines->at = arena_alloc(arena, most + 1);
	lines->own = path.len > 0 && !str_eq(path, STR("-"));
	if (lines->own) {
		lines->fd = open(str_z(arena, path), O_RDONLY | O_CLOEXEC);
	}
	if (lines->fd < 0) {
		(void)err_set(reterr, ERR_FILE, "%.*s: %s", STR_ARG(path),
		    strerror(errno));
		return NULL;
	}
	if (fstat(lines->fd, &about) == 0 && S_ISREG(about.st_mode)) {
		lines->all = about.st_size;
	}
	return lines;
}

size_t
lines_number(const struct lines *lines)
{
	return lines->number;
}

bool
lines_are_whole(const struct lines *lines, struct err *reterr)
{
	return lines->error == 0 ||
	       err_set(reterr, ERR_FILE, "%.*s: %s",
		   STR_ARG(file_shown(lines->path)), strerror(lines->error));
}

void
lines_stop_at(struct lines *lines, int fd)
{
	lines->stop = fd;
}

/** True if a read would not wait. */
static bool
is_readable(const struct lines *lines)
{
	struct pollfd ready = { .fd = lines->fd, .events = POLLIN };
	return poll(&ready, 1, 0) != 0;
}

/** Waits for more; false if it is to stop instead. */
static bool
wait_for_more(const struct lines *lines)
{
	struct pollfd both[2] = {
		{ .fd = lines->fd, .events = POLLIN },
		{ .fd = lines->stop, .events = POLLIN },
	};
	while (poll(both, 2, -1) < 0) {
		assert(errno == EINTR);
	}
	return both[1].revents == 0;
}

/** Reads more; false if nothing came and more may come later. */
static bool
fill(struct lines *lines, bool wait)
{
	if (!wait && !is_readable(lines)) {
		return false;
	}
	if (wait && !wait_for_more(lines)) {
		lines->from = lines->len; /* no whole line, so none */
		lines->end = true;
		return true;
	}
	if (lines->from > 0) {
		memmove(lines->at, lines->at + lines->from,
		    lines->len - lines->from);
		lines->len -= lines->from;
		lines->from = 0;
	}
	assert(lines->len < (lines->most + 1));
	const ssize_t got = read(
	    lines->fd, lines->at + lines->len, (lines->most + 1) - lines->len);
	if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
		return wait;
	}
	if (got <= 0) {
		lines->error = got < 0 ? errno : 0;
		lines->end = true;
		return true;
	}
	lines->len += (size_t)got;
	lines->taken += got;
	return true;
}

/** Cuts the line up to *end* off; a carriage return at its end goes too. */
static struct str
cut(struct lines *lines, size_t end, bool with_newline)
{
	const struct str mark = STR("\xef\xbb\xbf");
	struct str line = { .at = lines->at + lines->from,
		.len = end - lines->from };
	if (lines->number == 0 && str_starts(line, mark)) {
		line = str_from(line, mark.len);
	}
	if (str_ends(line, STR("\r"))) {
		line.len--;
	}
	lines->from = end + with_newline;
	return line;
}

/** A line that is there already; LINE_LATER if there is none. */
static enum line_outcome
take(struct lines *lines, struct str *ret)
{
	const struct str rest = { .at = lines->at + lines->from,
		.len = lines->len - lines->from };
	const ptrdiff_t newline = str_index(rest, '\n');
	if (newline >= 0) {
		const bool skipped = lines->skipping;
		*ret = cut(lines, lines->from + (size_t)newline, true);
		lines->skipping = false;
		return skipped ? LINE_LATER : LINE_READ;
	}
	if (rest.len > lines->most) {
		const bool told = lines->skipping;
		*ret = cut(lines, lines->len, false);
		lines->skipping = true;
		return told ? LINE_LATER : LINE_TOO_LONG;
	}
	if (lines->end && rest.len > 0 && !lines->skipping) {
		*ret = cut(lines, lines->len, false);
		return LINE_READ;
	}
	return LINE_LATER;
}

enum line_outcome
lines_next(struct lines *lines, bool wait, struct str *ret)
{
	for (;;) {
		const size_t from = lines->from;
		const enum line_outcome outcome = take(lines, ret);
		if (outcome != LINE_LATER) {
			lines->number++;
			return outcome;
		}
		if (lines->from != from) {
			continue; /* a part of a long line was passed over */
		}
		if (lines->end) {
			return LINE_END;
		}
		if (!fill(lines, wait)) {
			return LINE_LATER;
		}
	}
}

void
lines_progress(const struct lines *lines, int64_t *ret_read, int64_t *ret_all)
{
	*ret_read = lines->taken - (int64_t)(lines->len - lines->from);
	*ret_all = lines->all;
}

void
lines_close(struct lines **lines)
{
	if (*lines && (*lines)->own) {
		(void)close((*lines)->fd);
	}
	*lines = NULL;
}
