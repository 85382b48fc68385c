/* SPDX-License-Identifier: MIT */
/*
 * The ownership TXT at _ivymail.D: one of the values there must be
 * "ivymail-verify=TOKEN", byte for byte; others do no harm.
 */
#include "checks/check.h"
#include "checks/content.h"
#include "checks/presence.h"

static void
value_wrong(const struct subject *subject, const struct answer *answer,
    struct judgement *out)
{
	const enum finding_code code = answer->chain_len > 0
					   ? FINDING_X_NAME_TAKEN
					   : FINDING_X_VALUE_WRONG;
	struct finding *finding = find(&out->findings, code);
	const struct rr *rr;
	if (answer->chain_len > 0) {
		finding_saw(finding, &answer->chain[0], answer);
	}
	answer_foreach_rr(rr, answer) {
		finding_saw(finding, rr, answer);
	}
	if (answer->chain_len > 0) {
		finding_arg(finding, "holder", "a CNAME");
		finding_arg(finding, "or_else", "%s", "");
		finding_edit(finding, EDIT_REMOVE, &answer->chain[0]);
		out->status = STATUS_CONFLICT;
	} else {
		finding_arg(finding, "difference", "another content");
		out->status = STATUS_WRONG;
	}
	mend_by_adding(finding, subject);
}

void
check_ownership(
    struct look *look, const struct subject *subject, struct judgement *out)
{
	const struct answer *answer =
	    published(look, &subject->sight, subject->record->name, RRTYPE_TXT);
	if (judge_presence(look, subject, answer, out) &&
	    !content_has_right(subject, answer)) {
		value_wrong(subject, answer, out);
	}
}
