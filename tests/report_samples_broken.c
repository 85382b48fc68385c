/* SPDX-License-Identifier: MIT */
/* Reports on domains with which something is wrong. */
#include "report_samples.h"

#include "base/arena.h"
#include "expect/expect.h"

#include <assert.h>

#define DOMAIN  "notifications.yourapp.com"
#define OLD_SPF "v=spf1 include:_spf.google.com ~all"
#define SES_SPF "v=spf1 include:amazonses.com ~all"
#define MERGED  "v=spf1 include:_spf.google.com include:amazonses.com ~all"

static void
two_spf_records(struct arena *arena, struct report *report)
{
	static const struct sample_words words = {
		.title = DOMAIN " has 2 SPF records; receivers use none",
		.detail = "More than one v=spf1 record is a permanent error "
			  "for every receiver.",
		.fix = "Delete them and publish the one record that allows "
		       "all their senders.",
	};
	sample_record(arena, report, INDEX_SPF, STATUS_CONFLICT, OLD_SPF);
	vec_push(arena, &report->records.at[INDEX_SPF].found, STR(SES_SPF));
	struct finding *finding = sample_finding(
	    arena, report, FINDING_SPF_MULTIPLE_RECORDS, INDEX_SPF, &words);
	sample_evidence(
	    finding, RRTYPE_TXT, DOMAIN, STR(OLD_SPF), (struct span){ 0, 0 });
	sample_evidence(
	    finding, RRTYPE_TXT, DOMAIN, STR(SES_SPF), (struct span){ 0, 0 });
	finding_arg(finding, "count", "2");
	sample_change(report, finding, false, STR(OLD_SPF));
	sample_change(report, finding, false, STR(SES_SPF));
	sample_change(report, finding, true, STR(MERGED));
}

static void
doubled_name(struct arena *arena, struct report *report)
{
	static const struct sample_words words = {
		.title = "DKIM record 2 stands under a doubled name",
		.detail =
		    "The DNS panel appended \".yourapp.com\" to a name that "
		    "already ended in it, so the record is at "
		    "5vhg2xqpl7cwmz4kdn6tr3ybeas8fuj9._domainkey." DOMAIN
		    ".yourapp.com.",
		.fix = "Change the host of that record to "
		       "5vhg2xqpl7cwmz4kdn6tr3ybeas8fuj9._domainkey."
		       "notifications: the panel adds the rest by itself.",
		.provider = "At GoDaddy: in DNS Management, edit the record "
			    "and leave .yourapp.com out of the Name field.",
	};
	const size_t index = INDEX_DKIM + 1;
	const struct report_record *record = &report->records.at[index];
	sample_record(arena, report, index, STATUS_MISSING, NULL);
	struct finding *finding = sample_finding(
	    arena, report, FINDING_X_NAME_DOUBLED, (int)index, &words);
	sample_evidence(finding, RRTYPE_CNAME,
	    "5vhg2xqpl7cwmz4kdn6tr3ybeas8fuj9._domainkey." DOMAIN
	    ".yourapp.com",
	    record->expected, (struct span){ 0, 0 });
	finding_arg(finding, "suffix", "\".yourapp.com\"");
	const struct report_change wrong = {
		.type = RRTYPE_CNAME,
		.name =
		    str_print(arena, "%.*s.yourapp.com", STR_ARG(record->name)),
		.host = record->name,
		.value = record->expected,
	};
	vec_push(arena, &report->plan, wrong);
	sample_change(report, finding, true, record->expected);
}

static void
damaged_ownership(struct arena *arena, struct report *report)
{
	static const struct sample_words words = {
		.title = "The value of the ownership record is damaged: a "
			 "no-break space (U+00A0) at character 16",
		.detail = "The expected value is recognisable, but receivers "
			  "compare it exactly.",
		.fix = "Replace the value with the expected one.",
	};
	const struct str found = STR("ivymail-verify=\xc2\xa0"
				     "9f2c4e7ab1d84c53");
	sample_record(arena, report, INDEX_OWNERSHIP, STATUS_WRONG, found.at);
	struct finding *finding = sample_finding(
	    arena, report, FINDING_X_VALUE_DAMAGED, INDEX_OWNERSHIP, &words);
	sample_evidence(finding, RRTYPE_TXT, "_ivymail." DOMAIN, found,
	    (struct span){ 15, 17 });
	finding_arg(finding, "damage", "invisible");
	sample_change(report, finding, false, found);
	sample_change(report, finding, true,
	    report->records.at[INDEX_OWNERSHIP].expected);
}

