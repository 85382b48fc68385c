/* SPDX-License-Identifier: MIT */
/*
 * The list of all domains of a page: how many there are of each verdict, and
 * a row for each, the worst first.
 */
#ifndef REPORT_HTML_INDEX_H
#define REPORT_HTML_INDEX_H

#include "base/buf.h"
#include "base/str.h"
#include "base/vec.h"
#include "report/report.h"

#include <stddef.h>

struct arena;

/** One domain; made by index_row(), lives in the arena given there. */
struct index_row {
	struct str domain;
	enum verdict verdict;
	struct str summary;
	struct str codes; /* of errors and warnings: "dkim-missing, ..." */
	size_t right;
	size_t judged;
	size_t number;   /* of the report below; 0: there is none */
	struct str page; /* that report; empty with number */
};

/** All domains. */
struct index_rows VEC(struct index_row);

/** What the list says of *report*, copied into *arena*. */
struct index_row index_row(struct arena *arena, const struct report *report);

/** Puts the worst first, then by name. */
void index_sort(struct index_rows *rows);

/** Adds the list: counts, search, table. */
void index_write(struct buf *to, const struct index_rows *rows);

#endif
