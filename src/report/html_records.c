/* SPDX-License-Identifier: MIT */
/* A card for each record of the page: what is expected, and what is there. */
#include "report/compare.h"
#include "report/html.h"
#include "report/html_parts.h"
#include "report/words.h"

#include "base/arena.h"

#include <assert.h>

/**
 * What the findings about the record *index* compare: of the first that
 * compares anything, as catalogue order has the cause before remarks.
 */
static struct comparisons
comparisons_for(struct leaf *leaf, size_t index)
{
	struct comparisons all = { 0 };
	const struct report_finding *finding;
	assert(index < leaf->report->records.len);
	vec_foreach(finding, &leaf->report->findings) {
		if (finding->record == (int)index &&
		    finding->severity != SEVERITY_INFO && all.len == 0) {
			all = comparisons_of(leaf->arena,
			    leaf->manner->patterns, leaf->report, finding);
		}
	}
	return all;
}

/** What is told in place of values: an error is no proof of absence. */
static struct str
nothing_words(enum record_status status)
{
	return status == STATUS_UNKNOWN ? STR("not known: DNS gave no answer")
					: STR("nothing");
}

/** The record as it stands: what is expected, and each value found. */
static struct comparisons
plain_pairs(struct leaf *leaf, const struct report_record *record)
{
	struct comparisons all = { 0 };
	if (record->status == STATUS_NOT_CHECKED) {
		return all;
	}
	for (size_t i = 0; i < record->found.len || i == 0; i++) {
		struct comparison pair = {
			.found = record->found.len > 0
				     ? leaf_value(leaf, record->type,
					   record->found.at[i])
				     : nothing_words(record->status),
			.span = { 1, 0 },
		};
		if (i == 0 && record->has_expected &&
		    record->status != STATUS_OK) {
			pair.expected =
			    leaf_value(leaf, record->type, record->expected);
		}
		vec_push(leaf->arena, &all, pair);
	}
	return all;
}

/** What the record is, and how it is. */
static void
add_head(struct leaf *leaf, const struct report_record *record)
{
	struct buf *to = leaf->to;
	html_heading(to, leaf->level + 2, record->id);
	buf_adds(to, "<p>");
	leaf_mark(
	    leaf, record_mark(record->status), status_words(record->status));
	if (!record->blocking) {
		buf_adds(to, " <span class=\"faint\">does not block "
			     "verification</span>");
	}
	buf_adds(to, "</p>\n");
	if (record->name.len > 0) {
		buf_adds(to, "<p><code>");
		html_text(to, rrtype_text(leaf->arena, record->type));
		buf_addc(to, ' ');
		html_text(to, record->name);
		buf_adds(to, "</code></p>\n");
	}
}

/** What may be needed of it in a panel. */
static void
add_buttons(struct leaf *leaf, const struct report_record *record)
{
	struct buf *to = leaf->to;
	if (record->name.len == 0) {
		return;
	}
	buf_adds(to, "<p class=\"needs-script buttons\">");
	html_copy(to, "host", record->host);
	if (record->has_expected) {
		buf_addc(to, ' ');
		html_copy(to, "expected value",
		    leaf_value(leaf, record->type, record->expected));
	}
	buf_adds(to, "</p>\n");
}

/**
 * What a finding compares is shown with its marks; without one the record is
 * shown as it stands, right ones too: people want to see what was checked.
 */
static void
add_card(struct leaf *leaf, size_t index)
{
	const struct report_record *record = &leaf->report->records.at[index];
	struct comparisons all = comparisons_for(leaf, index);
	struct buf *to = leaf->to;
	assert(index < leaf->report->records.len);
	if (all.len == 0) {
		all = plain_pairs(leaf, record);
	}
	buf_addf(to, "<article class=\"card\" id=\"d%zu-r%zu\">\n",
	    leaf->number, index);
	add_head(leaf, record);
	leaf_pairs(leaf, &all);
	add_buttons(leaf, record);
	buf_adds(to, "</article>\n");
}

void
leaf_records(struct leaf *leaf)
{
	leaf_section(leaf, STR("The records"));
	buf_adds(leaf->to, "<div class=\"cards\">\n");
	for (size_t i = 0; i < leaf->report->records.len; i++) {
		add_card(leaf, i);
	}
	buf_adds(leaf->to, "</div>\n</section>\n");
}
