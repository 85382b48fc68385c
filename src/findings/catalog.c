/* SPDX-License-Identifier: MIT */
/* The table of findings, and the words of its enums. */
#include "findings/catalog.h"

#include "base/arena.h"

#include <assert.h>
#include <string.h>

enum {
	NO = false,
	YES = true,
};

static const struct catalog_row ROWS[] = {
#define FINDING(constant, code, severity, issue, status, waiting, title,   \
    detail, fix, reference)                                                \
	[FINDING_##constant] = { code, SEVERITY_##severity, ISSUE_##issue, \
		STATUS_##status, waiting, title, detail, fix, reference },
#include "findings/catalog.def"
#undef FINDING
};

static const struct issue_row ISSUES[] = {
#define ISSUE(constant, id, issue, solution) \
	[ISSUE_##constant] = { id, issue, solution },
#include "findings/issues.def"
#undef ISSUE
};

static const char *const FAMILIES[] = {
#define FAMILY(family, record, type, name, host) (family),
#include "findings/families.def"
	NULL,
};

/** A generic row that exists for some families only. */
struct restriction {
	enum finding_code code;
	const char *family;
	bool only; /* the rows of a code name those that it exists for */
};

static const struct restriction RESTRICTIONS[] = {
#define WITHOUT(row, family) { FINDING_##row, (family), false },
#define ONLY(row, family)    { FINDING_##row, (family), true },
#include "findings/families.def"
};

const struct catalog_row *
catalog_row(enum finding_code code)
{
	assert((unsigned)code < FINDING_CODES);
	return &ROWS[code];
}

bool
catalog_is_generic(enum finding_code code)
{
	return strncmp(catalog_row(code)->code, "X-", 2) == 0;
}

struct str
catalog_code(struct arena *arena, enum finding_code code, const char *family)
{
	const char *text = catalog_row(code)->code;
	if (!catalog_is_generic(code)) {
		return str_of(text);
	}
	assert(family && catalog_has_family(code, family));
	return str_print(arena, "%s-%s", family, text + 2);
}

bool
catalog_has_family(enum finding_code code, const char *family)
{
	const size_t count = sizeof(RESTRICTIONS) / sizeof(*RESTRICTIONS);
	bool has = true;
	for (size_t i = 0; i < count; i++) {
		const struct restriction *row = &RESTRICTIONS[i];
		if (row->code != code) {
			continue;
		}
		if (strcmp(row->family, family) == 0) {
			return row->only;
		}
		has = !row->only;
	}
	return has;
}

const char *const *
catalog_families(void)
{
	return FAMILIES;
}

enum issue
catalog_issue(enum finding_code code, const char *family)
{
	const enum issue issue = catalog_row(code)->issue;
	if (issue != ISSUE_PENDING_DKIM) {
		return issue;
	}
	const bool dkim = family && strcmp(family, "dkim") == 0;
	return dkim ? ISSUE_DKIM : ISSUE_PENDING;
}

const struct issue_row *
catalog_issue_row(enum issue issue)
{
	assert((unsigned)issue < ISSUE_ROWS);
	return &ISSUES[issue];
}

const char *
severity_text(enum severity severity)
{
	static const char *const words[] = {
		[SEVERITY_INFO] = "info",
		[SEVERITY_WARNING] = "warning",
		[SEVERITY_ERROR] = "error",
	};
	assert((unsigned)severity < sizeof(words) / sizeof(*words));
	return words[severity];
}

const char *
record_status_text(enum record_status status)
{
	static const char *const words[] = {
		[STATUS_OK] = "ok",
		[STATUS_MISSING] = "missing",
		[STATUS_WRONG] = "wrong",
		[STATUS_CONFLICT] = "conflict",
		[STATUS_PROPAGATING] = "propagating",
		[STATUS_UNKNOWN] = "unknown",
		[STATUS_NOT_CHECKED] = "not_checked",
	};
	assert((unsigned)status < sizeof(words) / sizeof(*words));
	return words[status];
}
