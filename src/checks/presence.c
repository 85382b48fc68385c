/* SPDX-License-Identifier: MIT */
/* What the presence or absence of a record means, and what mends it. */
#include "checks/presence.h"

#include "base/arena.h"
#include "look/look.h"

#include <assert.h>

void
judge_failure(struct look *look, const struct answer *answer,
    const struct question *question, struct judgement *out)
{
	struct arena *arena = look_scratch(look);
	struct finding *finding = find(&out->findings, FINDING_X_LOOKUP_FAILED);
	const struct str type = rrtype_text(arena, question->type);
	const struct str name = name_text(arena, question->name);
	finding_arg(
	    finding, "outcome", "%s", answer_status_text(answer->status));
	finding_arg(
	    finding, "question", "%.*s %.*s", STR_ARG(type), STR_ARG(name));
	/* What was never asked is not asked the next time either. */
	finding->waiting_helps = answer->status != ANSWER_CAPPED;
	finding_arg(finding, "next", "%s",
	    finding->waiting_helps
		? "Try again in a minute; if it stays, see whether the name "
		  "servers of the domain answer."
		: "Check fewer records at a time (--only), or ask the "
		  "resolver alone (--view resolver).");
	finding_saw_none(finding, question->name, question->type, answer);
	out->status = STATUS_UNKNOWN;
}

const struct answer *
record_answer(
    struct look *look, const struct sight *sight, const struct expected *record)
{
	const enum rrtype type =
	    record->kind == RECORD_DKIM ? RRTYPE_TXT : record->type;
	return published(look, sight, record->name, type);
}

void
record_saw(struct finding *finding, const struct expected *record,
    const struct answer *answer)
{
	const struct rr *rr;
	if (answer->chain_len > 0) {
		finding_saw(finding, &answer->chain[0], answer);
		return;
	}
	if (answer->rrs_len == 0) {
		finding_saw_none(finding, record->name, record->type, answer);
	}
	answer_foreach_rr(rr, answer) {
		finding_saw(finding, rr, answer);
	}
}

void
judge_not_checked(
    struct judgement *out, struct str what, const char *why, const char *option)
{
	const struct not_checked item = {
		.what = what,
		.why = str_of(why),
		.option = option,
	};
	vec_push(out->findings.arena, &out->not_checked, item);
}

void
judge_outside(
    struct judgement *out, struct str what, const struct answer *answer)
{
	struct arena *arena = out->findings.arena;
	if (!answer || answer->referral_len == 0) {
		judge_not_checked(out, what, "not in the zone files",
		    "without --zone, DNS is asked");
		return;
	}
	const struct str cut = name_text(arena, answer->referral[0].owner);
	const struct str why = str_print(arena,
	    "not in the zone files, which hand %.*s on to other servers",
	    STR_ARG(cut));
	judge_not_checked(out, what, str_z(arena, why),
	    "give the file of that zone with --zone, too; without --zone, DNS "
	    "is asked");
}

bool
wanted_is_known(const struct subject *subject)
{
	const struct expected *record = subject->record;
	if (!name_is_set(record->name)) {
		return false;
	}
	switch (rrtype_layout(record->type)) {
	case RR_LAYOUT_TXT:
		return record->text.len > 0;
	case RR_LAYOUT_NAME:
	case RR_LAYOUT_MX:
		return name_is_set(record->target);
	case RR_LAYOUT_ADDR:
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_SOA:
		return false;
	}
	return false;
}

struct rr
wanted_rr(struct arena *arena, const struct subject *subject)
{
	const struct expected *record = subject->record;
	struct rr rr = { .owner = record->name, .type = record->type };
	assert(wanted_is_known(subject));
	switch (rrtype_layout(record->type)) {
	case RR_LAYOUT_TXT:
		rr.rdata.txt = rr_txt_of(arena, record->text);
		break;
	case RR_LAYOUT_MX:
		rr.rdata.mx.preference = record->preference;
		rr.rdata.mx.exchange = record->target;
		break;
	case RR_LAYOUT_NAME:
		rr.rdata.target = record->target;
		break;
	case RR_LAYOUT_ADDR:
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_SOA:
		break;
	}
	return rr;
}

