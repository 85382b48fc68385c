/* SPDX-License-Identifier: MIT */
/*
 * Writing JSON (RFC 8259) as it comes, without building a tree first: a
 * fleet writes a report of some kilobytes for every domain. Members stand in
 * the order in which they are written. Reading is jsonin.
 */
#ifndef BASE_JSONOUT_H
#define BASE_JSONOUT_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/** A document while it is written; made by jsonout_new(). */
struct jsonout {
	struct buf *to;
	bool compact; /* one line; else two blanks a level */
	bool fresh;   /* nothing in the innermost object or array yet */
	bool keyed;   /* a key waits for its value */
	unsigned depth;
};

/** A writer that adds to *to*. */
struct jsonout jsonout_new(struct buf *to, bool compact);

/** Begins an object; jsonout_end_object() ends it. */
void jsonout_object(struct jsonout *json);

/** Ends the innermost object. */
void jsonout_end_object(struct jsonout *json);

/** Begins an array; jsonout_end_array() ends it. */
void jsonout_array(struct jsonout *json);

/** Ends the innermost array. */
void jsonout_end_array(struct jsonout *json);

/** Writes the name of the member whose value comes next. */
void jsonout_key(struct jsonout *json, const char *key);

/** Writes *text*, which must be UTF-8. */
void jsonout_text(struct jsonout *json, struct str text);

/** Writes *text*, or null if it is empty. */
void jsonout_text_or_null(struct jsonout *json, struct str text);

/** Writes a number. */
void jsonout_number(struct jsonout *json, int64_t number);

/** Writes a number, or null if it is negative. */
void jsonout_number_or_null(struct jsonout *json, int64_t number);

/** Writes true or false. */
void jsonout_bool(struct jsonout *json, bool value);

/** Writes null. */
void jsonout_null(struct jsonout *json);

#endif
