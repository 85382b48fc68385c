/* SPDX-License-Identifier: MIT */
/* What is to be said against an outcome. */
#include "realm.h"
#include "trial.h"

#include "base/arena.h"
#include "diagnosis/examine.h"
#include "expect/expect.h"

#include <stddef.h>

/** A complaint about a finding or a record. */
static const char *
complain(struct arena *arena, const char *what, struct str about)
{
	return str_print(arena, "%s: %.*s", what, STR_ARG(about)).at;
}

static struct str
code_of(struct arena *arena, const struct finding *finding)
{
	return catalog_code(arena, finding->code, finding->family);
}

static struct str
record_id(const struct outcome *outcome, int record)
{
	return record < 0 ? STR("the domain")
			  : outcome->all.expect->records[record].id;
}

static const char *
verdict_word(enum verdict verdict)
{
	static const char *const words[] = {
		[VERDICT_READY] = "ready",
		[VERDICT_ACTION_NEEDED] = "action needed",
		[VERDICT_PROPAGATING] = "propagating",
		[VERDICT_UNKNOWN] = "unknown",
	};
	return words[verdict];
}

/** What is wrong with a record that has to be right. */
static const char *
complaint_of_record(
    struct arena *arena, const struct outcome *outcome, size_t index)
{
	struct finding *const *finding;
	if (outcome->all.records[index].status != STATUS_OK) {
		return complain(arena, "should have stayed ok",
		    record_id(outcome, (int)index));
	}
	vec_foreach(finding, &outcome->findings) {
		if ((*finding)->record == (int)index &&
		    catalog_row((*finding)->code)->severity >=
			SEVERITY_WARNING) {
			return complain(arena, "should not have been found",
			    code_of(arena, *finding));
		}
	}
	return NULL;
}

static const char *
complaint_of_untouched(
    struct arena *arena, const struct outcome *outcome, unsigned touched)
{
	for (size_t i = 0; i < INDEX_OTHER; i++) {
		const char *complaint =
		    touched >> i & 1 ? NULL
				     : complaint_of_record(arena, outcome, i);
		if (complaint) {
			return complaint;
		}
	}
	return NULL;
}

const char *
complaint_of_healthy(struct arena *arena, const struct outcome *outcome)
{
	struct finding *const *finding;
	if (outcome->verdict != VERDICT_READY) {
		return complain(
		    arena, "verdict", str_of(verdict_word(outcome->verdict)));
	}
	vec_foreach(finding, &outcome->findings) {
		if (catalog_row((*finding)->code)->severity != SEVERITY_INFO) {
			return complain(arena, "should not have been found",
			    code_of(arena, *finding));
		}
	}
	return complaint_of_untouched(arena, outcome, 0);
}
