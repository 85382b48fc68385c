/* SPDX-License-Identifier: MIT */
/* What a fleet's run says of a line that it cannot read. */
#ifndef CMD_UNREADABLE_H
#define CMD_UNREADABLE_H

#include "base/str.h"

struct arena;
struct err;
struct session;

/** *line* as an error shows it: safe, and not longer than is useful. */
struct str unreadable_line(
    const struct session *session, struct arena *arena, struct str line);

/**
 * The error object, with its newline, that stands in the place of a report;
 * *line* comes from unreadable_line().
 */
struct str unreadable_text(const struct session *session, struct arena *arena,
    struct str line, const struct err *err);

#endif
