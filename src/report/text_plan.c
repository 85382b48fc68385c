/* SPDX-License-Identifier: MIT */
/* What to type in the panel: every value alone, whole, and to be copied. */
#include "report/text_parts.h"

#include "base/arena.h"

static struct str
plan_heading(struct telling *telling)
{
	const struct report_zone *zone = &telling->report->zone;
	struct arena *arena = telling->arena;
	struct str at = { 0 };
	if (zone->provider_name.len > 0) {
		at =
		    str_print(arena, " at %.*s%s", STR_ARG(zone->provider_name),
			zone->provider_certain ? "" : " (probably)");
	}
	if (zone->apex.len == 0) {
		return str_print(arena, "What to change%.*s", STR_ARG(at));
	}
	return str_print(arena, "What to change%.*s, in the zone %.*s",
	    STR_ARG(at), STR_ARG(zone->apex));
}

static void
tell_change(struct telling *telling, const struct report_change *change,
    bool is_replaced)
{
	struct arena *arena = telling->arena;
	if (is_replaced) {
		const struct str old = change_value(arena, change);
		text_field(telling, "Old value",
		    text_value(telling, change->type, old));
		return;
	}
	text_field(
	    telling, "Value", text_value(telling, change->type, change->value));
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
	page_add(page, TONE_STRONG,
	    str_print(telling->arena, "%2zu. %.*s", number, STR_ARG(title)));
	page_end(page);
	text_field(telling, "Host", step->host);
	text_field(telling, "Type", rrtype_text(telling->arena, step->type));
	const struct report_change *change;
	vec_foreach(change, &step->changes) {
		tell_change(telling, change,
		    !change->add && step->removed < step->changes.len);
	}
}

void
text_plan(struct telling *telling)
{
	static const char *const proofs[] = {
		[MAYBE_NULL] = NULL,
		[MAYBE_FALSE] =
		    "These changes alone are not enough: what stands above "
		    "without a step here has to be mended too.",
		[MAYBE_TRUE] = "Judged again as if these changes were made, "
			       "the domain is ready.",
	};
	const char *proof = proofs[telling->report->plan_proven];
	const struct step *step;
	size_t number = 0;
	if (telling->steps.len == 0) {
		return;
	}
	text_heading(telling, plan_heading(telling));
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
