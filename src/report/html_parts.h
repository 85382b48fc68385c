/* SPDX-License-Identifier: MIT */
/* The parts of a report's page; for render_html.c and its files alone. */
#ifndef REPORT_HTML_PARTS_H
#define REPORT_HTML_PARTS_H

#include "base/buf.h"
#include "base/str.h"
#include "report/compare.h"
#include "report/format.h"
#include "report/marks.h"
#include "report/report.h"
#include "report/steps.h"

#include <stddef.h>

struct arena;

/** A report on its way to HTML. */
struct leaf {
	const struct report *report;
	const struct manner *manner;
	struct arena *arena; /* for what is escaped on the way */
	struct buf *to;
	struct steps steps;
	unsigned level; /* of the heading above all of it */
	size_t number;  /* of the report, to tell anchors apart */
};

/** The class of *mark* in the page's style. */
const char *mark_class(enum mark mark);

/** Adds symbol and word of *mark*, with *words* instead of the word. */
void leaf_mark(struct leaf *leaf, enum mark mark, const char *words);

/** Begins a section with a heading. */
void leaf_section(struct leaf *leaf, struct str heading);

/** *value* of a record of *type*, safe to show. */
struct str leaf_value(struct leaf *leaf, enum rrtype type, struct str value);

/** Raw text from anywhere, safe to show. */
struct str leaf_raw(struct leaf *leaf, struct str raw);

/** The verdict, and all records at a glance. */
void leaf_verdict(struct leaf *leaf);

/** All findings, expected and found aligned. */
void leaf_findings(struct leaf *leaf);

/**
 * What was expected above what was found, with the difference marked, for
 * each of *all*; nothing for none.
 */
void leaf_pairs(struct leaf *leaf, const struct comparisons *all);

/** Begins a table that scrolls by itself; *what* tells a reader its name. */
void leaf_table(struct leaf *leaf, const char *class, const char *what);

/** What to change, each value with a button that copies it. */
void leaf_plan(struct leaf *leaf);

/** A card for each record. */
void leaf_records(struct leaf *leaf);

/** IvyMail's troubleshooting table. */
void leaf_issues(struct leaf *leaf);

/** SPF tree and DMARC policy. */
void leaf_mail(struct leaf *leaf);

/** What each server answers, and what expires when. */
void leaf_servers(struct leaf *leaf);

/** Evidence, what was not checked, and how the report came to be. */
void leaf_end(struct leaf *leaf);

#endif
