/* SPDX-License-Identifier: MIT */
/*
 * A wildcard answers in the place of the record (RFC 4592): the right
 * content then proves nothing, and other content means that the record is
 * missing.
 */
#include "checks/content.h"
#include "checks/presence.h"
#include "diagnosis/cause.h"

#include "look/look.h"
#include "walks/published.h"
#include "walks/wildcard.h"

/** Replaces what was said of the wildcard's content: nothing is there. */
static void
say_missing(const struct subject *subject, struct wildcard wildcard,
    struct judgement *out)
{
	const enum finding_code code = subject->record->kind == RECORD_OTHER
					   ? FINDING_OTHER_MISSING
					   : FINDING_X_MISSING;
	struct finding *finding = cause_replace(out, code);
	record_saw(finding, subject->record, wildcard.answer);
	mend_by_adding(finding, subject);
	out->found.len = 0;
	out->ttl = -1;
}

/** True if a wildcard could answer for *name*: never for the apex itself. */
static bool
is_possible(const struct scene *scene, struct name name)
{
	return name_is_set(name) && !name_equal(name, scene->apex);
}

/** True if what answers for *type* at the record's name is a wildcard. */
static bool
stands_in(struct look *look, const struct scene *scene, enum rrtype type)
{
	const struct sight *sight = &scene->subject->sight;
	const struct name name = scene->subject->record->name;
	const struct wildcard wildcard =
	    wildcard_find(look, sight, name_parent(name), type);
	const struct answer *answer =
	    wildcard.answer ? published(look, sight, name, type) : NULL;
	return answer && wildcard_explains(wildcard, answer);
}

bool
wildcard_holds_name(struct look *look, const struct scene *scene)
{
	static const enum rrtype types[] = { RRTYPE_TXT, RRTYPE_MX };
	bool holds = false;
	if (!is_possible(scene, scene->subject->record->name)) {
		return false;
	}
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		holds = stands_in(look, scene, types[i]) || holds;
	}
	return holds;
}

/** It works as long as nothing else is added at the name. */
static void
say_wildcard(const struct subject *subject, const struct answer *answer,
    struct judgement *out)
{
	struct finding *finding = find(&out->findings, FINDING_X_WILDCARD);
	const struct rr *rr;
	record_saw(finding, subject->record, answer);
	answer_foreach_rr(rr, answer) {
		struct rr own = *rr;
		own.owner = subject->record->name;
		if (answer->chain_len == 0) {
			finding_edit(finding, EDIT_ADD, &own);
		}
	}
	if (answer->chain_len > 0) {
		mend_by_adding(finding, subject);
	}
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
	if (!wildcard.answer) {
		/* As nearly always; the record need not be asked for again. */
		return false;
	}
	const struct answer *answer =
	    published(look, &subject->sight, record->name, record->type);
	if (!answer || !wildcard_explains(wildcard, answer)) {
		return false;
	}
	if (out->status == STATUS_OK) {
		/* A policy may be inherited, whatever the wildcard says. */
		if (record->kind != RECORD_OTHER &&
		    (answer->chain_len > 0 ||
			content_has_right(subject, answer))) {
			say_wildcard(subject, wildcard.answer, out);
		}
		return true;
	}
	/* Other causes may still explain why it is missing. */
	say_missing(subject, wildcard, out);
	return false;
}
