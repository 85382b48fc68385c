/* SPDX-License-Identifier: MIT */
/* What the lines of byte_source.h are read as. */
#ifndef TESTS_BYTE_ROWS_H
#define TESTS_BYTE_ROWS_H

#include "byte_source.h"

#include "base/vec.h"
#include "dns/answer.h"
#include "dns/rr.h"

#include <stdbool.h>

struct arena;

/** A record, or how questions for its type fail. */
struct row {
	struct rr rr; /* of a failure: owner and type; TYPE_NONE: all types */
	enum answer_status status; /* ANSWER_FOUND: a record */
	bool own;                  /* only the zone's own servers have it */
	bool given;                /* it hides what the base has */
};

/** The lines of one world. */
struct byte_rows VEC(struct row);

/** Reads the lines of *world*, the first 64 that are any, into *arena*. */
struct byte_rows byte_rows_read(
    struct arena *arena, const struct byte_world *world);

#endif
