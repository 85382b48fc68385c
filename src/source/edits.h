/* SPDX-License-Identifier: MIT */
/*
 * What a list of changes says of one name.
 * Must never know who asks.
 */
#ifndef SOURCE_EDITS_H
#define SOURCE_EDITS_H

#include "base/vec.h"
#include "dns/edit.h"
#include "dns/name.h"
#include "dns/rr.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct edits {
	const struct edit *at;
	size_t len;
};

/** The records of one type at one name, in the order of rr_cmp(). */
struct rrset VEC(struct rr);

/** One type at one name, with the records that are there now. */
struct edits_base {
	struct name name;
	enum rrtype type;
	const struct rr *rrs; /* those of another type do not count */
	size_t len;
};

/** The records that are there after the changes; the set is in *arena*. */
struct rrset edits_apply(struct arena *arena, const struct edits *edits,
    const struct edits_base *base);

/** True if a CNAME at *name* is removed. */
bool edits_remove_cname(const struct edits *edits, struct name name);

/** True if what answers at *name* now is a wildcard that becomes hidden. */
bool edits_hide_wildcard(const struct edits *edits, struct name name);

/** True if something is added at *name* or below it. */
bool edits_add_name(const struct edits *edits, struct name name);

#endif
