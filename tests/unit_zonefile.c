/* SPDX-License-Identifier: MIT */
/* Master files, good and bad. */
#include "asking.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/** The records of *text*, a line each: "owner ttl value". */
static void
expect_record(
    const char *text, const char *owner, unsigned ttl, const char *value)
{
	struct arena *arena = arena_new();
	const struct zonefile file = zone_of_text(arena, "example.test", text);
	cr_assert(gt(sz, file.records.len, 0), "%s", text);
	const struct rr *rr = &file.records.at[file.records.len - 1];
	const struct str got = rr_value(arena, rr);
	cr_expect(
	    str_eq(name_text(arena, rr->owner), str_of(owner)), "%s", text);
	cr_expect(eq(uint, rr->ttl, ttl), "%s", text);
	cr_expect(str_eq(got, str_of(value)), "%s: %s", text, got.at);
	arena_free(&arena);
}

Test(zonefile, records_are_read_in_every_form)
{
	expect_record("a TXT x", "a.example.test", 3600, "x");
	expect_record("$TTL 1h30m\na TXT x", "a.example.test", 5400, "x");
	expect_record("a 60 IN TXT x", "a.example.test", 60, "x");
	expect_record("a IN 60 TXT x", "a.example.test", 60, "x");
	expect_record("a.example.org. TXT x", "a.example.org", 3600, "x");
	expect_record("@ MX 10 mx", "example.test", 3600, "10 mx.example.test");
	expect_record("$ORIGIN b\na CNAME c", "a.b.example.test", 3600,
	    "c.b.example.test");
	expect_record("a TXT x\n  TXT y", "a.example.test", 3600, "y");
	expect_record(
	    "a TXT (\"x\" ; one\n \"y\") ; two", "a.example.test", 3600, "xy");
	expect_record("a TXT \"x;y\\\"z\"", "a.example.test", 3600, "x;y\"z");
	expect_record("a TXT \"\\065\\\\\"", "a.example.test", 3600, "A\\");
	expect_record(
	    "a AAAA 2001:DB8::1", "a.example.test", 3600, "2001:db8::1");
	expect_record("a\\.b TXT x\r\n", "a\\046b.example.test", 3600, "x");
	expect_record("a TYPE99 \\# 2 0178", "a.example.test", 3600, "x");
	expect_record("a TXT x\"y z\"w", "a.example.test", 3600, "xy zw");
	expect_record("a TXT v=DMARC1\\;\\ p=none", "a.example.test", 3600,
	    "v=DMARC1; p=none");
	expect_record("a TXT \"x\ry\"\r\n", "a.example.test", 3600, "x\ry");
	expect_record("a\\\\. TXT x", "a\\092", 3600, "x");
	expect_record("a\\\\\\. TXT x", "a\\092\\046.example.test", 3600, "x");
	expect_record("a MX \\# 4 000a0000", "a.example.test", 3600, "10 .");
	expect_record("a CNAME @", "a.example.test", 3600, "example.test");
	expect_record("\xef\xbb\xbf"
		      "a TXT x",
	    "a.example.test", 3600, "x");
}

Test(zonefile, the_last_ttl_goes_on_unless_one_is_set_for_all)
{
	expect_record("a 5 TXT x\nb TXT y", "b.example.test", 5, "y");
	expect_record("$TTL 9\na 5 TXT x\nb TXT y", "b.example.test", 9, "y");
}

Test(zonefile, the_value_of_a_caa_need_not_be_quoted)
{
	struct arena *arena = arena_new();
	const struct zonefile file = zone_of_text(arena, "example.test",
	    "a CAA 0 issue letsencrypt.org\n"
	    "b CAA 0 issue \"letsencrypt.org\"\n");
	cr_expect(rr_same_data(&file.records.at[0], &file.records.at[1]));
	arena_free(&arena);
}

Test(zonefile, a_text_may_be_longer_than_the_library_reads)
{
	struct arena *arena = arena_new();
	struct buf text = buf_new(arena);
	buf_adds(&text, "a TXT (");
	for (int i = 0; i < 240; i++) {
		buf_adds(&text, "\n\"");
		buf_fill(&text, 'x', 250);
		buf_addc(&text, '"');
	}
	buf_adds(&text, ")\n");
	const struct zonefile file =
	    zone_of_text(arena, "example.test", text.at);
	const struct rr_txt *txt = &file.records.at[0].rdata.txt;
	cr_expect(eq(sz, txt->joined.len, 240 * 250));
	cr_expect(eq(sz, txt->strings, 240));
	arena_free(&arena);
}

