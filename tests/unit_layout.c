/* SPDX-License-Identifier: MIT */
/* Columns, wrapping, and the width of characters. */
#include "base/arena.h"
#include "base/buf.h"
#include "report/layout.h"
#include "text/patterns.h"
#include "text/width.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static struct arena *arena;
static struct manner manner;

static void
setup(void)
{
	arena = arena_new();
	manner = (struct manner){ .patterns = patterns_new(), .width = 40 };
}

static void
teardown(void)
{
	patterns_free(&manner.patterns);
	arena_free(&arena);
}

TestSuite(layout, .init = setup, .fini = teardown);

Test(layout, columns_are_those_of_the_terminal)
{
	static const struct {
		const char *text;
		size_t width;
	} rows[] = {
		{ "", 0 },
		{ "abc", 3 },
		{ "\xc3\xa9", 1 },
		{ "e\xcc\x81", 1 },        /* a mark above */
		{ "\xe6\x97\xa5", 2 },     /* a Chinese character */
		{ "\xf0\x9f\x98\x80", 2 }, /* a face */
		{ "\xe2\x80\x9c", 1 },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const size_t got =
		    text_width(manner.patterns, str_of(rows[i].text));
		cr_expect(eq(sz, got, rows[i].width), "%s", rows[i].text);
	}
}

Test(layout, what_fits_is_never_half_a_character)
{
	const struct str text = STR("a\xe6\x97\xa5"
				    "e\xcc\x81z");
	cr_expect(eq(sz, text_fit(manner.patterns, text, 1), 1));
	cr_expect(eq(sz, text_fit(manner.patterns, text, 2), 1));
	cr_expect(eq(sz, text_fit(manner.patterns, text, 3), 4));
	cr_expect(eq(sz, text_fit(manner.patterns, text, 4), 7));
	cr_expect(eq(sz, text_fit(manner.patterns, text, 9), 8));
}

static void
expect_wrapped(size_t indent, const char *text, const char *want)
{
	struct buf to = buf_new(arena);
	struct page page = page_new(&to, &manner);
	page_adds(&page, TONE_PLAIN, "start:");
	page_wrap(&page, indent, TONE_PLAIN, str_of(text));
	cr_expect(eq(str, to.at, (char *)want));
}

Test(layout, words_go_to_the_next_line_when_they_do_not_fit)
{
	expect_wrapped(2, "a b", "start: a b");
	expect_wrapped(8, "a b", "start:  a b");
	expect_wrapped(2, "aaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbb c",
	    "start: aaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbb\n  c");
	expect_wrapped(2, "aaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbb c",
	    "start: aaaaaaaaaaaaaaaa\n  bbbbbbbbbbbbbbbbb c");
}

Test(layout, a_word_that_is_too_wide_runs_over)
{
	expect_wrapped(2, "x aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa y",
	    "start: x\n  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
	    "  y");
}

Test(layout, a_gap_is_one_empty_line)
{
	struct buf to = buf_new(arena);
	struct page page = page_new(&to, &manner);
	page_gap(&page);
	page_adds(&page, TONE_PLAIN, "a");
	page_gap(&page);
	page_gap(&page);
	page_adds(&page, TONE_PLAIN, "b");
	cr_expect(str_eq(buf_str(&to), STR("a\n\nb")));
}

Test(layout, marks_have_a_word_and_one_width)
{
	for (int ascii = 0; ascii < 2; ascii++) {
		manner.ascii = ascii;
		for (int i = MARK_OK; i <= MARK_SKIPPED; i++) {
			struct buf to = buf_new(arena);
			struct page page = page_new(&to, &manner);
			page_mark(&page, (enum mark)i);
			cr_expect(eq(sz, page.column, page_mark_width()));
			cr_expect(str_find(buf_str(&to),
				      str_of(mark_word((enum mark)i))) >= 0);
		}
	}
}
