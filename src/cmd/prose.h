/* SPDX-License-Identifier: MIT */
/* Markdown of our own, for the eyes of a person at a terminal. */
#ifndef CMD_PROSE_H
#define CMD_PROSE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct buf;

/** How it is laid out. */
struct prose_manner {
	size_t width; /* of the lines, in columns */
	bool color;   /* headings are told by it */
};

/** Adds a heading, with an empty line in front of it. */
void prose_heading(
    struct buf *to, const struct prose_manner *manner, struct str heading);

/** Adds *text*, a paragraph without marks, indented. */
void prose_paragraph(
    struct buf *to, const struct prose_manner *manner, struct str text);

/** The same with every line but the first indented further. */
void prose_item(
    struct buf *to, const struct prose_manner *manner, struct str text);

/**
 * Adds *text*, in which "## " begins a section, "- " an item of a list and
 * an empty line a paragraph; the title ("# ") is left out. Lines are filled
 * anew.
 */
void prose_markdown(
    struct buf *to, const struct prose_manner *manner, struct str text);

#endif
