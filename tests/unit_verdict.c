/* SPDX-License-Identifier: MIT */
/* Whether time alone may mend what was found. */
#include "base/arena.h"
#include "diagnosis/verdict.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/** Up to two findings together, and whether time may mend them. */
struct row {
	enum finding_code codes[2];
	bool lagging; /* the first waits, whatever the catalogue says */
	enum severity fail_on;
	bool mends;
};

static bool
row_mends(struct arena *arena, const struct row *row)
{
	const struct policy policy = { .fail_on = row->fail_on };
	struct findings findings = findings_new(arena, "spf", 1);
	struct finding_list list = { 0 };
	for (size_t i = 0; i < 2; i++) {
		struct finding *finding = find(&findings, row->codes[i]);
		finding->waiting_helps |= row->lagging && i == 0;
		vec_push(arena, &list, finding);
	}
	return time_may_mend(&policy, &list);
}

Test(verdict, time_mends_what_is_on_its_way_and_nothing_else)
{
	static const struct row rows[] = {
		{ { FINDING_X_PROPAGATING, FINDING_SPF_PTR }, false,
		    SEVERITY_ERROR, true },
		{ { FINDING_X_LOOKUP_FAILED, FINDING_X_PROPAGATING }, false,
		    SEVERITY_ERROR, true },
		{ { FINDING_X_PROPAGATING, FINDING_X_MISSING }, false,
		    SEVERITY_ERROR, false },
		{ { FINDING_X_SERVERS_DISAGREE, FINDING_SERIALS_DIFFER }, true,
		    SEVERITY_ERROR, true },
		{ { FINDING_X_SERVERS_DISAGREE, FINDING_SERIALS_DIFFER }, false,
		    SEVERITY_ERROR, false },
		{ { FINDING_SERIALS_DIFFER, FINDING_SPF_PTR }, false,
		    SEVERITY_ERROR, false },
		{ { FINDING_X_PROPAGATING, FINDING_SPF_PTR }, false,
		    SEVERITY_WARNING, false },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		cr_expect(eq(int, row_mends(arena, &rows[i]), rows[i].mends),
		    "row %zu", i);
	}
	arena_free(&arena);
}
