/* SPDX-License-Identifier: MIT */
/*
 * What was expected above what was found, aligned, with carets below the
 * part that differs. What is too long for the line is shown around that
 * part; the whole of it stands where it is to be copied.
 */
#include "report/text_parts.h"

#include "base/arena.h"
#include "report/shown.h"
#include "text/utf8.h"
#include "text/width.h"

#include <assert.h>
#include <string.h>

enum {
	CONTEXT = 12, /* columns that are seen before the difference */
};

/** Two texts to be shown above each other, and what differs in the second. */
struct pair {
	struct str expected; /* empty: not known */
	struct str found;
	struct span span; /* bytes of found; nothing if from > to */
};

/** Where *a* and *b* first differ: a byte of *b* that begins a character. */
static size_t
first_difference(struct str a, struct str b)
{
	struct utf8_char c;
	size_t at = 0;
	size_t start = 0;
	while (utf8_next(b, &at, &c)) {
		const struct str same = str_slice(a, c.from, c.to);
		if (!str_eq(same, str_slice(b, c.from, c.to))) {
			break;
		}
		start = c.to;
	}
	return start;
}

/** Columns that are left out in front, so that the difference is seen. */
static size_t
columns_before(struct telling *telling, const struct pair *pair, size_t room)
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
add_carets(
    struct telling *telling, const struct pair *pair, size_t skip, size_t room)
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
tell_pair(struct telling *telling, const struct pair *pair)
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

/** True if *finding* is about a name, and its value is right. */
static bool
is_about_name(const struct report_finding *finding)
{
	const enum finding_code code = finding->finding->code;
	return code == FINDING_X_NAME_DOUBLED || code == FINDING_X_MISPLACED;
}

/** True if the record *id* must have one value exactly. */
static bool
is_exact(struct str id)
{
	static const char *const loose[] = { "spf", "mail-from-spf", "dmarc" };
	for (size_t i = 0; i < sizeof(loose) / sizeof(*loose); i++) {
		if (str_eq(id, str_of(loose[i]))) {
			return false;
		}
	}
	return true;
}

/** What should stand in the place of *evidence*; empty: not known. */
static struct str
wanted_for(struct telling *telling, const struct report_finding *finding,
    const struct evidence *evidence)
{
	const struct edit *edit;
	vec_foreach(edit, &finding->finding->edits) {
		if (edit->op == EDIT_ADD && edit->rr.type == evidence->type &&
		    name_equal(edit->rr.owner, evidence->name)) {
			return text_value(telling, edit->rr.type,
			    rr_value(telling->arena, &edit->rr));
		}
	}
	if (finding->record < 0) {
		return (struct str){ 0 };
	}
	const struct report_record *record =
	    &telling->report->records.at[finding->record];
	if (!record->has_expected || !is_exact(record->id) ||
	    record->type != evidence->type) {
		return (struct str){ 0 };
	}
	return text_value(telling, record->type, record->expected);
}

static void
tell_names(struct telling *telling, const struct report_finding *finding,
    const struct evidence *evidence)
{
	const struct report_record *record =
	    &telling->report->records.at[finding->record];
	struct pair pair = {
		.expected = record->name,
		.found = name_text(telling->arena, evidence->name),
	};
	pair.span.from = first_difference(pair.expected, pair.found);
	pair.span.to = pair.span.from;
	if (str_starts(pair.found, pair.expected)) {
		pair.span.to = pair.found.len;
	}
	tell_pair(telling, &pair);
}

static void
tell_values(struct telling *telling, const struct report_finding *finding,
    const struct evidence *evidence, bool alone)
{
	struct pair pair = {
		.found = text_value(telling, evidence->type, evidence->value),
		.span = { 1, 0 },
	};
	if (alone) {
		pair.expected = wanted_for(telling, finding, evidence);
	}
	if (evidence->has_span) {
		pair.span = shown_bytes(
		    telling->arena, telling->page.manner->patterns, evidence);
	} else if (pair.expected.len > 0 &&
		   !str_eq(pair.expected, pair.found)) {
		pair.span.from = first_difference(pair.expected, pair.found);
		pair.span.to = pair.span.from;
	}
	if (str_eq(pair.expected, pair.found)) {
		pair.expected = (struct str){ 0 };
	}
	tell_pair(telling, &pair);
}

/** The name at which *evidence* was seen, if that is not the record's own. */
static void
tell_place(struct telling *telling, const struct report_finding *finding,
    const struct evidence *evidence)
{
	const struct str name = name_text(telling->arena, evidence->name);
	const struct str type = rrtype_text(telling->arena, evidence->type);
	const struct report_record *record =
	    finding->record < 0 ? NULL
				: &telling->report->records.at[finding->record];
	if (record && str_eq(record->name, name) &&
	    record->type == evidence->type) {
		return;
	}
	text_field(telling, "at",
	    str_print(
		telling->arena, "%.*s (%.*s)", STR_ARG(name), STR_ARG(type)));
}

/** Nothing was there, where something was expected. */
static void
tell_nothing(struct telling *telling, const struct report_finding *finding,
    const struct evidence *evidence)
{
	struct pair pair = {
		.expected = wanted_for(telling, finding, evidence),
		.found = STR("nothing"),
		.span = { 1, 0 },
	};
	if (evidence->server.addr.family != ADDR_NONE) {
		const struct str server =
		    server_addr_text(telling->arena, evidence->server);
		pair.found = str_print(
		    telling->arena, "nothing, says %.*s", STR_ARG(server));
	}
	tell_pair(telling, &pair);
}

void
text_compare(struct telling *telling, const struct report_finding *finding)
{
	const struct finding *facts = finding->finding;
	const bool alone = facts->evidence.len == 1;
	const struct evidence *evidence;
	if (facts->evidence.len == 0 ||
	    catalog_row(facts->code)->status == STATUS_UNKNOWN) {
		return;
	}
	page_gap(&telling->page);
	vec_foreach(evidence, &facts->evidence) {
		if (is_about_name(finding) && finding->record >= 0) {
			tell_names(telling, finding, evidence);
			continue;
		}
		tell_place(telling, finding, evidence);
		if (evidence->value.len > 0) {
			tell_values(telling, finding, evidence, alone);
		} else {
			tell_nothing(telling, finding, evidence);
		}
	}
	page_gap(&telling->page);
}
