/* SPDX-License-Identifier: MIT */
/*
 * One mistake while it is made: what the changes that mutations.def names
 * have to work with.
 */
#ifndef TESTS_CHANGE_H
#define TESTS_CHANGE_H

#include "mutate.h"

#include "base/str.h"
#include "dns/name.h"
#include "dns/rr.h"
#include "findings/catalog.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct dice;
struct expected;
struct realm;

struct step {
	struct mutant *mutant;
	struct realm *realm;
	struct arena *arena;
	size_t index; /* of the record */
	const struct expected *record;
	const char *argument;
	struct dice *dice;
};

/** Makes the change; false, and nothing changed, if it cannot be made. */
typedef bool change_fn(const struct step *step);

/* The changes of mutations.def. */
#define MUTATION(name, records, depths, code, plan, change, argument) \
	change_fn change;
#include "mutations.def"
#undef MUTATION

/** The argument with everything put into its places. */
struct str step_text(const struct step *step);

/** The same as a name. */
struct name step_name(const struct step *step);

/** *text* with every a made b; the argument is "a|b". */
struct str step_replaced(const struct step *step, struct str text);

/** The record as it is published. */
struct rr *step_rr(const struct step *step);

/** Takes the record out of the zone. */
void step_remove(const struct step *step);

/** Adds *rr* to the zone. */
void step_add(const struct step *step, struct rr rr);

/** Makes *text* the one string of the TXT *rr*. */
void step_set_text(const struct step *step, struct rr *rr, struct str text);

/** True if there is a mistake in the record number *index* already. */
bool step_touched(const struct step *step, size_t index);

/** Notes that there is one now. */
void step_touch(const struct step *step, size_t index);

/** Notes what has to be found besides; -1 is the domain. */
void step_want(const struct step *step, enum finding_code code, int record);

/** A CNAME from *owner* to *target*. */
struct rr cname_rr(struct name owner, struct name target);

#endif
