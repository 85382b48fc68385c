/* SPDX-License-Identifier: MIT */
/* One of the three DKIM records, judged. */
#include "base/arena.h"
#include "checks/check.h"
#include "judging.h"
#include "sample_keys.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#define NAME   "aaa._domainkey.example.com"
#define GLOBAL "aaa.dkim.amazonses.com"
#define OWN    "aaa.dkim.eu-south-1.amazonses.com"
/* A string of a TXT has 255 octets at most. */
#define KEY    "\"p=" KEY_RSA_1024_BEGIN "\" \"" KEY_RSA_1024_END "\""

static const struct judging_order ORDER = {
	.check = check_dkim,
	.family = "dkim",
	.domain = "example.com",
	.record = INDEX_DKIM,
	.flags = {
		.dkim_tokens = {
			{ "aaa", 3 },
			{ "bbb", 3 },
			{ "ccc", 3 },
		},
		.dkim_tokens_len = 3,
	},
};

/** The same with a region, whose keys are in the global zone. */
static struct judging_order
in_region(const char *region)
{
	struct judging_order order = ORDER;
	order.flags.region = str_of(region);
	return order;
}

static void
expect_codes_of(
    const struct judging_order *order, const char *zone, const char *want)
{
	struct judging judging;
	judging_open(&judging, order, zone);
	const char *got = judging_codes(&judging);
	cr_expect(str_eq(str_of(got), str_of(want)), "%s: %s, not %s", zone,
	    got, want);
	judging_close(&judging);
}

static void
expect_codes(const char *zone, const char *want)
{
	expect_codes_of(&ORDER, zone, want);
}

/** The changes for *zone*, after which all must be right. */
static void
expect_mended(
    const struct judging_order *order, const char *zone, const char *want)
{
	struct judging judging;
	judging_open(&judging, order, zone);
	const char *got = judging_changes(&judging);
	cr_expect(str_eq(str_of(got), str_of(want)), "%s: %s, not %s", zone,
	    got, want);
	const char *after = judging_mended(&judging);
	cr_expect(str_eq(str_of(after), STR("ok")), "%s: %s", zone, after);
	judging_close(&judging);
}

Test(dkim_check, a_cname_to_a_key_is_ok_and_costs_one_question)
{
	struct judging judging;
	judging_open(&judging, &ORDER,
	    NAME " CNAME " GLOBAL "\n" GLOBAL " TXT " KEY "\n");
	const char *got = judging_codes(&judging);
	cr_expect(str_eq(str_of(got), STR("ok")), "%s", got);
	cr_expect(eq(sz, looking_asked(&judging.looking), 1));
	cr_assert(eq(sz, judging.out.found.len, 1));
	cr_expect(str_eq(judging.out.found.at[0], STR(GLOBAL)));
	judging_close(&judging);
}

Test(dkim_check, without_a_region_either_zone_is_right)
{
	expect_codes(NAME " CNAME " OWN "\n" OWN " TXT " KEY "\n", "ok");
	expect_codes(NAME " CNAME " GLOBAL "\n" GLOBAL " TXT " KEY "\n", "ok");
}

Test(dkim_check, a_longer_chain_to_the_target_is_ok)
{
	expect_codes(NAME " CNAME alias.example.com\n"
			  "alias.example.com CNAME " GLOBAL "\n" GLOBAL
			  " TXT " KEY "\n",
	    "ok");
}

Test(dkim_check, nothing_at_the_name_is_missing)
{
	expect_codes("", "missing dkim-missing");
	expect_codes("x." NAME " A 192.0.2.1\n", "missing dkim-missing");
	expect_mended(
	    &ORDER, GLOBAL " TXT " KEY "\n", "+CNAME " NAME "=" GLOBAL);
}

Test(dkim_check, another_target_is_a_wrong_value)
{
	expect_codes(NAME " CNAME x.example.net\n", "wrong dkim-value-wrong");
	expect_mended(&ORDER,
	    NAME " CNAME aaa.dkim.amazonaws.com\n" GLOBAL " TXT " KEY "\n",
	    "-CNAME " NAME "=aaa.dkim.amazonaws.com +CNAME " NAME "=" GLOBAL);
}

Test(dkim_check, the_target_of_another_token_is_swapped)
{
	expect_codes(NAME " CNAME bbb.dkim.amazonses.com\n"
			  "bbb.dkim.amazonses.com TXT " KEY "\n",
	    "wrong dkim-targets-swapped");
	expect_mended(&ORDER,
	    NAME " CNAME ccc.dkim.amazonses.com\n" GLOBAL " TXT " KEY "\n",
	    "-CNAME " NAME "=ccc.dkim.amazonses.com +CNAME " NAME "=" GLOBAL);
}

