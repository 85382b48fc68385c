/* SPDX-License-Identifier: MIT */
/*
 * Several reports in one output. Most formats put one after the other; some
 * make one whole of them: metrics that must stand together, a first line that
 * counts, a page. What has to wait for the end is copied, so a report may be
 * forgotten once it was added.
 */
#ifndef REPORT_EDITION_H
#define REPORT_EDITION_H

#include "base/buf.h"
#include "report/format.h"

#include <stdbool.h>

struct arena;
struct report;

/** An output that is being put together. */
struct edition;

/** Begins an output of *format* in *arena*; *manner* must live as long. */
struct edition *edition_open(
    struct arena *arena, enum format format, const struct manner *manner);

/** True if nothing is told before the end. */
bool edition_is_whole(const struct edition *edition);

/** Adds *report*; what can be told at once goes to *to*. */
void edition_add(
    struct edition *edition, const struct report *report, struct buf *to);

/** Adds to *to* what could only be told when all were there. */
void edition_close(struct edition *edition, struct buf *to);

/** How a format makes one whole of several reports. */
struct gatherer {
	/** Makes the state in *arena*. */
	void *(*open)(struct arena *arena, const struct manner *manner);
	/** Takes from *report* what is needed, copied. */
	void (*add)(void *state, const struct report *report);
	/** Tells all of it. */
	void (*close)(void *state, struct buf *to);
};

/* The gatherers of gatherers.def, each in the file of its format. */
#define GATHERER(constant, object) extern const struct gatherer object;
#include "report/gatherers.def"
#undef GATHERER

/** Tells one report by *gatherer*. */
void gather_one(const struct gatherer *gatherer, const struct report *report,
    const struct manner *manner, struct buf *to);

#endif
