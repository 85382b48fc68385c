/* SPDX-License-Identifier: MIT */
/* The exit code of the process that writes is the errno that ended it. */
#include "cmd/writer.h"

#include "base/arena.h"
#include "base/buf.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#	include <sys/prctl.h>
#endif

enum {
	PIECE = 65536, /* octets that are read at a time, a pipe full */
};

struct writer
writer_direct(int fd)
{
	return (struct writer){ .fd = fd, .file = fd };
}

/** Waits until a descriptor that does not block takes more. */
static bool
wait_for(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLOUT };
	return poll(&poll_fd, 1, -1) >= 0 || errno == EINTR;
}

/** Writes all of *text*; gives how much of it was written. */
static size_t
write_all(int fd, struct str text)
{
	struct str rest = text;
	while (rest.len > 0) {
		const ssize_t len = write(fd, rest.at, rest.len);
		if (len >= 0) {
			rest = str_from(rest, (size_t)len);
			continue;
		}
		if (errno != EINTR && (errno != EAGAIN || !wait_for(fd))) {
			break;
		}
	}
	return text.len - rest.len;
}

/** How much of *text* are whole lines. */
static size_t
lines_len(struct str text)
{
	const char *last =
	    text.len > 0 ? memrchr(text.at, '\n', text.len) : NULL;
	return last ? (size_t)(last - text.at) + 1 : 0;
}

/** Takes the *len* octets back that were written last, if they still are. */
static void
take_back(int fd, size_t len)
{
	struct stat file;
	const off_t at = lseek(fd, 0, SEEK_CUR);
	const off_t to = at - (off_t)len;
	if (len > 0 && at > 0 && fstat(fd, &file) == 0 && file.st_size == at &&
	    ftruncate(fd, to) == 0) {
		/* Others may go on with this descriptor. */
		(void)lseek(fd, to, SEEK_SET);
	}
}

/** Writes *lines*, or as many of them as can be; 0 or an errno. */
static int
lines_write(int fd, struct str lines)
{
	const size_t len = write_all(fd, lines);
	if (len == lines.len) {
		return 0;
	}
	const int error = errno;
	take_back(fd, len - lines_len(str_slice(lines, 0, len)));
	return error;
}

/** Passes lines on to the end of *from*; 0 or an errno. */
static int
lines_pass(int from, int to)
{
	struct arena *arena = arena_new();
	char *piece = arena_alloc(arena, PIECE);
	struct buf kept = buf_new(arena);
	for (;;) {
		const ssize_t got = read(from, piece, PIECE);
		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got <= 0) {
			return got < 0 ? errno : 0;
		}
		buf_add(&kept, (struct str){ piece, (size_t)got });
		const struct str text = buf_str(&kept);
		const size_t len = lines_len(text);
		const int error = lines_write(to, str_slice(text, 0, len));
		if (error != 0) {
			return error;
		}
		kept.len -= len;
		memmove(kept.at, kept.at + len, kept.len);
	}
}

/**
 * What ends the other process, by its group or by its name, must not end
 * this one. What the caller left open stays open: whoever waits for the end
 * of that knows that all is written.
 */
static void
stand_apart(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	(void)setsid();
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		(void)signal(numbers[i], SIG_IGN);
	}
#ifdef __linux__
	(void)prctl(PR_SET_NAME, "batch-writer");
#endif
}

/** Locks or unlocks *fd* as a whole; false if somebody else has locked it. */
static bool
lock_set(int fd, short type)
{
#ifdef F_OFD_SETLK
	/* Of the open file: one process locks it, the other keeps it so. */
	struct flock lock = { .l_type = type, .l_whence = SEEK_SET };
	return fcntl(fd, F_OFD_SETLK, &lock) == 0 ||
	       (errno != EAGAIN && errno != EACCES);
#else
	(void)fd;
	(void)type;
	return true;
#endif
}

bool
writer_claim(int fd)
{
	return lock_set(fd, F_WRLCK);
}

/** What the other process does. */
static int
write_apart(int from, int to)
{
	stand_apart();
	const int error = lines_pass(from, to);
	/* Others may keep it open. */
	(void)lock_set(to, F_UNLCK);
	return error;
}

bool
writer_part(struct writer *writer)
{
	int ends[2];
	struct stat file;
	assert(writer->pid == 0);
	if (fstat(writer->file, &file) != 0 || !S_ISREG(file.st_mode)) {
		return true;
	}
	if (pipe2(ends, O_CLOEXEC) != 0) {
		return false;
	}
	/* Several may add to a file, but nobody is to go on after them. */
	(void)writer_claim(writer->file);
	/* Nobody can wait for a child while its end is ignored. */
	(void)signal(SIGCHLD, SIG_DFL);
	writer->pid = fork();
	if (writer->pid == 0) {
		(void)close(ends[1]);
		_exit(write_apart(ends[0], writer->file));
	}
	const int error = errno;
	(void)close(ends[0]);
	writer->fd = ends[1];
	if (writer->pid > 0) {
		return true;
	}
	(void)close(ends[1]);
	*writer = writer_direct(writer->file);
	errno = error;
	return false;
}

bool
writer_write(struct writer *writer, struct str text)
{
	if (write_all(writer->fd, text) == text.len) {
		return true;
	}
	if (writer->pid > 0 && errno == EPIPE && writer_end(writer)) {
		errno = EIO;
	}
	return false;
}

bool
writer_end(struct writer *writer)
{
	int status = 0;
	pid_t ended = 0;
	if (writer->pid == 0) {
		return true;
	}
	(void)close(writer->fd);
	do {
		ended = waitpid(writer->pid, &status, 0);
	} while (ended < 0 && errno == EINTR);
	*writer = writer_direct(writer->file);
	/* Somebody killed it: what is not written is lost. */
	errno = ended > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : EIO;
	return errno == 0;
}
