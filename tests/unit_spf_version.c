/* SPDX-License-Identifier: MIT */
/* Which texts are SPF records, meant as such, or glued together. */
#include "base/arena.h"
#include "mail/spf.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

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

TestSuite(spf_version, .init = open_arena, .fini = close_arena);

/** What *text* is to SPF: "record", "legacy", "unlike", or the problem. */
static const char *
likeness(const char *text)
{
	struct spf_remark remark;
	switch (spf_recognise(arena, str_of(text), &remark)) {
	case SPF_UNLIKE:
		return "unlike";
	case SPF_LEGACY:
		return "legacy";
	case SPF_RECORD:
		return "record";
	case SPF_NEAR:
		break;
	}
	return spf_problem_word(remark.problem);
}

/** *text* with its beginning mended. */
static struct str
restored(const char *text)
{
	struct spf_remark remark;
	cr_assert(
	    eq(int, spf_recognise(arena, str_of(text), &remark), SPF_NEAR));
	const struct str rest = str_from(str_of(text), remark.span.to);
	return str_print(
	    arena, "%.*s%.*s", STR_ARG(remark.instead), STR_ARG(rest));
}

/** Expects *got* of the text *of* to be *want*. */
static void
expect_text(const char *got, const char *want, const char *of)
{
	cr_expect(
	    str_eq(str_of(got), str_of(want)), "%s: %s, not %s", of, got, want);
}

Test(spf_version, the_version_is_followed_by_a_blank_or_the_end)
{
	static const char *const rows[] = { "v=spf1", "V=SpF1 -all", "v=spf1 ",
		"v=spf1  mx" };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_text(likeness(rows[i]), "record", rows[i]);
	}
}

Test(spf_version, other_texts_are_left_alone)
{
	static const char *const rows[] = { "", " ", "google-site=abc",
		"v=DMARC1; p=none", "v=DKIM1; p=abc", "spf", "SPF is great",
		"a:b", "MS=ms123", "all", "v=", "v=spt", "rev=spf1",
		"we publish v=spf1 records here", "include", "a=b", "mx" };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_text(likeness(rows[i]), "unlike", rows[i]);
	}
	expect_text(likeness("spf2.0/pra ?all"), "legacy", "spf2.0/pra");
}

struct near_row {
	const char *text;
	const char *problem;
	const char *restored;
};

static const struct near_row NEAR_ROWS[] = {
	{ " v=spf1 mx", "leading-blank", "v=spf1 mx" },
	{ "\tv=spf1", "leading-blank", "v=spf1" },
	{ "v=spf10 mx", "version-number", "v=spf1 mx" },
	{ "v=spf1.0 mx", "version-number", "v=spf1 mx" },
	{ "v=spf2 include:x.com ~all", "version-number",
	    "v=spf1 include:x.com ~all" },
	{ "v=spf include:x.com", "version-number", "v=spf1 include:x.com" },
	{ "v=spf1; mx", "version-mark", "v=spf1 mx" },
	{ "v=spf1, mx", "version-mark", "v=spf1 mx" },
	{ "v=spf1;", "version-mark", "v=spf1" },
	{ " v=spf1;mx", "version-mark", "v=spf1 mx" },
	{ "v=spf1\tmx", "version-tab", "v=spf1 mx" },
	{ "v=spf1include:x.com -all", "version-glued",
	    "v=spf1 include:x.com -all" },
	{ "v=spf1-all", "version-glued", "v=spf1 -all" },
	{ "v = spf1 mx", "version-blanks", "v=spf1 mx" },
	{ "v=spf 1 mx", "version-blanks", "v=spf1 mx" },
	{ "v= spf1", "version-blanks", "v=spf1" },
	{ "v:spf1 mx", "version-spelling", "v=spf1 mx" },
	{ "v=sfp1 mx", "version-spelling", "v=spf1 mx" },
	{ "vspf1 mx", "version-spelling", "v=spf1 mx" },
	{ "spf1 mx -all", "version-cut", "v=spf1 mx -all" },
	{ "=spf1 mx", "version-cut", "v=spf1 mx" },
	{ "SPF include:x.com", "version-cut", "v=spf1 include:x.com" },
	{ "include:x.com -all", "version-missing",
	    "v=spf1 include:x.com -all" },
	{ "\"v=spf1 mx -all\"", "quoted", "v=spf1 mx -all\"" },
	{ "@ IN TXT \"v=spf1 mx -all\"", "text-before", "v=spf1 mx -all\"" },
	{ "SPF: v=spf1 mx", "text-before", "v=spf1 mx" },
	{ "\xef\xbb\xbfv=spf1 mx", "non-ascii", "v=spf1 mx" },
	{ "v=spf1\xc2\xa0mx", "non-ascii", "v=spf1 mx" },
	{ "v=\xe2\x80\x8bspf1 mx", "non-ascii", "v=spf1 mx" },
	{ "\xe2\x80\x9cv=spf1 mx", "non-ascii", "v=spf1 mx" },
};

