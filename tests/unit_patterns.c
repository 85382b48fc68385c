/* SPDX-License-Identifier: MIT */
/* The seam to PCRE2: any bytes, groups, and limits. */
#include "base/arena.h"
#include "base/buf.h"
#include "text/patterns.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

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

TestSuite(patterns, .init = setup, .fini = teardown);

Test(patterns, every_row_compiles_and_fits_into_a_match)
{
	struct match match;
	for (int i = 0; i < PATTERNS; i++) {
		(void)pattern_find(
		    patterns, (enum pattern)i, STR("x"), 0, &match);
	}
}

Test(patterns, any_bytes_may_be_searched_by_any_pattern)
{
	char bytes[512];
	for (size_t i = 0; i < sizeof(bytes); i++) {
		bytes[i] = (char)(i * 37);
	}
	for (int i = 0; i < PATTERNS; i++) {
		for (size_t from = 0; from <= sizeof(bytes); from += 64) {
			(void)pattern_find(patterns, (enum pattern)i,
			    (struct str){ bytes, sizeof(bytes) }, from, NULL);
		}
	}
}

Test(patterns, the_same_is_found_at_first_and_as_machine_code)
{
	for (int i = 0; i < 100; i++) {
		struct match match;
		cr_assert(pattern_find(patterns, PATTERN_PRINTABLE,
		    STR("\x01"
			"ab\xc3\xa9\xff"),
		    0, &match));
		cr_expect(eq(sz, match.group[0].from, 1), "use %d", i);
		cr_expect(eq(sz, match.group[0].to, 5), "use %d", i);
	}
}

Test(patterns, a_group_that_took_no_part_is_no_span)
{
	struct match match;
	cr_assert(
	    pattern_find(patterns, PATTERN_PRINTABLE, STR("a"), 0, &match));
	cr_expect(gt(sz, match.group[1].from, match.group[1].to));
}

Test(patterns, a_search_begins_where_it_is_told)
{
	struct match match;
	cr_assert(
	    pattern_find(patterns, PATTERN_PRINTABLE, STR("abc"), 2, &match));
	cr_expect(eq(sz, match.group[0].from, 2));
	cr_expect(not(
	    pattern_find(patterns, PATTERN_PRINTABLE, STR("abc"), 3, NULL)));
}

Test(patterns, long_hostile_texts_end_for_every_pattern)
{
	static const char *const pieces[] = { " ", "\"", "\\", "\\\"", "a",
		"\xc2\xa0", ".", "v=", "0" };
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		struct buf text = buf_new(arena);
		while (text.len < 60000) {
			buf_adds(&text, pieces[i]);
		}
		for (int k = 0; k < PATTERNS; k++) {
			(void)pattern_find(
			    patterns, (enum pattern)k, buf_str(&text), 0, NULL);
		}
	}
}
