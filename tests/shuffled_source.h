/* SPDX-License-Identifier: MIT */
/*
 * A source for tests: the answers of another one, delivered one at a time in
 * an order that a seed decides.
 */
#ifndef TESTS_SHUFFLED_SOURCE_H
#define TESTS_SHUFFLED_SOURCE_H

#include "source/source.h"

#include <stdint.h>

/**
 * Opens a source over *below*, whose answers must not depend on when it is
 * asked; it stays the caller's.
 */
struct source *shuffled_source_open(struct source *below, uint32_t seed);

#endif
