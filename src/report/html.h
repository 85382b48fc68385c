/* SPDX-License-Identifier: MIT */
/*
 * Writing HTML: the one function by which text gets into a page, and what
 * surrounds every page. A page is one file that loads nothing.
 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "base/buf.h"
#include "base/str.h"

/**
 * Adds the printable *text* so that it is nothing but text, in an element or
 * in an attribute between quotation marks.
 */
void html_text(struct buf *to, struct str text);

/** Adds *text* in an element *tag* of *class* (NULL: none). */
void html_element(
    struct buf *to, const char *tag, const char *class, struct str text);

/** Adds a heading of *level*, 1 to 6. */
void html_heading(struct buf *to, unsigned level, struct str text);

/** Adds a button that copies *value*, called by *what* it is. */
void html_copy(struct buf *to, const char *what, struct str value);

/** Begins a page called *title*. */
void html_begin(struct buf *to, struct str title);

/** Ends the page. */
void html_end(struct buf *to);

#endif
