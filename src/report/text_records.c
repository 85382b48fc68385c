/* SPDX-License-Identifier: MIT */
/* The eight records of the terminal report. */
#include "report/text_parts.h"
#include "report/words.h"

#include "base/arena.h"
#include "base/buf.h"
#include "text/width.h"

#include <assert.h>

/** The widest id, so that what follows stands below each other. */
static size_t
id_width(const struct report *report)
{
	size_t width = 0;
	const struct report_record *record;
	vec_foreach(record, &report->records) {
		width = record->id.len > width ? record->id.len : width;
	}
	return width;
}

/** As much of *value* as fits into the line: here nothing is copied. */
static void
add_cut(struct telling *telling, enum tone tone, struct str value)
{
	struct page *page = &telling->page;
	struct patterns *patterns = page->manner->patterns;
	const size_t room = page->manner->width - page->column;
	assert(page->column < page->manner->width);
	if (text_width(patterns, value) <= room) {
		page_add(page, tone, value);
		return;
	}
	const size_t fits = text_fit(patterns, value, room - 3);
	page_add(page, tone, str_slice(value, 0, fits));
	page_adds(page, TONE_FAINT, "...");
}

/**
 * What is said of a record of which nothing stands at its name. A record can
 * be right and yet not be there: a DMARC policy is inherited from a domain
 * further up (RFC 9989 4.10). Then that one is told, and whose it is.
 */
static struct str
instead_of_found(struct telling *telling, const struct report_record *record)
{
	const struct report_dmarc *dmarc = &telling->report->dmarc;
	if (record->status != STATUS_OK || !dmarc->has_record ||
	    !str_eq(record->id, STR("dmarc"))) {
		return str_of(status_words(record->status));
	}
	const struct str text = text_raw(telling, dmarc->record);
	return str_print(telling->arena, "%.*s (of %.*s)", STR_ARG(text),
	    STR_ARG(dmarc->found_at));
}

/** What is there, or what is the matter. */
static void
tell_found(struct telling *telling, const struct report_record *record)
{
	struct page *page = &telling->page;
	const size_t column = page->column;
	if (record->found.len == 0) {
		add_cut(telling, TONE_FAINT, instead_of_found(telling, record));
		page_end(page);
		return;
	}
	const struct str *found;
	vec_foreach(found, &record->found) {
		page_to(page, column);
		add_cut(telling, TONE_PLAIN,
		    text_value(telling, record->type, *found));
		page_end(page);
	}
}

/** The name under which it stands, for -v. */
static void
tell_name(
    struct telling *telling, const struct report_record *record, size_t column)
{
	struct page *page = &telling->page;
	const struct str type = rrtype_text(telling->arena, record->type);
	if (record->name.len == 0) {
		return;
	}
	page_to(page, column);
	page_add(page, TONE_FAINT,
	    str_print(telling->arena, "%.*s at %.*s", STR_ARG(type),
		STR_ARG(record->name)));
	if (record->ttl >= 0) {
		page_add(page, TONE_FAINT,
		    str_print(telling->arena, ", kept %lld s",
			(long long)record->ttl));
	}
	page_end(page);
}

void
text_records(struct telling *telling)
{
	struct page *page = &telling->page;
	const size_t column = page_mark_width() + id_width(telling->report) + 2;
	const struct report_record *record;
	vec_foreach(record, &telling->report->records) {
		/* These are told together, with the reason. */
		if (record->status == STATUS_NOT_CHECKED &&
		    page->manner->verbosity == 0) {
			continue;
		}
		page_mark(page, record_mark(record->status));
		page_add(page, TONE_PLAIN, record->id);
		page_to(page, column);
		tell_found(telling, record);
		if (page->manner->verbosity > 0) {
			tell_name(telling, record, column);
		}
	}
}

/** The ids of the records of *status*, in the order of the report. */
static struct str
ids_of(struct telling *telling, enum record_status status)
{
	struct buf to = buf_new(telling->arena);
	const struct report_record *record;
	vec_foreach(record, &telling->report->records) {
		if (record->status == status) {
			buf_adds(&to, to.len > 0 ? ", " : "");
			buf_add(&to, record->id);
		}
	}
	return buf_str(&to);
}

/* The worst first: it is what the reader came for. */
static const enum record_status GROUPS[] = { STATUS_MISSING, STATUS_WRONG,
	STATUS_CONFLICT, STATUS_PROPAGATING, STATUS_UNKNOWN, STATUS_NOT_CHECKED,
	STATUS_OK };

void
text_record_groups(struct telling *telling)
{
	struct page *page = &telling->page;
	for (size_t i = 0; i < sizeof(GROUPS) / sizeof(*GROUPS); i++) {
		const struct str ids = ids_of(telling, GROUPS[i]);
		if (ids.len == 0) {
			continue;
		}
		page_mark(page, record_mark(GROUPS[i]));
		page_wrap(page, page_mark_width(), TONE_PLAIN,
		    str_print(telling->arena, "%s: %.*s",
			status_words(GROUPS[i]), STR_ARG(ids)));
		page_end(page);
	}
}
