/* SPDX-License-Identifier: MIT */
/*
 * Text in Markdown (CommonMark with the tables of GitHub) out of which
 * nothing can break: our own text is escaped, values from DNS stand in code.
 */
#ifndef REPORT_MARKDOWN_H
#define REPORT_MARKDOWN_H

#include "base/buf.h"
#include "base/str.h"

/** Adds *text* of our own, also for the cell of a table. */
void markdown_text(struct buf *to, struct str text);

/**
 * Adds the printable *value* as a code span, also for the cell of a table; a
 * bar in it is written as \124, as all that may not stand as it is.
 */
void markdown_code(struct buf *to, struct str value);

/** Begins a block of code that holds *content*, and ends it. */
void markdown_block(struct buf *to, struct str content);

#endif
