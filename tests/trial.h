/* SPDX-License-Identifier: MIT */
/*
 * A realm put before ivycheck: its zones written as files, read, examined
 * without a network; and what is to be said against the outcome.
 */
#ifndef TESTS_TRIAL_H
#define TESTS_TRIAL_H

#include "base/str.h"

#include <stdint.h>

struct arena;
struct mutant;
struct outcome;
struct patterns;
struct trial;
struct realm;

/**
 * Examines *realm* as its zones are now; with a *seed* other than 0 its
 * answers come in an order of their own. Lives in *arena* until
 * trial_close().
 */
struct trial *trial_open(struct arena *arena, struct patterns *patterns,
    struct realm *realm, uint32_t seed);

/** What came of it. */
const struct outcome *trial_outcome(const struct trial *trial);

/** The report in every format that there is, but for what it counts. */
struct str trial_report(const struct trial *trial);

/**
 * Examines the same again with nothing but the saved answers of *trial*,
 * written as a file and read.
 */
struct trial *trial_replay(const struct trial *trial);

/** Gives back what is not in the arena. */
void trial_close(struct trial *trial);

/** What is wrong with *outcome* if everything is right; NULL: nothing. */
const char *complaint_of_healthy(
    struct arena *arena, const struct outcome *outcome);

/**
 * What is wrong with *outcome* of *mutant*: findings, records, plan; NULL:
 * nothing.
 */
const char *complaint_of_mutant(struct arena *arena,
    const struct mutant *mutant, const struct outcome *outcome);

/**
 * Carries out the plan of *outcome*, if it is proven, in the zone of
 * *mutant* and examines that anew; what is wrong then, or NULL.
 */
const char *complaint_of_plan(struct arena *arena, struct patterns *patterns,
    struct mutant *mutant, const struct outcome *outcome);

/** The zones of *realm* that mistakes change, for messages. */
struct str realm_text(struct arena *arena, const struct realm *realm);

#endif
