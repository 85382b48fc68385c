/* SPDX-License-Identifier: MIT */
/* The terminal report: what stands where, and what never comes out. */
#include "base/arena.h"
#include "base/buf.h"
#include "golden.h"
#include "report/format.h"
#include "report_samples.h"
#include "text/patterns.h"
#include "text/width.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>

static struct arena *arena;
static struct patterns *patterns;

static void
setup(void)
{
	arena = arena_new();
	patterns = patterns_new();
}

static void
teardown(void)
{
	patterns_free(&patterns);
	arena_free(&arena);
}

TestSuite(render_text, .init = setup, .fini = teardown);

static struct manner
plain(void)
{
	return (struct manner){ .patterns = patterns, .width = 80 };
}

static struct str
rendered(const struct report *report, struct manner manner)
{
	struct buf to = buf_new(arena);
	buf_adds(&to, "");
	render_text(report, &manner, &to);
	return buf_str(&to);
}

/** The offset of *words* in *text*; their absence ends the test. */
static size_t
place(struct str text, const char *words)
{
	const ptrdiff_t at = str_find(text, str_of(words));
	cr_assert(at >= 0, "\"%s\" is missing in:\n%s", words, text.at);
	return (size_t)at;
}

/** The column at which *words* begin in their line. */
static size_t
column(struct str text, const char *words)
{
	size_t at = place(text, words);
	size_t start = at;
	while (start > 0 && text.at[start - 1] != '\n') {
		start--;
	}
	return text_width(patterns, str_slice(text, start, at));
}

Test(render_text, the_blocks_stand_in_the_order_of_use)
{
	static const char *const blocks[] = { "ACTION NEEDED",
		"FAIL  wrong:", "expected ", "found ",
		"What to change at GoDaddy",
		"Host       _ivymail.notifications", "Judged again",
		"Verification stuck on pending", "Already have SPF records",
		"ivycheck wait notifications.yourapp.com" };
	const struct str text = rendered(sample_action(arena), plain());
	size_t last = 0;
	for (size_t i = 0; i < sizeof(blocks) / sizeof(*blocks); i++) {
		const size_t at = place(text, blocks[i]);
		cr_expect(ge(sz, at, last), "%s", blocks[i]);
		last = at;
	}
}

Test(render_text, expected_and_found_are_aligned_with_carets_below)
{
	const struct str text = rendered(sample_action(arena), plain());
	const size_t at = place(text, "10 feedback-smtp.us-east-1");
	const struct str below = str_from(text, at);
	cr_expect(eq(sz, column(text, "10 feedback-smtp.eu-west-1"),
	    column(text, "10 feedback-smtp.us-east-1")));
	cr_expect(eq(sz, column(below, "^^^^^^^^^\n"),
	    column(text, "10 feedback-smtp.us-east-1") + 17));
}

Test(render_text, every_finding_says_at_once_whether_waiting_helps)
{
	const struct str text = rendered(sample_action(arena), plain());
	size_t told = 0;
	struct str rest = text;
	ptrdiff_t at;
	while ((at = str_find(rest, STR("(waiting will not help)"))) >= 0) {
		told++;
		rest = str_from(rest, (size_t)at + 1);
	}
	cr_expect(eq(sz, told, 4));
	const struct str waiting = rendered(sample_propagating(arena), plain());
	place(waiting, "not visible everywhere yet (waiting helps)");
	place(waiting, "visible by 14:44 on");
}

Test(render_text, what_is_to_be_copied_is_whole_and_ends_its_line)
{
	static const char *const values[] = {
		" v=spf1 include:_spf.google.com include:amazonses.com ~all\n",
		" 5vhg2xqpl7cwmz4kdn6tr3ybeas8fuj9._domainkey.notifications\n",
		" feedback-smtp.eu-west-1.amazonses.com\n",
		"Priority   10\n",
	};
	struct manner manner = plain();
	manner.width = 40;
	const struct str text = rendered(sample_action(arena), manner);
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		place(text, values[i]);
	}
}

