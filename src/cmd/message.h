/* SPDX-License-Identifier: MIT */
/* What is said beside the output: errors and notes, on stderr. */
#ifndef CMD_MESSAGE_H
#define CMD_MESSAGE_H

#include "base/str.h"

struct arena;
struct patterns;

/**
 * *text*, which may repeat what was typed or what stands in a file, without
 * anything that a terminal would obey; backslashes stay. In *arena*.
 */
struct str message_safe(
    struct arena *arena, struct patterns *patterns, struct str text);

/** Writes *text* to stderr; there is nobody to tell if that fails. */
void message_write(struct str text);

#endif
