/* SPDX-License-Identifier: MIT */
/* "Did you mean": hints for words that are nearly right. */
#ifndef CLI_NEAR_H
#define CLI_NEAR_H

#include "base/str.h"

#include <stddef.h>

struct arena;
struct err;

/**
 * Changes the hint of *err* to 'Did you mean "..."?' if *word* is near one of
 * *words*.
 */
void near_hint(struct arena *arena, struct err *err, struct str word,
    const char *const *words, size_t words_len);

#endif
