/* SPDX-License-Identifier: MIT */
/* What the formats for people say alike. */
#include "report/words.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"

#include <assert.h>

const char *
verdict_words(enum verdict verdict)
{
	static const char *const words[] = {
		[VERDICT_READY] = "READY",
		[VERDICT_ACTION_NEEDED] = "ACTION NEEDED",
		[VERDICT_PROPAGATING] = "PROPAGATING",
		[VERDICT_UNKNOWN] = "UNKNOWN",
	};
	assert((unsigned)verdict < sizeof(words) / sizeof(*words));
	return words[verdict];
}

const char *
status_words(enum record_status status)
{
	static const char *const words[] = {
		[STATUS_OK] = "right",
		[STATUS_MISSING] = "missing",
		[STATUS_WRONG] = "wrong",
		[STATUS_CONFLICT] = "in conflict",
		[STATUS_PROPAGATING] = "right, not visible everywhere yet",
		[STATUS_UNKNOWN] = "could not be looked up",
		[STATUS_NOT_CHECKED] = "not checked",
	};
	assert((unsigned)status < sizeof(words) / sizeof(*words));
	return words[status];
}

struct str
time_words(struct arena *arena, int64_t seconds)
{
	const struct str text = clock_rfc3339(arena, seconds);
	assert(seconds >= 0);
	return str_print(arena, "%.*s on %.*s (UTC)",
	    STR_ARG(str_slice(text, 11, 16)), STR_ARG(str_slice(text, 0, 10)));
}

/*
 * Rounded up, for who comes back too early finds nothing changed; in minutes
 * up to two hours, since beyond that nobody waits beside it.
 */
struct str
duration_words(struct arena *arena, int64_t seconds)
{
	/* What has expired already is gone in a moment. */
	const long minutes = seconds > 0 ? (long)((seconds + 59) / 60) : 0;
	if (minutes < 2) {
		return STR("a minute");
	}
	return minutes < 120
		   ? str_print(arena, "%ld minutes", minutes)
		   : str_print(arena, "%ld hours", (minutes + 59) / 60);
}

/** Whether waiting helps, as the second half of a sentence. */
static struct str
waiting_half(struct arena *arena, const struct report *report)
{
	if (!report->waiting_helps) {
		return STR("waiting will not help.");
	}
	if (report->visible_by < 0) {
		const struct str in =
		    duration_words(arena, report->retry_after);
		return str_print(
		    arena, "waiting may help: try again in %.*s.", STR_ARG(in));
	}
	const struct str time = time_words(arena, report->visible_by);
	const struct str in =
	    duration_words(arena, report->visible_by - report->generated_at);
	return str_print(arena,
	    "waiting helps: everything is visible by %.*s at the latest, in "
	    "%.*s.",
	    STR_ARG(time), STR_ARG(in));
}

/*
 * What IvyMail shows comes first: it is what the reader has before the eyes,
 * and "pending" alone does not tell whether to wait or to act.
 */
struct str
waiting_words(struct arena *arena, const struct report *report)
{
	static const char *const shown[] = {
		[PREDICTED_VERIFIED] = "IvyMail would show \"verified\"",
		[PREDICTED_PENDING] = "IvyMail would show \"pending\"",
		[PREDICTED_UNKNOWN] =
		    "What IvyMail would show cannot be told from here",
	};
	if (report->verdict == VERDICT_READY) {
		return (struct str){ 0 };
	}
	const struct str half = waiting_half(arena, report);
	return str_print(
	    arena, "%s; %.*s", shown[report->predicted], STR_ARG(half));
}

const char *
whether_to_wait(const struct report_finding *finding)
{
	return finding->waiting_helps ? "waiting helps"
				      : "waiting will not help";
}

struct str
plan_words(struct arena *arena, const struct report *report)
{
	const struct report_zone *zone = &report->zone;
	struct str at = { 0 };
	if (zone->provider_name.len > 0) {
		at =
		    str_print(arena, " at %.*s%s", STR_ARG(zone->provider_name),
			zone->provider_certain ? "" : " (probably)");
	}
	const struct report_change *change;
	bool here = false;
	vec_foreach(change, &report->plan) {
		here = here || change->zone.len == 0;
	}
	if (!here) {
		return STR("What to change"); /* each step says where */
	}
	if (zone->apex.len == 0) {
		return str_print(arena, "What to change%.*s", STR_ARG(at));
	}
	return str_print(arena, "What to change%.*s, in the zone %.*s",
	    STR_ARG(at), STR_ARG(zone->apex));
}

/*
 * The plan was judged by the same rules as the domain. Where that was not
 * possible (an answer was missing), nothing is claimed either way.
 */
const char *
proof_words(enum maybe plan_proven)
{
	static const char *const proofs[] = {
		[MAYBE_NULL] = NULL,
		[MAYBE_FALSE] =
		    "These changes alone are not enough: what has no step "
		    "here, or was not checked, stands in the way too.",
		[MAYBE_TRUE] = "Judged again as if these changes were made, "
			       "the domain is ready.",
	};
	assert((unsigned)plan_proven < sizeof(proofs) / sizeof(*proofs));
	return proofs[plan_proven];
}

/** What was left out for the same reason as *item*, or NULL. */
static struct left_out *
same_reason(const struct left_outs *all, const struct report_not_checked *item)
{
	for (size_t i = 0; i < all->len; i++) {
		if (str_eq(all->at[i].why, item->why) &&
		    str_eq(all->at[i].option, item->option)) {
			return &all->at[i];
		}
	}
	return NULL;
}

/* Three DKIM records without a token are one line with one remedy. */
struct left_outs
left_outs_of(struct arena *arena, const struct report *report)
{
	struct left_outs all = { 0 };
	const struct report_not_checked *item;
	vec_foreach(item, &report->not_checked) {
		struct left_out *same = same_reason(&all, item);
		if (same) {
			same->what = str_print(arena, "%.*s, %.*s",
			    STR_ARG(same->what), STR_ARG(item->what));
			continue;
		}
		const struct left_out added = {
			.what = item->what,
			.why = item->why,
			.option = item->option,
		};
		vec_push(arena, &all, added);
	}
	return all;
}
