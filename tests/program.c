/* SPDX-License-Identifier: MIT */
/*
 * A process with files for its output: they cannot fill up as pipes do, and
 * mapped into memory they need no freeing.
 */
#include "program.h"

#include "base/str.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	ARGUMENTS = 64,
	ENVIRONMENT = 64,
	USUAL_SECONDS = 20,
	NOT_STARTED = 127,
};

const char *
program_path(void)
{
	return BUILD_DIR "/ivycheck";
}

/** A file without a name. */
static int
file_make(struct str content)
{
	char path[] = "/tmp/ivycheck-run-XXXXXX";
	const int fd = mkostemp(path, O_CLOEXEC);
	cr_assert(fd >= 0, "no temporary file");
	(void)unlink(path);
	cr_assert(write(fd, content.at, content.len) == (ssize_t)content.len);
	cr_assert(lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

/** What is in *fd*, with a zero byte behind it; it stays in memory. */
static const char *
file_map(int fd, size_t *ret_len)
{
	const off_t len = lseek(fd, 0, SEEK_END);
	cr_assert(len >= 0);
	cr_assert(ftruncate(fd, len + 1) == 0);
	const char *at =
	    mmap(NULL, (size_t)len + 1, PROT_READ, MAP_PRIVATE, fd, 0);
	cr_assert(at != MAP_FAILED);
	(void)close(fd);
	*ret_len = (size_t)len;
	return at;
}

/** The environment: fixed, but for what the sanitizers and PATH need. */
static void
environment_set(const char *const *more)
{
	static const char *const kept[] = { "PATH", "ASAN_OPTIONS",
		"UBSAN_OPTIONS", "LSAN_OPTIONS" };
	char *values[sizeof(kept) / sizeof(*kept)];
	const size_t len = sizeof(kept) / sizeof(*kept);
	for (size_t i = 0; i < len; i++) {
		values[i] = getenv(kept[i]);
	}
	(void)clearenv();
	for (size_t i = 0; i < len; i++) {
		if (values[i]) {
			(void)setenv(kept[i], values[i], 1);
		}
	}
	(void)setenv("LC_ALL", "C.UTF-8", 1);
	for (; more && *more; more++) {
		(void)putenv((char *)(uintptr_t)*more);
	}
}

static void
become(const struct run_manner *manner, const int fds[3],
    const char *const *arguments)
{
	const char *argv[ARGUMENTS + 2] = { manner->name ? manner->name
							 : "ivycheck" };
	const char *path = manner->program;
	for (int i = 0; i < 3; i++) {
		if (dup2(fds[i], i) < 0) {
			_exit(NOT_STARTED);
		}
	}
	for (int i = 0; i < 3; i++) {
		if (manner->closed[i]) {
			(void)close(i);
		}
	}
	for (int i = 0; i < ARGUMENTS && arguments[i]; i++) {
		argv[i + 1] = arguments[i];
	}
	/* Whoever runs the tests in the background ignores SIGINT. */
	const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE };
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		(void)signal(signals[i], SIG_DFL);
	}
	environment_set(manner->environment);
	path = path ? path : program_path();
	(void)execv(path, (char **)(uintptr_t)argv);
	_exit(NOT_STARTED);
}

/** What stdout is to be, if it is not the file of *running*. */
static int
out_open(const struct run_manner *manner, const struct running *running)
{
	int ends[2];
	if (manner->unread) {
		cr_assert(pipe(ends) == 0);
		(void)close(ends[0]);
		return ends[1];
	}
	return manner->out ? open(manner->out, O_WRONLY | O_CLOEXEC)
			   : dup(running->out);
}

struct running
program_start(const struct run_manner *manner, const char *const *arguments)
{
	static const struct run_manner usual = { 0 };
	int alive[2];
	if (!manner) {
		manner = &usual;
	}
	const int in = file_make(manner->in);
	struct running running = {
		.out = file_make(STR("")),
		.err = file_make(STR("")),
		.seconds = manner->seconds ? manner->seconds : USUAL_SECONDS,
	};
	const int out = out_open(manner, &running);
	cr_assert(out >= 0 && pipe(alive) == 0);
	running.pid = fork();
	cr_assert(running.pid >= 0);
	if (running.pid == 0) {
		(void)close(alive[0]);
		const int fds[3] = { in, out, running.err };
		become(manner, fds, arguments);
	}
	(void)close(alive[1]);
	(void)close(in);
	(void)close(out);
	running.alive = alive[0];
	return running;
}

struct run
program_finish(const struct running *running)
{
	int status = 0;
	struct rusage used;
	struct run run = { .code = -1 };
	struct pollfd alive = { .fd = running->alive, .events = POLLIN };
	if (poll(&alive, 1, running->seconds * 1000) == 0) {
		run.too_slow = true;
		(void)kill(running->pid, SIGKILL);
	}
	(void)close(running->alive);
	cr_assert(wait4(running->pid, &status, 0, &used) == running->pid);
	run.peak_kib = used.ru_maxrss;
	if (WIFEXITED(status)) {
		run.code = WEXITSTATUS(status);
	} else {
		run.signal = WTERMSIG(status);
	}
	cr_assert(ne(int, run.code, NOT_STARTED));
	run.out = file_map(running->out, &run.out_len);
	run.err = file_map(running->err, &run.err_len);
	return run;
}

struct run
program_run(const struct run_manner *manner, const char *const *arguments)
{
	const struct running running = program_start(manner, arguments);
	return program_finish(&running);
}

void
expect_text(const char *got, const char *want)
{
	cr_expect(eq(str, (char *)(uintptr_t)got, (char *)(uintptr_t)want));
}
