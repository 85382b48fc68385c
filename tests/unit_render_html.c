/* SPDX-License-Identifier: MIT */
/* The page: what stands in it, and what DNS cannot put there. */
#include "base/arena.h"
#include "base/buf.h"
#include "golden.h"
#include "report/edition.h"
#include "report/format.h"
#include "report/html.h"
#include "report_samples.h"
#include "text/patterns.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static struct arena *arena;
static struct manner manner;

static void
setup(void)
{
	arena = arena_new();
	manner = (struct manner){ .patterns = patterns_new(), .width = 80 };
}

static void
teardown(void)
{
	patterns_free(&manner.patterns);
	arena_free(&arena);
}

TestSuite(render_html, .init = setup, .fini = teardown);

static struct str
rendered(const struct report *report)
{
	struct buf to = buf_new(arena);
	render_html(report, &manner, &to);
	return buf_str(&to);
}

static size_t
count(struct str text, const char *part)
{
	size_t found = 0;
	ptrdiff_t at;
	while ((at = str_find(text, str_of(part))) >= 0) {
		found++;
		text = str_from(text, (size_t)at + 1);
	}
	return found;
}

/** What stands in *text* between its style and its script. */
static struct str
body_of(struct str text)
{
	const ptrdiff_t from = str_find(text, STR("<body>"));
	const ptrdiff_t to = str_find(text, STR("<script>"));
	cr_assert(from > 0 && to > from);
	return str_slice(text, (size_t)from, (size_t)to);
}

Test(render_html, text_is_nothing_but_text)
{
	struct buf to = buf_new(arena);
	html_text(&to, STR("a<b>&\"c\"'d'`e`=\xc3\xa9"));
	cr_expect(eq(str, to.at,
	    (char *)"a&lt;b&gt;&amp;&quot;c&quot;&#39;d&#39;&#96;e&#96;="
		    "\xc3\xa9"));
}

Test(render_html, nothing_is_loaded_from_elsewhere)
{
	for (const struct sample *s = SAMPLES; s->name; s++) {
		const struct str text = rendered(s->make(arena));
		static const char *const parts[] = { " src=", "<link",
			"@import", "url(", "<iframe", "<img", "http://" };
		for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
			cr_expect(eq(sz, count(body_of(text), parts[i]), 0),
			    "%s in %s", parts[i], s->name);
		}
	}
}

Test(render_html, no_value_becomes_an_element)
{
	const struct str text = rendered(sample_hostile(arena));
	cr_expect(eq(sz, count(text, "<script"), 1));
	cr_expect(eq(sz, count(text, "<!--"), 0));
	cr_expect(eq(sz, count(text, "&lt;script&gt;alert(1)") > 3, 1));
	/* Only what the report itself folds ends there. */
	cr_expect(eq(sz, count(text, "<details"), count(text, "</details>")));
}

Test(render_html, what_is_opened_is_closed)
{
	static const char *const tags[] = { "section", "article", "ul", "ol",
		"li", "dl", "dd", "table", "tr", "td", "p", "span", "code",
		"button", "header", "footer", "main", "mark" };
	for (const struct sample *s = SAMPLES; s->name; s++) {
		const struct str body = body_of(rendered(s->make(arena)));
		for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++) {
			const size_t open =
			    count(body, str_print(arena, "<%s>", tags[i]).at) +
			    count(body, str_print(arena, "<%s ", tags[i]).at);
			const size_t end =
			    count(body, str_print(arena, "</%s>", tags[i]).at);
			cr_expect(
			    eq(sz, open, end), "%s: %s", s->name, tags[i]);
		}
	}
}

/** A page of *domains* domains. */
static struct str
fleet(size_t domains)
{
	struct buf to = buf_new(arena);
	struct edition *edition = edition_open(arena, FORMAT_HTML, &manner);
	for (size_t i = 0; i < domains; i++) {
		struct report *report = SAMPLES[i % 4].make(arena);
		report->domain =
		    str_print(arena, "%s-%zu.example", SAMPLES[i % 4].name, i);
		edition_add(edition, report, &to);
	}
	edition_close(edition, &to);
	return buf_str(&to);
}

Test(render_html, several_domains_are_listed_worst_first)
{
	const struct str text = fleet(4);
	const char *const order[] = { "action-1.example", "unknown-3.example",
		"propagating-2.example", "ready-0.example" };
	ptrdiff_t last = 0;
	for (size_t i = 0; i < 4; i++) {
		const ptrdiff_t at = str_find(text, str_of(order[i]));
		cr_expect(gt(i64, at, last), "%s", order[i]);
		last = at;
	}
	cr_expect(eq(sz, count(text, "class=\"report\""), 4));
}

Test(render_html, of_many_domains_only_the_list_is_told)
{
	const struct str text = fleet(60);
	cr_expect(eq(sz, count(text, "<tr data-verdict="), 60));
	cr_expect(eq(sz, count(text, "class=\"report\""), 0));
	cr_expect(eq(sz, count(text, "href=\"#d"), 0));
}

Test(render_html, recorded)
{
	for (const struct sample *s = SAMPLES; s->name; s++) {
		expect_golden(s->name, "html", rendered(s->make(arena)));
	}
	expect_golden("several", "html", fleet(5));
}
