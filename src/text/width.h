/* SPDX-License-Identifier: MIT */
/*
 * How many columns of a terminal a text takes, by Unicode alone: the locale
 * of the reader is not asked, so output is the same everywhere.
 */
#ifndef TEXT_WIDTH_H
#define TEXT_WIDTH_H

#include "base/str.h"

#include <stddef.h>

struct patterns;

/** The columns of *text*, which must be printable (see text/escape.h). */
size_t text_width(struct patterns *patterns, struct str text);

/**
 * How many bytes of *text* fit into *columns*; what combines with the last
 * character is taken with it.
 */
size_t text_fit(struct patterns *patterns, struct str text, size_t columns);

#endif
