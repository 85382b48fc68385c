/* SPDX-License-Identifier: MIT */
/*
 * The cases of fixtures/cases: each a finding code with the smallest DNS
 * that raises it, and its twin, which is right. What the files in a case
 * mean is told in fixtures/cases/README.md.
 */
#ifndef TESTS_CASES_H
#define TESTS_CASES_H

#include "base/str.h"
#include "base/vec.h"
#include "diagnosis/examine.h"
#include "expect/expect.h"

#include <stdbool.h>

struct source;

/** Names of cases: codes, sorted. */
struct case_names VEC(const char *);

/** One case, ready to be examined. */
struct dns_case {
	struct arena *arena;
	const char *code;
	struct expect expect;
	struct order order; /* complete but for patterns */
	struct source *source;
	struct str want; /* lines "code record", sorted */
};

/** All cases there are, in *arena*; $IVYCHECK_TEST_CASE names one alone. */
struct case_names case_list(struct arena *arena);

/** True if there is a case for *code*. */
bool case_exists(const char *code);

/** Opens the case of *code*, or its twin. */
struct dns_case case_open(const char *code, bool twin);

/** Gives everything back. */
void case_close(struct dns_case *dns_case);

/** The findings of *outcome* as lines "code record", sorted, in *arena*. */
struct str case_lines(struct arena *arena, const struct outcome *outcome);

#endif
