/* SPDX-License-Identifier: MIT */
/* The parts that samples are made of, and the quiet ones. */
#include "report_samples.h"

#include "base/arena.h"
#include "expect/expect.h"

#include <assert.h>

#define DOMAIN  "notifications.yourapp.com"
#define TOKEN1  "3knyq7uv5r2mhwlxbzdp4tcgsf6aeji8"
#define TOKEN2  "5vhg2xqpl7cwmz4kdn6tr3ybeas8fuj9"
#define TOKEN3  "7twkzc9md4qxnh3vbp5lgr6syfeaju2i"
#define SES_SPF "v=spf1 include:amazonses.com ~all"

const struct sample SAMPLES[] = {
	{ "ready", sample_ready },
	{ "action", sample_action },
	{ "propagating", sample_propagating },
	{ "unknown", sample_unknown },
	{ "hostile", sample_hostile },
	{ NULL, NULL },
};

struct sample_row {
	const char *id;
	const char *family;
	enum rrtype type;
	const char *host;
	const char *expected;
	bool blocking;
};

static const struct sample_row ROWS[] = {
	{ "ownership", "ownership", RRTYPE_TXT, "_ivymail.notifications",
	    "ivymail-verify=9f2c4e7ab1d84c53", true },
	{ "spf", "spf", RRTYPE_TXT, "notifications", SES_SPF, true },
	{ "dkim-1", "dkim", RRTYPE_CNAME, TOKEN1 "._domainkey.notifications",
	    TOKEN1 ".dkim.amazonses.com", true },
	{ "dkim-2", "dkim", RRTYPE_CNAME, TOKEN2 "._domainkey.notifications",
	    TOKEN2 ".dkim.amazonses.com", true },
	{ "dkim-3", "dkim", RRTYPE_CNAME, TOKEN3 "._domainkey.notifications",
	    TOKEN3 ".dkim.amazonses.com", true },
	{ "dmarc", "dmarc", RRTYPE_TXT, "_dmarc.notifications",
	    "v=DMARC1; p=none; rua=mailto:dmarc@" DOMAIN, true },
	{ "mail-from-mx", "mail-from-mx", RRTYPE_MX, "mail.notifications",
	    "10 feedback-smtp.eu-west-1.amazonses.com", false },
	{ "mail-from-spf", "mail-from-spf", RRTYPE_TXT, "mail.notifications",
	    SES_SPF, false },
};

static void
add_record(
    struct arena *arena, struct report *report, const struct sample_row *row)
{
	const struct str host = str_of(row->host);
	const struct report_record record = {
		.id = str_of(row->id),
		.type = row->type,
		.name = str_print(arena, "%.*s.yourapp.com", STR_ARG(host)),
		.host = host,
		.has_expected = true,
		.expected = str_of(row->expected),
		.blocking = row->blocking,
		.ttl = -1,
	};
	vec_push(arena, &report->records, record);
}

void
sample_record(struct arena *arena, struct report *report, size_t index,
    enum record_status status, const char *found)
{
	struct report_record *record = &report->records.at[index];
	record->status = status;
	record->found.len = 0;
	record->ttl = found ? 3600 : -1;
	if (found) {
		vec_push(arena, &record->found, str_of(found));
	}
}

static void
add_zone(struct arena *arena, struct report *report)
{
	static const char *const servers[][2] = {
		{ "ns21.domaincontrol.com", "97.74.100.11" },
		{ "ns22.domaincontrol.com", "173.201.68.11" },
	};
	report->zone = (struct report_zone){
		.apex = STR("yourapp.com"),
		.provider_id = STR("godaddy"),
		.provider_name = STR("GoDaddy"),
		.provider_certain = true,
		.serials_agree = MAYBE_TRUE,
		.dnssec = "insecure",
		.negative_ttl = 600,
	};
	for (size_t i = 0; i < 2; i++) {
		struct report_server server = {
			.name = str_of(servers[i][0]),
			.state = STR("ok"),
		};
		vec_push(arena, &server.addresses, str_of(servers[i][1]));
		vec_push(arena, &report->zone.nameservers, server);
	}
}