Test(render_text, a_ready_domain_is_eight_lines_a_verdict_and_the_table)
{
	const struct str text = rendered(sample_ready(arena), plain());
	size_t lines = 0;
	for (size_t i = 0; i < text.len; i++) {
		lines += text.at[i] == '\n';
	}
	cr_expect(le(sz, lines, 2 + 1 + 8 + 1 + 5));
}

Test(render_text, quiet_is_silent_when_ready_and_short_when_not)
{
	struct manner quiet = plain();
	quiet.quiet = true;
	cr_expect(eq(sz, rendered(sample_ready(arena), quiet).len, 0));
	const struct str text = rendered(sample_action(arena), quiet);
	place(text, "What to change");
	cr_expect(lt(i64, str_find(text, STR("Troubleshooting")), 0));
}

/** Asserts that no line of *text* is wider than *width* but for *value*. */
static void
expect_width(struct str text, size_t width)
{
	struct str rest = text;
	struct str line;
	while (str_split(&rest, '\n', &line)) {
		cr_expect(le(sz, text_width(patterns, line), width), "%.*s",
		    STR_ARG(line));
		cr_expect(not(str_ends(line, STR(" "))), "%.*s", STR_ARG(line));
	}
}

Test(render_text, nothing_is_wider_than_the_terminal)
{
	expect_width(rendered(sample_ready(arena), plain()), 80);
	expect_width(rendered(sample_propagating(arena), plain()), 80);
	expect_width(rendered(sample_unknown(arena), plain()), 80);
	struct manner narrow = plain();
	narrow.width = 60;
	expect_width(rendered(sample_propagating(arena), narrow), 60);
}

static struct str
without_colors(struct str text)
{
	struct buf to = buf_new(arena);
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '\x1b') {
			while (text.at[i] != 'm') {
				i++;
			}
			continue;
		}
		buf_addc(&to, text.at[i]);
	}
	return buf_str(&to);
}

Test(render_text, colours_add_nothing_that_is_not_said)
{
	for (const struct sample *sample = SAMPLES; sample->name; sample++) {
		struct manner colored = plain();
		colored.color = true;
		struct report *report = sample->make(arena);
		const struct str text = rendered(report, colored);
		cr_expect(
		    str_find(text, STR("\x1b[")) >= 0, "%s", sample->name);
		cr_expect(
		    str_eq(without_colors(text), rendered(report, plain())),
		    "%s", sample->name);
	}
}

Test(render_text, ascii_means_ascii)
{
	for (const struct sample *sample = SAMPLES; sample->name; sample++) {
		struct manner ascii = plain();
		ascii.ascii = true;
		ascii.verbosity = 2;
		struct report *report = sample->make(arena);
		/* What others wrote is not ours to change. */
		report->records.at[0].found.len = 0;
		report->findings.len = 0;
		report->plan.len = 0;
		const struct str text = rendered(report, ascii);
		for (size_t i = 0; i < text.len; i++) {
			const unsigned char c = (unsigned char)text.at[i];
			cr_assert(lt(int, c, 0x7f), "%s: %s", sample->name,
			    text.at + i);
		}
	}
}

Test(render_text, nothing_from_dns_reaches_the_terminal_raw)
{
	struct manner all = plain();
	all.verbosity = 2;
	const struct str text = rendered(sample_hostile(arena), all);
	for (size_t i = 0; i < text.len; i++) {
		const unsigned char c = (unsigned char)text.at[i];
		cr_assert(c >= 0x20 || c == '\n', "byte %zu is %u", i, c);
		cr_assert(c != 0x7f && c != 0x9b, "byte %zu is %u", i, c);
	}
	cr_expect(lt(i64, str_find(text, STR("\xe2\x80\xae")), 0));
	cr_expect(lt(i64, str_find(text, STR("\n# HELP")), 0));
}

Test(render_text, recorded)
{
	for (const struct sample *sample = SAMPLES; sample->name; sample++) {
		struct manner verbose = plain();
		verbose.verbosity = 2;
		struct report *report = sample->make(arena);
		char name[64];
		snprintf(name, sizeof(name), "%s-verbose", sample->name);
		expect_golden(sample->name, "txt", rendered(report, plain()));
		expect_golden(name, "txt", rendered(report, verbose));
	}
}
