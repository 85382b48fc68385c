/* SPDX-License-Identifier: MIT */
/* Making right DMARC records out of wrong ones. */
#include "mail/dmarc_repair.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mail/dmarc.h"
#include "mail/dmarc_notes.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static struct arena *arena;

static void
open_arena(void)
{
	arena = arena_new();
}

static void
close_arena(void)
{
	arena_free(&arena);
}

TestSuite(dmarc_repair, .init = open_arena, .fini = close_arena);
TestSuite(dmarc_notes, .init = open_arena, .fini = close_arena);

static void
expect_repaired(const char *text, const char *want)
{
	const struct str got = dmarc_repair(arena, str_of(text));
	cr_expect(str_eq(got, str_of(want)), "%s: %.*s, not %s", text,
	    STR_ARG(got), want);
	cr_expect(dmarc_is_valid(dmarc_parse(arena, got)), "%s", text);
}

Test(dmarc_repair, corrects_the_version)
{
	static const char *const texts[] = { "v=dmarc1; p=reject",
		"V=DMARC1; p=reject", "v=DMARC 1; p=reject",
		"v=DMARC1 p=reject", "v=DMARC1, p:reject", "p=reject; v=DMARC1",
		"  v=DMARC1; p=reject", "DMARC1; p=reject",
		"v=DMARC1\\; p=reject\\;", "\"v=DMARC1; p=reject\"",
		"\xe2\x80\x9cv=DMARC1; p=reject\xe2\x80\x9d",
		"_dmarc IN TXT \"v=DMARC1; p=reject\"",
		"v=DMARC1;\xc2\xa0p=reject", "v=DMARC1; p=rejct.",
		"v=DMARC1; reject", "v=DMARC1; p- reject",
		"v=DMARC1;;p=reject;;", "v=DMARC1; policy=reject" };
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		expect_repaired(texts[i], "v=DMARC1; p=reject");
	}
}

Test(dmarc_repair, keeps_what_was_meant)
{
	static const char *const rows[][2] = {
		{ "v=DMARC1; p=quarantaine; rua=mailto:a@b.c",
		    "v=DMARC1; p=quarantine; rua=mailto:a@b.c" },
		{ "v=DMARC1; p=none, rua=mailto:a@b.c, ruf=mailto:d@e.f",
		    "v=DMARC1; p=none; rua=mailto:a@b.c; ruf=mailto:d@e.f" },
		{ "v=DMARC1; p=maybe; sp=none", "v=DMARC1; p=none; sp=none" },
		{ "v=DMARC1; rua=a@b.c; p=reject",
		    "v=DMARC1; p=reject; rua=mailto:a@b.c" },
		{ "v=dmarc1; p=none; rua=mailto: a@b.c mailto:d@e.f",
		    "v=DMARC1; p=none; "
		    "rua=mailto:a@b.c,mailto:d@e.f" },
		{ "v=DMARC1; p=reject; fo=0,1,s",
		    "v=DMARC1; p=reject; fo=1:s" },
		{ "v=DMARC1; p=reject; pct=50; adkim=x; aspf=s",
		    "v=DMARC1; p=reject; pct=50; aspf=s" },
		{ "v=DMARC1; p=none; rua=mailto://a@b.c,mailto:mailto:d@e.f",
		    "v=DMARC1; p=none; rua=mailto:a@b.c,mailto:d@e.f" },
		{ "v=DMARC1; p=none; p=reject; x=y; sp=", "v=DMARC1; p=none" },
		{ "v=DMARC1; rua=https://example.com", "v=DMARC1; p=none" },
		{ "v=DMARC1", "v=DMARC1; p=none" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_repaired(rows[i][0], rows[i][1]);
	}
}

Test(dmarc_repair, makes_nothing_out_of_nothing)
{
	static const char *const texts[] = { "", "hello", "x=y; z",
		"v=spf1 -all" };
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct str got = dmarc_repair(arena, str_of(texts[i]));
		cr_expect(eq(sz, got.len, 0), "%s", texts[i]);
	}
}

Test(dmarc_repair, work_on_a_very_long_record_is_bounded)
{
	struct buf to = buf_new(arena);
	while (to.len < 65536) {
		buf_adds(&to, "p=dmarc;rau=x,");
	}
	const size_t before = arena_size(arena);
	const struct str got = dmarc_repair(arena, buf_str(&to));
	cr_expect(str_eq(got, STR("v=DMARC1; p=none")), "%.*s", STR_ARG(got));
	cr_expect(lt(sz, arena_size(arena) - before, 8 << 20));
}

Test(dmarc_notes, tell_how_the_older_standard_reads_a_record)
{
	static const struct {
		const char *text;
		const char *says;
	} rows[] = {
		{ "v=DMARC1; rua=mailto:a@b.c", "requires p=" },
		{ "v=DMARC1; sp=none; p=none", "right after" },
		{ "v=DMARC1; p=reject; pct=20", "pct=" },
		{ "v=DMARC1; p=reject; ri=3600", "ri=" },
		{ "v=DMARC1; p=reject; rf=afrf", "rf=" },
		{ "v=DMARC1; p=reject; np=none", "np=" },
		{ "v=DMARC1; p=reject; t=y", "t=y" },
		{ "v=DMARC1; p=reject; psd=n", "psd=" },
		{ "v=DMARC1; p=none; rua=mailto:a@b.c!1m", "larger" },
		{ "v=DMARC1; p=none; rua=mailto:a@b.c,mailto:a@b.d,"
		  "mailto:a@b.e",
		    "two addresses" },
		{ "v=DMARC1; p=none; fo=0:1", "fo=" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct dmarc_notes notes = dmarc_notes(
		    arena, dmarc_parse(arena, str_of(rows[i].text)));
		cr_assert(eq(sz, notes.len, 1), "%s", rows[i].text);
		cr_expect(
		    ge(int, (int)str_find(notes.at[0], str_of(rows[i].says)),
			0),
		    "%s", rows[i].text);
	}
}

Test(dmarc_notes, are_none_for_a_record_that_both_read_alike)
{
	const struct str text =
	    STR("v=DMARC1; p=reject; sp=none; pct=100; rua=mailto:a@b.c; fo=1");
	const struct dmarc_notes notes =
	    dmarc_notes(arena, dmarc_parse(arena, text));
	cr_expect(eq(sz, notes.len, 0));
}
