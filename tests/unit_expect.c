/* SPDX-License-Identifier: MIT */
/* What should be published, out of lists in every form and out of flags. */
#include "base/arena.h"
#include "base/err.h"
#include "expect/expect.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>

static const char DOMAIN[] = "notifications.yourapp.com";

static struct str
file_content(struct arena *arena, const char *path)
{
	const struct str full =
	    str_print(arena, "%s/fixtures/expect/%s", SOURCE_DIR, path);
	char bytes[8192];
	FILE *file = fopen(full.at, "rb");
	cr_assert(file != NULL, "%s", full.at);
	const size_t len = fread(bytes, 1, sizeof(bytes), file);
	(void)fclose(file);
	return str_copy(arena, (struct str){ bytes, len });
}

static bool
build(struct arena *arena, const char *path, const struct expect_flags *flags,
    struct expect *ret, struct err *err)
{
	const struct expect_file file = { .name = str_of(path),
		.content = path ? file_content(arena, path) : STR("") };
	struct expect_list *list = NULL;
	*err = (struct err){ 0 };
	if (path && !expect_read(arena, &file, &list, err)) {
		return false;
	}
	const struct expect_parts parts = { name_of(arena, DOMAIN), flags,
		list };
	return expect_build(arena, &parts, ret, err);
}

/** The expectation of *path* under *flags*; it must be a good one. */
static struct expect
built(struct arena *arena, const char *path, const struct expect_flags *flags)
{
	struct expect expect;
	struct err err;
	cr_assert(build(arena, path, flags, &expect, &err), "%s: %s",
	    path ? path : "flags", err.text);
	return expect;
}

static void
expect_text(struct str got, const char *want)
{
	cr_expect(
	    str_eq(got, str_of(want)), "%.*s, not %s", STR_ARG(got), want);
}

static void
expect_name(struct arena *arena, struct name got, const char *want)
{
	expect_text(name_is_set(got) ? name_text(arena, got) : STR("-"), want);
}

Test(expect, an_api_response_gives_all_eight)
{
	struct arena *arena = arena_new();
	const struct expect_flags none = { 0 };
	const struct expect expect = built(arena, "response.json", &none);
	cr_expect(eq(sz, expect.records_len, INDEX_OTHER));
	for (size_t i = 0; i < INDEX_OTHER; i++) {
		cr_expect(expect.records[i].judged, "record %zu", i);
	}
	expect_text(expect.records[INDEX_OWNERSHIP].text,
	    "ivymail-verify=7f3a9c2e4b8d1605");
	expect_name(arena, expect.records[INDEX_DKIM + 1].target,
	    "p9vd2mnrcye4.dkim.amazonses.com");
	expect_name(arena, expect.records[INDEX_MAIL_FROM_MX].target,
	    "feedback-smtp.eu-west-1.amazonses.com");
	expect_text(expect.region, "eu-west-1");
	arena_free(&arena);
}

Test(expect, names_may_be_relative_and_keys_spelt_otherwise)
{
	struct arena *arena = arena_new();
	const struct expect_flags none = { 0 };
	const struct expect expect = built(arena, "array.json", &none);
	expect_name(arena, expect.records[INDEX_DKIM].name,
	    "k3xw7ltqzab5._domainkey.notifications.yourapp.com");
	expect_name(
	    arena, expect.mail_from, "bounce.notifications.yourapp.com");
	expect_text(expect.region, "eu-south-1");
	cr_assert(eq(sz, expect.records_len, INDEX_OTHER + 1));
	expect_text(expect.records[INDEX_OTHER].id, "other-1");
	expect_name(arena, expect.records[INDEX_OTHER].name,
	    "www.notifications.yourapp.com");
	arena_free(&arena);
}

Test(expect, what_a_list_does_not_name_is_judged_only_if_it_blocks)
{
	struct arena *arena = arena_new();
	const struct expect_flags none = { 0 };
	const struct expect expect = built(arena, "array.json", &none);
	cr_expect(expect.records[INDEX_SPF].judged);
	cr_expect(expect.records[INDEX_MAIL_FROM_MX].judged);
	cr_expect(not(expect.records[INDEX_MAIL_FROM_SPF].judged));
	cr_expect(not(expect.records[INDEX_DKIM + 1].judged));
	expect_text(
	    str_of(expect.records[INDEX_DKIM + 1].option), "--dkim-token");
	arena_free(&arena);
}

Test(expect, the_csv_of_the_ses_console_is_read)
{
	struct arena *arena = arena_new();
	const struct expect_flags none = { 0 };
	const struct expect expect = built(arena, "ses.csv", &none);
	expect_name(arena, expect.records[INDEX_MAIL_FROM_MX].target,
	    "feedback-smtp.us-east-1.amazonses.com");
	cr_expect(eq(u16, expect.records[INDEX_MAIL_FROM_MX].preference, 10));
	expect_text(expect.records[INDEX_MAIL_FROM_SPF].text,
	    "v=spf1 include:amazonses.com ~all");
	expect_text(expect.region, "us-east-1");
	arena_free(&arena);
}

