/* SPDX-License-Identifier: MIT */
/* Every case of fixtures/cases says what it is there for, and its twin not. */
#include "base/arena.h"
#include "base/buf.h"
#include "cases.h"
#include "text/patterns.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/* What came of one case. */
struct seen {
	struct arena *arena;
	struct patterns *patterns;
	struct dns_case dns_case;
	struct examination *examination;
	const struct outcome *outcome;
	struct str lines;
};

static void
see(struct seen *seen, const char *code, bool twin)
{
	seen->dns_case = case_open(code, twin);
	seen->dns_case.order.patterns = seen->patterns;
	seen->dns_case.order.expect = &seen->dns_case.expect;
	seen->examination = examination_open(
	    seen->dns_case.arena, seen->dns_case.source, &seen->dns_case.order);
	examination_run(seen->examination);
	seen->outcome = examination_outcome(seen->examination);
	seen->lines = case_lines(seen->arena, seen->outcome);
}

static void
look_away(struct seen *seen)
{
	examination_close(seen->examination);
	case_close(&seen->dns_case);
}

static struct seen
open_eyes(void)
{
	return (
	    struct seen){ .arena = arena_new(), .patterns = patterns_new() };
}

static void
close_eyes(struct seen *seen)
{
	patterns_free(&seen->patterns);
	arena_free(&seen->arena);
}

static bool
has_error(const struct outcome *outcome)
{
	struct finding *const *finding;
	vec_foreach(finding, &outcome->findings) {
		if (catalog_row((*finding)->code)->severity == SEVERITY_ERROR) {
			return true;
		}
	}
	return false;
}

/* True if a line of *lines* begins with *code*. */
static bool
names_code(struct str lines, const char *code)
{
	struct str line;
	while (str_split(&lines, '\n', &line)) {
		if (str_starts(line, str_of(code)) &&
		    line.at[str_of(code).len] == ' ') {
			return true;
		}
	}
	return false;
}

/* The codes of one row: one, or one a family. */
static void
expect_cases_of(struct arena *arena, enum finding_code code)
{
	static const char *const alone[] = { NULL, NULL };
	const bool generic = catalog_is_generic(code);
	const char *const *family = generic ? catalog_families() : alone;
	do {
		if (!generic || catalog_has_family(code, *family)) {
			const struct str text =
			    catalog_code(arena, code, *family);
			const bool exists = case_exists(str_z(arena, text));
			cr_expect(exists, "no case for %.*s", STR_ARG(text));
		}
		family++;
	} while (*family != NULL);
}

Test(cases, every_finding_has_one)
{
	struct arena *arena = arena_new();
	for (int code = 0; code < FINDING_CODES; code++) {
		expect_cases_of(arena, (enum finding_code)code);
	}
	arena_free(&arena);
}

Test(cases, every_defect_is_found_and_nothing_else)
{
	struct seen seen = open_eyes();
	const struct case_names names = case_list(seen.arena);
	const char *const *code;
	vec_foreach(code, &names) {
		see(&seen, *code, false);
		const struct str want = seen.dns_case.want;
		cr_expect(str_eq(seen.lines, want), "%s: wanted\n%.*sgot\n%.*s",
		    *code, STR_ARG(want), STR_ARG(seen.lines));
		cr_expect(names_code(want, *code), "%s: not wanted", *code);
		look_away(&seen);
	}
	close_eyes(&seen);
}

Test(cases, no_twin_has_an_error_or_the_defect)
{
	struct seen seen = open_eyes();
	const struct case_names names = case_list(seen.arena);
	const char *const *code;
	vec_foreach(code, &names) {
		see(&seen, *code, true);
		const bool good =
		    !has_error(seen.outcome) && !names_code(seen.lines, *code);
		cr_expect(
		    good, "%s/twin: got\n%.*s", *code, STR_ARG(seen.lines));
		look_away(&seen);
	}
	close_eyes(&seen);
}

Test(cases, no_plan_leads_astray)
{
	struct seen seen = open_eyes();
	const struct case_names names = case_list(seen.arena);
	const char *const *code;
	vec_foreach(code, &names) {
		see(&seen, *code, false);
		const struct outcome *outcome = seen.outcome;
		const bool proven = outcome->plan_proven == MAYBE_TRUE;
		const bool needed = outcome->verdict == VERDICT_ACTION_NEEDED &&
				    outcome->plan.len > 0;
		cr_expect(proven || needed == false,
		    "%s: the plan is not proven", *code);
		look_away(&seen);
	}
	close_eyes(&seen);
}
