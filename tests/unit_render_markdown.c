/* SPDX-License-Identifier: MIT */
/* The report for tickets, and what DNS cannot do to it. */
#include "base/arena.h"
#include "base/buf.h"
#include "golden.h"
#include "report/format.h"
#include "report/markdown.h"
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

TestSuite(render_markdown, .init = setup, .fini = teardown);

static struct str
rendered(const struct report *report)
{
	struct buf to = buf_new(arena);
	buf_adds(&to, "");
	render_markdown(report, &manner, &to);
	return buf_str(&to);
}

static void
expect_code(const char *value, const char *want)
{
	struct buf to = buf_new(arena);
	markdown_code(&to, str_of(value));
	cr_expect(eq(str, to.at, (char *)want));
}

Test(render_markdown, code_spans_are_longer_than_what_is_in_them)
{
	expect_code("v=spf1 ~all", "`v=spf1 ~all`");
	expect_code("a`b", "``a`b``");
	expect_code("`", "`` ` ``");
	expect_code("a``", "``` a`` ```");
	expect_code(" a ", "`  a  `");
	expect_code("a|b", "`a\\124b`");
}

Test(render_markdown, our_text_means_nothing_else)
{
	struct buf to = buf_new(arena);
	markdown_text(&to, STR("_dmarc.a <b> [c](d) *e* | `f` & #1"));
	cr_expect(eq(str, to.at,
	    (char *)"\\_dmarc.a \\<b\\> \\[c\\](d) \\*e\\* \\| \\`f\\` \\& "
		    "\\#1"));
}

Test(render_markdown, a_block_ends_only_at_its_own_fence)
{
	struct buf to = buf_new(arena);
	markdown_block(&to, STR("a\n````\nb"));
	cr_expect(eq(str, to.at, (char *)"`````text\na\n````\nb\n`````\n"));
}

/** How many cells the row *line* has. */
static size_t
cells(struct str line)
{
	size_t bars = 0;
	for (size_t i = 0; i < line.len; i++) {
		bars += line.at[i] == '|' && (i == 0 || line.at[i - 1] != '\\');
	}
	return bars - 1;
}

Test(render_markdown, no_value_adds_a_cell_to_a_table)
{
	struct str rest = rendered(sample_hostile(arena));
	struct str line;
	size_t columns = 0;
	while (str_split(&rest, '\n', &line)) {
		if (!str_starts(line, STR("|"))) {
			columns = 0;
			continue;
		}
		columns = columns > 0 ? columns : cells(line);
		cr_expect(eq(sz, cells(line), columns), "%.*s", STR_ARG(line));
	}
}

Test(render_markdown, quiet_is_silent_when_ready)
{
	manner.quiet = true;
	cr_expect(eq(sz, rendered(sample_ready(arena)).len, 0));
	cr_expect(gt(sz, rendered(sample_action(arena)).len, 0));
}

Test(render_markdown, recorded)
{
	for (const struct sample *sample = SAMPLES; sample->name; sample++) {
		expect_golden(
		    sample->name, "md", rendered(sample->make(arena)));
	}
}
