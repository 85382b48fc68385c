/* SPDX-License-Identifier: MIT */
/* The DMARC record of a domain, judged. */
#include "base/arena.h"
#include "base/buf.h"
#include "checks/dmarc_means.h"
#include "judging.h"
#include "walks/dmarc.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static const struct judging_order SUB = {
	.check = check_dmarc,
	.family = "dmarc",
	.domain = "news.example.com",
	.record = INDEX_DMARC,
};

/** A zone, and what is found in it. */
struct row {
	const char *zone;
	const char *codes;
};

static void
expect_codes(const char *zone, const char *want)
{
	struct judging judging;
	judging_open(&judging, &SUB, zone);
	const char *got = judging_codes(&judging);
	cr_expect(str_eq(str_of(got), str_of(want)), "%s: %s, not %s", zone,
	    got, want);
	judging_close(&judging);
}

/** What is found with *text* as the domain's own record. */
static void
expect_own(const char *text, const char *want)
{
	struct arena *arena = arena_new();
	expect_codes(
	    str_print(arena, "_dmarc.news.example.com TXT \"%s\"\n", text).at,
	    want);
	arena_free(&arena);
}

/** The changes for the own record *text*, and what they lead to. */
static void
expect_mended(const char *text, const char *changed)
{
	struct judging judging;
	struct arena *arena = arena_new();
	const struct str zone =
	    str_print(arena, "_dmarc.news.example.com TXT \"%s\"\n", text);
	const struct str want = str_print(arena,
	    "-TXT _dmarc.news.example.com=%s "
	    "+TXT _dmarc.news.example.com=%s",
	    text, changed);
	judging_open(&judging, &SUB, zone.at);
	const char *got = judging_changes(&judging);
	cr_expect(str_eq(str_of(got), want), "%s: %s", text, got);
	const char *after = judging_mended(&judging);
	cr_expect(str_starts(str_of(after), STR("ok")), "%s: %s", text, after);
	judging_close(&judging);
	arena_free(&arena);
}

Test(dmarc_check, a_right_record_is_ok)
{
	expect_own("v=DMARC1; p=reject; rua=mailto:d@news.example.com", "ok");
	expect_own("v=DMARC1; p=none; rua=mailto:d@news.example.com",
	    "ok dmarc-policy-none");
	expect_own("v=DMARC1;p=quarantine", "ok");
}

Test(dmarc_check, of_a_healthy_domain_asks_little)
{
	struct judging judging;
	struct judging_order order = SUB;
	order.domain = "example.com";
	judging_open(&judging, &order,
	    "_dmarc.example.com TXT \"v=DMARC1; p=none; "
	    "rua=mailto:dmarc@example.com\"\n");
	cr_expect(eq(sz, looking_asked(&judging.looking), 1));
	judging_close(&judging);
}

Test(dmarc_check, nothing_anywhere_is_missing)
{
	struct judging judging;
	expect_codes("news.example.com A 192.0.2.1\n", "missing dmarc-missing");
	judging_open(&judging, &SUB, "");
	const char *after = judging_mended(&judging);
	cr_expect(
	    str_eq(str_of(after), STR("ok dmarc-policy-none")), "%s", after);
	judging_close(&judging);
}

Test(dmarc_check, other_texts_at_the_name_are_not_dmarc)
{
	expect_own("v=spf1 -all", "missing dmarc-missing");
	expect_own("hello", "missing dmarc-missing");
}

