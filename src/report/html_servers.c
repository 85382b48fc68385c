/* SPDX-License-Identifier: MIT */
/*
 * What each server answers, and how long caches keep it (RFC 1035 3.2.1,
 * RFC 2308 5): where a change is visible, and when it will be.
 */
#include "report/html.h"
#include "report/html_parts.h"
#include "report/words.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/vec.h"

#include <assert.h>

/**
 * The mark of what *view* answers for *record*. A resolver that still has
 * what was there before is not at fault: time mends that.
 */
static enum mark
answer_mark(const struct report_view *view, const char *answer,
    const struct report_record *record)
{
	const struct str word = str_of(answer);
	if (str_eq(word, STR("ok"))) {
		return MARK_OK;
	}
	if (str_eq(word, STR("failed"))) {
		return MARK_UNKNOWN;
	}
	return !view->authoritative && record->status == STATUS_PROPAGATING
		   ? MARK_WAIT
		   : MARK_FAIL;
}

static void
add_view(struct leaf *leaf, const struct report_view *view)
{
	struct buf *to = leaf->to;
	buf_adds(to, "<tr><th scope=\"row\">");
	html_text(to, view->server);
	buf_addf(to, "<br><span class=\"faint\">%s</span></th>",
	    view->authoritative ? "the zone's own" : "resolver");
	for (size_t i = 0; i < leaf->report->records.len; i++) {
		buf_adds(to, "<td>");
		if (view->answers[i]) {
			leaf_mark(leaf,
			    answer_mark(view, view->answers[i],
				&leaf->report->records.at[i]),
			    view->answers[i]);
		} else {
			buf_adds(to, "<span class=\"faint\">not asked</span>");
		}
		buf_adds(to, "</td>");
	}
	buf_adds(to, "</tr>\n");
}

/**
 * Servers by records. With many records it is wider than a phone: then the
 * table scrolls by itself and the server's name stays, instead of the page
 * running off.
 */
static void
add_matrix(struct leaf *leaf)
{
	const struct report *report = leaf->report;
	struct buf *to = leaf->to;
	leaf_section(leaf, STR("What each server answers"));
	leaf_table(leaf, "matrix", "What each server answers");
	buf_adds(to, "<thead><tr><th scope=\"col\">Server</th>");
	const struct report_record *record;
	vec_foreach(record, &report->records) {
		buf_adds(to, "<th scope=\"col\">");
		html_text(to, record->id);
		buf_adds(to, "</th>");
	}
	buf_adds(to, "</tr></thead>\n<tbody>\n");
	const struct report_view *view;
	vec_foreach(view, &report->views) {
		add_view(leaf, view);
	}
	buf_adds(to, "</tbody></table>\n</div>\n</section>\n");
}

/** What expires at the same time. */
struct expiry {
	int64_t seconds; /* from the time of the report on */
	struct str what; /* "spf, dkim-1" */
};

struct expiries VEC(struct expiry);

/**
 * Adds *what* to *all*, the soonest first. TTLs are mostly alike: what expires
 * at the same second is one line, not eight equal bars. There are a dozen at
 * most, so they are sorted by hand.
 */
static void
add_expiry(
    struct leaf *leaf, struct expiries *all, int64_t seconds, struct str what)
{
	size_t at = 0;
	assert(seconds >= 0);
	while (at < all->len && all->at[at].seconds < seconds) {
		at++;
	}
	if (at < all->len && all->at[at].seconds == seconds) {
		all->at[at].what = str_print(leaf->arena, "%.*s, %.*s",
		    STR_ARG(all->at[at].what), STR_ARG(what));
		return;
	}
	vec_push(leaf->arena, all, (struct expiry){ 0 });
	for (size_t i = all->len - 1; i > at; i--) {
		all->at[i] = all->at[i - 1];
	}
	all->at[at] = (struct expiry){ .seconds = seconds, .what = what };
}

/** All that is known to expire. */
static struct expiries
expiries_of(struct leaf *leaf)
{
	const struct report *report = leaf->report;
	const struct report_record *record;
	struct expiries all = { 0 };
	vec_foreach(record, &report->records) {
		if (record->ttl >= 0) {
			add_expiry(leaf, &all, record->ttl, record->id);
		}
	}
	/* RFC 2308: that a name or record is missing is remembered too. */
	if (report->zone.negative_ttl >= 0) {
		add_expiry(leaf, &all, report->zone.negative_ttl,
		    STR("that a record is missing"));
	}
	if (report->visible_by > report->generated_at) {
		add_expiry(leaf, &all,
		    report->visible_by - report->generated_at,
		    STR("all is visible everywhere"));
	}
	return all;
}

/** A bar as long as the time it stands for; the last one fills the line. */
static void
add_time(struct leaf *leaf, const struct expiry *expiry, int64_t longest)
{
	struct buf *to = leaf->to;
	const int64_t end = leaf->report->generated_at + expiry->seconds;
	const struct str in = duration_words(leaf->arena, expiry->seconds);
	const struct str clock = clock_rfc3339(leaf->arena, end);
	assert(expiry->seconds <= longest);
	const int share = (int)(expiry->seconds * 100 / longest);
	buf_adds(to, "<li><span>");
	html_text(to, expiry->what);
	buf_addf(to,
	    "</span><span class=\"bar-cell\"><span class=\"bar\" "
	    "style=\"--share:%d%%\"></span></span><span>%.*s "
	    "<span class=\"faint\">%.*s</span></span></li>\n",
	    share, STR_ARG(in), STR_ARG(str_slice(clock, 11, 16)));
}

/** What expires when: until then caches may tell what was there before. */
static void
add_times(struct leaf *leaf)
{
	const struct expiries all = expiries_of(leaf);
	const struct expiry *expiry;
	struct buf *to = leaf->to;
	if (all.len == 0) {
		return;
	}
	const struct str start =
	    time_words(leaf->arena, leaf->report->generated_at);
	const int64_t longest = all.at[all.len - 1].seconds;
	leaf_section(leaf, STR("What expires when"));
	html_element(to, "p", "faint",
	    str_print(leaf->arena,
		"Whoever asked at %.*s may remember the answer until the "
		"time at the end of the line. A change is seen everywhere "
		"after that.",
		STR_ARG(start)));
	buf_adds(to, "<ul class=\"times\">\n");
	vec_foreach(expiry, &all) {
		add_time(leaf, expiry, longest > 0 ? longest : 1);
	}
	buf_adds(to, "</ul>\n</section>\n");
}

void
leaf_servers(struct leaf *leaf)
{
	if (leaf->report->views.len > 0) {
		add_matrix(leaf);
	}
	add_times(leaf);
}
