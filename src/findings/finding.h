/* SPDX-License-Identifier: MIT */
/*
 * One thing that was found: a row of the catalogue, its arguments, the
 * evidence, and the changes to DNS that would mend it.
 */
#ifndef FINDINGS_FINDING_H
#define FINDINGS_FINDING_H

#include "base/str.h"
#include "base/vec.h"
#include "dns/addr.h"
#include "dns/answer.h"
#include "dns/edit.h"
#include "dns/rr.h"
#include "findings/catalog.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/** One named argument; *value* is our own words, never text from DNS. */
struct finding_arg {
	const char *key;
	struct str value;
};

/** One record that was seen, or was not. */
struct evidence {
	struct name name;
	enum rrtype type;
	struct str value;          /* raw text from DNS; may be empty */
	struct server_addr server; /* who said so; ADDR_NONE for files */
	bool has_span;
	size_t from; /* bytes of value, end exclusive: what is wrong in it */
	size_t to;
};

struct finding {
	enum finding_code code;
	const char *family; /* of its record: "dkim"; NULL for the domain */
	int record;         /* index of its record; -1 for the domain */
	bool waiting_helps;
	struct VEC(struct finding_arg) args;
	struct VEC(struct evidence) evidence;
	struct VEC(struct edit) edits; /* what would mend it, in order */
	struct arena *arena;           /* where all of this lives */
};

/** A list of findings about one record or the domain. */
struct findings {
	struct arena *arena;
	const char *family;
	int record;
	struct VEC(struct finding *) list;
};

/** An empty list about the record number *record* of *family*. */
struct findings findings_new(
    struct arena *arena, const char *family, int record);

/** Reports a problem: adds a finding of *code* and gives it to be filled. */
struct finding *find(struct findings *findings, enum finding_code code);

/** The first finding of *code*, or NULL. */
struct finding *findings_get(
    const struct findings *findings, enum finding_code code);

/** Drops all findings: a cause is going to replace them. */
void findings_clear(struct findings *findings);

/** Sets the argument *key* to text of our own, like printf(). */
void finding_arg(struct finding *finding, const char *key, const char *format,
    ...) __attribute__((format(printf, 3, 4)));

/** Sets the argument *key* to the text of *name*. */
void finding_arg_name(
    struct finding *finding, const char *key, struct name name);

/** Adds the record *rr* as evidence, as *answer* gave it. */
struct evidence *finding_saw(
    struct finding *finding, const struct rr *rr, const struct answer *answer);

/** Adds as evidence that there is no such record, as *answer* said. */
struct evidence *finding_saw_none(struct finding *finding, struct name name,
    enum rrtype type, const struct answer *answer);

/** Adds a change that is needed to mend it. */
void finding_edit(
    struct finding *finding, enum edit_op op, const struct rr *rr);

#endif
