/* SPDX-License-Identifier: MIT */
/*
 * One SPF record out of several, or out of one that does not do: all senders
 * that these allow, Amazon SES, and one "all" at the end.
 */
#ifndef MAIL_SPF_MERGE_H
#define MAIL_SPF_MERGE_H

#include "base/str.h"
#include "base/vec.h"
#include "mail/spf.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/** Where include:amazonses.com goes. */
enum spf_place {
	SPF_PLACE_AS_IS, /* only where it stands already */
	SPF_PLACE_LAST,  /* if it does not stand there: in front of "all" */
	SPF_PLACE_FIRST, /* in front of all that could decide before it */
};

/** How to merge. */
struct spf_merging {
	/* Records of the grammar or not; what is broken is left out. */
	struct VEC(const struct spf_record *) records;
	enum spf_place ses;
	struct VEC(struct str) without; /* terms to leave out, as written */
};

/**
 * The merged record: terms in the order found, each once, what was behind
 * "all" in front of it; near misses of amazonses.com replaced by it; the
 * softer of the "all" that there are, of - and ~ alone. A redirect stays
 * where nothing else ends the record, and becomes an include otherwise.
 */
struct str spf_merge(struct arena *arena, const struct spf_merging *merging);

/**
 * True if *text* is a valid record that by itself lets SES pass, and not
 * everybody, within the limit on lookups as far as the text shows it.
 */
bool spf_allows_ses_alone(struct arena *arena, struct str text);

#endif
