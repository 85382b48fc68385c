/* SPDX-License-Identifier: MIT */
/*
 * What is compared between two runs: the verdict, and which findings there
 * are at which record. No times, no values, no words: the same mistake is
 * the same result, whatever a server adds to it.
 */
#ifndef CMD_RESULT_H
#define CMD_RESULT_H

#include "base/str.h"
#include "base/vec.h"
#include "diagnosis/verdict.h"

#include <stdbool.h>

struct arena;
struct report;

/**
 * Findings as "record:code", those of the domain itself as "code": sorted by
 * bytes, each once.
 */
struct signs VEC(struct str);

struct result {
	enum verdict verdict;
	struct signs signs;
};

/** The result of *report*; notes, which ask for nothing, are left out. */
struct result result_of(struct arena *arena, const struct report *report);

/** Sorts *signs* and leaves each once. */
void signs_sort(struct signs *signs);

/** True if both are the same. */
bool result_eq(const struct result *a, const struct result *b);

/** What is in *from* and not in *less*, in *arena*. */
struct signs signs_less(
    struct arena *arena, const struct signs *from, const struct signs *less);

/**
 * What *seen* proves over *known* (NULL: nothing is known): network trouble
 * that is new says nothing yet, so what is known of the record in trouble
 * stays. *ret_held* is true if there was such trouble. In *arena*.
 */
struct result result_proven(struct arena *arena, const struct result *known,
    const struct result *seen, bool *ret_held);

/** True if one is the other but for which questions failed. */
bool result_is_alike(const struct result *a, const struct result *b);

#endif
