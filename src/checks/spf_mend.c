/* SPDX-License-Identifier: MIT */
/*
 * The record that would do: all that is there merged into one, SES let pass,
 * what is dead left out; then looked at as if it were published. It is
 * offered only if it keeps every limit of RFC 7208 4.6.4.
 */
#include "checks/spf_seen.h"

#include "base/arena.h"
#include "base/buf.h"
#include "look/look.h"
#include "mail/spf_merge.h"

#include <assert.h>

enum {
	MOST_ATTEMPTS = 6,
	MOST_HEAVY = 3,    /* includes that are named as the heaviest */
	MOST_TEXT = 60000, /* bytes; no record can have many more */
};

/** A record that may do, and what a receiver makes of it. */
struct attempt {
	struct spf_merging merging;
	struct str text;
	struct spf_walk *walk;
	struct spf_ses ses;
};

/** The text of *rr* as it was meant, as a record of the grammar. */
static const struct spf_record *
meant_record(const struct spf_seen *seen, const struct rr *rr)
{
	struct arena *arena = look_scratch(seen->look);
	struct str text = spf_unglued(arena, &rr->rdata.txt);
	struct spf_remark remark;
	size_t lost;
	if (spf_recognise(arena, text, &remark) == SPF_NEAR) {
		struct buf restored = buf_new(arena);
		buf_add(&restored, remark.instead);
		buf_add(&restored, str_from(text, remark.span.to));
		text = buf_str(&restored);
	}
	if (!spf_is_record(text)) {
		return NULL;
	}
	return spf_parse(
	    arena, spf_mended(arena, spf_parse(arena, text), &lost));
}

static void
add_record(
    const struct spf_seen *seen, const struct rr *rr, struct attempt *attempt)
{
	const struct spf_record *record = meant_record(seen, rr);
	if (record) {
		vec_push(look_scratch(seen->look), &attempt->merging.records,
		    record);
	}
}

static void
attempt_make(const struct spf_seen *seen, struct attempt *attempt)
{
	const struct sight *sight = &seen->subject->sight;
	attempt->text = spf_merge(look_scratch(seen->look), &attempt->merging);
	const struct spf_start start = {
		.domain = seen->subject->record->name,
		.text = attempt->text,
	};
	attempt->walk = spf_walk(seen->look, sight, &start);
	attempt->ses = spf_ses_find(seen->look, sight, attempt->walk);
}

/** Leaves *step* of the record out from now on. */
static void
leave_out(const struct spf_seen *seen, struct attempt *attempt,
    const struct spf_step *step)
{
	vec_push(look_scratch(seen->look), &attempt->merging.without,
	    step->term->text);
}

/** True if a term of the record itself makes it fail whatever is sent. */
static bool
is_fatal(const struct attempt *attempt, const struct spf_trouble *trouble)
{
	return trouble->node == attempt->walk->root &&
	       (trouble->kind == SPF_TROUBLE_RECORD ||
		   trouble->kind == SPF_TROUBLE_LOOP ||
		   trouble->kind == SPF_TROUBLE_GRAMMAR);
}

/** Leaves out what no sender loses by; true if there was any. */
static bool
leave_out_dead(const struct spf_seen *seen, struct attempt *attempt)
{
	const struct spf_walk *walk = attempt->walk;
	const size_t before = attempt->merging.without.len;
	const struct spf_trouble *trouble;
	vec_foreach(trouble, &walk->troubles) {
		if (is_fatal(attempt, trouble)) {
			leave_out(seen, attempt, trouble->step);
		}
	}
	const bool crowded = spf_walk_trouble(walk, SPF_TROUBLE_VOIDS) ||
			     spf_walk_trouble(walk, SPF_TROUBLE_LOOKUPS);
	for (size_t i = 0; crowded && i < walk->root->steps_len; i++) {
		if (walk->root->steps[i].is_void) {
			leave_out(seen, attempt, &walk->root->steps[i]);
		}
	}
	return attempt->merging.without.len > before;
}

/** Changes how to merge if that may help. */
static bool
attempt_improve(const struct spf_seen *seen, struct attempt *attempt)
{
	struct spf_merging *merging = &attempt->merging;
	if (attempt->ses.state != SPF_SES_PASSES &&
	    merging->ses == SPF_PLACE_AS_IS) {
		merging->ses = SPF_PLACE_LAST;
		return true;
	}
	if (attempt->ses.obstacle == SPF_SES_SHADOWED &&
	    merging->ses == SPF_PLACE_LAST) {
		merging->ses = SPF_PLACE_FIRST;
		return true;
	}
	return leave_out_dead(seen, attempt);
}

static bool
attempt_is_good(const struct attempt *attempt)
{
	const struct spf_trouble *trouble;
	vec_foreach(trouble, &attempt->walk->troubles) {
		switch (trouble->kind) {
		case SPF_TROUBLE_LOOKUPS:
		case SPF_TROUBLE_VOIDS:
		case SPF_TROUBLE_NAMES:
		case SPF_TROUBLE_RECORD:
		case SPF_TROUBLE_GRAMMAR:
		case SPF_TROUBLE_LOOP:
		case SPF_TROUBLE_OPEN:
			return false;
		case SPF_TROUBLE_FAILED:
		case SPF_TROUBLE_OUTSIDE:
		case SPF_TROUBLE_HIDDEN:
			break;
		}
	}
	return attempt->ses.state == SPF_SES_PASSES &&
	       attempt->walk->root->record->valid &&
	       attempt->text.len <= MOST_TEXT;
}

