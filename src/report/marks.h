/* SPDX-License-Identifier: MIT */
/*
 * How something is, as a word and a symbol: the same in every format that
 * people read.
 */
#ifndef REPORT_MARKS_H
#define REPORT_MARKS_H

#include "findings/catalog.h"

#include <stdbool.h>

struct report;
struct report_finding;
struct report_issue;

enum mark {
	MARK_OK,
	MARK_FAIL,
	MARK_WARN,
	MARK_WAIT,
	MARK_UNKNOWN,
	MARK_NOTE,
	MARK_SKIPPED,
};

/** The word of *mark*: "FAIL". */
const char *mark_word(enum mark mark);

/** Its symbol, of ASCII alone if *ascii*. */
const char *mark_symbol(enum mark mark, bool ascii);

/** The mark of a record's status. */
enum mark record_mark(enum record_status status);

/** The mark of a finding. */
enum mark finding_mark(const struct report_finding *finding);

/** The mark of a row of the table: as bad as what is detected. */
enum mark issue_mark(
    const struct report *report, const struct report_issue *issue);

/** The mark of the verdict. */
enum mark report_mark(const struct report *report);

#endif
