/* SPDX-License-Identifier: MIT */
/*
 * A look at a made-up DNS: what one zone at the root does not have does not
 * exist. What runs in it is an ordinary function.
 */
#ifndef TESTS_LOOKING_H
#define TESTS_LOOKING_H

#include "dns/zonefile.h"
#include "look/run.h"

#include <stddef.h>

struct arena;
struct source;

enum {
	LOOKING_MAX_FAULTS = 8
};

/** A question that does not get the answer of the zone. */
struct looking_fault {
	struct name name;
	enum rrtype type;
	enum answer_status status;
};

struct looking {
	struct arena *arena;
	struct zonefile zone;
	struct looking_fault faults[LOOKING_MAX_FAULTS];
	size_t faults_len;
	struct source *zones;
	struct source *source; /* over zones, with the faults */
	struct look *look;
};

/**
 * Opens a look at *text*, a master file of names below the root, where all
 * else is denied. Names in it are absolute although they have no final dot.
 */
void looking_open(struct looking *looking, const char *text);

/** The same, but only names below *origin* can be asked at all. */
void looking_open_zone(
    struct looking *looking, const char *origin, const char *text);

/** Lets the question for *type* at *name* end with *status* from now on. */
void looking_fail(struct looking *looking, const char *name, const char *type,
    enum answer_status status);

/** Runs *run* with *context* until it misses nothing. */
void looking_run(struct looking *looking,
    void (*run)(struct look *look, void *context), void *context);

/** How many questions were asked. */
size_t looking_asked(const struct looking *looking);

/** True if *type* at *name* was asked. */
bool looking_did_ask(
    const struct looking *looking, const char *name, const char *type);

/** Gives everything back. */
void looking_close(struct looking *looking);

#endif
