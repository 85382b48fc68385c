/* SPDX-License-Identifier: MIT */
/*
 * Where the reports of a batch go: one by one to the output or to the file
 * of --resume, what is told of all together at the end, and the page of
 * --report. After the first failure nothing more is written.
 * Must never know what is under way, nor in which order it ends.
 */
#ifndef CMD_BATCH_OUT_H
#define CMD_BATCH_OUT_H

#include "base/err.h"
#include "base/str.h"
#include "report/format.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct batch_done;
struct edition;
struct report;
struct session;

/** The output of a batch; it must not be moved. */
struct batch_out {
	struct session *session;
	struct batch_done *done; /* of --resume; may be NULL */
	struct manner manner;
	struct edition *edition; /* all reports as one output */
	struct edition *page;    /* of --report; NULL: not wanted */
	bool in_turn; /* reports are to be added in the order of the input */
	size_t told;  /* reports; fewer with -q and --only-changes */
	bool broken;  /* err says why nothing more is written */
	struct err err;
};

/**
 * Opens what *session* asks for, before anything else is opened: a process
 * that writes is started, which keeps what is open. batch_out_close() must
 * follow. False with out->err.
 */
bool batch_out_open(struct batch_out *out, struct session *session);

/** True if an earlier run has told *key*, see batch_done_take(). */
bool batch_out_has(struct batch_out *out, struct str key);

/** Adds *report*; gives what is to be written of it, in *arena*. */
struct str batch_out_add(
    struct batch_out *out, struct arena *arena, const struct report *report);

/** Writes whole lines. */
void batch_out_write(struct batch_out *out, struct str lines);

/** Writes what could only be told when all reports were there. */
void batch_out_end(struct batch_out *out);

/** Waits until all that was written is there, and closes what was opened. */
void batch_out_close(struct batch_out *out);

#endif
