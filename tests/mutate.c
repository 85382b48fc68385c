/* SPDX-License-Identifier: MIT */
/* The table of mistakes, and making one of them. */
#include "mutate.h"

#include "change.h"
#include "dice.h"
#include "realm.h"

#include "base/arena.h"
#include "expect/expect.h"

#include <assert.h>

static unsigned
bit(size_t index)
{
	return 1U << index;
}

enum {
	OWN = 1 << RECORD_OWNERSHIP,
	SPF = 1 << RECORD_SPF,
	DKIM = 1 << RECORD_DKIM,
	DMARC = 1 << RECORD_DMARC,
	MX = 1 << RECORD_MAIL_FROM_MX,
	MFS = 1 << RECORD_MAIL_FROM_SPF,
	OTHER = 1 << RECORD_OTHER,
};

/** In the place of a code: nothing is to be found. */
#define FINDING_NOTHING FINDING_CODES

/* Bits for how many labels the domain is below its zone. */
enum {
	APEX = 1,
	NEAR = 3,
	SUB = 0xe,
	DEEP = 0xc,
	ANY = 0xf,
};

struct mutation {
	const char *name;
	unsigned records;
	unsigned depths;
	enum finding_code code;
	enum plan_wanted plan;
	change_fn *change;
	const char *argument;
};

static const struct mutation MUTATIONS[] = {
#define MUTATION(name, records, depths, code, plan, change, argument)         \
	{ (name), (records), (depths), FINDING_##code, PLAN_##plan, (change), \
		(argument) },
#include "mutations.def"
#undef MUTATION
};

size_t
mutations_count(void)
{
	return sizeof(MUTATIONS) / sizeof(*MUTATIONS);
}

const char *
mutation_name(size_t mutation)
{
	assert(mutation < mutations_count());
	return MUTATIONS[mutation].name;
}

struct mutant
mutant_new(struct realm *realm)
{
	return (struct mutant){ .realm = realm, .harmless = true };
}

/** Notes what *row* asks of the plan. */
static void
note_plan(struct mutant *mutant, const struct mutation *row)
{
	const bool error = row->code != FINDING_NOTHING &&
			   catalog_row(row->code)->severity == SEVERITY_ERROR;
	mutant->harmless = mutant->harmless && !error;
	mutant->hopeless =
	    mutant->hopeless || (error && row->plan == PLAN_NONE);
	mutant->open = mutant->open || row->plan == PLAN_ANY;
}

static bool
is_possible(
    const struct mutant *mutant, const struct mutation *row, size_t index)
{
	const struct realm *realm = mutant->realm;
	return !mutant->closed && !(mutant->touched & bit(index)) &&
	       (row->records & bit(realm->expect.records[index].kind)) &&
	       (row->depths & bit(realm->depth));
}

bool
mutate(struct mutant *mutant, size_t mutation, size_t index, struct dice *dice)
{
	const struct mutation *row = &MUTATIONS[mutation];
	struct realm *realm = mutant->realm;
	assert(mutation < mutations_count() && index < REALM_RECORDS);
	if (!is_possible(mutant, row, index)) {
		return false;
	}
	const struct step step = {
		.mutant = mutant,
		.realm = realm,
		.arena = realm->arena,
		.index = index,
		.record = &realm->expect.records[index],
		.argument = row->argument,
		.dice = dice,
	};
	const size_t wanted = mutant->wanted.len;
	if (row->code != FINDING_NOTHING) {
		step_want(&step, row->code, (int)index);
	}
	if (!row->change(&step)) {
		mutant->wanted.len = wanted;
		return false;
	}
	step_touch(&step, index);
	mutant->quiet |= row->code == FINDING_NOTHING ? bit(index) : 0;
	note_plan(mutant, row);
	mutant->story = str_print(realm->arena, "%.*s%s%s: %s",
	    STR_ARG(mutant->story), mutant->story.len > 0 ? "; " : "",
	    step.record->id.at, row->name);
	return true;
}
