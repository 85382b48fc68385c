/* SPDX-License-Identifier: MIT */
/* The plan as steps for people. */
#include "base/arena.h"
#include "report/marks.h"
#include "report/steps.h"
#include "report_samples.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static struct arena *arena;

static void
setup(void)
{
	arena = arena_new();
}

static void
teardown(void)
{
	arena_free(&arena);
}

TestSuite(steps, .init = setup, .fini = teardown);

static void
expect_title(const struct step *step, const char *want)
{
	const struct str title = step_title(arena, step);
	cr_expect(str_eq(title, str_of(want)), "%s, not %s", title.at, want);
}

Test(steps, what_changes_at_one_name_is_one_thing_to_do)
{
	const struct steps steps = steps_of(arena, sample_action(arena));
	cr_assert(eq(sz, steps.len, 5));
	expect_title(&steps.at[0], "Replace the value of the TXT record");
	expect_title(&steps.at[1], "Remove this CNAME record");
	expect_title(&steps.at[2], "Add this CNAME record");
	expect_title(&steps.at[3], "Replace these 2 TXT records by one");
	expect_title(&steps.at[4], "Replace the value of the MX record");
}

Test(steps, a_finding_names_the_steps_that_mend_it)
{
	struct report *report = sample_action(arena);
	const struct steps steps = steps_of(arena, report);
	struct str words = steps_words(arena, &steps, &report->findings.at[0]);
	cr_expect(str_eq(words, STR("change: step 1 above")), "%s", words.at);
	words = steps_words(arena, &steps, &report->findings.at[4]);
	cr_expect(str_eq(words, report->findings.at[4].fix));
}

/** A CNAME whose target a panel made longer, as the one finding. */
static struct report *
doubled_target(void)
{
	static const struct sample_words words = { "t", "d", "f", NULL };
	struct report *report = sample_base(arena);
	struct finding *finding =
	    sample_finding(arena, report, FINDING_X_TARGET_DOUBLED, 2, &words);
	report->zone.provider_id = (struct str){ 0 };
	sample_change(report, finding, false, STR("a.test.yourapp.com"));
	sample_change(report, finding, true, STR("a.test"));
	return report;
}

Test(steps, a_panel_that_appends_the_zone_is_given_the_final_dot)
{
	const struct steps steps = steps_of(arena, doubled_target());
	const struct step *step = &steps.at[0];
	cr_expect(str_eq(step_value(arena, step, &step->changes.at[0]),
	    STR("a.test.yourapp.com")));
	cr_expect(str_eq(
	    step_value(arena, step, &step->changes.at[1]), STR("a.test.")));
	const struct steps others = steps_of(arena, sample_action(arena));
	for (size_t i = 0; i < others.len; i++) {
		cr_expect(not(others.at[i].dotted));
	}
}

Test(steps, a_panel_that_wants_no_final_dot_is_given_none)
{
	struct report *report = doubled_target();
	report->zone.provider_id = STR("godaddy");
	const struct steps steps = steps_of(arena, report);
	cr_expect(not(steps.at[0].dotted));
}

Test(steps, a_row_of_the_table_is_as_bad_as_its_worst_finding)
{
	struct report *report = sample_action(arena);
	const struct report_issue *issue = &report->issues[ISSUE_PENDING];
	cr_expect(eq(int, issue_mark(report, issue), MARK_FAIL));
	for (size_t i = 0; i < report->findings.len; i++) {
		report->findings.at[i].severity = SEVERITY_WARNING;
	}
	cr_expect(eq(int, issue_mark(report, issue), MARK_WARN));
	struct report *waiting = sample_propagating(arena);
	cr_expect(eq(int, issue_mark(waiting, &waiting->issues[ISSUE_PENDING]),
	    MARK_WAIT));
}
