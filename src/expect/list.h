/* SPDX-License-Identifier: MIT */
/* A list of records as it was read; shared by its readers and by build.c. */
#ifndef EXPECT_LIST_H
#define EXPECT_LIST_H

#include "base/str.h"
#include "base/vec.h"
#include "dns/name.h"
#include "dns/rr.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct err;

/** One record of a list. */
struct list_entry {
	enum rrtype type;
	struct str name; /* as written: full or relative, "@" */
	/* TXT: its strings, joined; others: as written, without final dot. */
	struct str value;
	bool has_priority;
	uint16_t priority; /* of an MX */
};

struct expect_list {
	struct arena *arena;
	struct str file;    /* for messages */
	struct name domain; /* that the list itself names, or "no name" */
	struct str region;  /* that the list itself names, or empty */
	struct VEC(struct list_entry) entries;
};

/** One record as the readers find it, before it is understood. */
struct list_row {
	struct str type;
	struct str name;
	struct str value;
	struct str priority; /* empty: not given */
	const char *where;   /* "record 3" or "line 4", for messages */
};

/** Understands *row* and adds it to *list*. */
bool list_add(
    struct expect_list *list, const struct list_row *row, struct err *reterr);

/**
 * Text from a file as it may stand in a message: printable ASCII, not long,
 * and nothing in it that could be a key.
 */
struct str list_quote(struct arena *arena, struct str text);

/** Reads IvyMail's API response or a bare array (RFC 8259). */
bool list_read_json(
    struct expect_list *list, struct str content, struct err *reterr);

/** Reads a CSV with the columns Type, Name, Value (RFC 4180). */
bool list_read_csv(
    struct expect_list *list, struct str content, struct err *reterr);

/** Reads a zone file whose names are relative to *domain* unless it says. */
bool list_read_zone(struct expect_list *list, struct str content,
    struct name domain, struct err *reterr);

/** True if *content* looks like a CSV with records. */
bool list_is_csv(struct str content);

#endif
