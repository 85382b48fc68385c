/* SPDX-License-Identifier: MIT */
/*
 * What every command shares: memory, the options, the time, how to tell it,
 * where it goes, and how errors are told. Whom to ask is in cmd/asking.h.
 */
#ifndef CMD_SESSION_H
#define CMD_SESSION_H

#include "base/str.h"
#include "cli/exit.h"
#include "cli/terminal.h"
#include "dns/name.h"
#include "report/format.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <signal.h>

struct arena;
struct err;
struct expect;
struct memory;
struct options;
struct output;
struct patterns;
struct source;

/**
 * The signals that ask the program to end. The handler sets number, makes
 * descriptor readable, and stops source.
 */
struct stop {
	volatile sig_atomic_t number;   /* of the signal; 0: none came */
	int descriptor;                 /* can be read once one came */
	int waking;                     /* the other end of it */
	void (*end)(struct source *);   /* ends what source is waiting for */
	struct source *volatile source; /* live; or NULL */
};

/** One run of the program. */
struct session {
	struct arena *arena; /* lives as long as the session */
	const struct options *options;
	struct patterns *patterns;
	int64_t era; /* of this run: clock_era() */
	int64_t now; /* wall clock, seconds since 1970; a replay's own time */
	enum format format; /* for reports */
	struct manner manner;
	struct terminal terminal;
	struct stop *stop;
	struct memory *memory; /* of --state; NULL: all is told */
	struct output *output; /* what session_write() writes to; see there */
	struct str expected;   /* the content of --expect, once it was read */
	bool has_expected;
	bool files_only; /* answers come from zone files, now or when saved */
	bool failed;     /* session_fail() was called */
};

/**
 * Begins a session: memory, time, terminal, and the three standard
 * descriptors, which from now on exist. *options*, yet to be read, and *stop*
 * must live as long. session_close() must follow.
 */
void session_begin(
    struct session *session, const struct options *options, struct stop *stop);

/**
 * Makes ready for the command of the options, once they are read. False with
 * *reterr* if they ask for what is not there.
 */
bool session_open(struct session *session, struct err *reterr);

/** Frees the session; what was not completed of -o FILE is removed. */
void session_close(struct session *session);

/**
 * Adds *text* to the output: stdout, or the file of -o. False with *reterr*
 * if it cannot be written; the command then ends with session_fail().
 */
bool session_write(
    struct session *session, struct str text, struct err *reterr);

/** Completes the output, if nothing failed: a file of -o gets its name. */
bool session_complete(struct session *session, struct err *reterr);

/**
 * Tells *err* on stderr, in the form that was asked for, and gives the exit
 * code for it: 2, with -f nagios 3. A file of -o then stays as it was.
 */
enum exit_code session_fail(struct session *session, const struct err *err);

/** Tells something beside the output on stderr: one sentence of our own. */
void session_note(const struct session *session, struct str sentence);

/** The same with -q too: something that must not be overheard. */
void session_warn(const struct session *session, struct str sentence);

/**
 * What should be published for *domain*, by --expect and the other options.
 * *domain* may be "no name": it is then the one that the list names itself.
 * In *arena*.
 */
bool session_expect(struct session *session, struct arena *arena,
    struct name domain, struct expect *ret_expect, struct err *reterr);

/**
 * The same for *line*, an expectation in JSON that names its domain; the
 * other options go before it, --expect is not read.
 */
bool session_expect_line(struct session *session, struct arena *arena,
    struct str line, struct expect *ret_expect, struct err *reterr);

/**
 * The number of the signal that asks to end, SIGPIPE if nobody reads the
 * output any more; else 0.
 */
int session_is_stopped(const struct session *session);

#endif
