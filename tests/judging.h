/* SPDX-License-Identifier: MIT */
/*
 * One check of one record over a made-up DNS (see looking.h), and what it
 * finds as one line of words.
 */
#ifndef TESTS_JUDGING_H
#define TESTS_JUDGING_H

#include "checks/check.h"
#include "expect/expect.h"
#include "looking.h"

/** A question that fails; name NULL: none. */
struct judging_fault {
	const char *name;
	const char *type;
	enum answer_status status;
};

/** What is judged, and under which expectations. */
struct judging_order {
	check_fn *check;
	const char *family; /* of the check: "dmarc" */
	const char *domain;
	size_t record;             /* index of the eight */
	struct expect_flags flags; /* as on the command line */
	const char *origin;        /* zone files of this name only; or NULL */
	struct judging_fault faults[2];
};

struct judging {
	const struct judging_order *order;
	struct looking looking;
	struct expect expect;
	struct subject subject;
	struct judgement out;
};

/** Judges the record of *order*, which must live as long, in *text*. */
void judging_open(struct judging *judging, const struct judging_order *order,
    const char *text);

/** "ok dmarc-policy-none dmarc-unknown-tag": status and codes as found. */
const char *judging_codes(const struct judging *judging);

/** "-TXT a=old +TXT a=new": the changes of all findings. */
const char *judging_changes(const struct judging *judging);

/** judging_codes() of a second judgement, once the changes are made. */
const char *judging_mended(struct judging *judging);

/** The value of the argument *key* of the first finding; "" if none. */
const char *judging_arg(const struct judging *judging, const char *key);

/** Gives everything back. */
void judging_close(struct judging *judging);

#endif
