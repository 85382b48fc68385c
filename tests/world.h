/* SPDX-License-Identifier: MIT */
/*
 * A small DNS for tests: what a resolver says, and what each of the zone's
 * own servers says, each out of zone text; servers may be dead or refuse.
 */
#ifndef TESTS_WORLD_H
#define TESTS_WORLD_H

#include "dns/answer.h"
#include "source/source.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/** One server of the world. */
struct world_server {
	const char *address; /* NULL: the configured resolver */
	const char *zone;    /* its zones, one after the other */
	/* Or how it fails: ANSWER_TIMEOUT, ANSWER_REFUSED...; FOUND: not. */
	enum answer_status failure;
	/*
	 * What a resolver's cache still has, in front of its zones: zone
	 * text whose records hide those of the same name; may be NULL.
	 */
	const char *old;
};

/** Opens the world of *servers*; in *arena*, closed by source_close(). */
struct source *world_open(struct arena *arena,
    const struct world_server *servers, size_t servers_len);

/** How some names fail at one server. */
struct world_failure {
	const char *address; /* NULL: the configured resolver */
	enum answer_status status;
	/* NAME or NAME/TYPE, with a blank between them; empty: all. */
	const char *names;
	bool bogus; /* what has the CD bit is answered */
};

/** Makes questions at one server fail; *failure* must live as long. */
void world_fail(struct source *source, const struct world_failure *failure);

/** How many questions the resolver was asked for *name*. */
size_t world_asked_resolver(const struct source *source, const char *name);

#endif
