/* SPDX-License-Identifier: MIT */
/*
 * What was expected above what was found, aligned, with carets below the
 * part that differs. What is too long for the line is shown around that
 * part; the whole of it stands where it is to be copied.
 */
#include "report/compare.h"
#include "report/text_parts.h"

#include "base/buf.h"
#include "text/width.h"

#include <assert.h>

enum {
	CONTEXT = 12, /* columns that are seen before the difference */
};

/**
 * Columns that are left out in front, so that the difference is seen. Both
 * lines lose the same columns, so that they stay aligned; as few as show the
 * end, but never the difference itself and the columns before it.
 */
static size_t
columns_before(
    struct telling *telling, const struct comparison *pair, size_t room)
{
	struct patterns *patterns = telling->page.manner->patterns;
	const size_t expected = text_width(patterns, pair->expected);
	const size_t found = text_width(patterns, pair->found);
	const size_t widest = expected > found ? expected : found;
	if (widest <= room || pair->span.from > pair->span.to) {
		return 0;
	}
	const size_t place =
	    text_width(patterns, str_slice(pair->found, 0, pair->span.from));
	const size_t most = place > CONTEXT ? place - CONTEXT : 0;
	return widest - room < most ? widest - room : most;
}

/** Adds what of *text* is seen between the columns *skip* and *room* more. */
static void
add_part(struct telling *telling, struct str text, size_t skip, size_t room)
{
	struct patterns *patterns = telling->page.manner->patterns;
	struct str part = text;
	if (skip > 0) {
		/* The dots take the place of the first three columns. */
		page_adds(&telling->page, TONE_FAINT, "...");
		part = str_from(text, text_fit(patterns, text, skip + 3));
		room -= 3;
	}
	if (text_width(patterns, part) <= room) {
		page_add(&telling->page, TONE_PLAIN, part);
		return;
	}
	const size_t fits = text_fit(patterns, part, room - 3);
	page_add(&telling->page, TONE_PLAIN, str_slice(part, 0, fits));
	page_adds(&telling->page, TONE_FAINT, "...");
}

static void
begin(struct telling *telling, const char *label)
{
	page_to(&telling->page, TEXT_INDENT);
	page_adds(&telling->page, TONE_FAINT, label);
	page_to(&telling->page, TEXT_INDENT + TEXT_LABEL);
}

/** The carets below the part of *pair* that differs. */
static void
add_carets(struct telling *telling, const struct comparison *pair, size_t skip,
    size_t room)
{
	struct page *page = &telling->page;
	struct patterns *patterns = page->manner->patterns;
	const size_t from =
	    text_width(patterns, str_slice(pair->found, 0, pair->span.from));
	size_t count = text_width(
	    patterns, str_slice(pair->found, pair->span.from, pair->span.to));
	assert(from >= skip);
	if (from - skip >= room) {
		return;
	}
	count = count > 0 ? count : 1;
	count = count < room - (from - skip) ? count : room - (from - skip);
	page_to(page, TEXT_INDENT + TEXT_LABEL + from - skip);
	struct buf carets = buf_new(telling->arena);
	buf_fill(&carets, '^', count);
	page_add(page, TONE_BAD, buf_str(&carets));
	page_end(page);
}

static void
tell_pair(struct telling *telling, const struct comparison *pair)
{
	const size_t room =
	    telling->page.manner->width - TEXT_INDENT - TEXT_LABEL;
	const size_t skip = columns_before(telling, pair, room);
	if (pair->expected.len > 0) {
		begin(telling, "expected");
		add_part(telling, pair->expected, skip, room);
		page_end(&telling->page);
	}
	begin(telling, "found");
	add_part(telling, pair->found, skip, room);
	page_end(&telling->page);
	if (pair->span.from <= pair->span.to) {
		add_carets(telling, pair, skip, room);
	}
}

void
text_compare(struct telling *telling, const struct report_finding *finding)
{
	const struct comparisons all = comparisons_of(telling->arena,
	    telling->page.manner->patterns, telling->report, finding);
	const struct comparison *pair;
	if (all.len == 0) {
		return;
	}
	page_gap(&telling->page);
	vec_foreach(pair, &all) {
		if (pair->place.len > 0) {
			text_field(telling, "at", pair->place);
		}
		tell_pair(telling, pair);
	}
	page_gap(&telling->page);
}
