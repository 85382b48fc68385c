/* SPDX-License-Identifier: MIT */
/*
 * What was made of parts of answers, so that a task that comes again need
 * not make it again.
 * Must never know what it is.
 */
#ifndef LOOK_MEMO_H
#define LOOK_MEMO_H

#include "look/look.h"

#include <stddef.h>

struct arena;

/** What *make* made of *part*. */
struct memo {
	const void *part; /* NULL: the slot is free */
	look_make_fn *make;
	const void *made;
};

/** All zero: nothing was made. */
struct memos {
	struct memo *slots; /* a power of two of them */
	size_t slots_len;
	size_t len;
};

/** What *make* makes of *part*, at the first time or made before. */
const void *memos_get(struct memos *memos, struct arena *arena,
    look_make_fn *make, const void *part);

#endif
