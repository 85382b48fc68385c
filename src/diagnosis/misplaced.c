/* SPDX-License-Identifier: MIT */
/*
 * The record stands at another name near its own: a label was left out,
 * glued or written twice, an underscore was lost, name and value were
 * exchanged. The names are the table in neighbours.c.
 */
#include "diagnosis/cause.h"
#include "diagnosis/neighbours.h"

#include "look/look.h"

bool
cause_misplaced(
    struct look *look, const struct scene *scene, struct judgement *out)
{
	struct neighbours names;
	if (!symptom_is_missing(out)) {
		return false;
	}
	neighbours_misplaced(look, scene, &names);
	const struct neighbour *found = neighbours_search(look, scene, &names);
	if (!found) {
		return false;
	}
	struct finding *finding = cause_replace(out, FINDING_X_MISPLACED);
	finding_arg_name(finding, "found_name", found->name);
	finding_arg(finding, "place", "%s", found->place);
	finding_saw(finding, found->rr, found->answer);
	mend_by_moving(finding, scene, found->rr, found->removable);
	return true;
}
