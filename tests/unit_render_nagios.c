/* SPDX-License-Identifier: MIT */
/* The output for monitoring plugins. */
#include "base/arena.h"
#include "base/buf.h"
#include "golden.h"
#include "report/edition.h"
#include "report/format.h"
#include "report/nagios.h"
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

TestSuite(render_nagios, .init = setup, .fini = teardown);

static struct str
rendered(const struct report *report)
{
	struct buf to = buf_new(arena);
	render_nagios(report, &manner, &to);
	return buf_str(&to);
}

static void
expect_headline(struct str text, const char *want)
{
	const ptrdiff_t bar = str_index(text, '|');
	cr_assert(bar > 0, "%s", text.at);
	const struct str head = str_slice(text, 0, (size_t)bar);
	cr_expect(eq(str, (char *)str_z(arena, head), (char *)want));
	cr_expect(lt(sz, head.len, 80));
}

Test(render_nagios, the_first_line_tells_the_state)
{
	expect_headline(rendered(sample_ready(arena)),
	    "IVYCHECK OK: notifications.yourapp.com 8/8 records right ");
	expect_headline(rendered(sample_action(arena)),
	    "IVYCHECK CRITICAL: notifications.yourapp.com 4/8 records right ");
	expect_headline(rendered(sample_propagating(arena)),
	    "IVYCHECK WARNING: notifications.yourapp.com 7/8 records right ");
	expect_headline(rendered(sample_unknown(arena)),
	    "IVYCHECK UNKNOWN: notifications.yourapp.com 4/5 records right ");
}

Test(render_nagios, warnings_that_were_asked_to_count_are_a_warning)
{
	struct report *report = sample_ready(arena);
	report->verdict = VERDICT_ACTION_NEEDED;
	report->findings.at[0].severity = SEVERITY_WARNING;
	cr_expect(eq(int, nagios_state(report, NULL), NAGIOS_WARNING));
}

Test(render_nagios, the_worst_state_counts)
{
	static const enum nagios_state order[] = { NAGIOS_OK, NAGIOS_UNKNOWN,
		NAGIOS_WARNING, NAGIOS_CRITICAL };
	for (size_t i = 0; i < 4; i++) {
		for (size_t k = 0; k < 4; k++) {
			const enum nagios_state want = order[i > k ? i : k];
			cr_expect(
			    eq(int, nagios_worst(order[i], order[k]), want));
		}
	}
}

Test(render_nagios, a_long_domain_is_cut_in_front)
{
	struct report *report = sample_action(arena);
	struct buf domain = buf_new(arena);
	for (int i = 0; i < 24; i++) {
		buf_adds(&domain, "aaaaaaaaa.");
	}
	buf_adds(&domain, "example.com");
	report->domain = buf_str(&domain);
	expect_headline(rendered(report),
	    "IVYCHECK CRITICAL: ...aaaaaa.aaaaaaaaa.aaaaaaaaa.example.com "
	    "4/8 records right ");
}

Test(render_nagios, only_our_own_bar_stands_in_the_output)
{
	manner.verbosity = 2;
	const struct str text = rendered(sample_hostile(arena));
	const ptrdiff_t bar = str_index(text, '|');
	cr_assert(bar > 0);
	cr_expect(lt(i64, str_index(str_from(text, (size_t)bar + 1), '|'), 0));
}

Test(render_nagios, several_domains_are_counted_in_one_line)
{
	struct buf to = buf_new(arena);
	struct edition *edition = edition_open(arena, FORMAT_NAGIOS, &manner);
	edition_add(edition, sample_ready(arena), &to);
	edition_add(edition, sample_action(arena), &to);
	edition_add(edition, sample_unknown(arena), &to);
	cr_expect(eq(sz, to.len, 0));
	edition_close(edition, &to);
	expect_headline(buf_str(&to),
	    "IVYCHECK CRITICAL: 3 domains, 1 critical, 0 warning, 1 unknown ");
	expect_golden("several", "nagios", buf_str(&to));
}

Test(render_nagios, recorded)
{
	for (const struct sample *sample = SAMPLES; sample->name; sample++) {
		expect_golden(
		    sample->name, "nagios", rendered(sample->make(arena)));
	}
}

Test(render_nagios, ranges_alert_outside_or_inside)
{
	static const struct {
		const char *range;
		size_t count;
		bool alerts;
	} rows[] = {
		{ "0", 0, false },
		{ "0", 1, true },
		{ "10", 10, false },
		{ "10", 11, true },
		{ "3:", 2, true },
		{ "3:", 1000000, false },
		{ "~:3", 0, false },
		{ "-5:3", 4, true },
		{ "2:4", 3, false },
		{ "@2:4", 2, true },
		{ "@2:4", 5, false },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct nagios_range range;
		cr_assert(nagios_range_parse(str_of(rows[i].range), &range));
		cr_expect(eq(int, nagios_range_alerts(&range, rows[i].count),
			      rows[i].alerts),
		    "%s: %zu", rows[i].range, rows[i].count);
	}
}

Test(render_nagios, what_is_no_range_is_refused)
{
	static const char *const rows[] = { "", "@", "x", "1:x", "4:2", "1.5",
		"1:2:3", "5:~" };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct nagios_range range;
		cr_expect(not(nagios_range_parse(str_of(rows[i]), &range)),
		    "%s", rows[i]);
	}
}
