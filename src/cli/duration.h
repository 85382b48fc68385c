/* SPDX-License-Identifier: MIT */
/* Spans of time as people write them: "5s", "300ms", "1.5m", "2d", "10". */
#ifndef CLI_DURATION_H
#define CLI_DURATION_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * Reads a number, which may have a fraction, and ms, s, m, h or d after it;
 * without a unit it is seconds. Gives microseconds. False if it is something
 * else, nothing at all, or more than 366 days.
 */
bool duration_parse(struct str text, int64_t *ret_microseconds);

#endif
