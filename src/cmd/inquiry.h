/* SPDX-License-Identifier: MIT */
/*
 * One question of a person about one name, for commands that look at a
 * single record: the source, one task over it, and whose answers count.
 */
#ifndef CMD_INQUIRY_H
#define CMD_INQUIRY_H

#include "cmd/asking.h"
#include "dns/name.h"
#include "look/run.h"
#include "walks/published.h"
#include "walks/zone_view.h"

#include <stdbool.h>

struct err;
struct session;

struct inquiry {
	struct session *session;
	struct asked asked;
	struct sides sides;
	struct look *look;
};

/**
 * Opens the source that the options name, with the resolver's view unless
 * they say another. inquiry_close() must follow if it gave true.
 */
bool inquiry_open(
    struct session *session, struct inquiry *ret, struct err *reterr);

/** Runs *task* until it misses nothing; once. */
void inquiry_run(struct inquiry *inquiry, const struct task *task);

/**
 * Inside of a task: finds whose answers count for *domain*, with *zone* as
 * memory for it. False while that is not known.
 */
bool inquiry_sight(const struct inquiry *inquiry, struct look *look,
    struct name domain, struct zone_view *zone, struct sight *ret);

/**
 * Closes everything, and keeps the answers about *domain* for --save. What
 * the task made is gone then.
 */
bool inquiry_close(
    struct inquiry *inquiry, struct name domain, struct err *reterr);

#endif
