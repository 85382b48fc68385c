/* SPDX-License-Identifier: MIT */
/* An expectation while it is put together; for the parts of expect_build(). */
#ifndef EXPECT_BUILD_H
#define EXPECT_BUILD_H

#include "expect/expect.h"
#include "expect/list.h"
#include "expect/place.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct err;

enum {
	SES_PRIORITY = 10, /* of the MAIL FROM MX, as SES writes it */
};

/** Everything while it is put together. */
struct build {
	struct arena *arena;
	const struct expect_flags *flags;
	const struct expect_list *list; /* may be NULL */
	struct frame frame;             /* of the list, if there is one */
	struct expect *to;
	size_t tokens; /* DKIM records that are known */
	/* What of the list each of the eight was taken from, or NULL. */
	const struct list_entry *taken[INDEX_OTHER];
	struct err *reterr;
};

/** Takes the DKIM tokens of the flags. */
bool build_dkim_flags(struct build *build);

/** Takes the entries of the list, and notes which of the eight it names. */
bool build_take_list(struct build *build);

/** Settles what is judged: by what is known, by the list and by --only. */
bool build_settle_judged(const struct build *build);

#endif