static void
wrong_region(struct arena *arena, struct report *report)
{
	static const struct sample_words words = {
		.title = "The MX at mail." DOMAIN
			 " points to another region than eu-west-1",
		.detail = "Bounces would go to a region in which this domain "
			  "is not set up.",
		.fix = "Change the target of the MX.",
	};
	const struct str found =
	    STR("10 feedback-smtp.us-east-1.amazonses.com");
	sample_record(
	    arena, report, INDEX_MAIL_FROM_MX, STATUS_WRONG, found.at);
	struct finding *finding = sample_finding(arena, report,
	    FINDING_MAIL_FROM_MX_WRONG_REGION, INDEX_MAIL_FROM_MX, &words);
	sample_evidence(
	    finding, RRTYPE_MX, "mail." DOMAIN, found, (struct span){ 17, 26 });
	finding_arg(finding, "region", "eu-west-1");
	sample_change(report, finding, false, found);
	sample_change(report, finding, true,
	    report->records.at[INDEX_MAIL_FROM_MX].expected);
}

struct report *
sample_action(struct arena *arena)
{
	static const struct sample_words none = {
		.title = "The DMARC policy is none: monitoring only",
		.detail = "That is right while mail is being set up.",
	};
	struct report *report = sample_base(arena);
	report->verdict = VERDICT_ACTION_NEEDED;
	report->predicted = PREDICTED_PENDING;
	report->summary = STR("4 of 8 records need a change");
	damaged_ownership(arena, report);
	doubled_name(arena, report);
	two_spf_records(arena, report);
	wrong_region(arena, report);
	(void)sample_finding(
	    arena, report, FINDING_DMARC_POLICY_NONE, INDEX_DMARC, &none);
	report->views.at[0].answers[INDEX_DKIM + 1] = "missing";
	report->views.at[1].answers[INDEX_DKIM + 1] = "missing";
	report->views.at[2].answers[INDEX_DKIM + 1] = NULL;
	report->plan_proven = MAYBE_TRUE;
	report->next_command = STR("ivycheck wait " DOMAIN);
	sample_issues(arena, report);
	return report;
}

struct report *
sample_propagating(struct arena *arena)
{
	static const struct sample_words words = {
		.title = "The DMARC record is right but not visible everywhere "
			 "yet",
		.detail = "All of the zone's own servers have it. The resolver "
			  "192.0.2.53 still remembers that there was no such "
			  "name.",
		.fix = "Nothing to change: that memory ends by "
		       "2026-09-21T14:44:00Z.",
	};
	struct report *report = sample_base(arena);
	report->verdict = VERDICT_PROPAGATING;
	report->predicted = PREDICTED_PENDING;
	report->summary = STR("right at the zone's own servers, not visible "
			      "everywhere yet: dmarc");
	report->waiting_helps = true;
	report->visible_by = 1790001840;
	report->retry_after = 1840;
	sample_record(arena, report, INDEX_DMARC, STATUS_PROPAGATING,
	    report->records.at[INDEX_DMARC].expected.at);
	struct finding *finding = sample_finding(
	    arena, report, FINDING_X_PROPAGATING, INDEX_DMARC, &words);
	sample_evidence(finding, RRTYPE_TXT, "_dmarc." DOMAIN,
	    (struct str){ 0 }, (struct span){ 0, 0 });
	const bool known = server_addr_parse(
	    STR("192.0.2.53"), &finding->evidence.at[0].server);
	assert(known);
	report->views.at[2].answers[INDEX_DMARC] = "missing";
	report->next_command = STR("ivycheck wait " DOMAIN);
	sample_issues(arena, report);
	return report;
}

