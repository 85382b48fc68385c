/* SPDX-License-Identifier: MIT */
/* What is recognised as damage, where it is shown, and how it is told. */
#include "base/arena.h"
#include "text/damage.h"
#include "text/patterns.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#define PREFIX "ivymail-verify="
#define TOKEN  "9f2c4e7ab1d84c53"
#define VALUE  PREFIX TOKEN
#define NBSP   "\xc2\xa0"

static struct arena *arena;
static struct patterns *patterns;

static void
setup(void)
{
	arena = arena_new();
	patterns = patterns_new();
}

static void
teardown(void)
{
	patterns_free(&patterns);
	arena_free(&arena);
}

TestSuite(damage, .init = setup, .fini = teardown);

struct row {
	const char *found;
	const char *word; /* NULL: no damage */
	const char *what; /* how it is told, or its beginning */
	size_t from;
	size_t to;
};

static void
expect_told(const struct row *row, const struct damaged *got)
{
	cr_expect(eq(str, (char *)damage_word(got->damage), (char *)row->word),
	    "%s", row->found);
	cr_expect(str_starts(got->what, str_of(row->what)), "%s: %s",
	    row->found, got->what.at);
	cr_expect(eq(sz, got->span.from, row->from), "%s", row->found);
	cr_expect(eq(sz, got->span.to, row->to), "%s", row->found);
}

static void
expect_found(const struct row *row, const struct intact *intact)
{
	struct damaged got;
	const bool found =
	    damage_find(arena, patterns, intact, str_of(row->found), &got);
	cr_assert(eq(int, found, row->word != NULL), "%s", row->found);
	if (found) {
		expect_told(row, &got);
	}
}

Test(damage, quotes_blanks_and_other_case_are_recognised)
{
	static const struct row rows[] = {
		{ VALUE, NULL, NULL, 0, 0 },
		{ "\"" VALUE "\"", "quoted", "quotation marks stand around it",
		    0, 1 },
		{ "'" VALUE "'", "quoted", "quotation marks stand", 0, 1 },
		{ VALUE "\"", "quoted", "a quotation mark at character 32", 31,
		    32 },
		{ " " VALUE, "whitespace", "a blank in front of it", 0, 1 },
		{ VALUE "  ", "whitespace", "a blank at its end", 31, 33 },
		{ PREFIX " " TOKEN, "whitespace", "a blank inside of it", 15,
		    16 },
		{ VALUE "\n", "whitespace",
		    "a line break (U+000A) at character 32", 31, 32 },
		{ "IVYMAIL-VERIFY=" TOKEN, "case",
		    "the case of its letters was changed, first at character "
		    "1",
		    0, 1 },
		{ PREFIX "9F2C4E7AB1D84C53", "case", "the case", 16, 17 },
	};
	const struct intact intact = { STR(VALUE), STR(PREFIX) };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_found(&rows[i], &intact);
	}
}

Test(damage, characters_from_elsewhere_are_named)
{
	static const struct row rows[] = {
		{ "\xe2\x80\x9c" VALUE "\xe2\x80\x9d", "smart-quotes",
		    "a curly quotation mark (U+201C) at character 1", 0, 3 },
		{ "ivymail\xe2\x80\x93verify=" TOKEN, "smart-quotes",
		    "an en dash (U+2013) at character 8", 7, 10 },
		{ "ivymail-verify\xef\xbc\x9d" TOKEN, "smart-quotes",
		    "a fullwidth character (U+FF1D) at character 15", 14, 17 },
		{ PREFIX NBSP TOKEN, "invisible",
		    "a no-break space (U+00A0) at character 16", 15, 17 },
		{ PREFIX "\xa0" TOKEN, "invisible",
		    "a no-break space (U+00A0) at character 16", 15, 16 },
		{ "\xef\xbb\xbf" VALUE, "invisible",
		    "a byte order mark (U+FEFF) at character 1", 0, 3 },
	};
	const struct intact intact = { STR(VALUE), STR(PREFIX) };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_found(&rows[i], &intact);
	}
}

