/* SPDX-License-Identifier: MIT */
/* Mistakes in targets, keys and the domain itself. */
#include "change.h"

#include "realm.h"

#include "base/arena.h"
#include "expect/expect.h"

#include <assert.h>

/* What is done to a target. */

static void
set_target(const struct step *step, struct name target)
{
	struct rr *rr = step_rr(step);
	if (rr->type == RRTYPE_MX) {
		rr->rdata.mx.exchange = target;
	} else {
		rr->rdata.target = target;
	}
}

bool
change_target(const struct step *step)
{
	set_target(step, step_name(step));
	return true;
}

bool
change_target_part(const struct step *step)
{
	const struct str text = name_text(step->arena, step->record->target);
	struct name target;
	const enum name_fault fault =
	    name_parse(step->arena, step_replaced(step, text), &target);
	assert(fault == NAME_OK);
	set_target(step, target);
	return true;
}

bool
change_add_mx(const struct step *step)
{
	struct rr rr = { .owner = step->record->name, .type = RRTYPE_MX };
	rr.rdata.mx = (struct rr_mx){
		.preference = 20,
		.exchange = step_name(step),
	};
	step_add(step, rr);
	return true;
}

bool
change_priority(const struct step *step)
{
	step_rr(step)->rdata.mx.preference = 20;
	return true;
}

/** The MAIL FROM name becomes a CNAME, beside which nothing can stand. */
bool
change_mail_to_cname(const struct step *step)
{
	struct realm_zone *own = realm_own(step->realm);
	if (step_touched(step, INDEX_MAIL_FROM_SPF)) {
		return false;
	}
	const struct name target = step_name(step);
	realm_remove(own, realm_record(step->realm, INDEX_MAIL_FROM_SPF));
	step_remove(step);
	step_add(step, cname_rr(step->record->name, target));
	step_touch(step, INDEX_MAIL_FROM_SPF);
	step_want(step, FINDING_X_NAME_TAKEN, INDEX_MAIL_FROM_SPF);
	return true;
}

/** Adds *.*domain* with the argument as its text. */
static bool
add_wildcard_txt(const struct step *step)
{
	const struct name domain = step->realm->expect.domain;
	if (step->mutant->has_wildcard) {
		return false;
	}
	step->mutant->has_wildcard = true;
	step_add(step,
	    realm_txt(step->realm, name_prepend(step->arena, STR("*"), domain),
		step_text(step)));
	return true;
}

/** Nothing is at the MAIL FROM name, where a wildcard says the SPF. */
bool
change_mail_to_wildcard(const struct step *step)
{
	struct realm_zone *own = realm_own(step->realm);
	/* Anything below the name would keep the wildcard away from it. */
	if (step->mutant->touched || !add_wildcard_txt(step)) {
		return false;
	}
	step->mutant->closed = true;
	realm_remove(own, realm_record(step->realm, INDEX_MAIL_FROM_SPF));
	step_remove(step);
	step_touch(step, INDEX_MAIL_FROM_SPF);
	step_want(step, FINDING_X_WILDCARD, INDEX_MAIL_FROM_SPF);
	return true;
}

/* What is done to DKIM records and keys. */

/** None of the three is there, and a wildcard answers for the names. */
bool
change_all_dkim(const struct step *step)
{
	struct realm_zone *own = realm_own(step->realm);
	for (size_t i = INDEX_DKIM; i < INDEX_DKIM + DKIM_RECORDS; i++) {
		if (step_touched(step, i)) {
			return false;
		}
	}
	if (!add_wildcard_txt(step)) {
		return false;
	}
	for (size_t i = INDEX_DKIM; i < INDEX_DKIM + DKIM_RECORDS; i++) {
		realm_remove(own, realm_record(step->realm, i));
		step_touch(step, i);
		if (i != step->index) {
			step_want(step, FINDING_X_MISSING, (int)i);
		}
	}
	return true;
}

