/* SPDX-License-Identifier: MIT */
/*
 * Asking a source one question, and the answer in one line: what tests of
 * sources read.
 */
#ifndef TESTS_ASKING_H
#define TESTS_ASKING_H

#include "dns/zonefile.h"
#include "source/source.h"

struct arena;

/** Reads *text* as a zone file; a fault in it ends the test. */
struct zonefile zone_of_text(
    struct arena *arena, const char *origin, const char *text);

/**
 * Asks *source* for *type* at *name* at the resolver, and gives what came:
 * "found a.test=1.2.3.4", "nxdomain", "nodata via b.test", ...
 */
const char *asked(struct arena *arena, struct source *source, const char *name,
    const char *type);

/** The same of one of the zone's own servers. */
const char *asked_server(struct arena *arena, struct source *source,
    const char *name, const char *type);

#endif
