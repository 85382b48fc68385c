/* SPDX-License-Identifier: MIT */
/*
 * The right value, with something done to it on the way into DNS. What that
 * can be is known to text/damage; here it is decided what the value is
 * compared with.
 */
#include "checks/content.h"
#include "checks/presence.h"
#include "diagnosis/cause.h"
#include "diagnosis/undone.h"

#include "base/arena.h"
#include "base/buf.h"
#include "look/look.h"
#include "text/damage.h"

#include <assert.h>

/** Replaces what was found by the damage to *rr*, at *shift* bytes more. */
static struct finding *
explain(struct judgement *out, const struct rr *rr, const struct answer *answer,
    const struct damaged *damaged, size_t shift)
{
	struct finding *finding = cause_replace(out, FINDING_X_VALUE_DAMAGED);
	struct evidence *evidence = finding_saw(finding, rr, answer);
	finding_arg(finding, "damage", "%s", damage_word(damaged->damage));
	finding_arg(finding, "what", "%.*s", STR_ARG(damaged->what));
	evidence->has_span = true;
	evidence->from = damaged->span.from + shift;
	evidence->to = damaged->span.to + shift;
	assert(evidence->to <= evidence->value.len);
	return finding;
}

/** Ownership with a known token: compared byte by byte. */
static bool
known_text(struct look *look, const struct scene *scene,
    const struct answer *answer, struct judgement *out)
{
	const struct expected *record = scene->subject->record;
	const struct intact intact = {
		.text = record->text,
		.prefix = STR(OWNERSHIP_PREFIX),
	};
	const struct rr *rr;
	answer_foreach_rr(rr, answer) {
		struct damaged damaged;
		if (!name_equal(rr->owner, record->name) ||
		    !damage_find(look_scratch(look), scene->patterns, &intact,
			rr->rdata.txt.joined, &damaged)) {
			continue;
		}
		struct finding *finding = explain(out, rr, answer, &damaged, 0);
		finding_edit(finding, EDIT_REMOVE, rr);
		mend_by_adding(finding, scene->subject);
		return true;
	}
	return false;
}

/** A text of which only the kind is known: right once it is undone. */
static bool
undone_text(struct look *look, const struct scene *scene,
    const struct answer *answer, struct judgement *out)
{
	struct arena *arena = look_scratch(look);
	const bool is_word = scene->subject->record->kind == RECORD_OWNERSHIP;
	const struct rr *rr;
	answer_foreach_rr(rr, answer) {
		struct damaged damaged;
		struct str text;
		if ((is_word ? damage_undo_word : damage_undo)(arena,
			scene->patterns, rr->rdata.txt.joined, &text,
			&damaged) &&
		    undone_is_right(arena, scene, rr, text)) {
			struct finding *finding =
			    explain(out, rr, answer, &damaged, 0);
			mend_by_undoing(finding, scene, rr, text);
			return true;
		}
	}
	return false;
}

static bool
damaged_text(
    struct look *look, const struct scene *scene, struct judgement *out)
{
	const struct expected *record = scene->subject->record;
	const struct answer *answer = undone_candidates(look, scene, out);
	if (!answer) {
		return false;
	}
	return record->kind == RECORD_OWNERSHIP && record->text.len > 0
		   ? known_text(look, scene, answer, out)
		   : undone_text(look, scene, answer, out);
}

/** The bytes that *text*, a name as text, stands for; dots are dots. */
static struct str
name_bytes(struct arena *arena, struct str text)
{
	struct buf to = buf_new(arena);
	for (size_t i = 0; i < text.len; i++) {
		unsigned long byte = (unsigned char)text.at[i];
		if (text.at[i] == '\\') {
			const bool is_escape = str_number(
			    str_slice(text, i + 1, i + 4), 255, &byte);
			assert(is_escape && "no text of name_text()");
			i += 3;
		}
		buf_addc(&to, (char)(unsigned char)byte);
	}
	return buf_str(&to);
}

/** Where the byte *at* of name_bytes() stands in *text*. */
static size_t
place_in(struct str text, size_t at)
{
	size_t place = 0;
	for (size_t i = 0; i < at && place < text.len; i++) {
		place += text.at[place] == '\\' ? 4 : 1;
	}
	return place;
}

static struct name
target_of(const struct rr *rr)
{
	return rr->type == RRTYPE_MX ? rr->rdata.mx.exchange : rr->rdata.target;
}

/**
 * What the target should be: as expected, or an MX of SES in the region that
 * is still readable in *found*.
 */
static struct name
wanted_target(
    struct arena *arena, const struct expected *record, struct name found)
{
	const struct str region = name_label(found, 1);
	if (name_is_set(record->target) || record->kind == RECORD_DKIM ||
	    !region_is_shaped(region)) {
		return record->target;
	}
	return name_of(
	    arena, str_print(arena, "feedback-smtp.%.*s.amazonses.com",
		       STR_ARG(region))
		       .at);
}

static void
mend_target(struct finding *finding, const struct rr *rr, struct name target)
{
	struct rr mended = *rr;
	if (rr->type == RRTYPE_MX) {
		mended.rdata.mx.exchange = target;
	} else {
		mended.rdata.target = target;
	}
	finding_edit(finding, EDIT_REMOVE, rr);
	finding_edit(finding, EDIT_ADD, &mended);
}

/** CNAME and MX: the target is a host name. */
static bool
damaged_target(
    struct look *look, const struct scene *scene, struct judgement *out)
{
	struct arena *arena = look_scratch(look);
	const struct expected *record = scene->subject->record;
	const struct answer *answer =
	    published(look, &scene->subject->sight, record->name, record->type);
	if (!answer || answer->status != ANSWER_FOUND || answer->rrs_len != 1 ||
	    !name_equal(answer->rrs[0].owner, record->name)) {
		return false;
	}
	const struct rr *rr = &answer->rrs[0];
	const struct name found = target_of(rr);
	const struct name wanted = wanted_target(arena, record, found);
	if (!name_is_set(wanted)) {
		return false;
	}
	const struct intact intact = { .text = name_text(arena, wanted) };
	const struct str shown = name_text(arena, found);
	struct damaged damaged;
	if (!damage_find(arena, scene->patterns, &intact,
		name_bytes(arena, shown), &damaged)) {
		return false;
	}
	damaged.span.from = place_in(shown, damaged.span.from);
	damaged.span.to = place_in(shown, damaged.span.to);
	const size_t shift = rr_value(arena, rr).len - shown.len;
	struct finding *finding = explain(out, rr, answer, &damaged, shift);
	mend_target(finding, rr, wanted);
	return true;
}

bool
cause_value_damaged(
    struct look *look, const struct scene *scene, struct judgement *out)
{
	switch (rrtype_layout(scene->subject->record->type)) {
	case RR_LAYOUT_TXT:
		return damaged_text(look, scene, out);
	case RR_LAYOUT_NAME:
	case RR_LAYOUT_MX:
		/* Other codes tell more than that something is damaged. */
		return symptom_is_wrong_value(out) &&
		       damaged_target(look, scene, out);
	case RR_LAYOUT_ADDR:
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_SOA:
		break;
	}
	return false;
}
