/* SPDX-License-Identifier: MIT */
/* Which of the eight records an entry of a list is. */
#ifndef EXPECT_PLACE_H
#define EXPECT_PLACE_H

#include "expect/expect.h"
#include "expect/list.h"

#include <stdbool.h>

struct arena;

/** What decides where entries belong. */
struct frame {
	struct arena *arena;
	struct name domain;
	struct name mail_from; /* as the list has it; mail.D until known */
	struct name above;     /* what relative names are relative to */
};

/** Where an entry belongs. */
struct place {
	enum record_kind kind; /* RECORD_OTHER: none of the eight */
	struct name name;      /* its full name */
	bool is_under;         /* the name surely lies at or under the domain */
};

/**
 * The frame in which *list* makes most sense: its relative names are read
 * under the domain or under one of the names above it.
 */
struct frame frame_find(
    struct arena *arena, struct name domain, const struct expect_list *list);

/**
 * Finds the place of *entry*: in the frame, but a reading that makes it one
 * of the eight wins.
 */
struct place place_find(
    const struct frame *frame, const struct list_entry *entry);

/** The region of feedback-smtp.REGION.amazonses.com, or empty. */
struct str feedback_region(struct name target);

#endif
