/* SPDX-License-Identifier: MIT */
/*
 * The right content under another type: a TXT with the target where a CNAME
 * belongs, a CNAME or type 99 where a TXT belongs.
 */
#include "checks/content.h"
#include "checks/presence.h"
#include "diagnosis/cause.h"

#include "base/arena.h"
#include "look/look.h"
#include "walks/published.h"

#include <assert.h>

/** Which types are mistaken for that of a family. */
struct mistake {
	enum record_kind kind;
	enum rrtype type;
};

static const struct mistake MISTAKES[] = {
	{ RECORD_OWNERSHIP, RRTYPE_CNAME },
	{ RECORD_OWNERSHIP, RRTYPE_SPF },
	{ RECORD_SPF, RRTYPE_SPF },
	{ RECORD_MAIL_FROM_SPF, RRTYPE_SPF },
	{ RECORD_DKIM, RRTYPE_TXT },
	{ RECORD_DMARC, RRTYPE_CNAME },
	{ RECORD_DMARC, RRTYPE_SPF },
	{ RECORD_MAIL_FROM_MX, RRTYPE_CNAME },
	{ RECORD_MAIL_FROM_MX, RRTYPE_TXT },
};

/** The value of *rr* without a final dot. */
static struct str
bare_value(struct arena *arena, const struct rr *rr)
{
	const struct str value = str_trim(rr_value(arena, rr));
	return str_ends(value, STR(".")) ? str_slice(value, 0, value.len - 1)
					 : value;
}

/** True if *value* has the text of the TXT *record*, or what it begins with. */
static bool
has_text(const struct expected *record, struct str value)
{
	const struct str text =
	    record->text.len > 0 ? record->text : STR(OWNERSHIP_PREFIX);
	return str_find_nocase(value, text) >= 0;
}

/** True if *value* is the target of *record*; in an MX a number precedes. */
static bool
has_target(struct arena *arena, const struct expected *record, struct str value)
{
	if (!name_is_set(record->target)) {
		return str_find_nocase(value, STR("feedback-smtp.")) >= 0;
	}
	const struct str want = name_text(arena, record->target);
	return record->type == RRTYPE_MX ? str_ends_nocase(value, want)
					 : str_eq_nocase(value, want);
}

/** True if *rr* of a wrong type says what the record should say. */
static bool
carries(struct arena *arena, const struct subject *subject, const struct rr *rr)
{
	const struct expected *record = subject->record;
	if (rr->type == RRTYPE_SPF) {
		struct rr txt = *rr;
		txt.type = RRTYPE_TXT;
		return content_is_right(subject, &txt);
	}
	switch (rrtype_layout(record->type)) {
	case RR_LAYOUT_TXT:
		return has_text(record, bare_value(arena, rr));
	case RR_LAYOUT_NAME:
	case RR_LAYOUT_MX:
		return has_target(arena, record, bare_value(arena, rr));
	case RR_LAYOUT_ADDR:
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_SOA:
		break;
	}
	return false;
}

static void
explain(const struct scene *scene, const struct rr *rr,
    const struct answer *answer, struct judgement *out)
{
	struct finding *finding = cause_replace(out, FINDING_X_WRONG_TYPE);
	const struct str type = rrtype_text(finding->arena, rr->type);
	finding_arg(finding, "found_type", "%.*s", STR_ARG(type));
	finding_saw(finding, rr, answer);
	finding_edit(finding, EDIT_REMOVE, rr);
	if (rr->type == RRTYPE_SPF &&
	    content_is_complete(finding->arena, scene->subject, rr)) {
		struct rr txt = *rr;
		txt.type = RRTYPE_TXT;
		finding_edit(finding, EDIT_ADD, &txt);
		return;
	}
	mend_by_adding(finding, scene->subject);
}

/** True if the record's own answer leaves room for *type* at its name. */
static bool
may_stand(struct look *look, const struct scene *scene, enum rrtype type)
{
	const struct expected *record = scene->subject->record;
	const struct answer *answer =
	    published(look, &scene->subject->sight, record->name, record->type);
	if (!answer || answer->chain_len > 0 || answer_failed(answer)) {
		return true;
	}
	/* A CNAME would have shown in that answer (RFC 1034 3.6.2). */
	return answer->status != ANSWER_NXDOMAIN && type != RRTYPE_CNAME;
}

/** Explains the symptom if the content stands there as a *type*. */
static bool
explain_by(struct look *look, const struct scene *scene, enum rrtype type,
    struct judgement *out)
{
	const struct subject *subject = scene->subject;
	const struct name name = subject->record->name;
	if (!may_stand(look, scene, type)) {
		return false;
	}
	const struct answer *answer =
	    published(look, &subject->sight, name, type);
	if (!answer || answer->status != ANSWER_FOUND) {
		return false;
	}
	const struct rr *rr;
	answer_foreach_rr(rr, answer) {
		if (name_equal(rr->owner, name) &&
		    carries(look_scratch(look), subject, rr)) {
			explain(scene, rr, answer, out);
			return true;
		}
	}
	return false;
}

bool
cause_wrong_type(
    struct look *look, const struct scene *scene, struct judgement *out)
{
	const enum record_kind kind = scene->subject->record->kind;
	if (!symptom_is_missing(out) && !symptom_is_wrong_value(out)) {
		return false;
	}
	for (size_t i = 0; i < sizeof(MISTAKES) / sizeof(*MISTAKES); i++) {
		if (MISTAKES[i].kind == kind &&
		    explain_by(look, scene, MISTAKES[i].type, out)) {
			return true;
		}
	}
	return false;
}
