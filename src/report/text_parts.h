/* SPDX-License-Identifier: MIT */
/* The blocks of the terminal report; for render_text.c and its files alone. */
#ifndef REPORT_TEXT_PARTS_H
#define REPORT_TEXT_PARTS_H

#include "base/str.h"
#include "report/layout.h"
#include "report/report.h"
#include "report/steps.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum {
	TEXT_INDENT = 4, /* of what stands below a heading */
	TEXT_LABEL = 11, /* columns of a label and what is between */
};

/** A report on its way to the terminal. */
struct telling {
	const struct report *report;
	struct page page;
	struct arena *arena; /* for what is escaped on the way */
	struct steps steps;
};

/** True if the report tells *finding* in this manner. */
bool finding_is_told(
    const struct report_finding *finding, const struct manner *manner);

/** A heading with an empty line before it. */
void text_heading(struct telling *telling, struct str heading);

/** A line of *label* and *value*, which is never broken. */
void text_field(struct telling *telling, const char *label, struct str value);

/** *value* of a record of *type*, safe to show. */
struct str text_value(
    struct telling *telling, enum rrtype type, struct str value);

/** Raw text from anywhere, safe to show. */
struct str text_raw(struct telling *telling, struct str raw);

/** The records one by one, as a ready domain has them. */
void text_records(struct telling *telling);

/** Which records are right and which are not, in a few lines. */
void text_record_groups(struct telling *telling);

/** All findings, each with what was expected and what was found. */
void text_findings(struct telling *telling);

/** What was expected and what was found, with the difference marked. */
void text_compare(
    struct telling *telling, const struct report_finding *finding);

/** What to change, step by step. */
void text_plan(struct telling *telling);

/** IvyMail's troubleshooting table. */
void text_issues(struct telling *telling);

/** What was not looked at, and how it could be. */
void text_not_checked(struct telling *telling);

/** For -v and -vv: zone, mail, servers, questions. */
void text_details(struct telling *telling);

#endif
