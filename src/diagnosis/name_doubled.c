/* SPDX-License-Identifier: MIT */
/*
 * The panel appended the zone to a name that already ended in it: the record
 * stands at its name with the zone, the domain, or the first labels of the
 * domain appended once more.
 */
#include "checks/content.h"
#include "diagnosis/cause.h"
#include "diagnosis/neighbours.h"

#include "look/look.h"

/** Fills in the finding for *rr* found at a doubled name. */
static void
explain(const struct scene *scene, const struct rr *rr,
    const struct answer *answer, struct judgement *out)
{
	struct arena *arena = out->findings.arena;
	struct finding *finding = cause_replace(out, FINDING_X_NAME_DOUBLED);
	struct name suffix = rr->owner;
	const struct name name = scene->subject->record->name;
	/* What was appended: what the found name has more at its end. */
	if (name_labels(rr->owner) > name_labels(name)) {
		suffix = name_suffix(
		    rr->owner, name_labels(rr->owner) - name_labels(name));
	}
	const struct str text = name_text(arena, suffix);
	finding_arg(finding, "suffix", "\".%.*s\"", STR_ARG(text));
	finding_arg_name(finding, "found_name", rr->owner);
	finding_saw(finding, rr, answer);
	mend_by_moving(finding, scene, rr, true);
}

bool
cause_name_doubled(
    struct look *look, const struct scene *scene, struct judgement *out)
{
	struct neighbours names;
	if (!symptom_is_missing(out)) {
		return false;
	}
	neighbours_doubled(look, scene, &names);
	const struct neighbour *found = neighbours_search(look, scene, &names);
	if (!found) {
		return false;
	}
	explain(scene, found->rr, found->answer, out);
	return true;
}