Test(dkim_check, a_key_in_the_other_zone_is_a_wrong_zone)
{
	const struct judging_order own = in_region("eu-south-1");
	const struct judging_order global = in_region("us-east-1");
	static const char to_global[] =
	    NAME " CNAME " GLOBAL "\n" OWN " TXT " KEY "\n";
	static const char to_own[] =
	    NAME " CNAME " OWN "\n" GLOBAL " TXT " KEY "\n";
	expect_codes_of(&own, to_global, "wrong dkim-wrong-zone");
	expect_codes_of(&own, to_own, "wrong dkim-wrong-zone");
	expect_codes_of(&global, to_own, "wrong dkim-wrong-zone");
	expect_mended(
	    &own, to_global, "-CNAME " NAME "=" GLOBAL " +CNAME " NAME "=" OWN);
	expect_mended(
	    &own, to_own, "-CNAME " NAME "=" OWN " +CNAME " NAME "=" GLOBAL);
}

Test(dkim_check, the_region_of_the_mx_tells_where_a_key_may_be)
{
	expect_codes(NAME " CNAME " GLOBAL "\n" OWN " TXT " KEY "\n"
			  "mail.example.com MX 10 "
			  "feedback-smtp.eu-south-1.amazonses.com\n",
	    "wrong dkim-wrong-zone");
	expect_codes(NAME " CNAME " GLOBAL "\n" OWN " TXT " KEY "\n",
	    "wrong dkim-no-key");
}

Test(dkim_check, the_zone_that_has_the_key_is_right_whatever_was_expected)
{
	const struct judging_order own = in_region("eu-south-1");
	expect_codes_of(
	    &own, NAME " CNAME " GLOBAL "\n" GLOBAL " TXT " KEY "\n", "ok");
}

Test(dkim_check, no_key_in_any_zone_has_no_remedy)
{
	const struct judging_order own = in_region("eu-south-1");
	struct judging judging;
	judging_open(
	    &judging, &own, NAME " CNAME " OWN "\nx." OWN " A 192.0.2.1\n");
	const char *got = judging_codes(&judging);
	cr_expect(str_eq(str_of(got), STR("wrong dkim-no-key")), "%s", got);
	cr_expect(str_eq(str_of(judging_changes(&judging)), STR("")));
	judging_close(&judging);
}

Test(dkim_check, addresses_instead_of_a_cname_are_a_proxy)
{
	expect_codes(NAME " A 192.0.2.1\n", "wrong dkim-proxied");
	expect_codes(NAME " AAAA ::1\n", "wrong dkim-proxied");
	expect_mended(&ORDER,
	    NAME " A 192.0.2.1\n" NAME " AAAA ::1\n" GLOBAL " TXT " KEY "\n",
	    "-A " NAME "=192.0.2.1 -AAAA " NAME "=::1 +CNAME " NAME "=" GLOBAL);
}

Test(dkim_check, what_a_wildcard_answers_is_missing)
{
	expect_codes("*.example.com A 192.0.2.1\n", "missing dkim-missing");
	expect_codes("*.example.com TXT hello\n", "missing dkim-missing");
}

Test(dkim_check, the_key_of_ses_as_txt_is_flattened)
{
	static const char zone[] =
	    NAME " TXT " KEY "\n" GLOBAL " TXT " KEY "\n";
	expect_codes(zone, "ok dkim-flattened");
	expect_codes(NAME " TXT \"v=DKIM1; k=rsa; p=" KEY_RSA_1024_BEGIN
			  "\" \"" KEY_RSA_1024_END "\"\n" GLOBAL " TXT " KEY
			  "\n",
	    "ok dkim-flattened");
	expect_mended(&ORDER, zone,
	    "-TXT " NAME "=p=" KEY_RSA_1024 " +CNAME " NAME "=" GLOBAL);
}

Test(dkim_check, another_key_as_txt_is_a_wrong_value)
{
	expect_codes(NAME " TXT \"p=" KEY_RSA_512 "\"\n" GLOBAL " TXT " KEY
			  "\n",
	    "wrong dkim-value-wrong");
	expect_codes(NAME " TXT " KEY "\n", "wrong dkim-value-wrong");
}

Test(dkim_check, a_text_that_is_no_key_holds_the_name)
{
	struct judging judging;
	judging_open(&judging, &ORDER, NAME " TXT hello\n");
	const char *got = judging_codes(&judging);
	cr_expect(
	    str_eq(str_of(got), STR("conflict dkim-name-taken")), "%s", got);
	cr_expect(str_eq(str_of(judging_changes(&judging)), STR("")));
	judging_close(&judging);
}

