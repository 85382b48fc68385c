/* SPDX-License-Identifier: MIT */
/*
 * What every check is given and what it gives back. A check asks whether one
 * record is right; why it is not is for diagnosis/ to find.
 */
#ifndef CHECKS_CHECK_H
#define CHECKS_CHECK_H

#include "base/str.h"
#include "base/vec.h"
#include "dns/answer.h"
#include "expect/expect.h"
#include "findings/finding.h"
#include "walks/published.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dmarc_walk;
struct look;
struct spf_walk;

/** What a check is about. */
struct subject {
	const struct expect *expect;
	const struct expected *record; /* NULL: the domain itself */
	int index;                     /* of record; -1: the domain itself */
	bool offline;       /* no network: more questions cost nothing */
	struct sight sight; /* whose answers count */
};

/** Something that was not looked at. */
struct not_checked {
	struct str what;
	struct str why;
	const char *option; /* what would check it; may be NULL */
};

/** What one server shows of a record. */
struct sighting {
	struct server_addr server; /* family ADDR_NONE: the resolver */
	bool authoritative;
	enum record_status status;
};

/** What is known of one record, or of the domain. */
struct judgement {
	enum record_status status;
	struct VEC(struct str) found; /* raw values at the record's name */
	int64_t ttl;                  /* seconds; -1: nothing found */
	struct findings findings;
	struct VEC(struct not_checked) not_checked;
	struct VEC(struct sighting) sightings; /* where several were asked */
	/* If it is propagating; else -1. Seconds since 1970: */
	int64_t expires_at; /* when the resolver forgets what it has */
	int64_t visible_by; /* that, rounded up to the minute */
	/* What holds the record's name, if that is not the domain's zone. */
	struct name zone;               /* else "no name" */
	const struct answer *zone_set;  /* its NS set; NULL: not known */
	const struct spf_walk *spf;     /* of SPF records that were walked */
	const struct dmarc_walk *dmarc; /* of the DMARC record */
};

/** Judges *subject*; *out* is empty and has its arena in findings. */
typedef void check_fn(
    struct look *look, const struct subject *subject, struct judgement *out);

/* The checks of checks.def, each in a file of its own. */
#define CHECK(kind, family, function) check_fn function;
#include "checks/checks.def"
#undef CHECK

/** The check for records of *kind*. */
check_fn *check_of(enum record_kind kind);

/** The family of *kind* as it stands in codes: "mail-from-mx", "other". */
const char *record_family(enum record_kind kind);

/** An empty judgement of the record number *index*, in *arena*. */
struct judgement judgement_new(
    struct arena *arena, const struct expect *expect, int index);

#endif
