/* SPDX-License-Identifier: MIT */
/*
 * What the program can say: every finding is a row of catalog.def. Code
 * names a row and gives arguments; all prose stands in the table.
 */
#ifndef FINDINGS_CATALOG_H
#define FINDINGS_CATALOG_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum finding_code {
#define FINDING(constant, code, severity, issue, status, waiting, title, \
    detail, fix, reference)                                              \
	FINDING_##constant,
#include "findings/catalog.def"
#undef FINDING
	FINDING_CODES, /* how many there are */
};

enum severity {
	SEVERITY_INFO,
	SEVERITY_WARNING,
	SEVERITY_ERROR,
};

/** The rows of IvyMail's troubleshooting table, in its order. */
enum issue {
	ISSUE_PENDING,
	ISSUE_SPF,
	ISSUE_DKIM,
	ISSUE_EXISTING_SPF,
	ISSUE_ROWS, /* how many there are */
	ISSUE_NONE = ISSUE_ROWS,
	ISSUE_PENDING_DKIM, /* only in the table: by the family of the record */
};

/** What is said of a record; also what a finding makes of its record. */
enum record_status {
	STATUS_OK,
	STATUS_MISSING,
	STATUS_WRONG,
	STATUS_CONFLICT,
	STATUS_PROPAGATING,
	STATUS_UNKNOWN,
	STATUS_NOT_CHECKED,
};

/** One row. The texts are templates, see findings/template.h. */
struct catalog_row {
	const char *code; /* "X-..." for one code a family */
	enum severity severity;
	enum issue issue;
	enum record_status status;
	bool waiting_helps;
	const char *title;
	const char *detail;
	const char *fix; /* empty: nothing to do */
	const char *reference;
};

/** One row of the troubleshooting table, as IvyMail prints it. */
struct issue_row {
	const char *id;
	const char *issue;
	const char *solution;
};

/** The row of *code*. */
const struct catalog_row *catalog_row(enum finding_code code);

/**
 * The code as users see it: the row's, with *family* ("dkim") in the place
 * of the X. In *arena* or static.
 */
struct str catalog_code(
    struct arena *arena, enum finding_code code, const char *family);

/** True if there is a code of *code*'s row for *family*. */
bool catalog_has_family(enum finding_code code, const char *family);

/** True if the row stands for one code a family. */
bool catalog_is_generic(enum finding_code code);

/** The families in the order of the report, ended by NULL. */
const char *const *catalog_families(void);

/** The issue of a finding of *code* about a record of *family* (or NULL). */
enum issue catalog_issue(enum finding_code code, const char *family);

/** The row number *issue* of the troubleshooting table. */
const struct issue_row *catalog_issue_row(enum issue issue);

/** "error", "warning", "info". */
const char *severity_text(enum severity severity);

/** "ok", "missing", "not_checked"... as in JSON. */
const char *record_status_text(enum record_status status);

#endif
