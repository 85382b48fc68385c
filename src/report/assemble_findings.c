/* SPDX-License-Identifier: MIT */
/* The findings in words, and the rows of the troubleshooting table. */
#include "report/assemble_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "diagnosis/examine.h"
#include "diagnosis/provider_advice.h"
#include "expect/expect.h"
#include "findings/template.h"

#include <assert.h>

enum {
	ALWAYS = 5, /* arguments that every template may use */
};

/** How a sentence calls the record. */
static struct str
record_words(struct arena *arena, const struct expected *record)
{
	switch (record->kind) {
	case RECORD_OWNERSHIP:
		return STR("the ownership record");
	case RECORD_SPF:
		return STR("the SPF record");
	case RECORD_DKIM:
		return str_print(arena, "DKIM record %.*s",
		    STR_ARG(str_from(record->id, sizeof("dkim-") - 1)));
	case RECORD_DMARC:
		return STR("the DMARC record");
	case RECORD_MAIL_FROM_MX:
		return STR("the MAIL FROM MX record");
	case RECORD_MAIL_FROM_SPF:
		return STR("the MAIL FROM SPF record");
	case RECORD_OTHER:
		return str_print(arena, "record %.*s", STR_ARG(record->id));
	}
	return (struct str){ 0 };
}

/**
 * The arguments of every template: {record} {name} {type} {domain} {host}.
 * Of a finding about the domain, or a record whose name is not known, they
 * are those of the domain.
 */
static void
always_set(const struct assembly *assembly, const struct finding *finding,
    struct finding_arg *to)
{
	struct arena *arena = assembly->arena;
	const struct expect *expect = assembly->outcome->all.expect;
	const struct expected *record =
	    finding->record < 0 ? NULL : &expect->records[finding->record];
	const struct name name =
	    record && name_is_set(record->name) ? record->name : expect->domain;
	to[0] = (struct finding_arg){ "record",
		record ? record_words(arena, record) : STR("the domain") };
	to[1] = (struct finding_arg){ "name", name_text(arena, name) };
	to[2] = (struct finding_arg){ "type",
		record ? rrtype_text(arena, record->type) : STR("TXT") };
	to[3] =
	    (struct finding_arg){ "domain", name_text(arena, expect->domain) };
	to[4] = (struct finding_arg){ "host", assemble_host(assembly, name) };
}

/** A template may begin with an argument: sentences begin with a capital. */
static struct str
sentence(struct arena *arena, struct str text)
{
	if (!str_starts(text, STR("the "))) {
		return text;
	}
	return str_print(arena, "T%.*s", STR_ARG(str_from(text, 1)));
}

static struct str
fill(const struct assembly *assembly, const char *template,
    const struct finding *finding, const struct finding_arg *always)
{
	return sentence(assembly->arena,
	    template_fill(assembly->arena, template, finding, always, ALWAYS));
}

/** How many records of the name and type of *added* the finding removes. */
static size_t
count_replaced(const struct finding *finding, const struct edit *added)
{
	size_t count = 0;
	const struct edit *edit;
	vec_foreach(edit, &finding->edits) {
		count += edit->op == EDIT_REMOVE &&
			 edit->rr.type == added->rr.type &&
			 name_equal(edit->rr.owner, added->rr.owner);
	}
	return count;
}

/** True if the plan makes *wanted*: then its value stands there. */
static bool
is_planned(const struct assembly *assembly, const struct edit *wanted)
{
	const struct edit *edit;
	vec_foreach(edit, &assembly->outcome->plan) {
		if (edit->op == wanted->op &&
		    name_equal(edit->rr.owner, wanted->rr.owner) &&
		    rr_same_data(&edit->rr, &wanted->rr)) {
			return true;
		}
	}
	return false;
}

/**
 * How to make the change at the host of the zone, if it is known. The advice
 * is for one record: of a finding with several additions the first is told, as
 * the plan has all of them anyway.
 */
static struct str
provider_fix(const struct assembly *assembly, const struct finding *finding)
{
	struct arena *arena = assembly->arena;
	const struct edit *edit;
	vec_foreach(edit, &finding->edits) {
		const struct judgement *holder =
		    assemble_holder(assembly, edit->rr.owner);
		const struct provider_match match =
		    holder ? assemble_match_of(arena, holder->zone_set)
			   : assembly->match;
		if (edit->op == EDIT_ADD && match.provider &&
		    is_planned(assembly, edit)) {
			return provider_advice(arena, &match,
			    holder ? holder->zone : assembly->apex, edit,
			    count_replaced(finding, edit));
		}
	}
	return (struct str){ 0 };
}

/** "ns1.example.net, ns2.example.net": who was handed a zone. */
static struct str
servers_text(struct arena *arena, const struct answer *set)
{
	struct buf to = buf_new(arena);
	const struct rr *rr;
	buf_adds(&to, "");
	if (!set || set->status != ANSWER_FOUND) {
		return STR("other servers");
	}
	answer_foreach_rr(rr, set) {
		buf_adds(&to, to.len > 0 ? ", " : "");
		buf_add(&to, name_text(arena, rr->rdata.target));
	}
	return buf_str(&to);
}

/**
 * *fix*, and where: what is added to the zone of the domain at a name that is
 * handed on to others is seen by nobody (RFC 1034 4.2.1).
 */
