/* SPDX-License-Identifier: MIT */
/* Changes put together by name and type. */
#include "report/steps.h"

#include "base/arena.h"
#include "base/buf.h"
#include "diagnosis/providers.h"
#include "dns/name.h"

#include <assert.h>

/**
 * The step about the records of *change*; made if there is none yet. A panel
 * shows the values of one name and type side by side, so they are changed in
 * one step; the order is that of the plan, in which what is in the way goes
 * first. A dozen steps at most: a search by hand is enough.
 */
static struct step *
step_for(struct arena *arena, struct steps *steps,
    const struct report_change *change)
{
	struct step *step;
	vec_foreach(step, steps) {
		if (step->type == change->type &&
		    str_eq(step->name, change->name)) {
			return step;
		}
	}
	const struct step added = {
		.type = change->type,
		.name = change->name,
		.host = change->host,
		.zone = change->zone,
	};
	vec_push(arena, steps, added);
	return &steps->at[steps->len - 1];
}

/** True if *step* is about a record that *finding* wants to change. */
static bool
step_mends(struct arena *arena, const struct step *step,
    const struct report_finding *finding)
{
	const struct edit *edit;
	vec_foreach(edit, &finding->finding->edits) {
		const struct str name = name_text(arena, edit->rr.owner);
		if (edit->rr.type == step->type && str_eq(name, step->name)) {
			return true;
		}
	}
	return false;
}

/** True if the panel of *report*'s zone is known to want no final dot. */
static bool
refuses_dot(const struct report *report)
{
	const struct provider *provider =
	    provider_by_id(report->zone.provider_id);
	return provider &&
	       (provider->dot == DOT_LEAVE_OUT || provider->dot == DOT_REFUSED);
}

/**
 * True if a panel appended the zone to a target that *step* changes. The panel
 * that appended the zone once will do so again, unless the target ends in a
 * dot. Others refuse a dot, so it is told only where it is needed.
 */
static bool
needs_dot(
    struct arena *arena, const struct report *report, const struct step *step)
{
	const struct report_finding *finding;
	vec_foreach(finding, &report->findings) {
		if (finding->finding->code == FINDING_X_TARGET_DOUBLED &&
		    step_mends(arena, step, finding)) {
			return true;
		}
	}
	return false;
}

struct steps
steps_of(struct arena *arena, const struct report *report)
{
	struct steps steps = { 0 };
	const struct report_change *change;
	assert(report);
	vec_foreach(change, &report->plan) {
		struct step *step = step_for(arena, &steps, change);
		step->removed += !change->add;
		vec_push(arena, &step->changes, *change);
	}
	struct step *step;
	vec_foreach(step, &steps) {
		step->dotted =
		    !refuses_dot(report) && needs_dot(arena, report, step);
	}
	return steps;
}

struct str
step_value(struct arena *arena, const struct step *step,
    const struct report_change *change)
{
	return step->dotted && change->add
		   ? str_print(arena, "%.*s.", STR_ARG(change->value))
		   : change->value;
}

/** What is to be done, wherever that is. */
static struct str
task_of(struct arena *arena, const struct step *step)
{
	const struct str type = rrtype_text(arena, step->type);
	const size_t removed = step->removed;
	const size_t added = step->changes.len - removed;
	assert(removed + added > 0);
	if (added == 0 && removed == 1) {
		return str_print(
		    arena, "Remove this %.*s record", STR_ARG(type));
	}
	if (added == 0) {
		return str_print(arena, "Remove these %zu %.*s records",
		    removed, STR_ARG(type));
	}
	if (removed == 0) {
		return str_print(arena, "Add this %.*s record", STR_ARG(type));
	}
	if (removed == 1) {
		return str_print(arena, "Replace the value of the %.*s record",
		    STR_ARG(type));
	}
	return str_print(arena, "Replace these %zu %.*s records by one",
	    removed, STR_ARG(type));
}

struct str
step_title(struct arena *arena, const struct step *step)
{
	const struct str task = task_of(arena, step);
	return step->zone.len == 0 ? task
				   : str_print(arena, "%.*s, in the zone %.*s",
					 STR_ARG(task), STR_ARG(step->zone));
}

/* Without a step there is only advice; that is then told in its place. */
struct str
steps_words(struct arena *arena, const struct steps *steps,
    const struct report_finding *finding)
{
	struct buf to = buf_new(arena);
	size_t count = 0;
	for (size_t i = 0; i < steps->len; i++) {
		if (step_mends(arena, &steps->at[i], finding)) {
			buf_addf(&to, "%s%zu", count > 0 ? " and " : "", i + 1);
			count++;
		}
	}
	if (count == 0) {
		return finding->fix;
	}
	return str_print(arena, "change: %s %.*s above",
	    count > 1 ? "steps" : "step", STR_ARG(buf_str(&to)));
}

struct str
change_value(struct arena *arena, const struct report_change *change)
{
	assert(change->value.len > 0 || !change->has_priority);
	return change->has_priority
		   ? str_print(arena, "%u %.*s", change->priority,
			 STR_ARG(change->value))
		   : change->value;
}