static void
add_view(struct arena *arena, struct report *report, const char *server,
    bool authoritative)
{
	struct report_view view = {
		.server = str_of(server),
		.authoritative = authoritative,
		.answers =
		    ARENA_ARRAY(arena, const char *, report->records.len),
	};
	for (size_t i = 0; i < report->records.len; i++) {
		view.answers[i] = "ok";
	}
	vec_push(arena, &report->views, view);
}

static void
add_spf(struct arena *arena, struct report *report)
{
	struct report_spf_node *root = ARENA_NEW(arena, struct report_spf_node);
	struct report_spf_node *ses = ARENA_NEW(arena, struct report_spf_node);
	const struct report_spf_term terms[] = {
		{ STR("include:amazonses.com"), "include", 1, ses },
		{ STR("~all"), "all", 0, NULL },
		{ STR("ip4:199.255.192.0/22"), "ip4", 0, NULL },
		{ STR("ip4:199.127.232.0/22"), "ip4", 0, NULL },
		{ STR("-all"), "all", 0, NULL },
	};
	root->domain = STR(DOMAIN);
	root->record = STR(SES_SPF);
	ses->domain = STR("amazonses.com");
	ses->record =
	    STR("v=spf1 ip4:199.255.192.0/22 ip4:199.127.232.0/22 -all");
	for (size_t i = 0; i < 5; i++) {
		struct report_spf_node *node = i < 2 ? root : ses;
		vec_push(arena, &node->terms, terms[i]);
	}
	report->spf = (struct report_spf){
		.has_record = true,
		.record = root->record,
		.lookups = 1,
		.tree = root,
	};
}

static void
add_dmarc(struct arena *arena, struct report *report)
{
	static const struct report_pair pairs[] = {
		{ "p", STR("none") },
		{ "rua", STR("mailto:dmarc@" DOMAIN) },
	};
	report->dmarc.has_record = true;
	report->dmarc.record = str_of(ROWS[INDEX_DMARC].expected);
	report->dmarc.found_at = STR("_dmarc." DOMAIN);
	for (size_t i = 0; i < 2; i++) {
		vec_push(arena, &report->dmarc.policy, pairs[i]);
	}
	vec_push(arena, &report->dmarc.notes,
	    STR("mail sent through SES aligns by DKIM and, with mail." DOMAIN
		" as return path, by SPF"));
}

static void
add_asked(struct arena *arena, struct report *report)
{
	for (size_t i = 0; i < 2; i++) {
		const struct report_record *record = &report->records.at[i];
		struct report_query query = {
			.question =
			    str_print(arena, "TXT %.*s", STR_ARG(record->name)),
			.server = STR("97.74.100.11"),
			.outcome = i == 0 ? "found" : "no such name",
			.ttl = i == 0 ? 3600 : -1,
		};
		if (i == 0) {
			vec_push(arena, &query.values, record->expected);
		}
		vec_push(arena, &report->asked, query);
	}
}

struct report *
sample_base(struct arena *arena)
{
	struct report *report = ARENA_NEW(arena, struct report);
	report->version = STR("0.1.0");
	report->domain = STR(DOMAIN);
	report->generated_at = 1790000000;
	report->source_kind = "live";
	vec_push(arena, &report->resolvers, STR("192.0.2.53"));
	for (size_t i = 0; i < sizeof(ROWS) / sizeof(*ROWS); i++) {
		add_record(arena, report, &ROWS[i]);
		sample_record(arena, report, i, STATUS_OK, ROWS[i].expected);
	}
	add_zone(arena, report);
	add_view(arena, report, "97.74.100.11", true);
	add_view(arena, report, "173.201.68.11", true);
	add_view(arena, report, "192.0.2.53", false);
	add_spf(arena, report);
	add_dmarc(arena, report);
	add_asked(arena, report);
	report->retry_after = -1;
	report->visible_by = -1;
	report->counts.sent = 31;
	report->counts.answered = 31;
	report->elapsed_ms = 164;
	return report;
}

