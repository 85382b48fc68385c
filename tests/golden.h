/* SPDX-License-Identifier: MIT */
/*
 * Recorded outputs under fixtures/golden. With IVYCHECK_RECORD=1 in the
 * environment they are written anew instead of compared ("make record");
 * "git diff" is then the review.
 */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

#include "base/str.h"

/** Asserts that *text* is what the recorded file *name*.*ending* holds. */
void expect_golden(const char *name, const char *ending, struct str text);

#endif
