/* SPDX-License-Identifier: MIT */
/*
 * What an interrupted batch had told already: the file of its reports, cut
 * back to whole lines, and which inputs they are of.
 */
#ifndef CMD_BATCH_DONE_H
#define CMD_BATCH_DONE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct err;
struct session;

struct batch_done;

/**
 * Reads the reports in *path*, which may not exist yet, and opens it to be
 * continued: a last line without its end is cut off. What an earlier run
 * still writes is waited for. It lives as long as *session*; NULL with
 * *reterr* if the file cannot be read, is something else, or if another run
 * does not end writing to it.
 */
struct batch_done *batch_done_open(
    struct session *session, struct str path, struct err *reterr);

/**
 * True if there is a report on *key*, a domain as text or an unreadable line
 * as it was told; each report counts once.
 */
bool batch_done_take(struct batch_done *done, struct str key);

/**
 * Adds whole lines to the file; if this process is killed, they are there
 * whole or not at all.
 */
bool batch_done_write(
    struct batch_done *done, struct str lines, struct err *reterr);

/** Waits until they are there; false with *reterr* if not all could be. */
bool batch_done_settle(struct batch_done *done, struct err *reterr);

/** Closes the file and sets it to NULL; NULL is allowed. */
void batch_done_close(struct batch_done **done);

#endif
