/* SPDX-License-Identifier: MIT */
/*
 * A source made of any bytes, for fuzz targets: every text is a world, and
 * one that a person can write. A line is one record, or one failure:
 *
 *	NAME TYPE VALUE, without blanks between them
 *
 * NAME is a letter: "a" the first name of a table, "b" the second...; a
 * capital letter is for the zone's own servers alone. TYPE is one of
 *
 *	T  TXT with one string
 *	+  one more string of the TXT before it
 *	4  A, 6 AAAA: an address, or its octets
 *	M  MX: the preference in tens, a digit; then a name
 *	P  PTR, C CNAME, N NS: a name
 *	S  SOA: its minimum
 *	F  no record but a failure: a letter for the status, then that of the
 *	   TYPE which fails; without one: all. The first of a name counts
 *
 * A name in a value is text, or "=" and the letter of the table.
 */
#ifndef TESTS_BYTE_SOURCE_H
#define TESTS_BYTE_SOURCE_H

#include "base/str.h"
#include "dns/name.h"
#include "source/source.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct edit;

/** What a world is made of. */
struct byte_world {
	const struct name *names;
	size_t names_len;
	/* Lines that hold where *bytes* say nothing of name and type. */
	const char *base;
	struct str bytes;
};

/** Opens *world*, which must live as long; in *arena*. */
struct source *byte_source_open(
    struct arena *arena, const struct byte_world *world);

/**
 * Carries out *edit* in what a resolver is told; false if there is nothing
 * to remove.
 */
bool byte_source_edit(struct source *source, const struct edit *edit);

#endif
