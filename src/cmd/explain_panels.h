/* SPDX-License-Identifier: MIT */
/*
 * How the panels of known DNS hosts take what a finding asks to be changed.
 * Must never say anything of a host that diagnosis/providers.def does not.
 */
#ifndef CMD_EXPLAIN_PANELS_H
#define CMD_EXPLAIN_PANELS_H

#include "cli/options.h"

struct arena;
struct code;

/**
 * A line a habit ("The target needs its final dot: Gandi, OVHcloud") or a
 * rule ("Wix: It cannot ..."); empty if panels make no difference to *code*.
 */
struct words explain_panels(struct arena *arena, const struct code *code);

#endif
