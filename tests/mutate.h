/* SPDX-License-Identifier: MIT */
/*
 * The mistakes people make with the eight records, as changes to a realm
 * that is right, and what has to be found then. Each is a row of
 * mutations.def.
 */
#ifndef TESTS_MUTATE_H
#define TESTS_MUTATE_H

#include "base/str.h"
#include "base/vec.h"
#include "findings/catalog.h"

#include <stdbool.h>
#include <stddef.h>

struct dice;
struct realm;

/** What is asked of the plan. */
enum plan_wanted {
	PLAN_NONE,   /* nothing to change, or nothing is known to help */
	PLAN_PROVEN, /* there is one and it leads to "ready" */
	PLAN_ANY,    /* if there is one that is proven, it is right */
};

/** A finding that has to be there. */
struct wanted_finding {
	enum finding_code code;
	int record; /* -1: the domain */
};

/** What came of mistakes made in a realm. */
struct mutant {
	struct realm *realm;
	struct VEC(struct wanted_finding) wanted;
	unsigned touched;  /* a bit for each record that was changed */
	unsigned quiet;    /* those of them that have to stay ok */
	bool has_wildcard; /* one is enough */
	bool closed;       /* no further mistake can be made */
	bool hopeless;     /* a fault remains that no plan can mend */
	bool open;         /* whether a plan mends it all is left open */
	bool harmless;     /* so far: nothing that needs a change */
	struct str story;  /* which mistakes, for messages */
};

/** How many kinds of mistakes there are. */
size_t mutations_count(void);

/** What the mistake number *mutation* is called. */
const char *mutation_name(size_t mutation);

/** A mutant of *realm* without a mistake yet. */
struct mutant mutant_new(struct realm *realm);

/**
 * Makes the mistake number *mutation* on the record number *index*; false,
 * and nothing changed, if it cannot be made there: another kind of record,
 * a domain of another depth, or one that has a mistake already.
 */
bool mutate(
    struct mutant *mutant, size_t mutation, size_t index, struct dice *dice);

#endif
