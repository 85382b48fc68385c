/* SPDX-License-Identifier: MIT */
/* What all changes use: templates, and the records of the zone. */
#include "change.h"

#include "realm.h"

#include "base/arena.h"
#include "base/buf.h"
#include "expect/expect.h"

#include <assert.h>

static struct name
parent_or_self(struct name name)
{
	return name_labels(name) > 1 ? name_parent(name) : name;
}

/** The labels of the record's name left of the domain, each with a dot. */
static struct str
left_labels(const struct step *step)
{
	const struct name left = name_relative(
	    step->arena, step->record->name, step->realm->expect.domain);
	if (!name_is_set(left) || name_is_root(left)) {
		return (struct str){ 0 };
	}
	const struct str text = name_text(step->arena, left);
	return str_print(step->arena, "%.*s.", STR_ARG(text));
}

/** What the letter *letter* stands for in an argument. */
static struct str
meaning(const struct step *step, char letter)
{
	const struct expect *expect = &step->realm->expect;
	const struct expected *record = step->record;
	struct arena *arena = step->arena;
	const size_t prefix = sizeof(OWNERSHIP_PREFIX) - 1;
	switch (letter) {
	case 'D':
		return name_text(arena, expect->domain);
	case 'A':
		return name_text(arena, realm_own(step->realm)->apex);
	case 'P':
		return name_text(arena, parent_or_self(expect->domain));
	case 'F':
		return name_label(expect->domain, 0);
	case 'N':
		return name_text(arena, record->name);
	case 'L':
		return left_labels(step);
	case 'T':
		return record->token;
	case 'C':
		return name_text(arena, record->target);
	case 'V':
		return realm_record(step->realm, step->index)->rdata.txt.joined;
	case 'K':
		return str_from(record->text, prefix);
	case 'R':
		return expect->region;
	case 'X':
		return STR("eu-west-3");
	case 'O':
		return record->kind == RECORD_SPF ? step->realm->others
						  : (struct str){ 0 };
	default:
		assert(letter == '%');
		return STR("%");
	}
}

/** The argument with everything put into its places. */
struct str
step_text(const struct step *step)
{
	struct buf text = buf_new(step->arena);
	for (const char *c = step->argument; *c; c++) {
		if (*c == '%') {
			buf_add(&text, meaning(step, *++c));
		} else {
			buf_addc(&text, *c);
		}
	}
	return buf_str(&text);
}

/** The argument as a name. */
struct name
step_name(const struct step *step)
{
	struct name name;
	const enum name_fault fault =
	    name_parse(step->arena, step_text(step), &name);
	assert(fault == NAME_OK);
	return name;
}

struct rr *
step_rr(const struct step *step)
{
	return realm_record(step->realm, step->index);
}

bool
step_touched(const struct step *step, size_t index)
{
	return step->mutant->touched & (1U << index);
}

void
step_touch(const struct step *step, size_t index)
{
	step->mutant->touched |= (1U << index);
}

void
step_want(const struct step *step, enum finding_code code, int record)
{
	const struct wanted_finding wanted = { code, record };
	vec_push(step->arena, &step->mutant->wanted, wanted);
}

void
step_set_text(const struct step *step, struct rr *rr, struct str text)
{
	rr->rdata.txt = rr_txt_of(step->arena, str_copy(step->arena, text));
}

void
step_add(const struct step *step, struct rr rr)
{
	realm_add(step->realm, realm_own(step->realm), rr);
}

struct rr
cname_rr(struct name owner, struct name target)
{
	struct rr rr = { .owner = owner, .type = RRTYPE_CNAME };
	rr.rdata.target = target;
	return rr;
}

void
step_remove(const struct step *step)
{
	realm_remove(realm_own(step->realm), step_rr(step));
}

/** *text* with every *from* made a *to*; the argument is "from|to". */
struct str
step_replaced(const struct step *step, struct str text)
{
	struct str to = str_of(step->argument);
	struct str from;
	struct buf out = buf_new(step->arena);
	ptrdiff_t at;
	str_split(&to, '|', &from);
	assert(str_find(text, from) >= 0);
	while ((at = str_find(text, from)) >= 0) {
		buf_add(&out, str_slice(text, 0, (size_t)at));
		buf_add(&out, to);
		text = str_from(text, (size_t)at + from.len);
	}
	buf_add(&out, text);
	return buf_str(&out);
}
