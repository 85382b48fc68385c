/* SPDX-License-Identifier: MIT */
/* The output for Prometheus. */
#include "base/arena.h"
#include "base/buf.h"
#include "golden.h"
#include "report/edition.h"
#include "report/format.h"
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

TestSuite(render_prometheus, .init = setup, .fini = teardown);

/** All samples but the hostile one, each as a domain of its own, twice. */
static struct str
fleet(void)
{
	struct buf to = buf_new(arena);
	struct edition *edition =
	    edition_open(arena, FORMAT_PROMETHEUS, &manner);
	for (int round = 0; round < 2; round++) {
		for (const struct sample *s = SAMPLES; s->name; s++) {
			struct report *report = s->make(arena);
			report->domain =
			    str_print(arena, "%s.example", s->name);
			edition_add(edition, report, &to);
		}
	}
	cr_expect(eq(sz, to.len, 0));
	edition_close(edition, &to);
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

Test(render_prometheus, every_metric_is_explained_once)
{
	const struct str text = fleet();
	struct str rest = text;
	struct str line;
	while (str_split(&rest, '\n', &line)) {
		if (str_starts(line, STR("# "))) {
			cr_expect(eq(sz, count(text, str_z(arena, line)), 1),
			    "%.*s", STR_ARG(line));
		}
	}
	cr_expect(eq(sz, count(text, "# TYPE "), count(text, "# HELP ")));
}

Test(render_prometheus, no_sample_stands_twice)
{
	const struct str text = fleet();
	struct str rest = text;
	struct str line;
	while (str_split(&rest, '\n', &line)) {
		const ptrdiff_t end = str_index(line, '}');
		if (end < 0) {
			continue;
		}
		const struct str name = str_slice(line, 0, (size_t)end);
		cr_expect(eq(sz, count(text, str_z(arena, name)), 1), "%.*s",
		    STR_ARG(line));
	}
}

Test(render_prometheus, labels_hold_nothing_from_dns)
{
	struct buf to = buf_new(arena);
	render_prometheus(sample_hostile(arena), &manner, &to);
	cr_expect(eq(sz, count(buf_str(&to), "DMARC1"), 0));
	cr_expect(eq(sz, count(buf_str(&to), "script"), 0));
}

Test(render_prometheus, what_would_end_a_label_is_escaped)
{
	struct buf to = buf_new(arena);
	struct report *report = sample_ready(arena);
	report->domain = STR("a\"b\\092c.example");
	render_prometheus(report, &manner, &to);
	cr_expect(gt(
	    sz, count(buf_str(&to), "domain=\"a\\\"b\\\\092c.example\""), 0));
}

Test(render_prometheus, many_domains_are_told_each_once)
{
	struct buf to = buf_new(arena);
	struct edition *edition =
	    edition_open(arena, FORMAT_PROMETHEUS, &manner);
	struct report *report = sample_base(arena);
	for (int i = 0; i < 3000; i++) {
		report->domain = str_print(arena, "d%d.example", i % 1000);
		edition_add(edition, report, &to);
	}
	edition_close(edition, &to);
	cr_expect(eq(sz, count(buf_str(&to), "status=\"ready\"} 1"), 1000));
}

Test(render_prometheus, recorded)
{
	expect_golden("several", "prom", fleet());
}
