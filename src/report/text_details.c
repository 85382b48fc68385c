/* SPDX-License-Identifier: MIT */
/* What the terminal report adds with -v: who was asked, and what was said. */
#include "report/text_parts.h"
#include "report/words.h"

#include "base/arena.h"
#include "base/buf.h"

#include <assert.h>

enum {
	TREE_DEPTH = 32, /* SPF stops at 10 lookups, long before this */
	CELL = 9,        /* columns of one server in the matrix */
};

/* Told without -v too: what was left out may hide what is searched for. */
void
text_not_checked(struct telling *telling)
{
	struct page *page = &telling->page;
	const struct left_outs all =
	    left_outs_of(telling->arena, telling->report);
	const struct left_out *item;
	if (all.len == 0) {
		return;
	}
	text_heading(telling, STR("Not checked"));
	vec_foreach(item, &all) {
		page_mark(page, MARK_SKIPPED);
		page_wrap(page, page_mark_width(), TONE_PLAIN,
		    str_print(telling->arena, "%.*s: %.*s%s%.*s%s",
			STR_ARG(item->what), STR_ARG(item->why),
			item->option.len > 0 ? " (" : "", STR_ARG(item->option),
			item->option.len > 0 ? ")" : ""));
		page_end(page);
	}
}

/** Which server lags behind is seen by comparing these lines. */
static void
tell_servers(struct telling *telling)
{
	const struct report_server *server;
	vec_foreach(server, &telling->report->zone.nameservers) {
		struct buf line = buf_new(telling->arena);
		const struct str *address;
		buf_add(&line, server->name);
		vec_foreach(address, &server->addresses) {
			buf_addc(&line, ' ');
			buf_add(&line, *address);
		}
		buf_adds(&line, ": ");
		buf_add(&line, server->state);
		text_field(telling, "server", buf_str(&line));
	}
}

/** The zone, its host and its servers. */
static void
tell_zone(struct telling *telling)
{
	static const char *const serials[] = {
		[MAYBE_NULL] = "not compared",
		[MAYBE_FALSE] = "differ",
		[MAYBE_TRUE] = "agree",
	};
	const struct report_zone *zone = &telling->report->zone;
	text_heading(telling, STR("Zone"));
	text_field(telling, "apex",
	    zone->apex.len > 0 ? zone->apex : STR("not known"));
	if (zone->provider_name.len > 0) {
		text_field(telling, "host",
		    str_print(telling->arena, "%.*s (%s)",
			STR_ARG(zone->provider_name),
			zone->provider_certain ? "certain" : "probable"));
	}
	tell_servers(telling);
	text_field(telling, "serials", str_of(serials[zone->serials_agree]));
	text_field(telling, "DNSSEC", str_of(zone->dnssec));
	if (zone->negative_ttl >= 0) {
		text_field(telling, "a \"no\"",
		    str_print(telling->arena, "is kept for %lld seconds",
			(long long)zone->negative_ttl));
	}
}

static void tell_node(struct telling *telling,
    const struct report_spf_node *node, struct str before, unsigned depth);

/**
 * One term, and what it includes. *before* is what the levels above draw in
 * front of this one: a trunk where they go on, blanks where they have ended.
 */
static void
tell_term(struct telling *telling, const struct report_spf_term *term,
    struct str before, bool last, unsigned depth)
{
	struct page *page = &telling->page;
	const bool ascii = page->manner->ascii;
	const char *branch = ascii ? (last ? "`- " : "|- ")
				   : (last ? "\xe2\x94\x94\xe2\x94\x80 "
					   : "\xe2\x94\x9c\xe2\x94\x80 ");
	const char *trunk = ascii ? "|  " : "\xe2\x94\x82  ";
	page_to(page, TEXT_INDENT);
	page_add(page, TONE_FAINT, before);
	page_adds(page, TONE_FAINT, branch);
	page_add(page, TONE_PLAIN, text_raw(telling, term->text));
	if (term->lookups > 0) {
		page_add(page, TONE_FAINT,
		    str_print(telling->arena, "  (%u lookup%s)", term->lookups,
			term->lookups == 1 ? "" : "s"));
	}
	page_end(page);
	if (term->tree) {
		const struct str further = str_print(telling->arena, "%.*s%s",
		    STR_ARG(before), last ? "   " : trunk);
		tell_node(telling, term->tree, further, depth + 1);
	}
}

static void
tell_node(struct telling *telling, const struct report_spf_node *node,
    struct str before, unsigned depth)
{
	assert(depth < TREE_DEPTH);
	for (size_t i = 0; i < node->terms.len; i++) {
		tell_term(telling, &node->terms.at[i], before,
		    i + 1 == node->terms.len, depth);
	}
}

/**
 * The record and all it includes. The heading has both limits (RFC 7208
 * 4.6.4): who is near one must know it before adding the next service.
 */