Test(spf_version, near_misses_are_recognised_and_restored)
{
	for (size_t i = 0; i < sizeof(NEAR_ROWS) / sizeof(*NEAR_ROWS); i++) {
		const struct near_row *row = &NEAR_ROWS[i];
		expect_text(likeness(row->text), row->problem, row->text);
		expect_text(restored(row->text).at, row->restored, row->text);
	}
}

/** A TXT of the strings of *text*, which are separated by bars. */
static struct rr_txt
txt_of(const char *text)
{
	struct rr_txt txt = { 0 };
	uint32_t *ends = ARENA_ARRAY(arena, uint32_t, 16);
	char *joined = arena_alloc(arena, strlen(text) + 1);
	for (; *text; text++) {
		if (*text != '|') {
			joined[txt.joined.len++] = *text;
		} else {
			ends[txt.strings++] = (uint32_t)txt.joined.len;
		}
	}
	ends[txt.strings++] = (uint32_t)txt.joined.len;
	txt.joined.at = joined;
	txt.ends = ends;
	return txt;
}

Test(spf_version, strings_glued_together_are_seen_and_parted)
{
	static const char *const rows[][2] = {
		{ "v=spf1 include:a.com|include:b.com ~all",
		    "v=spf1 include:a.com include:b.com ~all" },
		{ "v=spf1|include:a.com|~all", "v=spf1 include:a.com ~all" },
		{ "v=spf1 mx|a ~all", "v=spf1 mx a ~all" },
		{ "v=spf1 ip4:1.2.3.4|ip4:5.6.7.8|-all",
		    "v=spf1 ip4:1.2.3.4 ip4:5.6.7.8 -all" },
		{ "V=SPF1|-all", "V=SPF1 -all" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct rr_txt txt = txt_of(rows[i][0]);
		size_t at = 0;
		cr_expect(spf_is_glued(&txt, &at), "%s", rows[i][0]);
		cr_expect(
		    eq(sz, at, (size_t)(strchr(rows[i][0], '|') - rows[i][0])),
		    "%s", rows[i][0]);
		expect_text(
		    spf_unglued(arena, &txt).at, rows[i][1], rows[i][0]);
	}
}

Test(spf_version, strings_cut_inside_a_term_are_not_glued)
{
	static const char *const rows[] = { "v=spf1 include:a.com| ~all",
		"v=spf1 include:a.com |~all",
		"v=spf1 include:exam|ple.com -all",
		"v=spf1 ip4:192.0.2.1|0/24 -all", "v=sp|f1 mx", "v=spf1 -a|ll",
		"v=spf1 mx", "v=spf1 ip|4:1.2.3.4", "v=spf1 inclu|de:a.com",
		"v=spf1 include:|a.com -all", "v=spf1| mx||" };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct rr_txt txt = txt_of(rows[i]);
		size_t at = 0;
		cr_expect(not(spf_is_glued(&txt, &at)), "%s", rows[i]);
	}
}