Test(zonefile, the_apex_is_where_the_soa_stands)
{
	struct arena *arena = arena_new();
	const char *const soa = "$ORIGIN sub\n"
				"@ SOA ns admin (1 2 3\n 4 5)\n";
	struct zonefile file = zone_of_text(arena, "example.test", soa);
	cr_expect(file.has_soa);
	cr_expect(str_eq(name_text(arena, file.apex), STR("sub.example.test")));
	file = zone_of_text(arena, "example.test", "$ORIGIN b.test.\n");
	cr_expect(str_eq(name_text(arena, file.apex), STR("b.test")));
	file = zone_of_text(arena, "example.test", "");
	cr_expect(str_eq(name_text(arena, file.apex), STR("example.test")));
	arena_free(&arena);
}

/** A text that is no zone, and what is said of it. */
struct bad {
	const char *text;
	const char *want;
};

static void
expect_wrong(const struct bad *rows, size_t len, struct name origin)
{
	struct arena *arena = arena_new();
	for (size_t i = 0; i < len; i++) {
		const struct zonefile_input input = { STR("zone"),
			str_of(rows[i].text), origin };
		struct zonefile file;
		struct err err = { 0 };
		cr_expect(not(zonefile_read(arena, &input, &file, &err)), "%s",
		    rows[i].text);
		cr_expect(eq(int, err.code, ERR_INPUT), "%s", rows[i].text);
		cr_expect(str_starts(str_of(err.text), str_of(rows[i].want)),
		    "%s: %s", rows[i].text, err.text);
	}
	arena_free(&arena);
}

Test(zonefile, what_is_wrong_is_named_with_its_line)
{
	static const struct bad rows[] = {
		{ "a TXT x\nb A 1.2.3\n", "zone, line 2: an A record needs" },
		{ "a MX 10\n", "zone, line 1: an MX record needs" },
		{ "a MX 99999 b\n", "zone, line 1: an MX record needs" },
		{ "a CNAME b..c\n", "zone, line 1: a CNAME record needs" },
		{ "a NOTYPE x\n", "zone, line 1: a record needs a name, a" },
		{ "a\n", "zone, line 1: a record needs a name, a known" },
		{ "a TSIG x\n", "zone, line 1: records of this type stand" },
		{ "$FOO x\n", "zone, line 1: only $ORIGIN" },
		{ "\n$INCLUDE x\n", "zone, line 2: $INCLUDE is not" },
		{ "$GENERATE 1-2 a A b\n", "zone, line 1: $GENERATE is not" },
		{ "$TTL soon\n", "zone, line 1: $TTL needs" },
		{ "$TTL\n", "zone, line 1: $TTL needs" },
		{ "$ORIGIN a..b\n", "zone, line 1: the name of $ORIGIN has" },
		{ "a CH TXT x\n", "zone, line 1: only records of" },
		{ "a..b TXT x\n", "zone, line 1: the owner has an empty" },
		{ " TXT x\n", "zone, line 1: the line begins with a blank" },
		{ "a 99999999999 TXT x\n", "zone, line 1: the TTL" },
		{ "a TXT\n", "zone, line 1: the text is missing" },
		{ "a TXT \"x\\25\"\n", "zone, line 1: a backslash" },
		{ "@ SOA a b 1 2 3 4 5\nc SOA a b 1 2 3 4 5\n",
		    "zone, line 2: a second zone" },
	};
	struct arena *arena = arena_new();
	expect_wrong(
	    rows, sizeof(rows) / sizeof(*rows), name_of(arena, "example.test"));
	arena_free(&arena);
}

/* The library would refuse these too, but not free all that it took. */
Test(zonefile, what_the_library_leaks_on_is_refused_before)
{
	static const struct bad rows[] = {
		{ "a CERT 0 PTR H\n", "zone, line 1: the data of the record" },
		{ "a CERT 65536 1 8 AQID\n", "zone, line 1: the data" },
		{ "a CERT -0 1 8 AQID\n", "zone, line 1: the data" },
		{ "a TYPE37 0 1 8 AQID\n", "zone, line 1: the data" },
		{ "a IPSECKEY 10 1 2 192.0.2.1 %\n", "zone, line 1: the data" },
		{ "a IPSECKEY 10 3 2 gw. A===\n", "zone, line 1: the data" },
		{ "a IPSECKEY 10 1 2 192.0.2.1 AQID AQID\n",
		    "zone, line 1: the data" },
		{ "a IPSECKEY 10 3 2 \"g w\" AQID\n",
		    "zone, line 1: the data" },
		{ "a IPSECKEY 10 4 2 . AQID\n", "zone, line 1: the data" },
		{ "a IPSECKEY 10 0 2 .\n", "zone, line 1: the data" },
	};
	struct arena *arena = arena_new();
	expect_wrong(
	    rows, sizeof(rows) / sizeof(*rows), name_of(arena, "example.test"));
	arena_free(&arena);
}

