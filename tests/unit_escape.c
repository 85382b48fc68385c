/* SPDX-License-Identifier: MIT */
/* What may be shown of text from strangers, and what becomes \DDD. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "text/escape.h"
#include "text/patterns.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>

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

TestSuite(escape, .init = setup, .fini = teardown);

static void
expect_escaped(struct str raw, const char *want)
{
	const struct str got = escape(arena, patterns, raw);
	cr_expect(eq(str, (char *)str_z(arena, got), (char *)want));
}

static void
expect_points(const char *raw, size_t bytes, size_t want)
{
	const size_t got = escape_points(arena, patterns, str_of(raw), bytes);
	cr_expect(eq(sz, got, want), "%zu bytes of \"%s\"", bytes, raw);
}

/** Turns \DDD back into bytes. */
static struct str
unescape(struct str text)
{
	struct buf to = buf_new(arena);
	for (size_t i = 0; i < text.len; i++) {
		unsigned long byte = (unsigned char)text.at[i];
		if (text.at[i] == '\\') {
			cr_assert(str_number(
			    str_slice(text, i + 1, i + 4), 255, &byte));
			i += 3;
		}
		buf_addc(&to, (char)byte);
	}
	return buf_str(&to);
}

Test(escape, each_octet_alone_is_itself_or_its_number)
{
	for (int octet = 0; octet < 256; octet++) {
		const char raw = (char)octet;
		char want[16];
		if (octet >= 0x20 && octet < 0x7f && octet != '\\') {
			snprintf(want, sizeof(want), "%c", raw);
		} else {
			snprintf(want, sizeof(want), "\\%03d", octet);
		}
		expect_escaped((struct str){ &raw, 1 }, want);
	}
}

Test(escape, nothing_stays_empty)
{
	expect_escaped((struct str){ 0 }, "");
}

Test(escape, the_general_category_decides)
{
	static const struct {
		const char *raw;
		const char *want;
	} rows[] = {
		{ "\xc3\xa9", "\xc3\xa9" },                 /* Ll e acute */
		{ "\xe2\x80\x9c", "\xe2\x80\x9c" },         /* Pi quote */
		{ "\xc2\xa0", "\xc2\xa0" },                 /* Zs no-break */
		{ "e\xcc\x81", "e\xcc\x81" },               /* Mn */
		{ "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80" }, /* So */
		{ "\xc2\x85", "\\194\\133" },               /* Cc */
		{ "\xc2\xad", "\\194\\173" },               /* Cf soft hyphen */
		{ "\xe2\x80\x8b", "\\226\\128\\139" },      /* Cf zero width */
		{ "\xe2\x80\xae", "\\226\\128\\174" },      /* Cf bidi */
		{ "\xef\xbb\xbf", "\\239\\187\\191" },      /* Cf BOM */
		{ "\xe2\x80\xa8", "\\226\\128\\168" },      /* Zl */
		{ "\xe2\x80\xa9", "\\226\\128\\169" },      /* Zp */
		{ "\xcd\xb8", "\\205\\184" },               /* Cn */
		{ "\xee\x80\x80", "\\238\\128\\128" },      /* Co */
		{ "\xed\xa0\x80", "\\237\\160\\128" },      /* Cs */
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_escaped(str_of(rows[i].raw), rows[i].want);
	}
}

Test(escape, what_is_no_utf8_is_escaped_byte_by_byte)
{
	static const struct {
		const char *raw;
		const char *want;
	} rows[] = {
		{ "a\xff\xfe"
		  "b",
		    "a\\255\\254b" },
		{ "\xc3", "\\195" },                            /* cut short */
		{ "\xc3(", "\\195(" },                          /* cut short */
		{ "\xc0\xaf", "\\192\\175" },                   /* overlong */
		{ "\xf4\x90\x80\x80", "\\244\\144\\128\\128" }, /* too high */
		{ "\xa9\xc3\xa9", "\\169\xc3\xa9" },            /* no start */
		{ "\xc3\xa9\xc3", "\xc3\xa9\\195" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_escaped(str_of(rows[i].raw), rows[i].want);
	}
}

Test(escape, what_is_escaped_can_be_turned_back)
{
	struct buf raw = buf_new(arena);
	for (unsigned i = 0; i < 20000; i++) {
		buf_addc(&raw, (char)((i * i + 7 * i) >> (i % 5)));
	}
	const struct str text = escape(arena, patterns, buf_str(&raw));
	cr_expect(str_eq(unescape(text), buf_str(&raw)));
}

Test(escape, long_runs_beyond_ascii_are_never_cut_in_a_character)
{
	for (size_t lead = 0; lead < 4; lead++) {
		struct buf raw = buf_new(arena);
		buf_adds(&raw, (const char *[]){ "", "\xc3\xa9", "\xe2\x82\xac",
				   "\xe2\x82\xac\xc3\xa9" }[lead]);
		for (int i = 0; i < 500; i++) {
			buf_adds(&raw, "\xf0\x9f\x98\x80");
		}
		const struct str text = escape(arena, patterns, buf_str(&raw));
		cr_expect(str_eq(text, buf_str(&raw)), "lead %zu", lead);
	}
}

Test(escape, spans_count_code_points_of_what_is_shown)
{
	expect_points("abc", 0, 0);
	expect_points("abc", 3, 3);
	expect_points("\xc3\xa9x", 2, 1);
	expect_points("\xc3\xa9x", 3, 2);
	expect_points("\x01x", 1, 4);
	expect_points("\\x", 2, 5);
	expect_points("\xe2\x80\x8bx", 3, 12);
}

Test(escape, a_place_inside_a_character_counts_as_its_start)
{
	expect_points("a\xc3\xa9x", 2, 1);
	expect_points("\xf0\x9f\x98\x80", 3, 0);
	/* A lone continuation byte is no inside. */
	expect_points("\xc3\xa9\xa9x", 3, 5);
	expect_points("a\xa9\xa9", 2, 5);
}
