/* SPDX-License-Identifier: MIT */
/*
 * The order in which answers arrive must not show: every case, delivered in
 * orders that chance decides, gives the same report byte for byte.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "cases.h"
#include "report/assemble.h"
#include "report/format.h"
#include "shuffled_source.h"
#include "source/source.h"
#include "text/patterns.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

/* How many orders a case: more with IVYCHECK_TEST_LONG. */
static uint32_t
orders(void)
{
	return getenv("IVYCHECK_TEST_LONG") != NULL ? 10000 : 25;
}

/* The report on *dns_case* whose answers come by *seed*; 0: as asked. */
static struct str
report_by(struct arena *arena, const struct dns_case *dns_case, uint32_t seed)
{
	const struct run_facts facts = { .version = STR("0"),
		.now = dns_case->order.now,
		.source_kind = "zone" };
	const struct manner manner = { .patterns = dns_case->order.patterns,
		.width = 80 };
	struct source *source = dns_case->source;
	struct arena *own = arena_new();
	if (seed > 0) {
		source = shuffled_source_open(dns_case->source, seed);
	}
	struct examination *examination =
	    examination_open(own, source, &dns_case->order);
	examination_run(examination);
	struct report *report =
	    assemble(own, examination_outcome(examination), &facts);
	report->counts.answered = 0;
	struct buf text = buf_new(arena);
	format_renderer(FORMAT_JSON)(report, &manner, &text);
	examination_close(examination);
	if (seed > 0) {
		source_close(&source);
	}
	arena_free(&own);
	return buf_str(&text);
}

static void
expect_one_report(const char *code, bool twin, struct patterns *patterns)
{
	struct arena *arena = arena_new();
	struct dns_case dns_case = case_open(code, twin);
	dns_case.order.patterns = patterns;
	dns_case.order.expect = &dns_case.expect;
	const struct str want = report_by(arena, &dns_case, 0);
	struct arena *scratch = arena_new();
	for (uint32_t seed = 1; seed <= orders(); seed++) {
		const struct str got = report_by(scratch, &dns_case, seed);
		cr_expect(str_eq(got, want),
		    "%s%s, order %u: wanted\n%s\ngot\n%s", code,
		    twin ? "/twin" : "", seed, want.at, got.at);
		arena_reset(scratch);
	}
	arena_free(&scratch);
	case_close(&dns_case);
	arena_free(&arena);
}

static void
expect_one_report_each(bool twin)
{
	struct arena *arena = arena_new();
	struct patterns *patterns = patterns_new();
	const struct case_names names = case_list(arena);
	const char *const *code;
	vec_foreach(code, &names) {
		expect_one_report(*code, twin, patterns);
	}
	patterns_free(&patterns);
	arena_free(&arena);
}

Test(arrival, does_not_show_in_any_defect)
{
	expect_one_report_each(false);
}

Test(arrival, does_not_show_in_any_twin)
{
	expect_one_report_each(true);
}

/* The verdict on *dns_case* when it is given up after *steps* answers. */
static enum verdict
verdict_after(
    const struct dns_case *dns_case, unsigned steps, bool *ret_through)
{
	struct arena *own = arena_new();
	struct source *source = shuffled_source_open(dns_case->source, 1);
	struct examination *examination =
	    examination_open(own, source, &dns_case->order);
	*ret_through = examination_advance(examination);
	while (!*ret_through && steps-- > 0 && source_step(source)) {
		*ret_through = examination_advance(examination);
	}
	if (!*ret_through) {
		examination_give_up(examination);
		cr_expect(examination_advance(examination));
	}
	const enum verdict verdict = examination_outcome(examination)->verdict;
	examination_close(examination);
	source_close(&source);
	arena_free(&own);
	return verdict;
}

/* Gives *code* up at every moment; a right domain is never blamed. */
static void
expect_no_blame(const char *code, bool twin, struct patterns *patterns)
{
	struct dns_case dns_case = case_open(code, twin);
	bool through = false;
	dns_case.order.patterns = patterns;
	dns_case.order.expect = &dns_case.expect;
	for (unsigned steps = 0; !through; steps++) {
		const enum verdict verdict =
		    verdict_after(&dns_case, steps, &through);
		const bool sound =
		    verdict == VERDICT_UNKNOWN || verdict == VERDICT_READY;
		cr_expect(sound || !twin, "%s after %u answers: %d", code,
		    steps, verdict);
	}
	case_close(&dns_case);
}

Test(arrival, that_is_not_waited_for_blames_no_right_domain)
{
	struct arena *arena = arena_new();
	struct patterns *patterns = patterns_new();
	const struct case_names names = case_list(arena);
	const char *const *code;
	vec_foreach(code, &names) {
		expect_no_blame(*code, false, patterns);
		expect_no_blame(*code, true, patterns);
	}
	patterns_free(&patterns);
	arena_free(&arena);
}