/* RFC 9989 4.10.1 */
Test(dmarc_check, a_policy_of_the_parent_is_enough)
{
	static const struct row rows[] = {
		{ "_dmarc.example.com TXT \"v=DMARC1; p=reject\"\n",
		    "ok dmarc-inherited" },
		{ "_dmarc.example.com TXT \"v=DMARC1; p=none\"\n",
		    "ok dmarc-inherited dmarc-policy-none" },
		{ "_dmarc.com TXT \"v=DMARC1; p=reject; psd=y\"\n",
		    "ok dmarc-inherited" },
		{ "_dmarc.example.com TXT \"v=DMARC1; p=rejct\"\n",
		    "missing dmarc-missing" },
		{ "_dmarc.example.com TXT \"v=DMARC1; p=rejct; "
		  "rua=mailto:a@b.c\"\n",
		    "ok dmarc-inherited dmarc-policy-none" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_codes(rows[i].zone, rows[i].codes);
	}
}

/* RFC 9989 4.10 steps 2 and 6 */
Test(dmarc_check, several_records_are_a_conflict)
{
	struct judging judging;
	judging_open(&judging, &SUB,
	    "_dmarc.news.example.com TXT \"v=DMARC1; p=rejct\"\n"
	    "_dmarc.news.example.com TXT \"v=DMARC1; p=none\"\n"
	    "_dmarc.news.example.com TXT \"unrelated\"\n"
	    "_dmarc.example.com TXT \"v=DMARC1; p=none\"\n");
	const char *codes = judging_codes(&judging);
	cr_expect(str_eq(str_of(codes), STR("conflict dmarc-multiple-records")),
	    "%s", codes);
	const char *changes = judging_changes(&judging);
	cr_expect(str_eq(str_of(changes),
		      STR("-TXT _dmarc.news.example.com=v=DMARC1; p=rejct")),
	    "%s", changes);
	const char *after = judging_mended(&judging);
	cr_expect(
	    str_eq(str_of(after), STR("ok dmarc-policy-none")), "%s", after);
	judging_close(&judging);
}

Test(dmarc_check, of_several_wrong_records_one_is_mended)
{
	struct judging judging;
	judging_open(&judging, &SUB,
	    "_dmarc.news.example.com TXT \"v=DMARC1; p=rejct\"\n"
	    "_dmarc.news.example.com TXT \"v=DMARC1; sp\"\n");
	const char *after = judging_mended(&judging);
	cr_expect(str_eq(str_of(after), STR("ok")), "%s", after);
	judging_close(&judging);
}

Test(dmarc_check, what_no_receiver_recognises_is_wrong)
{
	static const char *const texts[] = { "v=dmarc1; p=reject",
		"v=DMARC 1; p=reject", " v=DMARC1; p=reject",
		"p=reject; v=DMARC1", "DMARC1; p=reject" };
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		expect_own(texts[i], "wrong dmarc-not-recognised");
		expect_mended(texts[i], "v=DMARC1; p=reject");
	}
}

