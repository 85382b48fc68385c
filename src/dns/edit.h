/* SPDX-License-Identifier: MIT */
/*
 * One change to what is published: a record added or removed. A plan is a
 * list of them; source/overlay answers as if it were carried out.
 */
#ifndef DNS_EDIT_H
#define DNS_EDIT_H

#include "dns/rr.h"

#include <stdbool.h>

enum edit_op {
	EDIT_REMOVE,
	EDIT_ADD,
};

struct edit {
	enum edit_op op;
	struct rr rr; /* owner, type and rdata; the TTL does not matter */
	/*
	 * What answers at the owner now comes from a wildcard, which the
	 * added record hides (RFC 4592 2.2.1).
	 */
	bool over_wildcard;
};

#endif
