/* SPDX-License-Identifier: MIT */
/*
 * The target of a CNAME or MX without its final dot: the panel took it as
 * relative and appended the zone (RFC 1035 5.1).
 */
#include "checks/content.h"
#include "checks/presence.h"
#include "diagnosis/cause.h"

#include "base/arena.h"
#include "look/look.h"
#include "walks/published.h"

/** The target of *rr* (CNAME or MX), or "no name". */
static struct name
target_of(const struct rr *rr)
{
	switch (rrtype_layout(rr->type)) {
	case RR_LAYOUT_NAME:
		return rr->rdata.target;
	case RR_LAYOUT_MX:
		return rr->rdata.mx.exchange;
	case RR_LAYOUT_ADDR:
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_SOA:
	case RR_LAYOUT_TXT:
		break;
	}
	return (struct name){ 0 };
}

/** What is left of *target* without *suffix*, as a record to be judged. */
static bool
right_without(const struct subject *subject, const struct rr *rr,
    struct name suffix, struct arena *arena)
{
	const struct name left = name_relative(arena, target_of(rr), suffix);
	if (!name_is_set(left) || name_is_root(left)) {
		return false;
	}
	struct rr cut = *rr;
	if (rr->type == RRTYPE_MX) {
		cut.rdata.mx.exchange = left;
	} else {
		cut.rdata.target = left;
	}
	return content_is_right(subject, &cut) ||
	       content_could_be(arena, subject, &cut);
}

/** The suffix that was appended to the target of *rr*, or "no name". */
static struct name
suffix_of(const struct scene *scene, const struct rr *rr, struct arena *arena)
{
	struct name end = scene->subject->record->name;
	while (name_is_set(end) && !name_is_root(end) &&
	       name_is_under(end, scene->apex)) {
		if (right_without(scene->subject, rr, end, arena)) {
			return end;
		}
		end = name_parent(end);
	}
	return (struct name){ 0 };
}

bool
cause_target_doubled(
    struct look *look, const struct scene *scene, struct judgement *out)
{
	const struct subject *subject = scene->subject;
	const struct expected *record = subject->record;
	if (out->status == STATUS_OK ||
	    findings_get(&out->findings, FINDING_X_CNAME_LOOP) ||
	    (record->kind != RECORD_DKIM &&
		record->kind != RECORD_MAIL_FROM_MX)) {
		return false;
	}
	const struct answer *answer =
	    published(look, &subject->sight, record->name, record->type);
	if (!answer || answer->status != ANSWER_FOUND || answer->rrs_len != 1) {
		return false;
	}
	const struct rr *rr = &answer->rrs[0];
	const struct name suffix = suffix_of(scene, rr, look_scratch(look));
	if (!name_is_set(suffix)) {
		return false;
	}
	struct finding *finding = cause_replace(out, FINDING_X_TARGET_DOUBLED);
	const struct str text = name_text(look_scratch(look), suffix);
	finding_arg(finding, "suffix", "\".%.*s\"", STR_ARG(text));
	finding_saw(finding, rr, answer);
	if (wanted_is_known(subject)) {
		finding_edit(finding, EDIT_REMOVE, rr);
		mend_by_adding(finding, subject);
	}
	return true;
}
