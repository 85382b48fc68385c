/* SPDX-License-Identifier: MIT */
/* Failures that are nobody's fault in this zone. */
#include "diagnosis/beyond.h"

#include "base/arena.h"
#include "checks/presence.h"
#include "diagnosis/verdict.h"

#include <assert.h>

/** Takes *finding* out of *findings*. */
static void
take_out(struct findings *findings, const struct finding *finding)
{
	size_t kept = 0;
	for (size_t i = 0; i < findings->list.len; i++) {
		struct finding *each = findings->list.at[i];
		if (each != finding) {
			findings->list.at[kept++] = each;
		}
	}
	assert(kept + 1 == findings->list.len);
	findings->list.len = kept;
}

void
settle_beyond(
    struct name apex, const struct expected *record, struct judgement *judged)
{
	struct arena *arena = judged->findings.arena;
	const struct finding *failure =
	    findings_get(&judged->findings, FINDING_X_LOOKUP_FAILED);
	if (!failure || failure->evidence.len == 0 ||
	    name_is_under(failure->evidence.at[0].name, apex)) {
		return;
	}
	const struct evidence *asked = &failure->evidence.at[0];
	const struct str type = rrtype_text(arena, asked->type);
	const struct str name = name_text(arena, asked->name);
	judge_not_checked(judged,
	    str_print(arena, "%.*s %.*s", STR_ARG(type), STR_ARG(name)),
	    "it lies outside the zone, and no resolver could tell", NULL);
	take_out(&judged->findings, failure);
	/* Without its parents' records nothing is known of a policy. */
	judged->status = record->kind == RECORD_DMARC
			     ? STATUS_NOT_CHECKED
			     : status_of(&judged->findings);
}
