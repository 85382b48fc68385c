/* SPDX-License-Identifier: MIT */
/* Damaged values and final dots as causes: found, shown, and mended. */
#include "base/arena.h"
#include "base/buf.h"
#include "checks/check.h"
#include "diagnosis/cause.h"
#include "judging.h"
#include "text/patterns.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#define OWNER "_ivymail.example.com"
#define TOKEN "9f2c4e7ab1d84c53"
#define VALUE "ivymail-verify=" TOKEN
#define KEY   "3knyq7uv5r2mhwlxbzdp4tcgsf6aeji8"
#define DMARC "v=DMARC1; p=none; rua=mailto:a@example.com"
#define NBSP  "\\194\\160"

static struct patterns *patterns;

static void
setup(void)
{
	patterns = patterns_new();
}

static void
teardown(void)
{
	patterns_free(&patterns);
}

TestSuite(damage_causes, .init = setup, .fini = teardown);

/** The check of *subject*, then the two causes in their order. */
static void
judge_with(check_fn *check, struct look *look, const struct subject *subject,
    struct judgement *out)
{
	const struct scene scene = {
		.subject = subject,
		.domain = subject->expect->domain,
		.apex = subject->expect->domain,
		.patterns = patterns,
	};
	check(look, subject, out);
	if (!cause_trailing_dot(look, &scene, out)) {
		(void)cause_value_damaged(look, &scene, out);
	}
}

static void
judge_ownership(
    struct look *look, const struct subject *subject, struct judgement *out)
{
	judge_with(check_ownership, look, subject, out);
}

static void
judge_dkim(
    struct look *look, const struct subject *subject, struct judgement *out)
{
	judge_with(check_dkim, look, subject, out);
}

static void
judge_mx(
    struct look *look, const struct subject *subject, struct judgement *out)
{
	judge_with(check_mail_from_mx, look, subject, out);
}

static void
judge_dmarc(
    struct look *look, const struct subject *subject, struct judgement *out)
{
	judge_with(check_dmarc, look, subject, out);
}

static void
judge_spf(
    struct look *look, const struct subject *subject, struct judgement *out)
{
	judge_with(check_spf, look, subject, out);
}

static const struct judging_order OWNERSHIP = {
	.check = judge_ownership,
	.family = "ownership",
	.domain = "example.com",
	.record = INDEX_OWNERSHIP,
	.flags = { .token = { TOKEN, sizeof(TOKEN) - 1 } },
};

static const struct judging_order ANY_OWNERSHIP = {
	.check = judge_ownership,
	.family = "ownership",
	.domain = "example.com",
	.record = INDEX_OWNERSHIP,
};

static const struct judging_order DKIM = {
	.check = judge_dkim,
	.family = "dkim",
	.domain = "example.com",
	.record = INDEX_DKIM,
	.flags = {
		.region = { "eu-west-1", 9 },
		.dkim_tokens = { { KEY, sizeof(KEY) - 1 } },
		.dkim_tokens_len = 1,
	},
};

static const struct judging_order MX = {
	.check = judge_mx,
	.family = "mail-from-mx",
	.domain = "example.com",
	.record = INDEX_MAIL_FROM_MX,
	.flags = { .region = { "eu-west-1", 9 } },
};

static const struct judging_order ANY_MX = {
	.check = judge_mx,
	.family = "mail-from-mx",
	.domain = "example.com",
	.record = INDEX_MAIL_FROM_MX,
};

static const struct judging_order DMARC_RECORD = {
	.check = judge_dmarc,
	.family = "dmarc",
	.domain = "example.com",
	.record = INDEX_DMARC,
};

static const struct judging_order SPF_RECORD = {
	.check = judge_spf,
	.family = "spf",
	.domain = "example.com",
	.record = INDEX_SPF,
};

struct row {
	const char *rdata;  /* as in a zone file */
	const char *damage; /* NULL: a final dot */
};

/** What is found in *rdata* at *name*, and that the changes mend it. */
static void
expect_mended(const struct judging_order *order, const char *name,
    const struct row *row, const char *code)
{
	struct judging judging;
	char zone[512];
	snprintf(zone, sizeof(zone), "%s %s\n", name, row->rdata);
	judging_open(&judging, order, zone);
	const char *got = judging_codes(&judging);
	cr_expect(eq(str, (char *)got, (char *)code), "%s", zone);
	if (row->damage) {
		cr_expect(eq(str, (char *)judging_arg(&judging, "damage"),
			      (char *)row->damage),
		    "%s", zone);
	}
	const char *after = judging_mended(&judging);
	cr_expect(str_starts(str_of(after), STR("ok")), "%s: %s", zone, after);
	judging_close(&judging);
}

