/* SPDX-License-Identifier: MIT */
/*
 * The words of the report's enums, as they stand in JSON: scripts compare
 * them, so none is ever changed.
 */
#include "report/report.h"

#include <assert.h>

const char *
verdict_text(enum verdict verdict)
{
	static const char *const words[] = {
		[VERDICT_READY] = "ready",
		[VERDICT_ACTION_NEEDED] = "action_needed",
		[VERDICT_PROPAGATING] = "propagating",
		[VERDICT_UNKNOWN] = "unknown",
	};
	assert((unsigned)verdict < sizeof(words) / sizeof(*words));
	return words[verdict];
}

const char *
predicted_text(enum predicted predicted)
{
	static const char *const words[] = {
		[PREDICTED_VERIFIED] = "verified",
		[PREDICTED_PENDING] = "pending",
		[PREDICTED_UNKNOWN] = "unknown",
	};
	assert((unsigned)predicted < sizeof(words) / sizeof(*words));
	return words[predicted];
}

const char *
change_kind_text(enum report_change_kind kind)
{
	static const char *const words[] = {
		[CHANGE_NONE] = "none",
		[CHANGE_HELD] = "held",
		[CHANGE_NEW] = "new",
		[CHANGE_CHANGED] = "changed",
		[CHANGE_RECOVERED] = "recovered",
		[CHANGE_REMINDER] = "reminder",
	};
	assert(kind > CHANGE_UNKNOWN);
	assert((unsigned)kind < sizeof(words) / sizeof(*words));
	return words[kind];
}

const char *
issue_state_text(enum issue_state state)
{
	static const char *const words[] = {
		[ISSUE_CLEAR] = "clear",
		[ISSUE_DETECTED] = "detected",
		[ISSUE_UNKNOWN] = "unknown",
	};
	assert((unsigned)state < sizeof(words) / sizeof(*words));
	return words[state];
}
