/* SPDX-License-Identifier: MIT */
/* The table of causes, and what they share. */
#include "diagnosis/cause.h"

#include "base/arena.h"
#include "checks/content.h"
#include "checks/presence.h"

#include <assert.h>

static cause_fn *const CAUSES[] = {
#define CAUSE(function) function,
#include "diagnosis/causes.def"
#undef CAUSE
};

/** True if something is wrong for which there may be a cause. */
static bool
wants_cause(const struct judgement *out)
{
	return out->status == STATUS_MISSING || out->status == STATUS_WRONG ||
	       out->status == STATUS_CONFLICT || out->status == STATUS_OK;
}

/** Notes of the additions of *finding* at *name* what they hide. */
static size_t
edits_note(struct finding *finding, struct name name, bool over_wildcard)
{
	size_t count = 0;
	struct edit *edit;
	vec_foreach(edit, &finding->edits) {
		if (edit->op == EDIT_ADD && name_equal(edit->rr.owner, name)) {
			edit->over_wildcard = over_wildcard;
			count++;
		}
	}
	return count;
}

/**
 * Notes of what is to be added at *name* whether it hides a wildcard; gives
 * how many records that are.
 */
static size_t
additions_note(
    const struct judgement *out, struct name name, bool over_wildcard)
{
	struct finding *const *finding;
	size_t count = 0;
	vec_foreach(finding, &out->findings.list) {
		count += edits_note(*finding, name, over_wildcard);
	}
	return count;
}

/** How many causes, from the first on, are looked for. */
static size_t
causes_for(const struct expected *record)
{
	/* What others mean is not known; but a wildcard is none of them. */
	assert(CAUSES[0] == cause_wildcard);
	return record->kind == RECORD_OTHER ? 1
					    : sizeof(CAUSES) / sizeof(*CAUSES);
}

void
diagnose(struct look *look, const struct scene *scene, struct judgement *out)
{
	const struct expected *record = scene->subject->record;
	assert(record);
	if (!wants_cause(out)) {
		return;
	}
	bool explained = false;
	for (size_t i = 0; i < causes_for(record) && !explained; i++) {
		explained = CAUSES[i](look, scene, out);
	}
	if (additions_note(out, record->name, false) > 0) {
		(void)additions_note(
		    out, record->name, wildcard_holds_name(look, scene));
	}
}

struct finding *
cause_replace(struct judgement *out, enum finding_code code)
{
	findings_clear(&out->findings);
	out->status = catalog_row(code)->status;
	return find(&out->findings, code);
}

bool
symptom_is_missing(const struct judgement *out)
{
	return findings_get(&out->findings, FINDING_X_MISSING) != NULL;
}

bool
symptom_is_wrong_value(const struct judgement *out)
{
	return findings_get(&out->findings, FINDING_X_VALUE_WRONG) ||
	       findings_get(&out->findings, FINDING_X_NAME_TAKEN);
}

void
mend_by_moving(struct finding *finding, const struct scene *scene,
    const struct rr *found, bool remove)
{
	const struct subject *subject = scene->subject;
	if (remove) {
		finding_edit(finding, EDIT_REMOVE, found);
	}
	const bool keeps_text =
	    found->type == RRTYPE_TXT &&
	    subject->record->kind != RECORD_OWNERSHIP &&
	    content_is_complete(finding->arena, subject, found);
	if (keeps_text) {
		struct rr moved = *found;
		moved.owner = subject->record->name;
		finding_edit(finding, EDIT_ADD, &moved);
		return;
	}
	mend_by_adding(finding, subject);
}
