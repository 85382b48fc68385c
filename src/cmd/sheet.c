/* SPDX-License-Identifier: MIT */
/* Sheets about one record, for people and for programs. */
#include "cmd/sheet.h"

#include "base/arena.h"
#include "base/err.h"
#include "cli/options.h"
#include "cmd/session.h"
#include "text/escape.h"

#include <assert.h>

enum {
	INDENT = 2,
	VALUE = 16,  /* column of what stands behind a label */
	AROUND = 24, /* characters shown on each side of a marked part */
	WIDEST = 60, /* characters of a marked part that are shown */
};

void
sheet_open(struct session *session, struct sheet *ret)
{
	*ret = (struct sheet){
		.session = session,
		.to = buf_new(session->arena),
	};
	ret->page = page_new(&ret->to, &session->manner);
	ret->writer = (struct writer){
		.json = jsonout_new(&ret->to, false),
		.arena = session->arena,
		.patterns = session->patterns,
	};
}

bool
sheet_is_json(const struct sheet *sheet)
{
	return str_eq(sheet->session->options->format, STR("json"));
}

void
sheet_headline(struct sheet *sheet, enum mark mark, struct str text)
{
	page_mark(&sheet->page, mark);
	page_wrap(&sheet->page, page_mark_width(), TONE_STRONG, text);
	page_end(&sheet->page);
	page_gap(&sheet->page);
}

void
sheet_heading(struct sheet *sheet, const char *heading)
{
	page_gap(&sheet->page);
	page_adds(&sheet->page, TONE_STRONG, heading);
	page_end(&sheet->page);
}

void
sheet_field(struct sheet *sheet, const char *label, struct str text)
{
	page_to(&sheet->page, INDENT);
	page_adds(&sheet->page, TONE_FAINT, label);
	page_to(&sheet->page, VALUE);
	page_add(&sheet->page, TONE_PLAIN, text);
	page_end(&sheet->page);
}

static struct str
shown(const struct sheet *sheet, struct str raw)
{
	return escape(sheet->session->arena, sheet->session->patterns, raw);
}

void
sheet_raw(struct sheet *sheet, const char *label, struct str raw)
{
	sheet_field(sheet, label, shown(sheet, raw));
}

void
sheet_copy(struct sheet *sheet, struct str raw)
{
	page_to(&sheet->page, INDENT);
	page_add(&sheet->page, TONE_PLAIN, shown(sheet, raw));
	page_end(&sheet->page);
}

void
sheet_say(struct sheet *sheet, struct str sentence)
{
	page_to(&sheet->page, INDENT);
	page_wrap(&sheet->page, INDENT, TONE_PLAIN, sentence);
	page_end(&sheet->page);
}

void
sheet_remark(struct sheet *sheet, enum mark mark, struct str sentence)
{
	page_to(&sheet->page, INDENT);
	page_mark(&sheet->page, mark);
	page_wrap(
	    &sheet->page, INDENT + page_mark_width(), TONE_PLAIN, sentence);
	page_end(&sheet->page);
}

/** True for a byte that continues a character of UTF-8. */
static bool
continues(struct str text, size_t at)
{
	return at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80;
}

/** *span* made shorter or longer so that no character is cut. */
static struct span
whole_characters(struct str text, struct span span)
{
	while (span.from > 0 && continues(text, span.from)) {
		span.from--;
	}
	while (continues(text, span.to)) {
		span.to++;
	}
	return span;
}

/** The window of *record* around *part* that is shown. */
static struct span
window_of(struct str record, struct span part)
{
	struct span window = { 0, record.len };
	if (part.from > AROUND) {
		window.from = part.from - AROUND;
	}
	if (record.len - part.to > AROUND) {
		window.to = part.to + AROUND;
	}
	return whole_characters(record, window);
}

void
sheet_part(struct sheet *sheet, struct str record, struct span span)
{
	struct page *page = &sheet->page;
	const size_t indent = INDENT + page_mark_width();
	if (span.from >= span.to) {
		return;
	}
	struct span part = whole_characters(record, span);
	if (part.to - part.from > WIDEST) {
		part.to = part.from + WIDEST;
		part = whole_characters(record, part);
	}
	assert(part.to <= record.len);
	const struct span window = window_of(record, part);
	page_to(page, indent);
	page_adds(page, TONE_FAINT, window.from > 0 ? "..." : "");
	page_add(page, TONE_FAINT,
	    shown(sheet, str_slice(record, window.from, part.from)));
	const size_t start = page->column;
	page_add(page, TONE_BAD,
	    shown(sheet, str_slice(record, part.from, part.to)));
	const size_t end = page->column;
	page_add(page, TONE_FAINT,
	    shown(sheet, str_slice(record, part.to, window.to)));
	page_adds(page, TONE_FAINT, window.to < record.len ? "..." : "");
	page_end(page);
	page_to(page, start);
	for (size_t i = start; i < end; i++) {
		page_adds(page, TONE_BAD, "^");
	}
	page_end(page);
}

void
sheet_key_span(struct sheet *sheet, struct str record, struct span span)
{
	struct session *session = sheet->session;
	struct jsonout *json = &sheet->writer.json;
	const size_t ends[] = { span.from, span.to };
	jsonout_key(json, "span");
	if (span.from >= span.to) {
		jsonout_null(json);
		return;
	}
	jsonout_array(json);
	for (size_t i = 0; i < 2; i++) {
		jsonout_number(json, (int64_t)escape_points(session->arena,
					 session->patterns, record, ends[i]));
	}
	jsonout_end_array(json);
}

enum exit_code
sheet_write(struct sheet *sheet, enum exit_code code)
{
	struct err err = { 0 };
	if (sheet_is_json(sheet)) {
		buf_addc(&sheet->to, '\n');
	}
	if (!session_write(sheet->session, buf_str(&sheet->to), &err)) {
		return session_fail(sheet->session, &err);
	}
	return code;
}
