/* SPDX-License-Identifier: MIT */
/* A question or two more, and only where there is something to mend. */
#include "diagnosis/holder.h"

#include "expect/expect.h"
#include "walks/zone_cut.h"

#include <assert.h>

static bool
wants_change(const struct judgement *judged)
{
	struct finding *const *finding;
	vec_foreach(finding, &judged->findings.list) {
		if ((*finding)->edits.len > 0) {
			return true;
		}
	}
	return false;
}

void
holder_note(struct look *look, const struct sight *sight, struct name apex,
    const struct expected *record, struct judgement *judged)
{
	/* What was asked at the name already: of DKIM names, their key. */
	const enum rrtype type =
	    record->kind == RECORD_DKIM ? RRTYPE_TXT : record->type;
	struct name zone;
	assert(record->judged);
	if (!wants_change(judged) || !name_is_set(record->name) ||
	    !name_is_set(apex) || name_equal(record->name, apex) ||
	    !zone_holding(look, sight, record->name, type, &zone)) {
		return;
	}
	if (name_is_set(zone) && name_is_under(zone, apex) &&
	    !name_equal(zone, apex)) {
		judged->zone = zone;
		judged->zone_set = published(look, sight, zone, RRTYPE_NS);
	}
}
