/* SPDX-License-Identifier: MIT */
/* What there is to say about a finding when it was not found yet. */
#ifndef CMD_EXPLAIN_ENTRY_H
#define CMD_EXPLAIN_ENTRY_H

#include "base/str.h"
#include "cli/options.h"
#include "cmd/codes.h"
#include "findings/catalog.h"

struct arena;

struct entry {
	struct code code;
	const struct catalog_row *row;
	enum issue issue; /* ISSUE_NONE: of no row */
	struct str title;
	struct str meaning;
	struct str fix;      /* empty: nothing to do */
	struct words digs;   /* commands that show it */
	struct words panels; /* how the known DNS hosts take what to do */
	struct str text;     /* more, in Markdown; may be empty */
};

/** Makes the entry of *code* in *arena*. */
struct entry entry_make(struct arena *arena, const struct code *code);

#endif
