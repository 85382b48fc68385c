/* SPDX-License-Identifier: MIT */
/*
 * Values from DNS as reports show them: escaped by the rules of text/escape,
 * but for host names, in whose text form \DDD stands already.
 */
#ifndef REPORT_SHOWN_H
#define REPORT_SHOWN_H

#include "base/str.h"
#include "dns/rr.h"
#include "findings/finding.h"
#include "text/patterns.h"

struct arena;

/** *value* of a record of *type*, safe to show; may be *value* itself. */
struct str shown_value(struct arena *arena, struct patterns *patterns,
    enum rrtype type, struct str value);

/** The span of *evidence* in code points of its shown value. */
struct span shown_points(struct arena *arena, struct patterns *patterns,
    const struct evidence *evidence);

/** The span of *evidence* in bytes of its shown value. */
struct span shown_bytes(struct arena *arena, struct patterns *patterns,
    const struct evidence *evidence);

#endif