Test(zonefile, keys_and_certificates_are_read)
{
	struct arena *arena = arena_new();
	const struct zonefile file = zone_of_text(arena, "example.test",
	    "a CERT PGP 0 0 AQID\n"
	    "a CERT \\# 8 00030000 00010203\n"
	    "a CERT 3 0 0 AQID\n"
	    "b IPSECKEY 10 1 2 192.0.2.38 AQID\n"
	    "b IPSECKEY \\# 10 0a0102c0000226010203\n"
	    "b IPSECKEY 10 3 2 gw.example.test. AQID\n"
	    "b IPSECKEY 10 0 2 . AQID\n");
	cr_assert(eq(sz, file.records.len, 7));
	cr_expect(rr_same_data(&file.records.at[0], &file.records.at[2]));
	cr_expect(rr_same_data(&file.records.at[3], &file.records.at[4]));
	arena_free(&arena);
}

Test(zonefile, what_does_not_close_is_named_with_its_column)
{
	static const struct bad rows[] = {
		{ "a TXT x\nb TXT \"y\nc TXT z\n",
		    "zone, line 2, column 7: a quotation mark" },
		{ "a TXT (\"x\"\n \"y)\n",
		    "zone, line 2, column 2: a quotation mark" },
		{ "a TXT \"x\\", "zone, line 1, column 7: a quotation" },
		{ "a TXT x\n\nb\tTXT (y\n",
		    "zone, line 3, column 7: a parenthesis is not" },
		{ "a TXT \"\xc3\xbc\" )\n",
		    "zone, line 1, column 11: a parenthesis is closed" },
	};
	struct arena *arena = arena_new();
	expect_wrong(
	    rows, sizeof(rows) / sizeof(*rows), name_of(arena, "example.test"));
	arena_free(&arena);
}

Test(zonefile, without_an_origin_names_must_be_absolute)
{
	static const struct bad rows[] = {
		{ "a TXT x\n", "zone, line 1: the owner is relative" },
		{ "a. CNAME b\n", "zone, line 1: a name is relative" },
		{ "a. MX 10 b\n", "zone, line 1: a name is relative" },
		{ "a. SOA b. c 1 2 3 4 5\n", "zone, line 1: a name is rel" },
		{ "$ORIGIN b\n", "zone, line 1: the name of $ORIGIN is rel" },
	};
	expect_wrong(rows, sizeof(rows) / sizeof(*rows), (struct name){ 0 });
}

Test(zonefile, what_is_too_large_is_refused)
{
	struct arena *arena = arena_new();
	struct buf line = buf_new(arena);
	buf_adds(&line, "a TXT x\nb TXT x ;");
	buf_fill(&line, 'x', ZONEFILE_MAX_LINE);
	const struct bad row = { line.at, "zone, line 2, column 1: the rec" };
	expect_wrong(&row, 1, name_of(arena, "example.test"));
	struct buf string = buf_new(arena);
	buf_adds(&string, "a TXT \"");
	buf_fill(&string, 'x', 256);
	buf_addc(&string, '"');
	const struct bad text = { string.at,
		"zone, line 1: a string of the text is longer than 255" };
	expect_wrong(&text, 1, name_of(arena, "example.test"));
	arena_free(&arena);
}

static void
expect_warning(const char *text, const char *want)
{
	struct arena *arena = arena_new();
	const struct zonefile file = zone_of_text(arena, "example.test", text);
	cr_assert(eq(sz, file.warnings.len, want ? 1 : 0), "%s", text);
	if (want) {
		cr_expect(str_starts(file.warnings.at[0], str_of(want)),
		    "%s: %s", text, file.warnings.at[0].at);
	}
	arena_free(&arena);
}

Test(zonefile, an_unquoted_semicolon_cuts_the_text_short)
{
	struct arena *arena = arena_new();
	const struct zonefile file = zone_of_text(
	    arena, "example.test", "_dmarc TXT v=DMARC1; p=none\n");
	cr_expect(str_eq(file.records.at[0].rdata.txt.joined, STR("v=DMARC1")));
	arena_free(&arena);
}

Test(zonefile, what_is_seldom_meant_is_remarked)
{
	expect_warning("_dmarc TXT v=DMARC1; p=none\n",
	    "zone, line 1: the text is not quoted, so the semicolon");
	expect_warning("a TXT x\n@ TXT v=spf1 -all\n",
	    "zone, line 2: the text is not quoted, so its blanks");
	expect_warning("@ SOA a b 1 2 3 4 5\na.b.test. TXT x\nc.test. TXT x\n",
	    "zone: 2 of its records do not lie in the zone example.test and "
	    "count for nothing, the first at a.b.test");
	expect_warning("_dmarc TXT \"v=DMARC1; p=none\" ; fine\n", NULL);
	expect_warning("a TXT plain words ; fine\n", NULL);
}
