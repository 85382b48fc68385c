/* SPDX-License-Identifier: MIT */
/* Files by their descriptors: what is not written yet is nowhere else. */
#include "cmd/output.h"

#include "base/arena.h"
#include "base/err.h"
#include "cmd/writer.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct output {
	struct arena *arena;
	const char *path;   /* as it is called; NULL: stdout */
	const char *beside; /* the name until it is complete; or NULL */
	int fd;
	bool gone;
	struct writer writer; /* to fd */
};

static bool
fail(const struct output *output, const char *doing, struct err *reterr)
{
	if (!output->path) {
		return err_set(reterr, ERR_FILE, "cannot write to stdout: %s",
		    strerror(errno));
	}
	return err_set(reterr, ERR_FILE, "cannot %s %s: %s", doing,
	    output->path, strerror(errno));
}

/** The rights of the file that is replaced, or those of a new file. */
static mode_t
mode_for(const char *path)
{
	struct stat old;
	if (stat(path, &old) == 0) {
		return old.st_mode & 07777;
	}
	const mode_t mask = umask(0);
	(void)umask(mask);
	return 0666 & ~mask;
}

/**
 * True if *path* is there and no plain file, or stands for one that is open
 * already, as /dev/stdout does.
 */
static bool
is_special(const char *path)
{
	struct stat at;
	return str_starts(str_of(path), STR("/dev/")) ||
	       (stat(path, &at) == 0 && !S_ISREG(at.st_mode));
}

/**
 * Follows links, so that a link stays one and its file is replaced. NULL for
 * a link to nothing.
 */
static const char *
without_links(struct arena *arena, const char *path)
{
	struct stat at;
	char *real = realpath(path, NULL);
	if (!real) {
		return lstat(path, &at) == 0 ? NULL : path;
	}
	const char *copy = str_z(arena, str_of(real));
	free(real);
	return copy;
}

static bool
open_beside(struct output *output, struct err *reterr)
{
	const char *path = without_links(output->arena, output->path);
	if (!path) {
		return fail(output, "write", reterr);
	}
	output->path = path;
	const struct str name =
	    str_print(output->arena, "%s.XXXXXX", output->path);
	char *beside = arena_copy(output->arena, name.at, name.len);
	const mode_t mode = mode_for(output->path);
	output->fd = mkostemp(beside, O_CLOEXEC);
	if (output->fd < 0) {
		return fail(output, "write", reterr);
	}
	output->beside = beside;
	if (fchmod(output->fd, mode) != 0) {
		return fail(output, "set the rights of", reterr);
	}
	return true;
}

static bool
open_path(struct output *output, struct str path, struct err *reterr)
{
	output->path = str_z(output->arena, path);
	if (!is_special(output->path)) {
		return open_beside(output, reterr);
	}
	output->fd = open(output->path, O_WRONLY | O_APPEND | O_CLOEXEC);
	return output->fd >= 0 || fail(output, "write", reterr);
}

bool
output_open(struct arena *arena, struct str path, struct output **ret,
    struct err *reterr)
{
	struct output *output = ARENA_NEW(arena, struct output);
	assert(ret && reterr);
	output->arena = arena;
	output->fd = STDOUT_FILENO;
	*ret = output;
	if (path.len > 0 && !str_eq(path, STR("-")) &&
	    !open_path(output, path, reterr)) {
		return false;
	}
	output->writer = writer_direct(output->fd);
	return true;
}

bool
output_share(struct output *output, struct err *reterr)
{
	return !output->beside || fchmod(output->fd, 0644) == 0 ||
	       fail(output, "set the rights of", reterr);
}

bool
output_part(struct output *output, struct err *reterr)
{
	return output->beside || writer_part(&output->writer) ||
	       fail(output, "write", reterr);
}

bool
output_write(struct output *output, struct str text, struct err *reterr)
{
	assert(output && output->fd >= 0);
	if (writer_write(&output->writer, text)) {
		return true;
	}
	output->gone = errno == EPIPE;
	return fail(output, "write", reterr);
}

bool
output_settle(struct output *output, struct err *reterr)
{
	return writer_end(&output->writer) || fail(output, "write", reterr);
}

bool
output_is_gone(const struct output *output)
{
	return output->gone;
}

/** Some file systems tell only at the end that there was no room. */
static bool
flush_stdout(const struct output *output, struct err *reterr)
{
	const int copy = dup(output->fd);
	if (copy < 0 || close(copy) == 0) {
		return true;
	}
	return fail(output, "write", reterr);
}

bool
output_complete(struct output *output, struct err *reterr)
{
	assert(output->writer.pid == 0);
	if (!output->path) {
		return flush_stdout(output, reterr);
	}
	/* The name must not be there before what it stands for is. */
	if (output->beside && fsync(output->fd) != 0) {
		return fail(output, "write", reterr);
	}
	const bool closed = close(output->fd) == 0;
	output->fd = -1;
	if (!closed) {
		return fail(output, "write", reterr);
	}
	if (output->beside && rename(output->beside, output->path) != 0) {
		return fail(output, "replace", reterr);
	}
	output->beside = NULL;
	return true;
}

void
output_close(struct output **output)
{
	struct output *closing = *output;
	*output = NULL;
	if (!closing) {
		return;
	}
	(void)writer_end(&closing->writer);
	if (closing->path && closing->fd >= 0) {
		(void)close(closing->fd);
	}
	if (closing->beside) {
		(void)unlink(closing->beside);
	}
}

bool
file_write(struct arena *arena, struct str path, struct str content,
    struct err *reterr)
{
	struct output *output = NULL;
	const bool good = output_open(arena, path, &output, reterr) &&
			  output_write(output, content, reterr) &&
			  output_complete(output, reterr);
	output_close(&output);
	return good;
}

struct str
file_shown(struct str path)
{
	return str_eq(path, STR("-")) ? STR("stdin") : path;
}

static bool
fail_read(struct str path, const char *why, struct err *reterr)
{
	const struct str shown = file_shown(path);
	return err_set(
	    reterr, ERR_FILE, "cannot read %.*s: %s", STR_ARG(shown), why);
}

/** Reads to the end, or one byte beyond *most*. */
static ssize_t
read_all(int fd, struct arena *arena, size_t most, char **ret)
{
	size_t room = 65536;
	size_t len = 0;
	char *at = arena_alloc(arena, room);
	for (;;) {
		if (len == room) {
			char *more = arena_alloc(arena, room * 2);
			memcpy(more, at, len);
			at = more;
			room *= 2;
		}
		const ssize_t got = read(fd, at + len, room - len);
		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got < 0) {
			return -1;
		}
		len += (size_t)got;
		if (got == 0 || len > most) {
			*ret = at;
			return (ssize_t)len;
		}
	}
}

bool
file_read(struct arena *arena, struct str path, size_t most, struct str *ret,
    struct err *reterr)
{
	char *at = NULL;
	const bool from_stdin = str_eq(path, STR("-"));
	const int fd = from_stdin
			   ? STDIN_FILENO
			   : open(str_z(arena, path), O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return fail_read(path, strerror(errno), reterr);
	}
	const ssize_t len = read_all(fd, arena, most, &at);
	const int error = errno;
	if (!from_stdin) {
		(void)close(fd);
	}
	if (len < 0) {
		return fail_read(path, strerror(error), reterr);
	}
	if ((size_t)len > most) {
		const struct str why =
		    str_print(arena, "it is larger than %zu KiB", most >> 10);
		return fail_read(path, why.at, reterr);
	}
	*ret = (struct str){ .at = at, .len = (size_t)len };
	return true;
}