static struct str
with_zone(const struct assembly *assembly, const struct finding *finding,
    struct str fix)
{
	struct arena *arena = assembly->arena;
	if (finding->edits.len == 0 || fix.len == 0) {
		return fix;
	}
	const struct judgement *holder =
	    assemble_holder(assembly, finding->edits.at[0].rr.owner);
	if (!holder) {
		return fix;
	}
	const struct str zone = name_text(arena, holder->zone);
	const struct str apex = name_text(arena, assembly->apex);
	const struct str servers = servers_text(arena, holder->zone_set);
	return str_print(arena,
	    "%.*s It belongs in the zone %.*s, which %.*s hands on to %.*s: at "
	    "this name nobody sees what stands in %.*s.",
	    STR_ARG(fix), STR_ARG(zone), STR_ARG(apex), STR_ARG(servers),
	    STR_ARG(apex));
}

static void
add_finding(const struct assembly *assembly, const struct finding *finding)
{
	const struct catalog_row *row = catalog_row(finding->code);
	struct finding_arg always[ALWAYS];
	always_set(assembly, finding, always);
	const struct report_finding added = {
		.finding = finding,
		.code = catalog_code(
		    assembly->arena, finding->code, finding->family),
		.severity = row->severity,
		.record = finding->record,
		.issue = catalog_issue(finding->code, finding->family),
		.title = fill(assembly, row->title, finding, always),
		.detail = fill(assembly, row->detail, finding, always),
		.waiting_helps = finding->waiting_helps,
		.fix = with_zone(assembly, finding,
		    fill(assembly, row->fix, finding, always)),
		.provider_fix = with_zone(
		    assembly, finding, provider_fix(assembly, finding)),
		.reference = row->reference,
	};
	vec_push(assembly->arena, &assembly->report->findings, added);
}

void
assemble_findings(const struct assembly *assembly)
{
	struct finding *const *finding;
	vec_foreach(finding, &assembly->outcome->findings) {
		add_finding(assembly, *finding);
	}
}

static bool
has_code(const struct report_issue *issue, struct str code)
{
	const struct str *have;
	vec_foreach(have, &issue->findings) {
		if (str_eq(*have, code)) {
			return true;
		}
	}
	return false;
}

/** True if the row *issue* is to list *finding*. */
static bool
belongs(const struct report *report, enum issue issue,
    const struct report_finding *finding)
{
	if (finding->issue == issue) {
		return true;
	}
	if (issue == ISSUE_EXISTING_SPF) {
		return finding->finding->code == FINDING_SPF_MULTIPLE_RECORDS;
	}
	/* What IvyMail shows as pending is every blocking error. */
	return issue == ISSUE_PENDING &&
	       report->predicted == PREDICTED_PENDING &&
	       finding->severity == SEVERITY_ERROR && finding->record >= 0 &&
	       report->records.at[finding->record].blocking;
}

/** The records whose trouble a row of the table tells; both ends count. */
struct told {
	enum issue issue;
	size_t first;
	size_t last;
};

/*
 * Which records have to be known before a row may be called clear. That a row
 * is unknown is no detail: "clear" would end the search in the wrong place.
 */
static const struct told TOLD[] = {
	{ ISSUE_PENDING, INDEX_OWNERSHIP, INDEX_DMARC },
	{ ISSUE_SPF, INDEX_SPF, INDEX_SPF },
	{ ISSUE_SPF, INDEX_MAIL_FROM_SPF, INDEX_MAIL_FROM_SPF },
	{ ISSUE_DKIM, INDEX_DKIM, INDEX_DKIM + DKIM_RECORDS - 1 },
	{ ISSUE_EXISTING_SPF, INDEX_SPF, INDEX_SPF },
};

/** True if one of the records that *told* names is not known. */
static bool
hides_record(const struct report *report, const struct told *told)
{
	for (size_t i = told->first; i <= told->last; i++) {
		const struct report_record *record = &report->records.at[i];
		if (record->status == STATUS_UNKNOWN ||
		    (record->status == STATUS_NOT_CHECKED &&
			record->blocking)) {
			return true;
		}
	}
	return false;
}

/** How the row *issue* stands once its findings are listed. */
static enum issue_state
state_of(const struct report *report, enum issue issue)
{
	if (report->issues[issue].findings.len > 0 ||
	    (issue == ISSUE_PENDING &&
		report->predicted == PREDICTED_PENDING)) {
		return ISSUE_DETECTED;
	}
	for (size_t i = 0; i < sizeof(TOLD) / sizeof(*TOLD); i++) {
		if (TOLD[i].issue == issue && hides_record(report, &TOLD[i])) {
			return ISSUE_UNKNOWN;
		}
	}
	return ISSUE_CLEAR;
}

/** Lists what belongs to the row *issue*: each finding, each code once. */
static void
list_findings(const struct assembly *assembly, enum issue issue)
{
	struct report *report = assembly->report;
	struct report_issue *row = &report->issues[issue];
	for (size_t i = 0; i < report->findings.len; i++) {
		const struct report_finding *finding = &report->findings.at[i];
		if (!belongs(report, issue, finding)) {
			continue;
		}
		vec_push(assembly->arena, &row->shown, i);
		if (!has_code(row, finding->code)) {
			vec_push(
			    assembly->arena, &row->findings, finding->code);
		}
	}
}

void
assemble_issues(const struct assembly *assembly)
{
	struct report *report = assembly->report;
	assert(report->records.len >= INDEX_OTHER);
	for (enum issue issue = 0; issue < ISSUE_ROWS; issue++) {
		list_findings(assembly, issue);
		report->issues[issue].state = state_of(report, issue);
	}
}