static void
expect_codes(
    const struct judging_order *order, const char *zone, const char *want)
{
	struct judging judging;
	judging_open(&judging, order, zone);
	cr_expect(
	    eq(str, (char *)judging_codes(&judging), (char *)want), "%s", zone);
	judging_close(&judging);
}

Test(damage_causes, a_damaged_token_is_one_finding_and_mended)
{
	static const struct row rows[] = {
		{ "TXT \"\\\"" VALUE "\\\"\"", "quoted" },
		{ "TXT \"" VALUE " \"", "whitespace" },
		{ "TXT \"ivymail-verify=" NBSP TOKEN "\"", "invisible" },
		{ "TXT \"ivymail-verify=9F2C4E7AB1D84C53\"", "case" },
		{ "TXT \"" TOKEN "\"", "prefix-missing" },
		{ "TXT \"ivymail-verify=" VALUE "\"", "prefix-doubled" },
		{ "TXT \"ivymail-verify=9f2c4e7a\"", "truncated" },
		{ "TXT \"ivymail-verify=9f2c4e7ab1d84c35\"", "typo" },
		{ "TXT \"" OWNER ". IN TXT " VALUE "\"", "whole-line" },
		{ "TXT \"ivymail-verify\\\\=" TOKEN "\"", "escaped" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_mended(&OWNERSHIP, OWNER, &rows[i],
		    "wrong ownership-value-damaged");
		if (i < 3) {
			expect_mended(&ANY_OWNERSHIP, OWNER, &rows[i],
			    "wrong ownership-value-damaged");
		}
	}
}

Test(damage_causes, dots_of_host_names_in_a_text_are_their_own_cause)
{
	static const struct row rows[] = {
		{ "TXT \"" VALUE ".\"", NULL },
		{ "TXT \"" VALUE ". \"", NULL },
	};
	static const struct row dmarc[] = {
		{ "TXT \"v=DMARC1; p=none.\"", NULL },
		{ "TXT \"v=DMARC1; p=none; adkim=r.\"", NULL },
	};
	for (size_t i = 0; i < 2; i++) {
		expect_mended(&OWNERSHIP, OWNER, &rows[i],
		    "wrong ownership-trailing-dot");
		expect_mended(&DMARC_RECORD, "_dmarc.example.com", &dmarc[i],
		    "wrong dmarc-trailing-dot");
	}
}

Test(damage_causes, another_token_is_not_damaged)
{
	expect_codes(&OWNERSHIP, OWNER " TXT ivymail-verify=0000000000000000\n",
	    "wrong ownership-value-wrong");
	expect_codes(&OWNERSHIP,
	    OWNER " TXT ivymail-verify=0000000000000000\n" OWNER " TXT " VALUE
		  "\n",
	    "ok");
}

Test(damage_causes, a_damaged_target_is_one_finding_and_mended)
{
	static const struct row rows[] = {
		{ "CNAME " KEY ".dkim.amazonaws.com", "typo" },
		{ "CNAME " KEY ".dkim.amazonses", "truncated" },
		{ "CNAME \\032" KEY ".dkim.amazonses.com", "whitespace" },
		{ "CNAME \\\"" KEY ".dkim.amazonses.com\\\"", "quoted" },
		{ "CNAME " NBSP KEY ".dkim.amazonses.com", "invisible" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct judging judging;
		char zone[512];
		snprintf(zone, sizeof(zone), "%s._domainkey.example.com %s\n",
		    KEY, rows[i].rdata);
		judging_open(&judging, &DKIM, zone);
		cr_expect(eq(str, (char *)judging_codes(&judging),
			      (char *)"wrong dkim-value-damaged"),
		    "%s", zone);
		cr_expect(eq(str, (char *)judging_arg(&judging, "damage"),
			      (char *)rows[i].damage),
		    "%s", zone);
		cr_expect(str_ends(str_of(judging_changes(&judging)),
			      STR("+CNAME " KEY "._domainkey.example.com=" KEY
				  ".dkim.amazonses.com")),
		    "%s", zone);
		judging_close(&judging);
	}
}

Test(damage_causes, an_mx_is_recognised_with_or_without_a_region)
{
	static const struct row row = {
		"MX 10 eedback-smtp.eu-west-1.amazonses.com", "typo"
	};
	expect_mended(
	    &MX, "mail.example.com", &row, "wrong mail-from-mx-value-damaged");
	expect_mended(&ANY_MX, "mail.example.com", &row,
	    "wrong mail-from-mx-value-damaged");
	/* Other codes say more than that something is damaged. */
	expect_codes(&MX,
	    "mail.example.com MX 10 feedback-smtp.eu-west-2.amazonses.com\n",
	    "wrong mail-from-mx-wrong-region");
}

Test(damage_causes, a_damaged_policy_keeps_what_it_says)
{
	static const struct row rows[] = {
		{ "TXT \"\\\"" DMARC "\\\"\"", "quoted" },
		{ "TXT \"\\226\\128\\156" DMARC "\\226\\128\\157\"",
		    "smart-quotes" },
		{ "TXT \"v=DMARC1\\\\; p=none\\\\; rua=mailto:a@example.com\"",
		    "escaped" },
		{ "TXT \"v=DMARC1; p=none" NBSP ";\"", "invisible" },
		{ "TXT \"_dmarc TXT " DMARC "\"", "whole-line" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_mended(&DMARC_RECORD, "_dmarc.example.com", &rows[i],
		    "wrong dmarc-value-damaged");
	}
}

/* What the includes of the SPF tests lead to. */
#define INCLUDED                                            \
	"amazonses.com TXT \"v=spf1 ip4:192.0.2.1 -all\"\n" \
	"_spf.example.net TXT \"v=spf1 ip4:192.0.2.2 -all\"\n"

/** The changes for an SPF record with *rdata*, which make it right. */
static void
expect_spf(const char *rdata, const char *code, const char *added)
{
	struct judging judging;
	char zone[512];
	snprintf(zone, sizeof(zone), "example.com TXT %s\n" INCLUDED, rdata);
	judging_open(&judging, &SPF_RECORD, zone);
	cr_expect(eq(str, (char *)judging_codes(&judging), (char *)code), "%s",
	    rdata);
	cr_expect(str_ends(str_of(judging_changes(&judging)), str_of(added)),
	    "%s: %s", rdata, judging_changes(&judging));
	const char *after = judging_mended(&judging);
	cr_expect(eq(str, (char *)after, (char *)"ok"), "%s", rdata);
	judging_close(&judging);
}

Test(damage_causes, a_damaged_spf_record_keeps_its_senders_and_gets_ses)
{
#define WITH_SES "v=spf1 include:amazonses.com ~all"
	static const char *const rows[] = {
		"\"\\\"" WITH_SES "\\\"\"",
		"\"v=spf1 include:amazonses.com" NBSP "~all\"",
		"\"v=spf1 include:amazonses.com\\009~all\"",
		"\"v=spf1 include:amazonses.com \\226\\128\\147all\"",
		"\"example.com. IN TXT " WITH_SES "\"",
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const bool hard = strstr(rows[i], "147all") != NULL;
		expect_spf(rows[i], "wrong spf-value-damaged",
		    hard ? "=v=spf1 include:amazonses.com -all" : "=" WITH_SES);
	}
	expect_spf("\"\\\"v=spf1 include:_spf.example.net ~all\\\"\"",
	    "wrong spf-value-damaged",
	    "=v=spf1 include:_spf.example.net include:amazonses.com ~all");
}

Test(damage_causes, a_final_dot_of_an_spf_record_is_told_alone)
{
	expect_spf("\"v=spf1 include:amazonses.com ~all.\"",
	    "wrong spf-trailing-dot", "=v=spf1 include:amazonses.com ~all");
}

Test(damage_causes, what_is_wrong_in_itself_is_not_damaged)
{
	expect_codes(&SPF_RECORD,
	    "example.com TXT \"v=spf1 all. ip4:192.0.2.1\"\n",
	    "wrong spf-syntax-error");
	expect_codes(&SPF_RECORD,
	    "example.com TXT \" v=spf1 include:amazonses.com ~all\"\n" INCLUDED,
	    "wrong spf-not-recognised");
	expect_codes(&SPF_RECORD,
	    "example.com TXT \"v=spf1 include:amazonses.com. ~all\"\n" INCLUDED,
	    "ok");
	expect_codes(&DMARC_RECORD, "_dmarc.example.com TXT \"v=DMARC1 p=x\"\n",
	    "wrong dmarc-not-recognised");
	expect_codes(&DMARC_RECORD,
	    "_dmarc.example.com TXT \"\\\"v=DMARC1; p=x\\\"\"\n",
	    "wrong dmarc-not-recognised");
}

Test(damage_causes, the_place_is_marked_in_the_evidence)
{
	struct judging judging;
	judging_open(&judging, &DKIM,
	    KEY "._domainkey.example.com CNAME " KEY
		".dkim.amazonses.com\\032\n");
	const struct finding *finding = judging.out.findings.list.at[0];
	const struct evidence *seen = &finding->evidence.at[0];
	cr_expect(seen->has_span);
	cr_expect(
	    str_eq(str_slice(seen->value, seen->from, seen->to), STR("\\032")));
	judging_close(&judging);
}
