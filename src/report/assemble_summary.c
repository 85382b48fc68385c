/* SPDX-License-Identifier: MIT */
/* The one sentence, and what to run next. */
#include "report/assemble_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "diagnosis/examine.h"
#include "expect/expect.h"

#include <assert.h>

/** How many of the records that were wanted have *status*. */
static size_t
count(const struct report *report, enum record_status status)
{
	size_t number = 0;
	const struct report_record *record;
	vec_foreach(record, &report->records) {
		number += record->status == status && !record->left_out;
	}
	return number;
}

static size_t
count_judged(const struct report *report)
{
	size_t number = 0;
	const struct report_record *record;
	vec_foreach(record, &report->records) {
		number += record->status != STATUS_NOT_CHECKED;
	}
	return number;
}

/** Adds the ids of the records of *status*: "dkim-1, dkim-2". */
static void
add_ids(struct buf *to, const struct report *report, enum record_status status)
{
	bool first = true;
	const struct report_record *record;
	vec_foreach(record, &report->records) {
		if (record->status == status && !record->left_out) {
			buf_adds(to, first ? "" : ", ");
			buf_add(to, record->id);
			first = false;
		}
	}
}

static void
say_ready(struct buf *to, const struct report *report)
{
	const size_t judged = count_judged(report);
	if (report->predicted == PREDICTED_VERIFIED) {
		buf_addf(to,
		    "all %zu records are right; IvyMail would verify it now",
		    judged);
	} else {
		buf_addf(to, "%s right",
		    judged == 1 ? "the one record that was judged is"
				: "the records that were judged are");
	}
}

/**
 * The first error about the domain itself, or NULL. If the domain itself is
 * broken (it does not exist, no server answers), the state of each record
 * follows from that and would only distract.
 */
static const struct report_finding *
domain_error(const struct report *report)
{
	const struct report_finding *finding;
	vec_foreach(finding, &report->findings) {
		if (finding->record < 0 &&
		    finding->severity == SEVERITY_ERROR) {
			return finding;
		}
	}
	return NULL;
}

static void
say_action(struct buf *to, const struct report *report)
{
	const struct report_finding *whole = domain_error(report);
	const size_t wrong = count(report, STATUS_WRONG) +
			     count(report, STATUS_MISSING) +
			     count(report, STATUS_CONFLICT);
	if (whole) {
		buf_add(to, whole->title);
	} else if (wrong == 0) {
		buf_adds(to, "the records are right, but not without remarks");
	} else if (count_judged(report) == 1) {
		buf_adds(to, "the one record that was judged needs a change");
	} else {
		buf_addf(to, "%zu of %zu records %s a change", wrong,
		    count_judged(report), wrong == 1 ? "needs" : "need");
	}
}

static void
say_unknown(struct buf *to, const struct report *report)
{
	const struct report_finding *whole = domain_error(report);
	if (whole) {
		buf_add(to, whole->title);
		return;
	}
	if (count_judged(report) == 0) {
		buf_adds(to, "no record could be judged");
	} else {
		buf_addf(to, "%zu of %zu judged records %s right",
		    count(report, STATUS_OK), count_judged(report),
		    count(report, STATUS_OK) == 1 ? "is" : "are");
	}
	if (count(report, STATUS_UNKNOWN) > 0) {
		buf_adds(to, "; could not be looked up: ");
		add_ids(to, report, STATUS_UNKNOWN);
	}
	if (count(report, STATUS_NOT_CHECKED) > 0) {
		buf_adds(to, "; not checked: ");
		add_ids(to, report, STATUS_NOT_CHECKED);
	}
}

static void
say_propagating(struct buf *to, const struct report *report)
{
	buf_adds(to, "right at the zone's own servers, not visible "
		     "everywhere yet: ");
	add_ids(to, report, STATUS_PROPAGATING);
}

/* --ignore must not make a report look better without a trace. */
static void
say_ignored(struct buf *to, const struct assembly *assembly)
{
	struct finding *const *finding;
	bool first = true;
	vec_foreach(finding, &assembly->outcome->ignored) {
		const struct str code = catalog_code(
		    assembly->arena, (*finding)->code, (*finding)->family);
		buf_adds(to, first ? " (ignored: " : ", ");
		buf_add(to, code);
		first = false;
	}
	buf_adds(to, first ? "" : ")");
}

/** True if a record cannot be judged because nobody said what it should be. */
static bool
lacks_expectation(const struct report *report)
{
	const struct report_record *record;
	vec_foreach(record, &report->records) {
		if (record->status == STATUS_NOT_CHECKED && record->blocking &&
		    !record->left_out && record->name.len == 0) {
			return true;
		}
	}
	return false;
}

/** The option without which the DKIM records that were judged are not. */
static const char *
list_option(const struct report *report)
{
	for (size_t i = 0; i < DKIM_RECORDS; i++) {
		const struct report_record *record =
		    &report->records.at[INDEX_DKIM + i];
		if (record->status != STATUS_NOT_CHECKED) {
			return " --expect records.json";
		}
	}
	return "";
}

/**
 * One command, for the reader who stops here. What is asked for is what would
 * change the verdict: the missing expectations if they are why nothing is
 * known, the manual page if the answers come from files, which do not change
 * by themselves, or if there is advice and no plan, else to wait; nothing if
 * none of these helps.
 */
static struct str
next_command(const struct assembly *assembly)
{
	struct arena *arena = assembly->arena;
	const struct report *report = assembly->report;
	const struct str domain = report->domain;
	const bool unknown = report->verdict == VERDICT_UNKNOWN;
	if (unknown && lacks_expectation(report)) {
		return str_print(arena, "ivycheck --expect records.json %.*s",
		    STR_ARG(domain));
	}
	if (report->verdict == VERDICT_READY ||
	    (unknown && !report->waiting_helps)) {
		return (struct str){ 0 };
	}
	const bool fixed = !str_eq(str_of(report->source_kind), STR("live"));
	const bool advised = report->verdict == VERDICT_ACTION_NEEDED &&
			     report->plan.len == 0 &&
			     !assembly->outcome->time_helps;
	if (report->findings.len > 0 && (fixed || advised)) {
		return str_print(arena, "ivycheck explain %.*s",
		    STR_ARG(report->findings.at[0].code));
	}
	return str_print(arena, "ivycheck wait%s %.*s", list_option(report),
	    STR_ARG(domain));
}

void
assemble_summary(const struct assembly *assembly)
{
	struct report *report = assembly->report;
	struct buf to = buf_new(assembly->arena);
	switch (report->verdict) {
	case VERDICT_READY:
		say_ready(&to, report);
		break;
	case VERDICT_ACTION_NEEDED:
		say_action(&to, report);
		break;
	case VERDICT_UNKNOWN:
		say_unknown(&to, report);
		break;
	case VERDICT_PROPAGATING:
		say_propagating(&to, report);
		break;
	}
	say_ignored(&to, assembly);
	report->summary = buf_str(&to);
	report->next_command = next_command(assembly);
	assert(report->summary.len > 0);
}
