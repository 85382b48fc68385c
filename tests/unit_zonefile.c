/* SPDX-License-Identifier: MIT */
/* Master files, good and bad. */
#include "asking.h"
#include "base/arena.h"
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

Test(zonefile, what_is_wrong_is_named_with_its_line)
{
	static const struct {
		const char *text;
		const char *want;
	} rows[] = {
		{ "a TXT x\nb TXT \"y\nc TXT z\n", "zone, line 2: a quot" },
		{ "a TXT x\n\nb TXT (y\n", "zone, line 3: a paren" },
		{ "a TXT x\nb A 1.2.3\n", "zone, line 2: " },
		{ "a MX 10\n", "zone, line 1: " },
		{ "a NOTYPE x\n", "zone, line 1: " },
		{ "$INCLUDE x\n", "zone, line 1: only $ORIGIN" },
		{ "$TTL soon\n", "zone, line 1: $TTL needs" },
		{ "a CH TXT x\n", "zone, line 1: only records of" },
		{ "a..b TXT x\n", "zone, line 1: the owner" },
		{ " TXT x\n", "zone, line 1: the record has no owner" },
		{ "a 99999999999 TXT x\n", "zone, line 1: the TTL" },
		{ "a TXT\n", "zone, line 1: " },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct zonefile_input input = { STR("zone"),
			str_of(rows[i].text), name_of(arena, "example.test") };
		struct zonefile file;
		struct err err = { 0 };
		cr_expect(not(zonefile_read(arena, &input, &file, &err)), "%s",
		    rows[i].text);
		cr_expect(str_starts(str_of(err.text), str_of(rows[i].want)),
		    "%s: %s", rows[i].text, err.text);
	}
	arena_free(&arena);
}

Test(zonefile, an_unquoted_semicolon_is_remarked)
{
	struct arena *arena = arena_new();
	struct zonefile file = zone_of_text(
	    arena, "example.test", "_dmarc TXT v=DMARC1; p=none\n");
	cr_expect(str_eq(file.records.at[0].rdata.txt.joined, STR("v=DMARC1")));
	cr_assert(eq(sz, file.warnings.len, 1));
	file = zone_of_text(
	    arena, "example.test", "_dmarc TXT \"v=DMARC1; p=none\" ; fine\n");
	cr_expect(eq(sz, file.warnings.len, 0));
	arena_free(&arena);
}
