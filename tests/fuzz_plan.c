/* SPDX-License-Identifier: MIT */
/*
 * A plan that is said to be proven is carried out in the world that it is
 * for (tests/right_domain.h): nothing it removes is missing, and afterwards
 * the domain is ready and there is nothing more to change.
 */
#include "fuzz.h"
#include "right_domain.h"

#include <assert.h>

/** Examines *domain* once more after *plan*. */
static void
check_plan(struct arena *arena, const struct right_domain *domain,
    struct source *source, const struct plan *plan)
{
	const struct edit *edit;
	vec_foreach(edit, plan) {
		const bool done = byte_source_edit(source, edit);
		assert(done);
	}
	struct examination *after = right_domain_examine(arena, domain, source);
	assert(examination_outcome(after)->verdict == VERDICT_READY);
	assert(examination_outcome(after)->plan.len == 0);
	examination_close(after);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	struct right_domain domain;
	right_domain_make(arena, data, size, &domain);
	domain.order.sides.view = VIEW_RESOLVER;
	struct source *source = byte_source_open(arena, &domain.world);
	struct examination *before =
	    right_domain_examine(arena, &domain, source);
	const struct outcome *outcome = examination_outcome(before);
	if (outcome->plan_proven == MAYBE_TRUE) {
		check_plan(arena, &domain, source, &outcome->plan);
	}
	examination_close(before);
	source_close(&source);
	return 0;
}
