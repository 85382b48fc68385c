/* SPDX-License-Identifier: MIT */
/*
 * A zone as a list of records that can be changed by the plan of a report
 * and written for a server: what a person would do in a panel.
 */
#ifndef TESTS_PUBLISHED_ZONE_H
#define TESTS_PUBLISHED_ZONE_H

#include "base/vec.h"
#include "dns/name.h"
#include "dns/rr.h"

struct arena;

struct published_zone {
	struct arena *arena;
	struct name apex;
	struct VEC(struct rr) records;
};

/** Reads *text*, a master file for *apex*. */
struct published_zone published_zone_read(
    struct arena *arena, const char *apex, const char *text);

/** The content of the file *path*, which lies in the source folder. */
const char *source_file(struct arena *arena, const char *path);

/** Carries out the plan of *report*, a report in JSON, word by word. */
void published_zone_apply(struct published_zone *zone, const char *report);

/** The zone as master format that every server reads. */
const char *published_zone_text(const struct published_zone *zone);

#endif