Test(expect, a_zone_file_is_read)
{
	struct arena *arena = arena_new();
	const struct expect_flags none = { 0 };
	const struct expect expect = built(arena, "zone.txt", &none);
	expect_text(expect.records[INDEX_SPF].text,
	    "v=spf1 include:amazonses.com -all");
	expect_text(expect.records[INDEX_DKIM].token, "k3xw7ltqzab5");
	expect_text(expect.region, "us-east-1");
	arena_free(&arena);
}

Test(expect, flags_win_over_the_list)
{
	struct arena *arena = arena_new();
	const struct expect_flags flags = {
		.token = STR("ivymail-verify=other"),
		.region = STR("af-south-1"),
		.dkim_tokens = { STR("aaaa"), STR("AAAA") },
		.dkim_tokens_len = 2,
	};
	const struct expect expect = built(arena, "response.json", &flags);
	expect_text(
	    expect.records[INDEX_OWNERSHIP].text, "ivymail-verify=other");
	expect_name(arena, expect.records[INDEX_DKIM].target,
	    "aaaa.dkim.af-south-1.amazonses.com");
	cr_expect(not(expect.records[INDEX_DKIM + 1].judged));
	expect_name(arena, expect.records[INDEX_MAIL_FROM_MX].target,
	    "feedback-smtp.af-south-1.amazonses.com");
	arena_free(&arena);
}

Test(expect, a_flag_moves_what_the_list_says_of_mail_from)
{
	struct arena *arena = arena_new();
	const struct expect_flags flags = { .mail_from_domain = STR("b") };
	const struct expect expect = built(arena, "response.json", &flags);
	cr_expect(eq(sz, expect.records_len, INDEX_OTHER));
	expect_name(arena, expect.records[INDEX_MAIL_FROM_MX].name,
	    "b.notifications.yourapp.com");
	expect_name(arena, expect.records[INDEX_MAIL_FROM_MX].target,
	    "feedback-smtp.eu-west-1.amazonses.com");
	expect_name(arena, expect.records[INDEX_MAIL_FROM_SPF].name,
	    "b.notifications.yourapp.com");
	arena_free(&arena);
}

Test(expect, without_anything_shapes_are_judged)
{
	struct arena *arena = arena_new();
	const struct expect_flags none = { 0 };
	const struct expect expect = built(arena, NULL, &none);
	cr_expect(expect.records[INDEX_OWNERSHIP].judged);
	cr_expect(eq(sz, expect.records[INDEX_OWNERSHIP].text.len, 0));
	cr_expect(expect.records[INDEX_MAIL_FROM_MX].judged);
	expect_name(arena, expect.records[INDEX_MAIL_FROM_MX].target, "-");
	cr_expect(not(expect.records[INDEX_DKIM].judged));
	expect_text(expect.records[INDEX_DMARC].text,
	    "v=DMARC1; p=none; rua=mailto:dmarc@notifications.yourapp.com");
	arena_free(&arena);
}

Test(expect, only_leaves_the_others_out)
{
	struct arena *arena = arena_new();
	const struct expect_flags flags = { .only = STR("dkim-2, mail-from") };
	const struct expect expect = built(arena, "response.json", &flags);
	for (size_t i = 0; i < INDEX_OTHER; i++) {
		const bool wanted = i == INDEX_DKIM + 1 ||
				    i == INDEX_MAIL_FROM_MX ||
				    i == INDEX_MAIL_FROM_SPF;
		cr_expect(
		    eq(int, expect.records[i].judged, wanted), "record %zu", i);
		cr_expect(eq(int, expect.records[i].left_out, !wanted),
		    "record %zu", i);
	}
	arena_free(&arena);
}

/** A file that is not as it should be, and how the message begins. */
struct bad_file {
	const char *file;
	const char *want;
};

