/* SPDX-License-Identifier: MIT */
/*
 * Setting text for a terminal: columns, wrapping, colours, symbols. Meaning
 * is never in the colour alone: every mark has a word.
 */
#ifndef REPORT_LAYOUT_H
#define REPORT_LAYOUT_H

#include "base/buf.h"
#include "base/str.h"
#include "report/format.h"
#include "report/marks.h"

#include <stddef.h>

/** How a piece of text is to look, where colours are allowed. */
enum tone {
	TONE_PLAIN,
	TONE_GOOD,
	TONE_BAD,
	TONE_WARN,
	TONE_WAIT,
	TONE_STRONG,
	TONE_FAINT,
};

/** A text while it is set. */
struct page {
	struct buf *to;
	const struct manner *manner;
	size_t column; /* where the line is now */
};

/** A page that adds to *to*. */
struct page page_new(struct buf *to, const struct manner *manner);

/** Adds printable text in *tone*. */
void page_add(struct page *page, enum tone tone, struct str text);

/** Adds a string of our own in *tone*. */
void page_adds(struct page *page, enum tone tone, const char *text);

/** Ends the line. */
void page_end(struct page *page);

/** Ends the line if one was begun, and leaves one line empty. */
void page_gap(struct page *page);

/** Moves to *column*; one blank if the line is past it already. */
void page_to(struct page *page, size_t column);

/** Adds symbol and word of *mark*, as wide as the widest of them. */
void page_mark(struct page *page, enum mark mark);

/** Where page_mark() ends, counted from where it began. */
size_t page_mark_width(void);

/**
 * Adds *text* word by word; lines begin at *indent* and end at the width. A
 * word that is wider than that runs over: it may have to be copied.
 */
void page_wrap(
    struct page *page, size_t indent, enum tone tone, struct str text);

/** The tone of *mark*. */
enum tone mark_tone(enum mark mark);

#endif
