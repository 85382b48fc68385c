/* SPDX-License-Identifier: MIT */
/* Which of the eight records an entry of a list is. */
#ifndef EXPECT_PLACE_H
#define EXPECT_PLACE_H

#include "expect/expect.h"
#include "expect/list.h"

struct arena;

/** Where an entry belongs. */
struct place {
	enum record_kind kind; /* RECORD_OTHER: none of the eight */
	struct name name;      /* its full name */
	bool is_under;         /* the name lies at or under the domain */
};

/**
 * Finds the place of *entry* for *domain* with the MAIL FROM name
 * *mail_from*. A name that does not end in the domain is read relative to
 * it and to what is above it; the reading that makes it one of the eight
 * wins.
 */
struct place place_find(struct arena *arena, struct name domain,
    struct name mail_from, const struct list_entry *entry);

/** The target of *entry* (CNAME, MX) as a name; "no name" if it is none. */
struct name entry_target(struct arena *arena, const struct list_entry *entry);

/** The region of feedback-smtp.REGION.amazonses.com, or empty. */
struct str feedback_region(struct arena *arena, struct name target);

#endif
