/* SPDX-License-Identifier: MIT */
/*
 * Answers that are known already, in front of a source that is asked for the
 * rest.
 */
#ifndef SOURCE_REMEMBERED_H
#define SOURCE_REMEMBERED_H

#include "source/source.h"

#include <stdbool.h>

/**
 * Opens a source over *below*, which must live longer; it knows nothing yet.
 * Closing it does not close *below*.
 */
struct source *remembered_open(struct source *below);

/** Adds *answer* to *question*, once; both must live as long as *source*. */
void remembered_add(struct source *source, const struct question *question,
    const struct answer *answer);

/**
 * Delivers the remembered answers that are waiting, without stepping the
 * source below; false if there are none.
 */
bool remembered_pump(struct source *source);

#endif
