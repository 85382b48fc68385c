/* SPDX-License-Identifier: MIT */
/* What a text must be to be right, by the kind of its record. */
#include "diagnosis/undone.h"

#include "base/arena.h"
#include "checks/content.h"
#include "checks/presence.h"
#include "look/look.h"
#include "mail/dmarc.h"
#include "mail/spf.h"
#include "mail/spf_merge.h"

#include <assert.h>

/** True if *rr* is right: for SPF and DMARC, if it keeps the grammar. */
static bool
is_right(struct arena *arena, const struct scene *scene, const struct rr *rr)
{
	const struct str text = rr->rdata.txt.joined;
	switch (scene->subject->record->kind) {
	case RECORD_OWNERSHIP:
		return content_is_right(scene->subject, rr);
	case RECORD_SPF:
	case RECORD_MAIL_FROM_SPF:
		return spf_is_record(text) && spf_parse(arena, text)->valid;
	case RECORD_DMARC:
		return dmarc_is_valid(dmarc_parse(arena, text));
	case RECORD_DKIM:
	case RECORD_MAIL_FROM_MX:
	case RECORD_OTHER:
		break;
	}
	return false;
}

static struct rr
with_text(struct arena *arena, const struct rr *rr, struct str text)
{
	struct rr changed = *rr;
	changed.rdata.txt = rr_txt_of(arena, text);
	return changed;
}

const struct answer *
undone_candidates(
    struct look *look, const struct scene *scene, const struct judgement *out)
{
	const struct subject *subject = scene->subject;
	const struct expected *record = subject->record;
	if (record->type != RRTYPE_TXT || record->kind == RECORD_OTHER ||
	    (out->status != STATUS_WRONG && out->status != STATUS_MISSING)) {
		return NULL;
	}
	const struct answer *answer =
	    published(look, &subject->sight, record->name, RRTYPE_TXT);
	if (!answer || answer->status != ANSWER_FOUND) {
		return NULL;
	}
	/* Beside a record that receivers use, one more is no help. */
	const struct rr *rr;
	answer_foreach_rr(rr, answer) {
		if (is_right(look_scratch(look), scene, rr)) {
			return NULL;
		}
	}
	return answer;
}

bool
undone_is_right(struct arena *arena, const struct scene *scene,
    const struct rr *rr, struct str text)
{
	assert(rr->type == RRTYPE_TXT);
	const struct rr changed = with_text(arena, rr, text);
	return name_equal(rr->owner, scene->subject->record->name) &&
	       is_right(arena, scene, &changed);
}

/** *text* so that it is complete: an SPF record with SES in it. */
static struct str
completed(struct arena *arena, const struct scene *scene, struct str text)
{
	const enum record_kind kind = scene->subject->record->kind;
	if ((kind != RECORD_SPF && kind != RECORD_MAIL_FROM_SPF) ||
	    spf_allows_ses_alone(arena, text)) {
		return text;
	}
	struct spf_merging merging = { .ses = SPF_PLACE_LAST };
	const struct spf_record *record = spf_parse(arena, text);
	vec_push(arena, &merging.records, record);
	return spf_merge(arena, &merging);
}

void
mend_by_undoing(struct finding *finding, const struct scene *scene,
    const struct rr *rr, struct str text)
{
	struct arena *arena = finding->arena;
	const struct rr changed =
	    with_text(arena, rr, completed(arena, scene, text));
	assert(undone_is_right(arena, scene, rr, text));
	if (scene->subject->record->kind == RECORD_OWNERSHIP ||
	    content_is_complete(arena, scene->subject, &changed)) {
		finding_edit(finding, EDIT_REMOVE, rr);
		finding_edit(finding, EDIT_ADD, &changed);
	}
}
