/* SPDX-License-Identifier: MIT */
/* Columns of characters: none for marks, two for East Asian wide ones. */
#include "text/width.h"

#include "text/patterns.h"
#include "text/utf8.h"

#include <stdint.h>

struct range {
	uint32_t first;
	uint32_t last;
};

/* Wide and fullwidth by Unicode Standard Annex 11, in large strokes. */
static const struct range WIDE[] = {
	{ 0x1100, 0x115f },
	{ 0x231a, 0x231b },
	{ 0x2329, 0x232a },
	{ 0x23e9, 0x23ec },
	{ 0x2614, 0x2615 },
	{ 0x267f, 0x267f },
	{ 0x26a1, 0x26a1 },
	{ 0x26d4, 0x26d4 },
	{ 0x2705, 0x2705 },
	{ 0x274c, 0x274c },
	{ 0x2b1b, 0x2b1c },
	{ 0x2e80, 0x303e },
	{ 0x3041, 0x4dbf },
	{ 0x4e00, 0xa4cf },
	{ 0xa960, 0xa97f },
	{ 0xac00, 0xd7a3 },
	{ 0xf900, 0xfaff },
	{ 0xfe10, 0xfe19 },
	{ 0xfe30, 0xfe6f },
	{ 0xff01, 0xff60 },
	{ 0xffe0, 0xffe6 },
	{ 0x1f000, 0x1f2ff },
	{ 0x1f300, 0x1f64f },
	{ 0x1f680, 0x1f6ff },
	{ 0x1f900, 0x1f9ff },
	{ 0x20000, 0x3fffd },
};

static bool
is_wide(uint32_t point)
{
	for (size_t i = 0; i < sizeof(WIDE) / sizeof(*WIDE); i++) {
		if (point >= WIDE[i].first && point <= WIDE[i].last) {
			return true;
		}
	}
	return false;
}

/** None for a mark, two for a wide character, one for all others. */
static size_t
char_width(
    struct patterns *patterns, struct str text, const struct utf8_char *c)
{
	if (c->point < 0x80) {
		return 1;
	}
	if (is_wide(c->point)) {
		return 2;
	}
	const struct str alone = str_slice(text, c->from, c->to);
	return pattern_find(patterns, PATTERN_MARK, alone, 0, NULL) ? 0 : 1;
}

size_t
text_width(struct patterns *patterns, struct str text)
{
	struct utf8_char c;
	size_t at = 0;
	size_t width = 0;
	while (utf8_next(text, &at, &c)) {
		width += char_width(patterns, text, &c);
	}
	return width;
}

size_t
text_fit(struct patterns *patterns, struct str text, size_t columns)
{
	struct utf8_char c;
	size_t at = 0;
	size_t width = 0;
	size_t fits = 0;
	while (utf8_next(text, &at, &c)) {
		width += char_width(patterns, text, &c);
		if (width > columns) {
			break;
		}
		fits = c.to;
	}
	return fits;
}
