/* SPDX-License-Identifier: MIT */
/* A list of records as it was read; shared by its readers and by build.c. */
#ifndef EXPECT_LIST_H
#define EXPECT_LIST_H

#include "base/str.h"
#include "base/vec.h"
#include "dns/name.h"
#include "dns/rr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct err;

/** One record of a list. */
struct list_entry {
	size_t at; /* offset in the content */
	enum rrtype type;
	struct str name; /* as written, A-labels: full or relative, "@" */
	/* TXT: its strings, joined; others: as written, without final dot. */
	struct str value;
	struct name target;   /* NAME and MX: the name in value */
	bool target_relative; /* a zone file has it relative to its origin */
	bool has_priority;
	uint16_t priority; /* of an MX */
};

struct expect_list {
	struct arena *arena;
	struct str file;    /* for messages */
	struct str content; /* without byte order mark */
	bool is_line;       /* see struct expect_file */
	struct name domain; /* that the list itself names, or "no name" */
	struct str region;  /* that the list itself names, or empty */
	struct VEC(struct list_entry) entries;
};

/** One part of a record. */
struct list_cell {
	struct str text; /* empty: not given */
	size_t at;       /* offset in the content, for messages; or a member */
};

/** What the parts are. */
enum list_part {
	LIST_TYPE,
	LIST_NAME,
	LIST_VALUE,
	LIST_PRIORITY,
	LIST_PARTS, /* how many there are; also: none of them */
};

/** One record as the readers find it, before it is understood. */
struct list_row {
	size_t at;    /* offset of the record */
	bool members; /* at in cells is the number of a member, from 1; 0: none.
			 Where that stands is only worked out for messages */
	struct list_cell cells[LIST_PARTS];
};

/** Understands *row* and adds it to *list*. */
bool list_add(
    struct expect_list *list, const struct list_row *row, struct err *reterr);

/** What *key*, a JSON key or the head of a column, means. */
enum list_part list_part_of(struct str key);

/** Sets *reterr* to *what*, with the file and the place at *at*. */
bool list_wrong(const struct expect_list *list, size_t at, const char *what,
    struct err *reterr);

/**
 * Text from a file as it may stand in a message: printable ASCII, not long,
 * and nothing in it that could be a key.
 */
struct str list_quote(struct arena *arena, struct str text);

/** Reads IvyMail's API response or a bare array (RFC 8259). */
bool list_read_json(struct expect_list *list, struct err *reterr);

/** Reads a CSV with the columns Type, Name, Value (RFC 4180). */
bool list_read_csv(struct expect_list *list, struct err *reterr);

/** Reads a zone file. */
bool list_read_zone(struct expect_list *list, struct err *reterr);

/** True if the content looks like a CSV with records. */
bool list_is_csv(const struct expect_list *list);

#endif
