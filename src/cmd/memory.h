/* SPDX-License-Identifier: MIT */
/*
 * --state: results that are remembered from run to run, so that only what
 * changed is told. Without --state there is no memory, and all is told.
 */
#ifndef CMD_MEMORY_H
#define CMD_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct err;
struct report;
struct session;

/** What this run remembers. */
struct memory;

/**
 * Reads the file of --state into session->memory, if there is one; once the
 * time of the run is known. False with *reterr* if it cannot be kept.
 */
bool memory_open(struct session *session, struct err *reterr);

/**
 * Compares *report* with what is remembered, notes it, and puts what came of
 * that into its history, in *arena*. What a signal cut short is not compared.
 */
void memory_compare(
    struct session *session, struct arena *arena, struct report *report);

/** True if *report* is to be told, as -q and --only-changes have it. */
bool memory_tells(const struct session *session, const struct report *report);

/**
 * True if an output that is one whole is to be closed, after *told* reports
 * were added to it: a page about nothing is nothing.
 */
bool memory_tells_end(const struct session *session, size_t told);

/** Keeps what was noted, once all of it was written. */
bool memory_keep(struct session *session, struct err *reterr);

#endif