struct finding *
sample_finding(struct arena *arena, struct report *report,
    enum finding_code code, int index, const struct sample_words *words)
{
	const char *family = index < 0 ? NULL : ROWS[index].family;
	struct findings findings = findings_new(arena, family, index);
	struct finding *finding = find(&findings, code);
	const struct report_finding added = {
		.finding = finding,
		.code = catalog_code(arena, code, family),
		.severity = catalog_row(code)->severity,
		.record = index,
		.issue = catalog_issue(code, family),
		.title = str_of(words->title),
		.detail = str_of(words->detail),
		.waiting_helps = finding->waiting_helps,
		.fix = str_of(words->fix),
		.provider_fix = str_of(words->provider),
		.reference = catalog_row(code)->reference,
	};
	vec_push(arena, &report->findings, added);
	if (index >= 0) {
		vec_push(
		    arena, &report->records.at[index].findings, added.code);
	}
	return finding;
}

void
sample_evidence(struct finding *finding, enum rrtype type, const char *name,
    struct str value, struct span span)
{
	struct evidence evidence = {
		.name = name_of(finding->arena, name),
		.type = type,
		.value = value,
		.has_span = span.to > 0,
		.from = span.from,
		.to = span.to,
	};
	const bool known =
	    server_addr_parse(STR("97.74.100.11"), &evidence.server);
	assert(known);
	vec_push(finding->arena, &finding->evidence, evidence);
}

/** *value* as it stands in a record of *type*. */
static struct rr
rr_of(struct arena *arena, const struct report_record *record, struct str value)
{
	struct rr rr = {
		.owner = name_of(arena, str_z(arena, record->name)),
		.type = record->type,
	};
	if (record->type == RRTYPE_TXT) {
		rr.rdata.txt = rr_txt_of(arena, value);
	} else if (record->type == RRTYPE_CNAME) {
		rr.rdata.target = name_of(arena, str_z(arena, value));
	} else {
		rr.rdata.mx.preference = 10;
		rr.rdata.mx.exchange =
		    name_of(arena, str_z(arena, str_from(value, 3)));
	}
	return rr;
}

void
sample_change(
    struct report *report, struct finding *finding, bool add, struct str value)
{
	struct arena *arena = finding->arena;
	const struct report_record *record =
	    &report->records.at[finding->record];
	const struct rr rr = rr_of(arena, record, value);
	const bool mx = record->type == RRTYPE_MX;
	const struct report_change change = {
		.add = add,
		.type = record->type,
		.name = record->name,
		.host = record->host,
		.value = mx ? str_from(value, 3) : value,
		.has_priority = mx,
		.priority = 10,
	};
	vec_push(arena, &report->plan, change);
	finding_edit(finding, add ? EDIT_ADD : EDIT_REMOVE, &rr);
}

void
sample_issues(struct arena *arena, struct report *report)
{
	for (size_t i = 0; i < report->findings.len; i++) {
		const struct report_finding *finding = &report->findings.at[i];
		if (finding->issue == ISSUE_NONE) {
			continue;
		}
		struct report_issue *issue = &report->issues[finding->issue];
		issue->state = ISSUE_DETECTED;
		vec_push(arena, &issue->findings, finding->code);
		vec_push(arena, &issue->shown, i);
	}
}

struct report *
sample_ready(struct arena *arena)
{
	static const struct sample_words none = {
		.title = "The DMARC policy is none: monitoring only",
		.detail = "That is right while mail is being set up. Once "
			  "reports show all mail passing, quarantine and then "
			  "reject protect the domain.",
	};
	struct report *report = sample_base(arena);
	report->summary = STR("all 8 records are right; IvyMail would verify "
			      "it now");
	struct finding *finding = sample_finding(
	    arena, report, FINDING_DMARC_POLICY_NONE, INDEX_DMARC, &none);
	sample_evidence(finding, RRTYPE_TXT, "_dmarc." DOMAIN,
	    str_of(ROWS[INDEX_DMARC].expected), (struct span){ 10, 16 });
	return report;
}
