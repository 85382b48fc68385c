/* SPDX-License-Identifier: MIT */
/* Mistakes in names, types and texts. */
#include "change.h"

#include "dice.h"
#include "realm.h"

#include "base/arena.h"
#include "base/buf.h"
#include "expect/expect.h"

#include <assert.h>

/* What is done to the record as a whole. */

bool
change_remove(const struct step *step)
{
	step_remove(step);
	return true;
}

bool
change_remove_denied(const struct step *step)
{
	step_remove(step);
	realm_own(step->realm)->minimum = 86400;
	step_want(step, FINDING_NEGATIVE_TTL_LONG, -1);
	return true;
}

bool
change_name(const struct step *step)
{
	const struct name name = step_name(step);
	step_rr(step)->owner = name;
	return true;
}

bool
change_exchange(const struct step *step)
{
	const struct name owner = step_name(step);
	step_remove(step);
	step_add(step, cname_rr(owner, step->record->name));
	return true;
}

bool
change_to_txt(const struct step *step)
{
	const struct str text = step_text(step);
	step_remove(step);
	step_add(step, realm_txt(step->realm, step->record->name, text));
	return true;
}

bool
change_to_cname(const struct step *step)
{
	const struct name target = step_name(step);
	step_remove(step);
	step_add(step, cname_rr(step->record->name, target));
	return true;
}

bool
change_to_circle(const struct step *step)
{
	const struct name other = step_name(step);
	step_remove(step);
	step_add(step, cname_rr(step->record->name, other));
	step_add(step, cname_rr(other, step->record->name));
	return true;
}

bool
change_to_spf(const struct step *step)
{
	step_rr(step)->type = RRTYPE_SPF;
	return true;
}

static struct rr
addr_rr(struct name owner, const char *addr)
{
	struct rr rr = { .owner = owner, .type = RRTYPE_A };
	const bool parsed = addr_parse(str_of(addr), &rr.rdata.addr);
	assert(parsed);
	return rr;
}

bool
change_to_addr(const struct step *step)
{
	step_remove(step);
	step_add(step, addr_rr(step->record->name, "192.0.2.66"));
	return true;
}

/** An address beside the record, which does no harm to an MX. */
bool
change_add_addr(const struct step *step)
{
	step_add(step, addr_rr(step->record->name, "192.0.2.66"));
	return true;
}

/** A CNAME at the name of the record, which stays. */
bool
change_add_cname(const struct step *step)
{
	step_add(step, cname_rr(step->record->name, step_name(step)));
	return true;
}

/** The record stands elsewhere, and its name is a CNAME to there. */
bool
change_behind_cname(const struct step *step)
{
	const struct name elsewhere = step_name(step);
	step_rr(step)->owner = elsewhere;
	step_add(step, cname_rr(step->record->name, elsewhere));
	return true;
}

/** Adds a wildcard in the place of the record. */
static bool
wildcard(const struct step *step, struct rr rr)
{
	if (step->mutant->has_wildcard) {
		return false;
	}
	step->mutant->has_wildcard = true;
	rr.owner = name_prepend(
	    step->arena, STR("*"), name_parent(step->record->name));
	step_remove(step);
	step_add(step, rr);
	return true;
}

bool
change_to_wildcard_txt(const struct step *step)
{
	return wildcard(
	    step, realm_txt(step->realm, step->record->name, step_text(step)));
}

bool
change_to_wildcard_cname(const struct step *step)
{
	return wildcard(step, cname_rr(step->record->name, step_name(step)));
}

bool
change_to_wildcard_addr(const struct step *step)
{
	return wildcard(step, addr_rr(step->record->name, "192.0.2.67"));
}

/* What is done to a text. */

bool
change_text(const struct step *step)
{
	step_set_text(step, step_rr(step), step_text(step));
	return true;
}

