/* SPDX-License-Identifier: MIT */
/* What to type in the panel: every value alone, whole, and to be copied. */
#include "report/text_parts.h"
#include "report/words.h"

#include "base/arena.h"

#include <assert.h>

/**
 * What becomes of one value; the new one alone ends its line. Values are not
 * wrapped: a terminal's copy of a wrapped value has a line break in it, and
 * that is one of the faults that this program finds.
 */
static void
tell_change(struct telling *telling, const struct step *step,
    const struct report_change *change)
{
	struct arena *arena = telling->arena;
	if (!change->add && step->removed < step->changes.len) {
		const struct str old = change_value(arena, change);
		text_field(telling, "Old value",
		    text_value(telling, change->type, old));
		return;
	}
	text_field(telling, "Value",
	    text_value(telling, change->type, step_value(arena, step, change)));
	if (change->has_priority) {
		text_field(telling, "Priority",
		    str_print(arena, "%u", change->priority));
	}
}

static void
tell_step(struct telling *telling, const struct step *step, size_t number)
{
	struct page *page = &telling->page;
	const struct str title = step_title(telling->arena, step);
	assert(number > 0 && step->changes.len > 0);
	page_add(page, TONE_STRONG,
	    str_print(telling->arena, "%2zu. %.*s", number, STR_ARG(title)));
	page_end(page);
	text_field(telling, "Host", step->host);
	text_field(telling, "Type", rrtype_text(telling->arena, step->type));
	const struct report_change *change;
	vec_foreach(change, &step->changes) {
		tell_change(telling, step, change);
	}
}

void
text_plan(struct telling *telling)
{
	const char *proof = proof_words(telling->report->plan_proven);
	const struct step *step;
	size_t number = 0;
	if (telling->steps.len == 0) {
		return;
	}
	text_heading(telling, plan_words(telling->arena, telling->report));
	vec_foreach(step, &telling->steps) {
		page_gap(&telling->page);
		tell_step(telling, step, ++number);
	}
	if (proof) {
		page_gap(&telling->page);
		page_wrap(&telling->page, 0, TONE_PLAIN, str_of(proof));
		page_end(&telling->page);
	}
}