bool
change_swap(const struct step *step)
{
	const size_t next =
	    INDEX_DKIM + (step->index - INDEX_DKIM + 1) % DKIM_RECORDS;
	if (step_touched(step, next)) {
		return false;
	}
	struct rr *rr = realm_record(step->realm, next);
	const struct name target = rr->rdata.target;
	rr->rdata.target = step->record->target;
	step_rr(step)->rdata.target = target;
	step_touch(step, next);
	step_want(step, FINDING_DKIM_TARGETS_SWAPPED, (int)next);
	return true;
}

/** In whichever of SES's two zones the key is not. */
bool
change_dkim_zone(const struct step *step)
{
	struct arena *arena = step->arena;
	const struct name ses = name_of(arena, "amazonses.com");
	const bool global = name_labels(step->record->target) == 4;
	const struct name zone =
	    global ? name_prepend(arena, step->realm->expect.region, ses) : ses;
	step_rr(step)->rdata.target = name_prepend(
	    arena, step->record->token, name_prepend(arena, STR("dkim"), zone));
	return true;
}

static struct rr *
key_of(const struct step *step)
{
	struct rr *key = realm_find(
	    &step->realm->zones[ZONE_SES], step->record->target, RRTYPE_TXT);
	assert(key);
	return key;
}

bool
change_key(const struct step *step)
{
	step_set_text(step, key_of(step), step_text(step));
	return true;
}

bool
change_key_gone(const struct step *step)
{
	realm_remove(&step->realm->zones[ZONE_SES], key_of(step));
	return true;
}

/** Puts the argument in front of the key's tags. */
bool
change_key_start(const struct step *step)
{
	struct rr *key = key_of(step);
	const struct str start = step_text(step);
	const struct str old = key->rdata.txt.joined;
	step_set_text(step, key,
	    str_print(step->arena, "%.*s%.*s", STR_ARG(start), STR_ARG(old)));
	return true;
}

bool
change_flatten(const struct step *step)
{
	struct rr rr = *key_of(step);
	rr.owner = step->record->name;
	step_remove(step);
	step_add(step, rr);
	return true;
}

bool
change_enforced(const struct step *step)
{
	if (step_touched(step, INDEX_DMARC)) {
		return false;
	}
	step_set_text(
	    step, realm_record(step->realm, INDEX_DMARC), step_text(step));
	step_touch(step, INDEX_DMARC);
	step_want(step, FINDING_DMARC_ENFORCED_EARLY, INDEX_DMARC);
	step_remove(step);
	return true;
}

/* What is done to the domain. */

bool
change_domain_to_cname(const struct step *step)
{
	struct realm_zone *own = realm_own(step->realm);
	const struct name domain = step->realm->expect.domain;
	if (step->mutant->touched) {
		return false;
	}
	for (size_t i = own->records.len; i-- > 0;) {
		if (name_equal(own->records.at[i].owner, domain)) {
			realm_remove(own, &own->records.at[i]);
		}
	}
	step_add(step, cname_rr(domain, step_name(step)));
	step->mutant->wanted.at[0].record = -1;
	step->mutant->closed = true;
	return true;
}

/** Hands the record's name on, and a DKIM record's with those beside it. */
bool
change_hand_on(const struct step *step)
{
	const bool dkim = step->record->kind == RECORD_DKIM;
	const struct name cut =
	    dkim ? name_parent(step->record->name) : step->record->name;
	const struct name below = step->realm->zones[ZONE_BELOW].apex;
	if (name_is_set(below)) {
		return false;
	}
	realm_hand_on(step->realm, cut);
	step->mutant->closed = true;
	return true;
}

bool
change_hand_on_less(const struct step *step)
{
	step_remove(step);
	return change_hand_on(step);
}

bool
change_hand_on_wrong(const struct step *step)
{
	step_rr(step)->rdata.target = step_name(step);
	return change_hand_on(step);
}