bool
change_part(const struct step *step)
{
	struct rr *rr = step_rr(step);
	step_set_text(step, rr, step_replaced(step, rr->rdata.txt.joined));
	return true;
}

bool
change_cut(const struct step *step)
{
	struct rr *rr = step_rr(step);
	const struct str text = rr->rdata.txt.joined;
	const size_t lost = 1 + dice_throw(step->dice, text.len / 3);
	step_set_text(step, rr, str_slice(text, 0, text.len - lost));
	return true;
}

bool
change_case(const struct step *step)
{
	struct rr *rr = step_rr(step);
	step_set_text(step, rr, str_lower(step->arena, rr->rdata.txt.joined));
	return true;
}

/** Changes one letter of the token, or drops it. */
static void
letter(const struct step *step, const char *instead)
{
	struct rr *rr = step_rr(step);
	const struct str text = rr->rdata.txt.joined;
	const size_t prefix = sizeof(OWNERSHIP_PREFIX) - 1;
	const size_t at =
	    prefix + 1 + dice_throw(step->dice, text.len - prefix - 2);
	const struct str left = str_slice(text, 0, at);
	const struct str right = str_from(text, at + 1);
	const bool same = text.at[at] == instead[0];
	step_set_text(step, rr,
	    str_print(step->arena, "%.*s%s%.*s", STR_ARG(left),
		same ? "8" : instead, STR_ARG(right)));
}

bool
change_letter(const struct step *step)
{
	letter(step, "9");
	return true;
}

bool
change_letter_lost(const struct step *step)
{
	letter(step, "");
	return true;
}

/** Publishes the two halves of the argument as two strings. */
bool
change_strings(const struct step *step)
{
	struct rr *rr = step_rr(step);
	struct str second = step_text(step);
	struct str first;
	str_split(&second, '|', &first);
	uint32_t *ends = ARENA_ARRAY(step->arena, uint32_t, 2);
	ends[0] = (uint32_t)first.len;
	ends[1] = (uint32_t)(first.len + second.len);
	rr->rdata.txt = (struct rr_txt){
		.joined = str_print(
		    step->arena, "%.*s%.*s", STR_ARG(first), STR_ARG(second)),
		.ends = ends,
		.strings = 2,
	};
	return true;
}

bool
change_add_txt(const struct step *step)
{
	step_add(
	    step, realm_txt(step->realm, step->record->name, step_text(step)));
	return true;
}

bool
change_two_spf(const struct step *step)
{
	step_set_text(step, step_rr(step), step_text(step));
	step_add(step,
	    realm_txt(step->realm, step->record->name, step->record->text));
	return true;
}

bool
change_add_spf(const struct step *step)
{
	struct rr rr = *step_rr(step);
	rr.type = RRTYPE_SPF;
	step_add(step, rr);
	return true;
}

bool
change_long(const struct step *step)
{
	struct buf text = buf_new(step->arena);
	buf_adds(&text, "v=spf1 ");
	for (unsigned i = 0; i < 30; i++) {
		buf_addf(&text, "ip4:192.0.2.%u ", 100 + i);
	}
	buf_adds(&text, "include:amazonses.com ~all");
	step_set_text(step, step_rr(step), buf_str(&text));
	return true;
}

bool
change_many_mx(const struct step *step)
{
	const struct name many = name_join(step->arena,
	    name_of(step->arena, "many"), realm_own(step->realm)->apex);
	for (unsigned i = 0; i < 11; i++) {
		struct rr addr = { .type = RRTYPE_A };
		struct rr mx = { .owner = many, .type = RRTYPE_MX };
		const struct str label = str_print(step->arena, "h%u", i);
		const bool parsed =
		    addr_parse(STR("192.0.2.5"), &addr.rdata.addr);
		assert(parsed);
		addr.owner = name_prepend(step->arena, label, many);
		mx.rdata.mx.exchange = addr.owner;
		step_add(step, addr);
		step_add(step, mx);
	}
	return change_text(step);
}
