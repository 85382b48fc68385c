/* SPDX-License-Identifier: MIT */
/* Fills the templates of the catalogue with the arguments of a finding. */
#ifndef FINDINGS_TEMPLATE_H
#define FINDINGS_TEMPLATE_H

#include "base/str.h"
#include "findings/finding.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/** A {key} of a template, and the text before it. */
struct template_place {
	struct str before;
	struct str key; /* without the braces */
};

/** Cuts *rest* after its next {key}; false, *rest* untouched, if none. */
bool template_next(struct str *rest, struct template_place *ret);

/**
 * Puts the arguments into *template*, where each {key} stands: those of
 * *finding* first, then those of *always*. A key without an argument is a
 * fault in the program.
 */
struct str template_fill(struct arena *arena, const char *template,
    const struct finding *finding, const struct finding_arg *always,
    size_t always_len);

#endif
