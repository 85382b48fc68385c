/* SPDX-License-Identifier: MIT */
/*
 * A CNAME stands beside the record, which is right by itself (RFC 1034
 * 3.6.2: nothing may). Only files show both: a server refuses the zone, or
 * gives the CNAME alone.
 */
#include "diagnosis/cause.h"

#include "findings/catalog.h"
#include "look/look.h"
#include "walks/published.h"

bool
cause_cname_beside(
    struct look *look, const struct scene *scene, struct judgement *out)
{
	const struct subject *subject = scene->subject;
	const struct expected *record = subject->record;
	if (!subject->offline || out->status != STATUS_OK ||
	    record->type == RRTYPE_CNAME ||
	    !catalog_has_family(FINDING_X_NAME_TAKEN, out->findings.family)) {
		return false;
	}
	const struct answer *own =
	    published(look, &subject->sight, record->name, record->type);
	const struct answer *answer =
	    published(look, &subject->sight, record->name, RRTYPE_CNAME);
	/* One that leads to the right content is no harm. */
	if (!own || own->chain_len > 0 || !answer ||
	    answer->status != ANSWER_FOUND) {
		return false;
	}
	struct finding *finding = cause_replace(out, FINDING_X_NAME_TAKEN);
	finding_arg(finding, "holder", "a CNAME");
	finding_arg(finding, "or_else", "%s", "");
	finding_saw(finding, &answer->rrs[0], answer);
	finding_edit(finding, EDIT_REMOVE, &answer->rrs[0]);
	return true;
}
