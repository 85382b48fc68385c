/* SPDX-License-Identifier: MIT */
/* The list of domains. */
#include "report/html_index.h"

#include "report/html.h"
#include "report/html_parts.h"
#include "report/words.h"

#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>

/* Worst first: whoever has a thousand domains reads the top of the list. */
static const enum verdict ORDER[] = { VERDICT_ACTION_NEEDED, VERDICT_UNKNOWN,
	VERDICT_PROPAGATING, VERDICT_READY };

static const char *const CLASSES[] = {
	[VERDICT_READY] = "ok",
	[VERDICT_ACTION_NEEDED] = "fail",
	[VERDICT_PROPAGATING] = "wait",
	[VERDICT_UNKNOWN] = "unknown",
};

/** True if a finding before the number *at* has its code. */
static bool
is_told(const struct report *report, size_t at)
{
	const struct report_finding *findings = report->findings.at;
	for (size_t i = 0; i < at; i++) {
		if (str_eq(findings[i].code, findings[at].code)) {
			return true;
		}
	}
	return false;
}

/**
 * The codes of what is wrong, each once: three DKIM records with one fault
 * are one thing to mend. Without notes: a list of thousands is for what has
 * to be done.
 */
static struct str
codes_of(struct arena *arena, const struct report *report)
{
	struct buf to = buf_new(arena);
	buf_adds(&to, "");
	for (size_t i = 0; i < report->findings.len; i++) {
		const struct report_finding *finding = &report->findings.at[i];
		if (finding->severity == SEVERITY_INFO || is_told(report, i)) {
			continue;
		}
		buf_adds(&to, to.len > 0 ? ", " : "");
		buf_add(&to, finding->code);
	}
	return buf_str(&to);
}

/* What was not judged is not counted: it is neither right nor wrong. */
struct index_row
index_row(struct arena *arena, const struct report *report)
{
	struct index_row row = {
		.domain = str_copy(arena, report->domain),
		.verdict = report->verdict,
		.summary = str_copy(arena, report->summary),
		.codes = codes_of(arena, report),
	};
	const struct report_record *record;
	assert(report->domain.len > 0);
	vec_foreach(record, &report->records) {
		row.right += record->status == STATUS_OK;
		row.judged += record->status != STATUS_NOT_CHECKED;
	}
	return row;
}

/** The place of *verdict* in ORDER; also what the script sorts by. */
static int
rank(enum verdict verdict)
{
	int rank = 0;
	assert((unsigned)verdict < sizeof(CLASSES) / sizeof(*CLASSES));
	while (ORDER[rank] != verdict) {
		rank++;
	}
	return rank;
}

static int
compare_rows(const void *a, const void *b)
{
	const struct index_row *left = a;
	const struct index_row *right = b;
	const int order = rank(left->verdict) - rank(right->verdict);
	return order != 0 ? order : str_cmp(left->domain, right->domain);
}

void
index_sort(struct index_rows *rows)
{
	if (rows->len > 0) {
		qsort(rows->at, rows->len, sizeof(*rows->at), compare_rows);
	}
}

/** How many of *rows* have *verdict*. */
static size_t
count(const struct index_rows *rows, enum verdict verdict)
{
	size_t number = 0;
	const struct index_row *row;
	vec_foreach(row, rows) {
		number += row->verdict == verdict;
	}
	return number;
}

/**
 * How many there are of each verdict. Twice: as text for those without the
 * script, and as buttons that filter; the style shows one of them.
 */
static void
add_counts(struct buf *to, const struct index_rows *rows)
{
	buf_adds(to, "<ul class=\"strip counts\">\n");
	for (size_t i = 0; i < sizeof(ORDER) / sizeof(*ORDER); i++) {
		buf_addf(to, "<li><span class=\"mark %s\">%zu %s</span></li>\n",
		    CLASSES[ORDER[i]], count(rows, ORDER[i]),
		    verdict_words(ORDER[i]));
	}
	buf_adds(to, "</ul>\n<div class=\"tools needs-script\">\n");
	for (size_t i = 0; i < sizeof(ORDER) / sizeof(*ORDER); i++) {
		buf_addf(to,
		    "<button type=\"button\" class=\"mark %s\" "
		    "data-verdict=\"%s\" aria-pressed=\"false\">"
		    "%zu %s</button>\n",
		    CLASSES[ORDER[i]], verdict_text(ORDER[i]),
		    count(rows, ORDER[i]), verdict_words(ORDER[i]));
	}
	buf_adds(to, "<label for=\"search\">Find</label>"
		     "<input type=\"search\" id=\"search\" "
		     "placeholder=\"domain or code\">\n"
		     "<span id=\"shown\" class=\"faint\" role=\"status\">"
		     "</span>\n</div>\n");
}

/** One domain; what the script filters by stands in its data. */
static void
add_row(struct buf *to, const struct index_row *row)
{
	buf_addf(to, "<tr data-verdict=\"%s\" data-words=\"",
	    verdict_text(row->verdict));
	html_text(to, row->domain);
	buf_addc(to, ' ');
	html_text(to, row->codes);
	buf_addf(to,
	    "\"><td data-key=\"%d\"><span class=\"mark %s\">%s</span>"
	    "</td><th scope=\"row\">",
	    rank(row->verdict), CLASSES[row->verdict],
	    verdict_words(row->verdict));
	if (row->number > 0) {
		buf_addf(to, "<a href=\"#d%zu\">", row->number);
	}
	html_text(to, row->domain);
	buf_adds(to, row->number > 0 ? "</a>" : "");
	buf_addf(to,
	    "</th><td data-key=\"%zu\">%zu of %zu"
	    "<span class=\"narrow\"> right</span></td><td>",
	    row->right, row->right, row->judged);
	html_text(to, row->summary);
	buf_adds(to, row->codes.len > 0 ? "<br><code class=\"faint\">" : "");
	html_text(to, row->codes);
	buf_adds(to, row->codes.len > 0 ? "</code>" : "");
	buf_adds(to, "</td></tr>\n");
}

void
index_write(struct buf *to, const struct index_rows *rows)
{
	add_counts(to, rows);
	buf_adds(to, "<table class=\"sortable stacked\">\n<thead><tr>"
		     "<th scope=\"col\">Verdict</th>"
		     "<th scope=\"col\">Domain</th>"
		     "<th scope=\"col\">Right</th>"
		     "<th scope=\"col\">Summary</th></tr></thead>\n<tbody>\n");
	const struct index_row *row;
	vec_foreach(row, rows) {
		add_row(to, row);
	}
	buf_adds(to, "</tbody></table>\n");
}
