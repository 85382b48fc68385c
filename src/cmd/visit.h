/* SPDX-License-Identifier: MIT */
/*
 * One domain as a command goes through it: what it should have, its
 * examination, and the report on it. Shared by check, wait and batch.
 */
#ifndef CMD_VISIT_H
#define CMD_VISIT_H

#include "base/buf.h"
#include "base/str.h"
#include "cli/exit.h"
#include "diagnosis/examine.h"
#include "dns/name.h"
#include "expect/expect.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct asked;
struct err;
struct manner;
struct report;
struct session;

struct visit {
	struct session *session;
	const struct asked *asked;
	struct arena *arena; /* of everything here */
	struct str typed;    /* as it was given; empty: not by name */
	struct expect expect;
	struct order order;
	struct examination *examination; /* NULL: not begun */
	int64_t begun;                   /* by clock_monotonic() */
	int64_t spent;                   /* microseconds, see visit_spend() */
	bool done;
};

/**
 * Makes ready to examine *domain* ("no name": the one that --expect names),
 * with *otherwise* as the default of --view. False with
 * *reterr*. visit_close() must follow, whatever it gave.
 */
bool visit_open(struct visit *visit, struct name domain, enum view otherwise,
    struct err *reterr);

/** The same for the expectation in JSON that *line* holds. */
bool visit_open_line(struct visit *visit, struct str line, enum view otherwise,
    struct err *reterr);

/** Begins the examination. */
void visit_begin(struct visit *visit);

/** Goes as far as answers allow; true when the outcome is there. */
bool visit_advance(struct visit *visit);

/**
 * Counts *passed* microseconds if some question was with a server: what
 * waits for its turn costs a domain nothing. When --deadline has been spent,
 * visit_advance() gives what is known by then.
 */
void visit_spend(struct visit *visit, int64_t passed);

/** The finished report; only when it is done. */
struct report *visit_report(struct visit *visit);

/**
 * Ends the examination, before its source is closed; what it learned stays
 * until visit_close().
 */
void visit_end(struct visit *visit);

/** Frees everything. */
void visit_close(struct visit *visit);

/** The exit code for *report* in the format of *session*. */
enum exit_code visit_exit(
    const struct session *session, const struct report *report);

/** Of two exit codes the one that counts in the format of *session*. */
enum exit_code visit_exit_worst(
    const struct session *session, enum exit_code a, enum exit_code b);

#endif
