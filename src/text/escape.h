/* SPDX-License-Identifier: MIT */
/*
 * The one way by which text from strangers gets out of the program. What is
 * printable stays; every other byte becomes \DDD (RFC 1035 5.1), a backslash
 * \092, so the result is printable UTF-8 and can be turned back.
 */
#ifndef TEXT_ESCAPE_H
#define TEXT_ESCAPE_H

#include "base/str.h"

#include <stddef.h>

struct arena;
struct patterns;

/**
 * *raw* so that it is safe to show, in *arena* or *raw* itself. Not printable
 * are the general categories Cc, Cf, Zl, Zp, Cn, Co, Cs and what is not
 * UTF-8.
 */
struct str escape(
    struct arena *arena, struct patterns *patterns, struct str raw);

/**
 * How many bytes escape() makes of the first *bytes* of *raw*; a place inside
 * of a character counts as its beginning.
 */
size_t escape_bytes(struct arena *arena, struct patterns *patterns,
    struct str raw, size_t bytes);

/** How many code points escape() makes of the first *bytes* of *raw*. */
size_t escape_points(struct arena *arena, struct patterns *patterns,
    struct str raw, size_t bytes);

#endif