/** Finds the one record that would do in the place of all of *seen*. */
static void
mend_make(const struct spf_seen *seen)
{
	struct attempt attempt = { .merging = { .ses = SPF_PLACE_AS_IS } };
	for (size_t i = 0; i < seen->records.len; i++) {
		add_record(seen, seen->records.at[i], &attempt);
	}
	for (size_t i = 0; i < seen->near.len; i++) {
		add_record(seen, seen->near.at[i], &attempt);
	}
	attempt_make(seen, &attempt);
	for (int i = 0; i < MOST_ATTEMPTS && attempt_improve(seen, &attempt);
	     i++) {
		attempt_make(seen, &attempt);
	}
	*seen->mend = (struct spf_mend){
		.made = true,
		.good =
		    attempt.text.len <= RR_TXT_MAX && attempt_is_good(&attempt),
		.text = attempt.text,
		.walk = attempt.walk,
	};
}

/** The step of *node* that costs most of those that cost less than *most*. */
static const struct spf_step *
next_heaviest(const struct spf_node *node, const struct spf_step *before)
{
	const struct spf_step *best = NULL;
	for (size_t i = 0; i < node->steps_len; i++) {
		const struct spf_step *step = &node->steps[i];
		const bool later =
		    !before || step->lookups < before->lookups ||
		    (step->lookups == before->lookups && step > before);
		if (step->node && name_is_set(step->name) && later &&
		    (!best || step->lookups > best->lookups)) {
			best = step;
		}
	}
	return best;
}

/** *node*, or the first record below it that does more than lead to another. */
static const struct spf_node *
dividing(const struct spf_node *node)
{
	const struct spf_step *step = next_heaviest(node, NULL);
	while (step && step->node->steps_len > 0 &&
	       step->lookups == node->lookups) {
		node = step->node;
		step = next_heaviest(node, NULL);
	}
	return node;
}

/** " The heaviest are _spf.a.test (5), b.test (3).": where the lookups go. */
static struct str
heaviest(struct arena *arena, const struct spf_walk *walk)
{
	struct buf to = buf_new(arena);
	const struct spf_node *node = dividing(walk->root);
	const struct spf_step *step = NULL;
	buf_adds(&to, "");
	for (int i = 0; i < MOST_HEAVY; i++) {
		step = next_heaviest(node, step);
		if (!step) {
			break;
		}
		const struct str name = name_text(arena, step->name);
		buf_addf(&to, "%s%.*s (%u)", i > 0 ? ", " : "", STR_ARG(name),
		    step->lookups);
	}
	return str_print(arena, " The heaviest %s %.*s.",
	    str_index(buf_str(&to), ',') < 0 ? "is" : "are",
	    STR_ARG(buf_str(&to)));
}

/** Says why there is no record to publish. */
static void
say_too_heavy(const struct spf_seen *seen, struct finding *finding)
{
	const struct spf_walk *walk = seen->mend->walk;
	finding_arg(finding, "too_heavy", "%s", "");
	finding_arg(finding, "heaviest", "%s", "");
	if (!seen->mend->good && spf_walk_trouble(walk, SPF_TROUBLE_LOOKUPS)) {
		const struct str names = heaviest(finding->arena, walk);
		finding_arg(finding, "heaviest", "%.*s", STR_ARG(names));
		finding_arg(finding, "too_heavy",
		    " First remove what is not needed any more: in one record "
		    "with Amazon SES it would be %u lookups, and 10 are "
		    "allowed.%.*s",
		    walk->lookups, STR_ARG(names));
	}
}

/** Takes *rr* out, unless it is just what is to be there. */
static bool
take_out(
    const struct spf_seen *seen, struct finding *finding, const struct rr *rr)
{
	if (str_eq(rr->rdata.txt.joined, seen->mend->text)) {
		return false;
	}
	finding_edit(finding, EDIT_REMOVE, rr);
	return true;
}

/** Where the record is to stand; a text of nobody's stands at the root. */
static struct name
place_of(const struct spf_seen *seen)
{
	const struct name name = seen->subject->record->name;
	return name_is_set(name) ? name
				 : name_of(look_scratch(seen->look), ".");
}

void
spf_mend_finding(const struct spf_seen *seen, struct finding *finding)
{
	struct rr rr = { .owner = place_of(seen), .type = RRTYPE_TXT };
	bool there = false;
	if (!seen->mend->made) {
		mend_make(seen);
	}
	say_too_heavy(seen, finding);
	/* Behind a CNAME stands somebody else's record. */
	if (!seen->mend->good || seen->answer->chain_len > 0) {
		return;
	}
	for (size_t i = 0; i < seen->records.len; i++) {
		there = !take_out(seen, finding, seen->records.at[i]) || there;
	}
	for (size_t i = 0; i < seen->near.len; i++) {
		(void)take_out(seen, finding, seen->near.at[i]);
	}
	if (!there) {
		rr.rdata.txt = rr_txt_of(finding->arena, seen->mend->text);
		finding_edit(finding, EDIT_ADD, &rr);
	}
}
