/* SPDX-License-Identifier: MIT */
/*
 * A source over another one that delivers one answer at a time, in an order
 * that a seed decides: what is reported must not depend on it.
 */
#ifndef TESTS_SHUFFLE_SOURCE_H
#define TESTS_SHUFFLE_SOURCE_H

#include "source/source.h"

#include <stdint.h>

/**
 * Opens a source over *below*, which must live longer and must be able to
 * answer a question alone. Closing it does not close *below*.
 */
struct source *shuffle_source_open(struct source *below, uint64_t seed);

#endif
