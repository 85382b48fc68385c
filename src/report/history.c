/* SPDX-License-Identifier: MIT */
/* What happened since the last run, in words. */
#include "report/words.h"

#include "base/arena.h"
#include "base/buf.h"

#include <assert.h>

/** "; new: spf:spf-missing, ..." */
static void
add_signs(struct buf *to, const char *label, const struct report_signs *signs)
{
	const char *between = label;
	const struct str *sign;
	vec_foreach(sign, signs) {
		buf_adds(to, between);
		buf_add(to, *sign);
		between = ", ";
	}
}

/** How a change begins: "Recovered", "Changed". */
static void
add_change(struct arena *arena, const struct report *report, struct buf *to)
{
	static const char *const was[] = {
		[VERDICT_READY] = "ready",
		[VERDICT_ACTION_NEEDED] = "action needed",
		[VERDICT_PROPAGATING] = "propagating",
		[VERDICT_UNKNOWN] = "unknown",
	};
	const struct report_history *history = &report->history;
	const struct str since = time_words(arena, history->previous_since);
	assert(history->has_previous);
	buf_addf(to, "%s: it was %s since %.*s",
	    history->kind == CHANGE_RECOVERED ? "Recovered" : "Changed",
	    was[history->previous], STR_ARG(since));
	add_signs(to, "; new: ", &history->appeared);
	add_signs(to, "; gone: ", &history->gone);
	buf_addc(to, '.');
}

static void
add_since(struct arena *arena, const struct report *report, const char *what,
    struct buf *to)
{
	const struct str since = time_words(arena, report->history.since);
	buf_addf(to, "%s since %.*s.", what, STR_ARG(since));
}

/*
 * CHANGE_HELD: one failed run is often the network's, so alarms wait for the
 * second; whoever reads the report is told.
 */
struct str
history_words(struct arena *arena, const struct report *report)
{
	struct buf to = buf_new(arena);
	switch (report->history.kind) {
	case CHANGE_UNKNOWN:
		break;
	case CHANGE_NONE:
		add_since(arena, report, "Unchanged", &to);
		break;
	case CHANGE_HELD:
		buf_adds(&to, "Questions failed: that counts as a change if "
			      "the next run sees it too.");
		break;
	case CHANGE_NEW:
		buf_adds(&to, "Seen for the first time.");
		break;
	case CHANGE_CHANGED:
	case CHANGE_RECOVERED:
		add_change(arena, report, &to);
		break;
	case CHANGE_REMINDER:
		add_since(arena, report, "Reminder: it is so", &to);
		break;
	}
	return buf_str(&to);
}
