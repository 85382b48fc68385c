/* SPDX-License-Identifier: MIT */
/* Columns, wrapping and colours of terminal text. */
#include "report/layout.h"

#include "text/width.h"

#include <assert.h>

static const enum tone MARK_TONES[] = {
	[MARK_OK] = TONE_GOOD,
	[MARK_FAIL] = TONE_BAD,
	[MARK_WARN] = TONE_WARN,
	[MARK_WAIT] = TONE_WAIT,
	[MARK_UNKNOWN] = TONE_WARN,
	[MARK_NOTE] = TONE_FAINT,
	[MARK_SKIPPED] = TONE_FAINT,
};

/* SGR parameters (ECMA-48 8.3.117); plain text has none. */
static const char *const COLORS[] = {
	[TONE_PLAIN] = NULL,
	[TONE_GOOD] = "32",
	[TONE_BAD] = "1;31",
	[TONE_WARN] = "33",
	[TONE_WAIT] = "36",
	[TONE_STRONG] = "1",
	[TONE_FAINT] = "2",
};

enum {
	MARK_WIDTH = 8, /* symbol, blank, word of four letters, blanks */
};

struct page
page_new(struct buf *to, const struct manner *manner)
{
	assert(manner->patterns && manner->width >= 40);
	return (struct page){ .to = to, .manner = manner };
}

/*
 * Every piece ends its own colour: a line that is cut, or shown without the
 * lines around it, leaves no terminal red. Columns are counted without the
 * colours, and as wide characters fill them (text/width).
 */
void
page_add(struct page *page, enum tone tone, struct str text)
{
	const char *color = page->manner->color ? COLORS[tone] : NULL;
	if (text.len == 0) {
		return;
	}
	if (color) {
		buf_addf(page->to, "\x1b[%sm", color);
	}
	buf_add(page->to, text);
	if (color) {
		buf_adds(page->to, "\x1b[0m");
	}
	page->column += text_width(page->manner->patterns, text);
}

void
page_adds(struct page *page, enum tone tone, const char *text)
{
	page_add(page, tone, str_of(text));
}

void
page_end(struct page *page)
{
	buf_addc(page->to, '\n');
	page->column = 0;
}

/* At most one empty line, however many parts ask for one; none at the top. */
void
page_gap(struct page *page)
{
	if (page->column > 0) {
		page_end(page);
	}
	if (page->to->len > 0 && !str_ends(buf_str(page->to), STR("\n\n"))) {
		buf_addc(page->to, '\n');
	}
}

/*
 * What already stands beyond *column* gets one blank: a long label pushes its
 * value to the right and never runs into it.
 */
void
page_to(struct page *page, size_t column)
{
	const size_t blanks = page->column < column ? column - page->column
						    : page->column > column;
	buf_fill(page->to, ' ', blanks);
	page->column += blanks;
}

enum tone
mark_tone(enum mark mark)
{
	assert((unsigned)mark < sizeof(MARK_TONES) / sizeof(*MARK_TONES));
	return MARK_TONES[mark];
}

void
page_mark(struct page *page, enum mark mark)
{
	const char *symbol = mark_symbol(mark, page->manner->ascii);
	const char *word = mark_word(mark);
	const size_t start = page->column;
	page_adds(page, mark_tone(mark), symbol);
	if (!str_eq(str_of(symbol), str_of(word))) {
		page_adds(page, TONE_PLAIN, " ");
		page_adds(page, mark_tone(mark), word);
	}
	page_to(page, start + MARK_WIDTH);
}

size_t
page_mark_width(void)
{
	return MARK_WIDTH;
}

/*
 * A word longer than the line stays whole, beyond the edge: names and values
 * are there to be copied, and a terminal wraps them without a blank.
 */
void
page_wrap(struct page *page, size_t indent, enum tone tone, struct str text)
{
	struct str rest = text;
	struct str word;
	bool blank = page->column > indent;
	assert(indent < page->manner->width);
	if (!blank) {
		page_to(page, indent);
	}
	while (str_split(&rest, ' ', &word)) {
		const size_t width =
		    text_width(page->manner->patterns, word) + blank;
		if (page->column + width > page->manner->width &&
		    page->column > indent) {
			page_end(page);
			page_to(page, indent);
		} else if (blank) {
			page_adds(page, TONE_PLAIN, " ");
		}
		page_add(page, tone, word);
		blank = true;
	}
}