Test(damage, missing_and_doubled_parts_are_recognised)
{
	static const struct row rows[] = {
		{ PREFIX "9f2c4e7a", "truncated",
		    "it was cut off after character 23", 23, 23 },
		{ PREFIX "9f2c4e7a...", "truncated",
		    "it was cut off after character 23", 23, 23 },
		{ PREFIX, "truncated", "it was cut off after character 15", 15,
		    15 },
		{ TOKEN, "prefix-missing",
		    "\"ivymail-verify=\" is missing in front of it", 0, 0 },
		{ "verify=" TOKEN, "prefix-missing",
		    "\"ivymail-\" is missing in front of it", 0, 0 },
		{ PREFIX VALUE, "prefix-doubled",
		    "\"ivymail-verify=\" stands there more than once", 0, 15 },
	};
	const struct intact intact = { STR(VALUE), STR(PREFIX) };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_found(&rows[i], &intact);
	}
}

Test(damage, slips_of_the_hand_are_told_by_their_kind)
{
	static const struct row rows[] = {
		{ PREFIX "9f2c4e7ab1d84c5x", "typo",
		    "a wrong character at character 31", 30, 31 },
		{ PREFIX "9f2c4e7bb1d84c53", "typo",
		    "a wrong character at character 23", 22, 23 },
		{ PREFIX "9f2c47ab1d84c53", "typo",
		    "a character is missing at character 21", 20, 21 },
		{ PREFIX "9f2c4e77ab1d84c53", "typo",
		    "a character too many at character 23", 22, 23 },
		{ PREFIX "9f2c4e7a1bd84c53", "typo",
		    "two characters are exchanged at character 24", 23, 24 },
		{ PREFIX "9f2c4e7ab1d84cXX", "typo",
		    "two characters are not as they should be, the first at "
		    "character 30",
		    29, 30 },
		{ "ivym\xd0\xb0il-verify=" TOKEN, "typo",
		    "a wrong character at character 5: a letter or sign "
		    "beyond ASCII (U+0430)",
		    4, 6 },
		{ PREFIX "0000000000000000", NULL, NULL, 0, 0 },
		{ "", NULL, NULL, 0, 0 },
		{ "v=spf1 -all", NULL, NULL, 0, 0 },
	};
	const struct intact intact = { STR(VALUE), STR(PREFIX) };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_found(&rows[i], &intact);
	}
}

Test(damage, another_short_token_is_no_slip)
{
	const struct intact intact = { STR(PREFIX "abc1"), STR(PREFIX) };
	const struct row row = { PREFIX "abc2", NULL, NULL, 0, 0 };
	expect_found(&row, &intact);
}

Test(damage, the_rest_of_a_pasted_line_is_told)
{
	static const char *const lines[] = {
		"_ivymail.example.com. 3600 IN TXT \"" VALUE "\"",
		"_ivymail IN TXT " VALUE,
		"_ivymail\tIN\tTXT\t( \"" VALUE "\" )",
		"TXT " VALUE,
		"TXT _ivymail " VALUE,
		"_ivymail.example.com " VALUE,
		"Value: " VALUE,
		"TXT value = \"" VALUE "\"",
		"_ivymail" NBSP "TXT " VALUE,
	};
	const struct intact intact = { STR(VALUE), STR(PREFIX) };
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct damaged got;
		cr_assert(damage_find(
			      arena, patterns, &intact, str_of(lines[i]), &got),
		    "%s", lines[i]);
		cr_expect(
		    eq(int, got.damage, DAMAGE_WHOLE_LINE), "%s", lines[i]);
		cr_expect(gt(sz, got.span.to, 3), "%s", lines[i]);
	}
}

Test(damage, host_names_are_damaged_too)
{
#define HOST "3knyq7uv5r2mhwlx.dkim.amazonses.com"
	static const struct row rows[] = {
		{ "3knyq7uv5r2mhwlx.dkim.amazonaws.com", "typo", "two ", 28,
		    29 },
		{ "3knyq7uv5r2mhwlx.dkim.amazonse.com", "typo",
		    "a character is missing at character 31", 30, 31 },
		{ "3knyq7uv5r2mhwlx.dkim", "truncated", "it was cut off", 21,
		    21 },
		{ " " HOST " ", "whitespace", "a blank in front", 0, 1 },
		{ "\"" HOST "\"", "quoted", "quotation marks stand", 0, 1 },
		{ "tok._domainkey CNAME " HOST, "whole-line", "the whole line",
		    0, 21 },
		{ "7twkzc9md4qxnh3v.dkim.amazonses.com", NULL, NULL, 0, 0 },
	};
	const struct intact intact = { STR(HOST), { 0 } };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_found(&rows[i], &intact);
	}
}

