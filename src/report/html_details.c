/* SPDX-License-Identifier: MIT */
/* What was learned of mail, and the end of the page. */
#include "report/html.h"
#include "report/html_parts.h"
#include "report/words.h"

#include "base/arena.h"
#include "base/clock.h"

#include <assert.h>

enum {
	TREE_DEPTH = 32,   /* SPF stops at 10 lookups, long before this */
	MOST_LOOKUPS = 10, /* RFC 7208 4.6.4 */
	NEAR_LOOKUPS = 9,
};

/**
 * A box for each lookup that is allowed, and for those beyond. Colour is never
 * alone: the number stands above, and what is beyond the limit stands apart.
 * More than 40 boxes would tell nothing new.
 */
static void
add_gauge(struct leaf *leaf, unsigned lookups)
{
	struct buf *to = leaf->to;
	const unsigned boxes = lookups > MOST_LOOKUPS ? lookups : MOST_LOOKUPS;
	const char *state = lookups > MOST_LOOKUPS    ? "fail"
			    : lookups >= NEAR_LOOKUPS ? "warn"
						      : "ok";
	buf_addf(to,
	    "<div class=\"gauge is-%s\" role=\"img\" "
	    "aria-label=\"%u of %d lookups used\">",
	    state, lookups, MOST_LOOKUPS);
	for (unsigned i = 0; i < boxes && i < 4 * MOST_LOOKUPS; i++) {
		buf_adds(to, i < lookups ? "<i class=\"on\"></i>" : "<i></i>");
	}
	buf_adds(to, "</div>\n");
}

/**
 * The terms of a record, and below an include those of its own. A list in a
 * list: screen readers count the levels, and without the style it is still a
 * tree.
 */
static void
add_node(struct leaf *leaf, const struct report_spf_node *node, unsigned depth)
{
	struct buf *to = leaf->to;
	assert(depth < TREE_DEPTH);
	buf_adds(to, depth == 0 ? "<ul class=\"tree\">\n" : "<ul>\n");
	const struct report_spf_term *term;
	vec_foreach(term, &node->terms) {
		buf_adds(to, "<li>");
		html_text(to, leaf_raw(leaf, term->text));
		if (term->lookups > 0) {
			buf_addf(to,
			    " <span class=\"faint\">%u lookup%s</span>",
			    term->lookups, term->lookups == 1 ? "" : "s");
		}
		if (term->tree) {
			buf_addc(to, '\n');
			add_node(leaf, term->tree, depth + 1);
		}
		buf_adds(to, "</li>\n");
	}
	buf_adds(to, "</ul>\n");
}

static void
add_spf(struct leaf *leaf)
{
	const struct report_spf *spf = &leaf->report->spf;
	struct buf *to = leaf->to;
	leaf_section(leaf, STR("SPF, with all it includes"));
	buf_adds(to, "<p><code>");
	html_text(to, leaf_raw(leaf, spf->record));
	buf_addf(to,
	    "</code></p>\n<p>%u of %d lookups, %u of 2 that find nothing</p>\n",
	    spf->lookups, MOST_LOOKUPS, spf->void_lookups);
	add_gauge(leaf, spf->lookups);
	if (spf->tree) {
		add_node(leaf, spf->tree, 0);
	}
	buf_adds(to, "</section>\n");
}

static void
add_dmarc(struct leaf *leaf)
{
	const struct report_dmarc *dmarc = &leaf->report->dmarc;
	struct buf *to = leaf->to;
	leaf_section(leaf, STR("DMARC"));
	buf_adds(to, "<p><code>");
	html_text(to, leaf_raw(leaf, dmarc->record));
	buf_adds(to, "</code></p>\n<dl class=\"fields\">\n<div><dt>at</dt>"
		     "<dd class=\"value\">");
	html_text(to, dmarc->found_at);
	buf_adds(to, "</dd></div>\n");
	const struct report_pair *pair;
	vec_foreach(pair, &dmarc->policy) {
		buf_addf(to, "<div><dt>%s</dt><dd class=\"value\">", pair->key);
		html_text(to, leaf_raw(leaf, pair->value));
		buf_adds(to, "</dd></div>\n");
	}
	buf_adds(to, "</dl>\n");
	const struct str *note;
	vec_foreach(note, &dmarc->notes) {
		html_element(to, "p", "faint", *note);
	}
	buf_adds(to, "</section>\n");
}