static const struct bad_file BAD_FILES[] = {
	{ "bad/syntax.json",
	    "bad/syntax.json, line 2, column 10: this is not JSON" },
	{ "bad/unclosed.json",
	    "bad/unclosed.json, line 3, column 1: the JSON ends too early" },
	{ "bad/twice.json", "bad/twice.json, line 1, column 30: a key stands" },
	{ "bad/latin1.json", "bad/latin1.json, line 1, column 10: the text is "
			     "not UTF-8" },
	{ "bad/refused.json",
	    "bad/refused.json: the API answered with an error: "
	    "Invalid API key [...]" },
	{ "bad/no-records.json",
	    "bad/no-records.json: there is no list of records in it" },
	{ "bad/no-value.json",
	    "bad/no-value.json, line 3, column 3: the record has no \"val" },
	{ "bad/number-value.json",
	    "bad/number-value.json, line 1, column 2: "
	    "the \"value\" of the record is not a text" },
	{ "bad/type.json",
	    "bad/type.json, line 1, column 10: \"FOO\" is not a record type" },
	{ "bad/quoted-nothing.csv", "bad/quoted-nothing.csv, line 2" },
	{ "bad/quoted-nothing.json",
	    "bad/quoted-nothing.json, line 1, column 40: the value is empty" },
	{ "bad/empty-value.json",
	    "bad/empty-value.json, line 1, column 35: the value is empty" },
	{ "bad/priority.json",
	    "bad/priority.json, line 1, column 88: the priority is not" },
	{ "bad/two-priorities.json", "bad/two-priorities.json, line 4, column "
				     "14: the value begins with another" },
	{ "bad/two-tokens.json", "bad/two-tokens.json, line 3, column 3: this "
				 "is another value for ownership than" },
	{ "bad/two-targets.csv", "bad/two-targets.csv, line 3, column 1: this "
				 "is another value for dkim-1 than" },
	{ "bad/two-spf.zone", "bad/two-spf.zone, line 4, column 1: this is "
			      "another value for spf than" },
	{ "bad/other-domain.json",
	    "bad/other-domain.json: none of its records lies under "
	    "notifications.yourapp.com (the first is at "
	    "\"_ivymail.other.example\")" },
	{ "bad/envelope.json", "bad/envelope.json: its records are those of "
			       "other.example, not of notifications" },
	{ "bad/no-domain.json", "bad/no-domain.json: its domain \"co.uk\" is" },
	{ "bad/quote.csv",
	    "bad/quote.csv, line 2, column 5: a quotation mark is not" },
	{ "bad/behind-quote.csv",
	    "bad/behind-quote.csv, line 3, column 8: text follows" },
	{ "bad/fields.csv",
	    "bad/fields.csv, line 2, column 1: a record needs type" },
	{ "bad/header.csv", "bad/header.csv: there are no records in it" },
	{ "bad/address.csv",
	    "bad/address.csv, line 4, column 7: the value is not an IPv4" },
	{ "bad/host.csv", "bad/host.csv, line 2, column 43: the value is not "
			  "a host name: it has an empty label" },
	{ "bad/name.csv",
	    "bad/name.csv, line 2, column 5: the name has a blank in it" },
	{ "bad/quote.zone", "bad/quote.zone, line 1, column 17: a quotation" },
	{ "bad/data.zone", "bad/data.zone, line 3: an MX record needs" },
	{ "bad/words.txt", "bad/words.txt, line 1: a record needs a name" },
	{ "bad/empty", "bad/empty: the file is empty" },
	{ "bad/blank", "bad/blank: the file is empty" },
	{ "bad/zero.json", "bad/zero.json: the file has zero" },
	{ "bad/region.json", "bad/region.json: \"Ireland\" is not a region" },
};

Test(expect, what_is_wrong_in_a_file_is_named)
{
	struct arena *arena = arena_new();
	const struct expect_flags none = { 0 };
	for (size_t i = 0; i < sizeof(BAD_FILES) / sizeof(*BAD_FILES); i++) {
		struct expect expect;
		struct err err;
		cr_expect(
		    not(build(arena, BAD_FILES[i].file, &none, &expect, &err)),
		    "%s", BAD_FILES[i].file);
		cr_expect(
		    str_starts(str_of(err.text), str_of(BAD_FILES[i].want)),
		    "%s: %s", BAD_FILES[i].file, err.text);
	}
	arena_free(&arena);
}

Test(expect, what_is_wrong_in_a_flag_is_named)
{
	static const struct {
		struct expect_flags flags;
		const char *want;
	} rows[] = {
		{ { .region = STR("Ireland") }, "--region: \"Ireland\" is" },
		{ { .only = STR("dkim,foo") }, "--only: there is no" },
		{ { .token = STR("a b") }, "--token: " },
		{ { .token = STR("ivymail-verify=") }, "--token: " },
		{ { .mail_from_domain = STR("a..b") },
		    "--mail-from-domain: \"a..b\"" },
		{ { .dkim_tokens = { STR("a.b") }, .dkim_tokens_len = 1 },
		    "--dkim-token: \"a.b\"" },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct expect expect;
		struct err err;
		cr_expect(
		    not(build(arena, NULL, &rows[i].flags, &expect, &err)));
		cr_expect(str_starts(str_of(err.text), str_of(rows[i].want)),
		    "%s: %s", rows[i].want, err.text);
	}
	arena_free(&arena);
}

Test(expect, regions_are_known_by_their_shape)
{
	static const char *const good[] = { "eu-west-1", "us-gov-east-1",
		"ap-southeast-12" };
	static const char *const bad[] = { "", "eu-west", "eu-west-0",
		"eu-west-1-2", "EU-west-1", "e-west-1", "eu--1", "us-gox-e-1",
		"eu-west-1 " };
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		cr_expect(region_is_shaped(str_of(good[i])), "%s", good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		cr_expect(not(region_is_shaped(str_of(bad[i]))), "%s", bad[i]);
	}
}
