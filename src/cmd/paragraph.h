/* SPDX-License-Identifier: MIT */
/* Prose of our own in lines of a certain width. */
#ifndef CMD_PARAGRAPH_H
#define CMD_PARAGRAPH_H

#include "base/str.h"

#include <stddef.h>

struct buf;

enum {
	PARAGRAPH_WIDEST = 90, /* lines longer than that are hard to read */
};

/** How wide prose is in a terminal of *width* columns. */
size_t paragraph_width(size_t width);

/**
 * Adds the words of *text* in lines of at most *width* columns, the first
 * from column *at* on, the others indented by *indent*; and a line end. A
 * word that is longer has a line alone.
 */
void paragraph(
    struct buf *to, struct str text, size_t at, size_t indent, size_t width);

#endif
