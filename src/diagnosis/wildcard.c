/* SPDX-License-Identifier: MIT */
/*
 * A wildcard answers in the place of the record (RFC 4592): the right
 * content then proves nothing, and other content means that the record is
 * missing.
 */
#include "checks/presence.h"
#include "diagnosis/cause.h"

#include "look/look.h"
#include "walks/published.h"
#include "walks/wildcard.h"

/** True if *answer* says just what the wildcard says. */
static bool
comes_from(struct wildcard wildcard, const struct answer *answer)
{
	const struct rr *rr;
	if (answer->chain_len > 0) {
		return wildcard_gives(wildcard, &answer->chain[0]);
	}
	answer_foreach_rr(rr, answer) {
		if (!wildcard_gives(wildcard, rr)) {
			return false;
		}
	}
	return answer->rrs_len > 0;
}

/** Notes in *finding* what the wildcard answers. */
static void
saw_wildcard(struct finding *finding, const struct answer *answer)
{
	if (answer->chain_len > 0) {
		finding_saw(finding, &answer->chain[0], answer);
		return;
	}
	const struct rr *rr;
	answer_foreach_rr(rr, answer) {
		finding_saw(finding, rr, answer);
	}
}

/** Replaces what was said of the wildcard's content: nothing is there. */
static void
say_missing(const struct subject *subject, struct wildcard wildcard,
    struct judgement *out)
{
	struct finding *finding = cause_replace(out, FINDING_X_MISSING);
	saw_wildcard(finding, wildcard.answer);
	mend_by_adding(finding, subject);
	out->from_wildcard = true;
	out->found.len = 0;
	out->ttl = -1;
}

/** True if a wildcard could answer for *name*: never for the apex itself. */
static bool
is_possible(const struct scene *scene, struct name name)
{
	return name_is_set(name) && !name_equal(name, scene->apex);
}

bool
cause_wildcard(
    struct look *look, const struct scene *scene, struct judgement *out)
{
	const struct subject *subject = scene->subject;
	const struct expected *record = subject->record;
	if (!is_possible(scene, record->name)) {
		return false;
	}
	const struct wildcard wildcard = wildcard_find(
	    look, &subject->sight, name_parent(record->name), record->type);
	const struct answer *answer =
	    published(look, &subject->sight, record->name, record->type);
	if (!answer || !wildcard.answer || !comes_from(wildcard, answer)) {
		return false;
	}
	if (out->status == STATUS_OK) {
		saw_wildcard(
		    find(&out->findings, FINDING_X_WILDCARD), wildcard.answer);
		return true;
	}
	/* Other causes may still explain why it is missing. */
	say_missing(subject, wildcard, out);
	return false;
}