struct report *
sample_unknown(struct arena *arena)
{
	static const struct sample_words words = {
		.title = "The DMARC record could not be looked up: SERVFAIL",
		.detail = "Asking for TXT _dmarc." DOMAIN
			  " gave SERVFAIL. That says nothing about the record: "
			  "it may be right.",
		.fix = "Try again in a minute; if it stays, see whether the "
		       "name servers of the domain answer.",
	};
	struct report *report = sample_base(arena);
	report->verdict = VERDICT_UNKNOWN;
	report->predicted = PREDICTED_UNKNOWN;
	report->input = STR("https://Notifications.YourApp.com/");
	report->summary =
	    STR("4 of 5 judged records are right; could not be looked up: "
		"dmarc; not checked: dkim-1, dkim-2, dkim-3");
	report->waiting_helps = true;
	report->retry_after = 60;
	sample_record(arena, report, INDEX_DMARC, STATUS_UNKNOWN, NULL);
	struct finding *finding = sample_finding(
	    arena, report, FINDING_X_LOOKUP_FAILED, INDEX_DMARC, &words);
	sample_evidence(finding, RRTYPE_TXT, "_dmarc." DOMAIN,
	    (struct str){ 0 }, (struct span){ 0, 0 });
	for (size_t i = INDEX_DKIM; i < INDEX_DMARC; i++) {
		struct report_record *record = &report->records.at[i];
		const struct report_not_checked item = {
			.what = record->id,
			.why = STR("no DKIM token was given"),
			.option = STR("--dkim-token"),
		};
		sample_record(arena, report, i, STATUS_NOT_CHECKED, NULL);
		record->name = (struct str){ 0 };
		record->host = (struct str){ 0 };
		record->has_expected = false;
		vec_push(arena, &report->not_checked, item);
	}
	report->zone.provider_id = (struct str){ 0 };
	report->views.len = 0;
	report->dmarc = (struct report_dmarc){ 0 };
	report->next_command = STR("ivycheck " DOMAIN " --expect records.json");
	sample_issues(arena, report);
	for (size_t i = 0; i < ISSUE_ROWS; i++) {
		if (report->issues[i].state == ISSUE_CLEAR) {
			report->issues[i].state = ISSUE_UNKNOWN;
		}
	}
	return report;
}

/* Each piece would do harm in one of the formats. */
#define HOSTILE                                                           \
	"v=DMARC1; p=none\x1b[2J\x1b]0;owned\x07 \xe2\x80\xae"            \
	"txt.exe\xe2\x80\x8b <script>alert(1)</script> \"'& "             \
	"`id` $(id) | 'x'=1 ~~~ ``` </details> [a](javascript:b) \\ \r\n" \
	"# HELP x\n\xff\xfe\x00"                                          \
	"=1+1\t\x9b"                                                      \
	"31m {{x}} <!-- --> ]]>"

struct report *
sample_hostile(struct arena *arena)
{
	static const struct sample_words words = {
		.title =
		    "The DMARC record at _dmarc." DOMAIN " breaks the grammar",
		.detail = "A character that does not belong there.",
		.fix = "Correct the marked part.",
	};
	struct report *report = sample_base(arena);
	const struct str hostile = STR(HOSTILE);
	report->verdict = VERDICT_ACTION_NEEDED;
	report->predicted = PREDICTED_PENDING;
	report->summary = STR("1 of 8 records needs a change");
	report->input = hostile;
	vec_push(arena, &report->zone_files, hostile);
	struct report_record *record = &report->records.at[INDEX_DMARC];
	record->status = STATUS_WRONG;
	record->expected = hostile;
	record->found.len = 0;
	vec_push(arena, &record->found, hostile);
	struct finding *finding = sample_finding(
	    arena, report, FINDING_DMARC_SYNTAX_ERROR, INDEX_DMARC, &words);
	sample_evidence(finding, RRTYPE_TXT, "_dmarc." DOMAIN, hostile,
	    (struct span){ 16, 20 });
	sample_change(report, finding, false, hostile);
	sample_change(report, finding, true, hostile);
	report->spf.record = hostile;
	struct report_spf_node *node = ARENA_NEW(arena, struct report_spf_node);
	const struct report_spf_term term = { hostile, "include", 1, NULL };
	node->domain = STR(DOMAIN);
	node->record = hostile;
	vec_push(arena, &node->terms, term);
	report->spf.tree = node;
	report->dmarc.record = hostile;
	report->dmarc.policy.at[0].value = hostile;
	vec_push(arena, &report->asked.at[0].values, hostile);
	report->plan_proven = MAYBE_FALSE;
	sample_issues(arena, report);
	return report;
}
