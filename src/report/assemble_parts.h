/* SPDX-License-Identifier: MIT */
/* The parts of assemble(), each in a file of its own; for these alone. */
#ifndef REPORT_ASSEMBLE_PARTS_H
#define REPORT_ASSEMBLE_PARTS_H

#include "base/str.h"
#include "diagnosis/providers.h"
#include "dns/edit.h"
#include "dns/name.h"
#include "report/report.h"

struct answer;
struct arena;
struct judgement;
struct outcome;

/** A report while it is put together. */
struct assembly {
	struct arena *arena;
	const struct outcome *outcome;
	struct report *report;
	struct name apex;            /* what hosts are relative to */
	struct provider_match match; /* who hosts the zone */
};

/**
 * The judgement that knows the zone of *name*, which is another than the
 * domain's: handed on to somebody else, further down. NULL: none does.
 */
const struct judgement *assemble_holder(
    const struct assembly *assembly, struct name name);

/** What to type in a panel for *name*: relative to the zone, or "@". */
struct str assemble_host(const struct assembly *assembly, struct name name);

/** *edit* as the report tells it. */
struct report_change assemble_change(
    const struct assembly *assembly, const struct edit *edit);

/** Fills findings[]: the words of the catalogue with their arguments. */
void assemble_findings(const struct assembly *assembly);

/** Fills the troubleshooting table; after assemble_findings(). */
void assemble_issues(const struct assembly *assembly);

/** Finds who hosts the zone, from what was asked. */
struct provider_match assemble_match(const struct assembly *assembly);

/** Finds who hosts a zone by its NS set; *set* may be NULL or failed. */
struct provider_match assemble_match_of(
    struct arena *arena, const struct answer *set);

/** Fills asked: every question that counted, in the order of its text. */
void assemble_asked(const struct assembly *assembly);

/** Fills zone: apex, servers, DNS host. */
void assemble_zone(const struct assembly *assembly);

/** Fills spf and dmarc. */
void assemble_mail(const struct assembly *assembly);

/** Writes the summary and the next command; last of all. */
void assemble_summary(const struct assembly *assembly);

#endif
