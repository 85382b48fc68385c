/* SPDX-License-Identifier: MIT */
/*
 * Runs the program that was built, and keeps what came of it:
 *
 *	const struct run run = RUN("explain", "spf-missing");
 *	cr_expect(eq(int, run.code, 0));
 *
 * It gets an environment of its own (C.UTF-8, nothing of the tester's), an
 * empty stdin, and 20 seconds. Nothing has to be freed.
 */
#ifndef TESTS_PROGRAM_H
#define TESTS_PROGRAM_H

#include "base/str.h"

#include <stdbool.h>

#include <sys/types.h>

/** How to run it; what is zero is as usual. */
struct run_manner {
	const char *program;            /* another one than ivycheck */
	const char *name;               /* by which it is called */
	const char *const *environment; /* "NAME=value", ended by NULL: more */
	struct str in;                  /* what it reads from stdin */
	const char *out;                /* stdout is this file: "/dev/full" */
	bool unread;                    /* stdout is a pipe without a reader */
	bool closed[3];                 /* stdin, stdout, stderr do not exist */
	int seconds;                    /* to live */
};

/** What came of it. */
struct run {
	int code;      /* the exit code; -1: it did not exit by itself */
	int signal;    /* that ended it, or 0 */
	bool too_slow; /* its time was up; it was killed */
	const char *out;
	const char *err;
	size_t out_len;
	size_t err_len;
	long peak_kib; /* of memory; what the test had at the start counts */
};

/** A run under way. */
struct running {
	pid_t pid;
	int out; /* files with what it wrote so far */
	int err;
	int alive; /* end of file here: it and all it started are gone */
	int seconds;
};

/** Where the program is that was built. */
const char *program_path(void);

/** Starts it with *arguments*, ended by NULL; *manner* may be NULL. */
struct running program_start(
    const struct run_manner *manner, const char *const *arguments);

/** Waits until it ends, at most until its time is up. */
struct run program_finish(const struct running *running);

/** Starts it and waits. */
struct run program_run(
    const struct run_manner *manner, const char *const *arguments);

/** Expects that both texts are the same. */
void expect_text(const char *got, const char *want);

/** Runs it with these arguments. */
#define RUN(...) RUN_AS(NULL, __VA_ARGS__)

/** Runs it with these arguments in a certain manner. */
#define RUN_AS(manner, ...) \
	program_run((manner), (const char *const[]){ __VA_ARGS__, NULL })

#endif