Test(damage, all_that_was_done_is_named)
{
	const struct row row = { "\"" PREFIX NBSP "9F2C4E7AB1D84C53\"",
		"invisible",
		"a no-break space (U+00A0) at character 17, beside quotation "
		"marks and changed case",
		16, 18 };
	const struct intact intact = { STR(VALUE), STR(PREFIX) };
	expect_found(&row, &intact);
}

static void
expect_undone(const char *found, enum damage damage, const char *want)
{
	struct damaged got;
	struct str text;
	cr_assert(damage_undo(arena, patterns, str_of(found), &text, &got),
	    "%s", found);
	cr_expect(eq(str, (char *)str_z(arena, text), (char *)want));
	cr_expect(eq(int, got.damage, damage), "%s", found);
}

Test(damage, what_no_record_has_can_be_undone)
{
#define SPF   "v=spf1 include:amazonses.com ~all"
#define DMARC "v=DMARC1; p=none; rua=mailto:a@example.com"
	static const struct {
		const char *found;
		enum damage damage;
		const char *want;
	} rows[] = {
		{ "\"" SPF "\"", DAMAGE_QUOTED, SPF },
		{ SPF "\"", DAMAGE_QUOTED, SPF },
		{ "\"v=spf1 include:amazonses.com \" \"~all\"", DAMAGE_QUOTED,
		    SPF },
		{ "\xe2\x80\x9c" SPF "\xe2\x80\x9d", DAMAGE_SMART_QUOTES, SPF },
		{ "\x93" SPF "\x94", DAMAGE_SMART_QUOTES, SPF },
		{ "v=spf1" NBSP "include:amazonses.com ~all", DAMAGE_INVISIBLE,
		    SPF },
		{ "v=spf1 include:amazonses\xe2\x80\x8b.com ~all",
		    DAMAGE_INVISIBLE, SPF },
		{ "v=spf1 include:amazonses.com\n~all", DAMAGE_WHITESPACE,
		    SPF },
		{ "v=spf1\tinclude:amazonses.com \r\n ~all\r\n",
		    DAMAGE_WHITESPACE, SPF },
		{ "example.com. IN TXT \"" SPF "\"", DAMAGE_WHOLE_LINE, SPF },
		{ "TXT @ " SPF, DAMAGE_WHOLE_LINE, SPF },
		{ "v=DMARC1\\; p=none\\; rua=mailto:a@example.com",
		    DAMAGE_ESCAPED, DMARC },
		{ "\\\"" DMARC "\\\"", DAMAGE_ESCAPED, DMARC },
		{ "v=DMARC1\\059 p=none\\059 rua=mailto:a@example\\.com",
		    DAMAGE_ESCAPED, DMARC },
		{ "_dmarc TXT " DMARC, DAMAGE_WHOLE_LINE, DMARC },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_undone(rows[i].found, rows[i].damage, rows[i].want);
	}
}

Test(damage, what_a_record_may_have_is_left_alone)
{
	static const char *const rows[] = { SPF, DMARC, "", " " SPF, SPF "  ",
		"v=spf1  ip4:192.0.2.1 -all", "v=spf1 exp=%{d}.example.com",
		"caf\xc3\xa9" };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct damaged got;
		struct str text;
		cr_expect(not(damage_undo(
			      arena, patterns, str_of(rows[i]), &text, &got)),
		    "%s", rows[i]);
	}
}

Test(damage, a_value_without_blanks_loses_them_too)
{
	static const char *const rows[] = { VALUE " ", PREFIX " " TOKEN,
		PREFIX NBSP TOKEN, "\"" VALUE "\"" };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct damaged got;
		struct str text;
		cr_assert(damage_undo_word(
		    arena, patterns, str_of(rows[i]), &text, &got));
		cr_expect(str_eq(text, STR(VALUE)), "%s", rows[i]);
	}
}