Test(dkim_check, a_text_beside_the_cname_holds_the_name)
{
	expect_codes(NAME " CNAME " GLOBAL "\n" NAME " TXT hello\n" GLOBAL
			  " TXT " KEY "\n",
	    "conflict dkim-name-taken");
}

Test(dkim_check, two_cnames_are_a_wrong_value)
{
	struct judging_order order = ORDER;
	order.origin = ".";
	static const char zone[] =
	    NAME " CNAME " GLOBAL "\n" NAME " CNAME x.example.net\n" GLOBAL
		 " TXT " KEY "\n";
	expect_codes_of(&order, zone, "wrong dkim-value-wrong");
	expect_mended(&order, zone, "-CNAME " NAME "=x.example.net");
}

Test(dkim_check, a_key_that_is_of_no_use_is_wrong)
{
	static const char *const rows[][2] = {
		{ "\"p=\"", "wrong dkim-key-revoked" },
		{ "\"p=" KEY_RSA_512 "\"", "wrong dkim-key-weak" },
		{ "\"p=nonsense\"", "wrong dkim-key-invalid" },
		{ "\"hello\"", "wrong dkim-key-invalid" },
		{ "\"t=y; p=" KEY_RSA_1024_BEGIN "\" \"" KEY_RSA_1024_END "\"",
		    "ok dkim-key-testing" },
		{ KEY "\n" GLOBAL " TXT hello", "wrong dkim-key-invalid" },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct str zone = str_print(arena,
		    NAME " CNAME " GLOBAL "\n" GLOBAL " TXT %s\n", rows[i][0]);
		expect_codes(zone.at, rows[i][1]);
	}
	arena_free(&arena);
}

static const char HEALTHY[] =
    NAME " CNAME " GLOBAL "\n" GLOBAL " TXT " KEY "\n";

/** The codes for a healthy record of which *type* at *name* fails. */
static void
expect_failing(const char *name, const char *type, enum answer_status status,
    const char *want)
{
	struct judging_order order = ORDER;
	order.faults[0] = (struct judging_fault){ name, type, status };
	expect_codes_of(&order, HEALTHY, want);
}

Test(dkim_check, txt_that_fails_beside_a_cname_is_the_servers_fault)
{
	expect_failing(
	    NAME, "TXT", ANSWER_SERVFAIL, "wrong dkim-key-lookup-failed");
	expect_failing(
	    NAME, "TXT", ANSWER_REFUSED, "wrong dkim-key-lookup-failed");
}

Test(dkim_check, what_does_not_answer_says_nothing_about_the_record)
{
	expect_failing(
	    NAME, "TXT", ANSWER_TIMEOUT, "unknown dkim-lookup-failed");
	struct judging_order order = ORDER;
	order.faults[0] =
	    (struct judging_fault){ NAME, "TXT", ANSWER_SERVFAIL };
	order.faults[1] =
	    (struct judging_fault){ NAME, "CNAME", ANSWER_SERVFAIL };
	expect_codes_of(&order, HEALTHY, "unknown dkim-lookup-failed");
	order.faults[1] =
	    (struct judging_fault){ GLOBAL, "TXT", ANSWER_SERVFAIL };
	expect_codes_of(&order, HEALTHY, "unknown dkim-lookup-failed");
}

Test(dkim_check, a_wrong_cname_is_wrong_though_txt_fails)
{
	struct judging_order order = ORDER;
	order.faults[0] = (struct judging_fault){ NAME, "TXT", ANSWER_REFUSED };
	expect_codes_of(&order,
	    NAME " CNAME x.example.net\nx.example.net TXT hello\n",
	    "wrong dkim-value-wrong");
}

Test(dkim_check, in_zone_files_the_key_is_not_checked)
{
	struct judging judging;
	struct judging_order order = ORDER;
	order.origin = "example.com";
	judging_open(&judging, &order, "aaa._domainkey CNAME " GLOBAL ".\n");
	const char *got = judging_codes(&judging);
	cr_expect(str_eq(str_of(got), STR("ok")), "%s", got);
	cr_assert(eq(sz, judging.out.not_checked.len, 1));
	cr_expect(str_eq(judging.out.not_checked.at[0].what,
	    STR("the DKIM key at " GLOBAL)));
	judging_close(&judging);
}

Test(dkim_check, in_zone_files_another_zone_than_expected_is_wrong)
{
	struct judging_order order = in_region("eu-south-1");
	order.origin = "example.com";
	expect_codes_of(&order, "aaa._domainkey CNAME " GLOBAL ".\n",
	    "wrong dkim-value-wrong");
}

Test(dkim_check, a_chain_that_returns_to_itself_is_a_loop)
{
	expect_codes(NAME " CNAME b.example.com\nb.example.com CNAME " NAME
			  "\n",
	    "wrong dkim-cname-loop");
}
