/* SPDX-License-Identifier: MIT */
/*
 * A line on the terminal that tells what is being waited for, and goes away
 * before anything else is written. Nothing where stderr is no terminal.
 */
#ifndef CMD_STATUS_LINE_H
#define CMD_STATUS_LINE_H

#include "base/str.h"

#include <stdbool.h>

struct session;

struct status_line {
	bool on;    /* there is a terminal, and it may be used */
	bool shown; /* the line stands there now */
};

/** Ready for *session*: off with -q, without a terminal, with TERM=dumb. */
struct status_line status_line_open(const struct session *session);

/** Shows *text* (our own, in one line) in the place of what stood there. */
void status_line_show(struct status_line *line, struct str text);

/** Takes the line away. */
void status_line_hide(struct status_line *line);

#endif
