/* SPDX-License-Identifier: MIT */
/*
 * A realm put before ivycheck: its zones written as files, read, examined
 * without a network; and what is to be said against the outcome.
 */
#ifndef TESTS_TRIAL_H
#define TESTS_TRIAL_H

#include "base/str.h"

struct arena;
struct mutant;
struct outcome;
struct patterns;
struct trial;
struct realm;

/** Examines *realm* as its zones are now. Lives in *arena*. */
struct trial *trial_open(
    struct arena *arena, struct patterns *patterns, struct realm *realm);

/** What came of it. */
const struct outcome *trial_outcome(const struct trial *trial);

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

/** The zones of *realm*, one after another, for messages. */
struct str realm_text(struct arena *arena, const struct realm *realm);

#endif