Test(dmarc_check, errors_of_form_and_value_are_wrong)
{
	static const char *const rows[][3] = {
		{ "v=DMARC1; p=reject;; sp=none", "wrong dmarc-syntax-error",
		    "v=DMARC1; p=reject; sp=none" },
		{ "v=DMARC1; p:reject", "wrong dmarc-syntax-error",
		    "v=DMARC1; p=reject" },
		{ "v=DMARC1; p=quarantaine", "wrong dmarc-bad-value",
		    "v=DMARC1; p=quarantine" },
		{ "v=DMARC1; p=none; adkim=strict; x", "wrong dmarc-bad-value",
		    "v=DMARC1; p=none" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_own(rows[i][0], rows[i][1]);
		expect_mended(rows[i][0], rows[i][2]);
	}
}

Test(dmarc_check, says_what_was_meant_and_where)
{
	struct judging judging;
	judging_open(&judging, &SUB,
	    "_dmarc.news.example.com TXT \"v=DMARC1; p=quarantaine\"\n");
	cr_expect(str_eq(str_of(judging_arg(&judging, "tag")), STR("p")));
	cr_expect(str_eq(
	    str_of(judging_arg(&judging, "problem")), STR("policy-value")));
	cr_expect(str_ends(str_of(judging_arg(&judging, "problem_text")),
	    STR("Probably quarantine is meant.")));
	const struct finding *finding = judging.out.findings.list.at[0];
	cr_assert(eq(sz, finding->evidence.len, 1));
	cr_expect(finding->evidence.at[0].has_span);
	cr_expect(eq(sz, finding->evidence.at[0].from, 12));
	cr_expect(eq(sz, finding->evidence.at[0].to, 23));
	judging_close(&judging);
}

Test(dmarc_check, what_is_allowed_but_odd_is_a_warning)
{
	static const char *const rows[][2] = {
		{ "v=DMARC1; p=reject; p=none", "ok dmarc-repeated-tag" },
		{ "v=DMARC1; p=reject; policy=none", "ok dmarc-unknown-tag" },
		{ "v=DMARC1; p=reject; pct=50; ri=1",
		    "ok dmarc-removed-tag dmarc-removed-tag" },
		{ "v=DMARC1; rua=mailto:a@news.example.com",
		    "ok dmarc-policy-missing" },
		{ "v=DMARC1", "ok dmarc-policy-missing" },
		{ "v=DMARC1; p=reject; rua=me@news.example.com,x",
		    "ok dmarc-rua-invalid" },
		{ "v=DMARC1; p=reject; aspf=s", "ok dmarc-strict-spf" },
		{ "v=DMARC1; p=reject; aspf=s; adkim=s",
		    "ok dmarc-strict-spf" },
		{ "v=DMARC1; p=reject; adkim=s; t=y; psd=n; fo=1; np=reject",
		    "ok" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_own(rows[i][0], rows[i][1]);
	}
}

Test(dmarc_check, warnings_come_with_the_better_record)
{
	static const char *const rows[][2] = {
		{ "v=DMARC1; p=reject; p=none", "v=DMARC1; p=reject" },
		{ "v=DMARC1; p=reject; policy=none", "v=DMARC1; p=reject" },
		{ "v=DMARC1", "v=DMARC1; p=none" },
		{ "v=DMARC1; p=reject; aspf=s; fo=1",
		    "v=DMARC1; p=reject; fo=1" },
		{ "v=DMARC1; p=reject; sp=none", "v=DMARC1; p=reject" },
		{ "v=DMARC1; p=reject; rua=me@news.example.com",
		    "v=DMARC1; p=reject; rua=mailto:me@news.example.com" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_mended(rows[i][0], rows[i][1]);
	}
}

Test(dmarc_check, a_weaker_policy_below_is_a_warning)
{
	static const char *const rows[][2] = {
		{ "v=DMARC1; p=reject; sp=none", "ok dmarc-subdomain-weaker" },
		{ "v=DMARC1; p=reject; np=quarantine",
		    "ok dmarc-subdomain-weaker" },
		{ "v=DMARC1; p=quarantine; sp=reject", "ok" },
		{ "v=DMARC1; p=reject; sp=reject", "ok" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_own(rows[i][0], rows[i][1]);
	}
}

Test(dmarc_check, a_record_weaker_than_what_it_hides_is_a_warning)
{
	static const struct row rows[] = {
		{ "_dmarc.news.example.com TXT \"v=DMARC1; p=quarantine\"\n"
		  "_dmarc.example.com TXT \"v=DMARC1; p=reject\"\n",
		    "ok dmarc-subdomain-weaker" },
		{ "_dmarc.news.example.com TXT \"v=DMARC1; p=quarantine\"\n"
		  "_dmarc.example.com TXT \"v=DMARC1; p=reject; sp=none\"\n",
		    "ok" },
		{ "_dmarc.news.example.com TXT "
		  "\"v=DMARC1; p=quarantine; psd=n\"\n"
		  "_dmarc.example.com TXT \"v=DMARC1; p=reject\"\n",
		    "ok" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_codes(rows[i].zone, rows[i].codes);
	}
}

/* RFC 9990 4 */
Test(dmarc_check, reports_to_others_without_their_consent_are_a_warning)
{
	static const char rua[] =
	    "_dmarc.news.example.com TXT "
	    "\"v=DMARC1; p=reject; rua=mailto:a@reports.example\"\n";
	static const char *const rows[][2] = {
		{ "reports.example MX 1 mx.reports.example\n",
		    "ok dmarc-rua-unauthorised" },
		{ "reports.example MX 1 mx.reports.example\n"
		  "news.example.com._report._dmarc.reports.example "
		  "TXT \"v=DMARC1;\"\n",
		    "ok" },
		{ "news.example.com._report._dmarc.reports.example "
		  "TXT \"v=DMARC1;\"\n"
		  "reports.example MX 0 .\n",
		    "ok dmarc-rua-unauthorised" },
		{ "", "ok dmarc-rua-unauthorised" },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_codes(
		    str_print(arena, "%s%s", rua, rows[i][0]).at, rows[i][1]);
	}
	arena_free(&arena);
}

Test(dmarc_check, a_cname_may_lead_to_the_record)
{
	static const struct row rows[] = {
		{ "_dmarc.news.example.com CNAME d.vendor.example\n"
		  "d.vendor.example TXT \"v=DMARC1; p=reject\"\n",
		    "ok" },
		{ "_dmarc.news.example.com CNAME d.vendor.example\n",
		    "conflict dmarc-name-taken" },
		{ "_dmarc.news.example.com CNAME d.vendor.example\n"
		  "d.vendor.example TXT \"hello\"\n",
		    "conflict dmarc-name-taken" },
		{ "_dmarc.news.example.com CNAME _dmarc.news.example.com\n",
		    "wrong dmarc-cname-loop" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_codes(rows[i].zone, rows[i].codes);
	}
}

Test(dmarc_check, errors_behind_a_cname_are_mended_at_the_own_name)
{
	struct judging judging;
	judging_open(&judging, &SUB,
	    "_dmarc.news.example.com CNAME d.vendor.example\n"
	    "d.vendor.example TXT \"v=DMARC1; p=rejct\"\n");
	const char *changes = judging_changes(&judging);
	cr_expect(str_eq(str_of(changes),
		      STR("-CNAME _dmarc.news.example.com=d.vendor.example "
			  "+TXT _dmarc.news.example.com=v=DMARC1; "
			  "p=reject")),
	    "%s", changes);
	judging_close(&judging);
}

Test(dmarc_check, in_zone_files_without_the_organization_is_not_checked)
{
	struct judging judging;
	struct judging_order order = SUB;
	order.origin = "news.example.com";
	judging_open(&judging, &order, "@ A 192.0.2.1\n");
	const char *codes = judging_codes(&judging);
	cr_expect(str_eq(str_of(codes), STR("not_checked")), "%s", codes);
	cr_assert(eq(sz, judging.out.not_checked.len, 1));
	cr_expect(str_eq(
	    judging.out.not_checked.at[0].what, STR("_dmarc.example.com")));
	judging_close(&judging);
}

Test(dmarc_check, in_zone_files_with_the_organization_is_missing)
{
	struct judging judging;
	struct judging_order order = SUB;
	order.origin = "example.com";
	judging_open(&judging, &order, "news A 192.0.2.1\n");
	const char *codes = judging_codes(&judging);
	cr_expect(
	    str_eq(str_of(codes), STR("missing dmarc-missing")), "%s", codes);
	judging_close(&judging);
}

Test(dmarc_check, report_domains_outside_zone_files_are_not_checked)
{
	struct judging judging;
	struct judging_order order = SUB;
	order.origin = "example.com";
	judging_open(&judging, &order,
	    "_dmarc.news TXT \"v=DMARC1; p=reject; "
	    "rua=mailto:a@reports.example\"\n");
	const char *codes = judging_codes(&judging);
	cr_expect(str_eq(str_of(codes), STR("ok")), "%s", codes);
	cr_assert(eq(sz, judging.out.not_checked.len, 1));
	cr_expect(str_eq(judging.out.not_checked.at[0].what,
	    STR("whether reports.example takes DMARC reports")));
	judging_close(&judging);
}

/** What dmarc_judge_enforcement() adds for the own record *text*. */
static void
expect_enforcement(const char *text, bool dkim_passes, const char *want)
{
	struct judging judging;
	struct arena *arena = arena_new();
	const struct str zone =
	    str_print(arena, "_dmarc.news.example.com TXT \"%s\"\n", text);
	judging_open(&judging, &SUB, zone.at);
	dmarc_judge_enforcement(&judging.out, dkim_passes);
	const char *got = judging_codes(&judging);
	cr_expect(str_eq(str_of(got), str_of(want)), "%s: %s", text, got);
	judging_close(&judging);
	arena_free(&arena);
}

Test(dmarc_check, enforcing_before_dkim_passes_is_a_warning)
{
	expect_enforcement(
	    "v=DMARC1; p=reject", false, "ok dmarc-enforced-early");
	expect_enforcement(
	    "v=DMARC1; p=quarantine", false, "ok dmarc-enforced-early");
	expect_enforcement("v=DMARC1; p=reject", true, "ok");
	expect_enforcement("v=DMARC1; p=quarantine; t=y", false, "ok");
	expect_enforcement("v=DMARC1; p=none", false, "ok dmarc-policy-none");
	expect_enforcement("v=DMARC1; p=rejct", false, "wrong dmarc-bad-value");
}

/** True if one of the sentences of advice has *part* in it. */
static bool
advises(const char *zone, const char *mail_from, const char *part)
{
	struct judging judging;
	struct judging_order order = SUB;
	order.flags.mail_from_domain = str_of(mail_from);
	judging_open(&judging, &order, zone);
	cr_assert(judging.out.dmarc != NULL);
	struct arena *arena = judging.looking.arena;
	const struct dmarc_walk *walk = judging.out.dmarc;
	const struct dmarc_notes lists[] = {
		dmarc_advice(arena, walk, &judging.expect),
		dmarc_differences(arena, walk),
	};
	bool said = false;
	for (size_t i = 0; i < lists[0].len; i++) {
		said = said || str_find(lists[0].at[i], str_of(part)) >= 0;
	}
	for (size_t i = 0; i < lists[1].len; i++) {
		said = said || str_find(lists[1].at[i], str_of(part)) >= 0;
	}
	judging_close(&judging);
	return said;
}

Test(dmarc_advice, tells_what_aligns_for_mail_through_ses)
{
	static const char relaxed[] =
	    "_dmarc.news.example.com TXT \"v=DMARC1; p=none\"\n";
	static const char strict[] =
	    "_dmarc.news.example.com TXT \"v=DMARC1; p=none; aspf=s\"\n";
	cr_expect(advises(relaxed, NULL, "DKIM aligns"));
	cr_expect(advises(relaxed, NULL,
	    "SPF aligns: the return path at "
	    "mail.news.example.com"));
	cr_expect(advises(relaxed, "bounce.example.com", "SPF aligns"));
	cr_expect(advises(strict, NULL, "SPF does not align: aspf=s"));
	cr_expect(advises(strict, "news.example.com", "SPF aligns"));
	cr_expect(advises(relaxed, "mail.other.example", "SPF does not align"));
}

Test(dmarc_advice, tells_the_step_on_the_ladder)
{
	static const char *const rows[][2] = {
		{ "p=none", "Step 1 of 3" },
		{ "p=quarantine", "Step 2 of 3" },
		{ "p=reject", "Step 3 of 3" },
		{ "p=reject; t=y", "one step less: quarantine" },
		{ "p=none", "no address for reports" },
		{ "p=x; rua=mailto:a@news.example.com", "" },
		{ "p=reject; pct=10", "RFC 7489" },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct str zone = str_print(arena,
		    "_dmarc.news.example.com TXT \"v=DMARC1; %s\"\n",
		    rows[i][0]);
		cr_expect(advises(zone.at, NULL, rows[i][1]), "%s", rows[i][0]);
	}
	arena_free(&arena);
}

Test(dmarc_advice, tells_where_the_list_and_the_walk_disagree)
{
	cr_expect(advises("_dmarc.com TXT \"v=DMARC1; p=none\"\n", NULL,
	    "The organisational domain is com by the tree walk"));
	cr_expect(advises("_dmarc.com TXT \"v=DMARC1; p=none; psd=y\"\n", NULL,
	    "do not look at _dmarc.com"));
	cr_expect(not(advises("_dmarc.example.com TXT \"v=DMARC1; p=none\"\n",
	    NULL, "RFC 7489")));
}
