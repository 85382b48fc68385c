/* SPDX-License-Identifier: MIT */
/* Records of the given list that are none of the eight: published exactly. */
#include "checks/check.h"
#include "checks/content.h"
#include "checks/presence.h"

void
check_other(
    struct look *look, const struct subject *subject, struct judgement *out)
{
	const struct expected *record = subject->record;
	const struct answer *answer =
	    published(look, &subject->sight, record->name, record->type);
	if (!judge_presence(look, subject, answer, out) ||
	    content_has_right(subject, answer)) {
		return;
	}
	struct finding *finding =
	    find(&out->findings, FINDING_OTHER_VALUE_WRONG);
	const struct rr *rr;
	answer_foreach_rr(rr, answer) {
		finding_saw(finding, rr, answer);
	}
	out->status = STATUS_WRONG;
	mend_by_adding(finding, subject);
}