void
mend_by_adding(struct finding *finding, const struct subject *subject)
{
	if (wanted_is_known(subject)) {
		const struct rr rr = wanted_rr(finding->arena, subject);
		finding_edit(finding, EDIT_ADD, &rr);
	}
}

void
mend_by_removing(struct finding *finding, const struct answer *answer)
{
	const struct rr *rr;
	answer_foreach_rr(rr, answer) {
		finding_edit(finding, EDIT_REMOVE, rr);
	}
}

void
judge_absence(const struct subject *subject, const struct answer *answer,
    struct judgement *out)
{
	const enum finding_code code = subject->record->kind == RECORD_OTHER
					   ? FINDING_OTHER_MISSING
					   : FINDING_X_MISSING;
	struct finding *finding = find(&out->findings, code);
	finding_saw_none(
	    finding, subject->record->name, subject->record->type, answer);
	mend_by_adding(finding, subject);
	out->status = STATUS_MISSING;
}

/** Shows the CNAMEs of *answer*, and replaces the first by the record. */
static void
mend_chain(const struct subject *subject, const struct answer *answer,
    struct finding *finding)
{
	for (size_t i = 0; i < answer->chain_len; i++) {
		finding_saw(finding, &answer->chain[i], answer);
	}
	if (answer->chain_len > 0) {
		finding_edit(finding, EDIT_REMOVE, &answer->chain[0]);
	}
	mend_by_adding(finding, subject);
}

void
judge_alias(const struct subject *subject, const struct answer *answer,
    struct judgement *out)
{
	struct finding *finding = find(&out->findings, FINDING_X_NAME_TAKEN);
	finding_arg(finding, "holder", "a CNAME");
	finding_arg(finding, "or_else", "%s", "");
	mend_chain(subject, answer, finding);
	out->status = STATUS_CONFLICT;
}

/** The chain leads to nothing or in a circle: its first CNAME is in the way. */
static void
bad_chain(const struct subject *subject, const struct answer *answer,
    struct judgement *out)
{
	if (answer->status == ANSWER_LOOP) {
		mend_chain(subject, answer,
		    find(&out->findings, FINDING_X_CNAME_LOOP));
		out->status = STATUS_WRONG;
	} else if (catalog_has_family(
		       FINDING_X_NAME_TAKEN, out->findings.family)) {
		judge_alias(subject, answer, out);
	} else {
		judge_absence(subject, answer, out);
	}
}

static void
note_found(const struct subject *subject, const struct answer *answer,
    struct judgement *out)
{
	struct arena *arena = out->findings.arena;
	const struct rr *rr;
	answer_foreach_rr(rr, answer) {
		vec_push(arena, &out->found, rr_value(arena, rr));
		if (out->ttl < 0 || rr->ttl < (uint32_t)out->ttl) {
			out->ttl = rr->ttl;
		}
	}
	assert(answer->rrs_len > 0 && subject->record);
}

/** The name that was asked for last, and how it came to that. */
static struct str
name_of_end(struct arena *arena, const struct subject *subject,
    const struct answer *answer)
{
	const struct str name = name_text(arena, subject->record->name);
	if (answer->chain_len == 0) {
		return name;
	}
	const struct rr *last = &answer->chain[answer->chain_len - 1];
	const struct str end = name_text(arena, last->rdata.target);
	return str_print(
	    arena, "%.*s, to which %.*s leads", STR_ARG(end), STR_ARG(name));
}

bool
judge_presence(struct look *look, const struct subject *subject,
    const struct answer *answer, struct judgement *out)
{
	const struct question question = {
		.name = subject->record->name,
		.type = subject->record->type,
	};
	if (!answer) {
		return false;
	}
	if (answer->status == ANSWER_FOUND) {
		note_found(subject, answer, out);
		return true;
	}
	if (answer->status == ANSWER_OUTSIDE) {
		judge_outside(out,
		    name_of_end(out->findings.arena, subject, answer), answer);
		out->status = STATUS_NOT_CHECKED;
	} else if (answer_failed(answer)) {
		judge_failure(look, answer, &question, out);
	} else if (answer->chain_len > 0) {
		bad_chain(subject, answer, out);
	} else {
		judge_absence(subject, answer, out);
	}
	return false;
}