static void
tell_spf(struct telling *telling)
{
	const struct report_spf *spf = &telling->report->spf;
	if (!spf->has_record) {
		return;
	}
	text_heading(
	    telling, str_print(telling->arena,
			 "SPF: %u of 10 lookups, %u of 2 that find nothing",
			 spf->lookups, spf->void_lookups));
	page_to(&telling->page, TEXT_INDENT);
	page_add(&telling->page, TONE_PLAIN, text_raw(telling, spf->record));
	page_end(&telling->page);
	if (spf->tree) {
		tell_node(telling, spf->tree, (struct str){ 0 }, 0);
	}
}

/** The record may be that of a domain further up, so its name is told. */
static void
tell_dmarc(struct telling *telling)
{
	const struct report_dmarc *dmarc = &telling->report->dmarc;
	if (!dmarc->has_record) {
		return;
	}
	text_heading(
	    telling, str_print(telling->arena, "DMARC: the record at %.*s",
			 STR_ARG(dmarc->found_at)));
	const struct report_pair *pair;
	vec_foreach(pair, &dmarc->policy) {
		text_field(telling, pair->key, text_raw(telling, pair->value));
	}
	const struct str *note;
	vec_foreach(note, &dmarc->notes) {
		page_wrap(&telling->page, TEXT_INDENT, TONE_PLAIN, *note);
		page_end(&telling->page);
	}
}

/**
 * The matrix for the servers from *first* to *end*: records down, servers
 * across, by number, since addresses of IPv6 are wider than any column.
 */
static void
tell_matrix(struct telling *telling, size_t first, size_t end, size_t column)
{
	const struct report *report = telling->report;
	struct page *page = &telling->page;
	assert(first < end && end <= report->views.len);
	for (size_t k = first; k < end; k++) {
		page_to(page, column + (k - first) * CELL);
		page_add(
		    page, TONE_FAINT, str_print(telling->arena, "%zu", k + 1));
	}
	page_end(page);
	for (size_t i = 0; i < report->records.len; i++) {
		page_to(page, TEXT_INDENT);
		page_add(page, TONE_PLAIN, report->records.at[i].id);
		for (size_t k = first; k < end; k++) {
			const char *answer = report->views.at[k].answers[i];
			page_to(page, column + (k - first) * CELL);
			page_adds(page, TONE_PLAIN, answer ? answer : "-");
		}
		page_end(page);
	}
}

/** The matrix in as many parts as the width asks for. */
static void
tell_views(struct telling *telling)
{
	const struct report *report = telling->report;
	const size_t column = TEXT_INDENT + 15;
	const size_t fits = (telling->page.manner->width - column) / CELL;
	if (report->views.len == 0) {
		return;
	}
	text_heading(telling, STR("What each server answers"));
	for (size_t i = 0; i < report->views.len; i++) {
		const struct report_view *view = &report->views.at[i];
		text_field(telling, str_print(telling->arena, "%zu", i + 1).at,
		    str_print(telling->arena, "%.*s (%s)",
			STR_ARG(view->server),
			view->authoritative ? "the zone's own" : "resolver"));
	}
	for (size_t i = 0; i < report->views.len; i += fits) {
		const size_t end = i + fits;
		tell_matrix(telling, i,
		    end < report->views.len ? end : report->views.len, column);
	}
}

/** One question as it went. */
static void
tell_question(struct telling *telling, const struct report_query *query)
{
	struct page *page = &telling->page;
	page_to(page, TEXT_INDENT);
	page_add(page, TONE_PLAIN, query->question);
	if (query->server.len > 0) {
		page_adds(page, TONE_FAINT, " @");
		page_add(page, TONE_FAINT, query->server);
	}
	page_adds(page, TONE_PLAIN, ": ");
	page_adds(page, TONE_PLAIN, query->outcome);
	if (query->ttl >= 0) {
		page_add(page, TONE_FAINT,
		    str_print(
			telling->arena, " (%lld s)", (long long)query->ttl));
	}
	page_end(page);
	const struct str *value;
	vec_foreach(value, &query->values) {
		page_to(page, TEXT_INDENT + 2);
		page_add(page, TONE_PLAIN, text_raw(telling, *value));
		page_end(page);
	}
}

/** How much was asked; each question itself only with -vv. */
static void
tell_questions(struct telling *telling)
{
	const struct report *report = telling->report;
	text_heading(telling,
	    str_print(telling->arena,
		"Questions: %llu sent, %llu answered, %llu again, %llu by "
		"TCP, %llu from memory, %llu ms",
		(unsigned long long)report->counts.sent,
		(unsigned long long)report->counts.answered,
		(unsigned long long)report->counts.retried,
		(unsigned long long)report->counts.tcp,
		(unsigned long long)report->counts.cached,
		(unsigned long long)report->elapsed_ms));
	if (telling->page.manner->verbosity < 2) {
		return;
	}
	const struct report_query *query;
	vec_foreach(query, &report->asked) {
		tell_question(telling, query);
	}
}

void
text_details(struct telling *telling)
{
	if (telling->page.manner->verbosity < 1) {
		return;
	}
	tell_zone(telling);
	tell_spf(telling);
	tell_dmarc(telling);
	tell_views(telling);
	tell_questions(telling);
}
