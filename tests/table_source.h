/* SPDX-License-Identifier: MIT */
/*
 * A source for tests: TXT answers out of a table, delivered one at a time in
 * an order that a seed decides.
 */
#ifndef TESTS_TABLE_SOURCE_H
#define TESTS_TABLE_SOURCE_H

#include "source/source.h"

#include <stddef.h>
#include <stdint.h>

/** One record; names that have no row do not exist. */
struct table_row {
	const char *name;
	const char *txt;
};

/** Opens a source over *rows*, which must live as long. */
struct source *table_source_open(
    const struct table_row *rows, size_t rows_len, uint32_t seed);

/** How many questions were started at *source*. */
size_t table_source_started(const struct source *source);

/** How many questions were given up. */
size_t table_source_cancelled(const struct source *source);

#endif
