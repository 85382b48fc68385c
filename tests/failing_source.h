/* SPDX-License-Identifier: MIT */
/*
 * A source for tests: the answers of another one, but for names at which
 * DNS fails.
 */
#ifndef TESTS_FAILING_SOURCE_H
#define TESTS_FAILING_SOURCE_H

#include "dns/answer.h"
#include "dns/name.h"
#include "source/source.h"

#include <stddef.h>

/** Questions for *name*, of *type* or of any (RRTYPE_NONE), end so. */
struct failing_row {
	struct name name;
	enum rrtype type;
	enum answer_status status;
};

/**
 * Opens a source over *below*, which is closed with it; *rows* must live as
 * long.
 */
struct source *failing_source_open(
    struct source *below, const struct failing_row *rows, size_t rows_len);

/** How many questions were started at *source*. */
size_t failing_source_started(const struct source *source);

#endif