void
leaf_mail(struct leaf *leaf)
{
	if (leaf->report->spf.has_record) {
		add_spf(leaf);
	}
	if (leaf->report->dmarc.has_record) {
		add_dmarc(leaf);
	}
}

/** What was not looked at, and how it could be. */
static void
add_left_out(struct leaf *leaf)
{
	const struct left_outs all = left_outs_of(leaf->arena, leaf->report);
	const struct left_out *item;
	struct buf *to = leaf->to;
	if (all.len == 0) {
		return;
	}
	leaf_section(leaf, STR("Not checked"));
	buf_adds(to, "<ul>\n");
	vec_foreach(item, &all) {
		buf_adds(to, "<li>");
		html_text(to, item->what);
		buf_adds(to, ": ");
		html_text(to, item->why);
		if (item->option.len > 0) {
			buf_adds(to, " (<code>");
			html_text(to, item->option);
			buf_adds(to, "</code>)");
		}
		buf_adds(to, "</li>\n");
	}
	buf_adds(to, "</ul>\n</section>\n");
}

/** One answer, and who gave it. */
static void
add_seen(struct leaf *leaf, const struct evidence *seen)
{
	struct buf *to = leaf->to;
	const bool named = seen->server.addr.family != ADDR_NONE;
	buf_adds(to, "<tr><td>");
	html_text(to, named ? server_addr_text(leaf->arena, seen->server)
			    : STR("what was asked"));
	buf_adds(to, "</td><td>");
	html_text(to, rrtype_text(leaf->arena, seen->type));
	buf_adds(to, "</td><td><code>");
	html_text(to, name_text(leaf->arena, seen->name));
	buf_adds(to, "</code></td><td><code>");
	html_text(to, seen->value.len > 0
			  ? leaf_value(leaf, seen->type, seen->value)
			  : STR("nothing"));
	buf_adds(to, "</code></td></tr>\n");
}

/** Folded: it is for the one who doubts, or who has to convince a host. */
static void
add_evidence(struct leaf *leaf)
{
	struct buf *to = leaf->to;
	buf_adds(to, "<details>\n<summary>Evidence</summary>\n"
		     "<table class=\"stacked evidence\">\n<thead><tr>"
		     "<th scope=\"col\">Server</th><th scope=\"col\">Type</th>"
		     "<th scope=\"col\">Name</th><th scope=\"col\">Answer</th>"
		     "</tr></thead>\n<tbody>\n");
	const struct report_finding *finding;
	vec_foreach(finding, &leaf->report->findings) {
		const struct evidence *seen;
		vec_foreach(seen, &finding->finding->evidence) {
			add_seen(leaf, seen);
		}
	}
	buf_adds(to, "</tbody></table>\n</details>\n");
}

void
leaf_end(struct leaf *leaf)
{
	const struct report *report = leaf->report;
	struct buf *to = leaf->to;
	add_left_out(leaf);
	if (report->findings.len > 0) {
		add_evidence(leaf);
	}
	buf_adds(to, "<footer>\n");
	if (report->next_command.len > 0) {
		buf_adds(to, "<p>Next: <code>");
		html_text(to, report->next_command);
		buf_adds(to, "</code> ");
		html_copy(to, "command", report->next_command);
		buf_adds(to, "</p>\n");
	}
	const struct str time =
	    clock_rfc3339(leaf->arena, report->generated_at);
	html_element(to, "p", NULL,
	    str_print(leaf->arena,
		"ivycheck %.*s, %.*s, %llu questions in %llu ms",
		STR_ARG(report->version), STR_ARG(time),
		(unsigned long long)report->counts.sent,
		(unsigned long long)report->elapsed_ms));
	buf_adds(to, "</footer>\n");
}
