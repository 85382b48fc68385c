/* SPDX-License-Identifier: MIT */
/*
 * A page for people who have no terminal: one file that loads nothing, is
 * whole without its script, and prints. Several domains begin with a list;
 * of few domains the reports follow below it.
 */
#include "report/edition.h"
#include "report/format.h"
#include "report/html.h"
#include "report/html_index.h"
#include "report/html_parts.h"
#include "report/report.h"
#include "report/shown.h"
#include "report/words.h"

#include "base/arena.h"
#include "text/escape.h"

#include <assert.h>

enum {
	/* Of more domains only the list is told: it has to stay quick. */
	MOST_REPORTS = 20,
};

/** A page of several domains while they come. */
struct gathering {
	struct arena *arena;
	const struct manner *manner;
	struct index_rows rows;
	struct buf alone; /* the page of the first, as the only one */
};

const char *
mark_class(enum mark mark)
{
	static const char *const classes[] = {
		[MARK_OK] = "ok",
		[MARK_FAIL] = "fail",
		[MARK_WARN] = "warn",
		[MARK_WAIT] = "wait",
		[MARK_UNKNOWN] = "unknown",
		[MARK_NOTE] = "note",
		[MARK_SKIPPED] = "skipped",
	};
	assert((unsigned)mark < sizeof(classes) / sizeof(*classes));
	return classes[mark];
}

void
leaf_mark(struct leaf *leaf, enum mark mark, const char *words)
{
	buf_addf(leaf->to,
	    "<span class=\"mark %s\"><span aria-hidden=\"true\">%s</span> ",
	    mark_class(mark), mark_symbol(mark, leaf->manner->ascii));
	html_text(leaf->to, str_of(words));
	buf_adds(leaf->to, "</span>");
}

void
leaf_section(struct leaf *leaf, struct str heading)
{
	buf_adds(leaf->to, "<section>\n");
	html_heading(leaf->to, leaf->level + 1, heading);
}

void
leaf_table(struct leaf *leaf, const char *class, const char *what)
{
	/* What scrolls must be reached and named without a mouse. */
	buf_addf(leaf->to,
	    "<div class=\"scroll\" role=\"group\" aria-label=\"%s\" "
	    "tabindex=\"0\">\n<table class=\"%s\">\n",
	    what, class);
}

struct str
leaf_value(struct leaf *leaf, enum rrtype type, struct str value)
{
	return shown_value(leaf->arena, leaf->manner->patterns, type, value);
}

struct str
leaf_raw(struct leaf *leaf, struct str raw)
{
	return escape(leaf->arena, leaf->manner->patterns, raw);
}

/** Adds all that is told of one domain. */
static void
tell(struct leaf *leaf)
{
	assert(leaf->level >= 1 && leaf->level <= 2);
	leaf_verdict(leaf);
	leaf_findings(leaf);
	leaf_plan(leaf);
	leaf_issues(leaf);
	leaf_records(leaf);
	leaf_mail(leaf);
	leaf_servers(leaf);
	leaf_end(leaf);
}

static struct leaf
leaf_of(struct gathering *gathering, const struct report *report,
    struct buf *to, unsigned level)
{
	return (struct leaf){
		.report = report,
		.manner = gathering->manner,
		.arena = gathering->arena,
		.to = to,
		.steps = steps_of(gathering->arena, report),
		.level = level,
		.number = gathering->rows.len + 1,
	};
}

static void *
gathering_open(struct arena *arena, const struct manner *manner)
{
	struct gathering *gathering = ARENA_NEW(arena, struct gathering);
	gathering->arena = arena;
	gathering->manner = manner;
	gathering->alone = buf_new(arena);
	return gathering;
}

/*
 * Whether a second domain comes is not known yet, and its report would be
 * another one level further down; so the first is told twice.
 */
static void
add_alone(struct gathering *gathering, const struct report *report)
{
	struct buf *to = &gathering->alone;
	struct leaf leaf = leaf_of(gathering, report, to, 1);
	html_begin(
	    to, str_print(gathering->arena, "%.*s: %s", STR_ARG(report->domain),
		    verdict_words(report->verdict)));
	buf_adds(to, "<main>\n");
	tell(&leaf);
	buf_adds(to, "</main>\n");
	html_end(to);
}

static void
gathering_add(void *state, const struct report *report)
{
	struct gathering *gathering = state;
	struct index_row row = index_row(gathering->arena, report);
	if (gathering->rows.len == 0) {
		add_alone(gathering, report);
	}
	if (gathering->rows.len < MOST_REPORTS) {
		struct buf to = buf_new(gathering->arena);
		struct leaf leaf = leaf_of(gathering, report, &to, 2);
		row.number = leaf.number;
		buf_addf(&to, "<article class=\"report\" id=\"d%zu\">\n",
		    leaf.number);
		tell(&leaf);
		buf_adds(&to, "</article>\n");
		row.page = buf_str(&to);
	}
	vec_push(gathering->arena, &gathering->rows, row);
}

static void
close_list(struct gathering *gathering, struct buf *to)
{
	const bool few = gathering->rows.len <= MOST_REPORTS;
	const struct str title = str_print(
	    gathering->arena, "ivycheck: %zu domains", gathering->rows.len);
	struct index_row *row;
	vec_foreach(row, &gathering->rows) {
		row->number = few ? row->number : 0;
	}
	index_sort(&gathering->rows);
	html_begin(to, title);
	buf_adds(to, "<main>\n");
	html_heading(to, 1, title);
	index_write(to, &gathering->rows);
	vec_foreach(row, &gathering->rows) {
		buf_add(to, few ? row->page : STR(""));
	}
	buf_adds(to, "</main>\n");
	html_end(to);
}

static void
gathering_close(void *state, struct buf *to)
{
	struct gathering *gathering = state;
	if (gathering->rows.len == 1) {
		buf_add(to, buf_str(&gathering->alone));
	} else {
		close_list(gathering, to);
	}
}

const struct gatherer gather_html = {
	.open = gathering_open,
	.add = gathering_add,
	.close = gathering_close,
};

void
render_html(
    const struct report *report, const struct manner *manner, struct buf *to)
{
	gather_one(&gather_html, report, manner, to);
}
