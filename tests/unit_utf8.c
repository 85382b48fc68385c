/* SPDX-License-Identifier: MIT */
/* Characters of texts that may not be UTF-8. */
#include "text/utf8.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

Test(utf8, only_well_formed_sequences_are_characters)
{
	static const struct {
		const char *text;
		size_t to;
		bool valid;
	} rows[] = {
		{ "a", 1, true },
		{ "\xc3\xa9", 2, true },
		{ "\xef\xbf\xbd", 3, true },
		{ "\xf4\x8f\xbf\xbf", 4, true },
		{ "\xc0\x80", 1, false },
		{ "\xe0\x80\x80", 1, false },
		{ "\xed\xa0\x80", 1, false },
		{ "\xf4\x90\x80\x80", 1, false },
		{ "\x80", 1, false },
		{ "\xe2\x82", 1, false },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct utf8_char c;
		size_t at = 0;
		cr_assert(utf8_next(str_of(rows[i].text), &at, &c));
		cr_expect(eq(sz, c.to, rows[i].to), "row %zu", i);
		cr_expect(eq(int, c.valid, rows[i].valid), "row %zu", i);
	}
}

Test(utf8, points_are_put_together_from_their_bytes)
{
	struct utf8_char c;
	size_t at = 2;
	cr_assert(utf8_next(STR("\xc3\xa9\xf0\x9f\x98\x80"), &at, &c));
	cr_expect(eq(u32, c.point, 0x1f600));
	cr_expect(eq(sz, at, 6));
}

Test(utf8, a_stray_byte_counts_as_one)
{
	cr_expect(eq(sz, utf8_length(STR("a\xff\xc3\xa9\xc3")), 4));
}
