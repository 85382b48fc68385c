/* SPDX-License-Identifier: MIT */
/* Wildcards, by asking for a sibling: RFC 4592 2.2. */
#include "walks/wildcard.h"

#include "look/look.h"
#include "walks/published.h"

#include <assert.h>

/* Not random: the same answers must give the same questions. */
#define PROBE_LABEL "ivycheck-no-such-name"

struct wildcard
wildcard_find(struct look *look, const struct sight *sight, struct name above,
    enum rrtype type)
{
	struct wildcard wildcard = { .known = true };
	const struct name probe =
	    name_prepend(look_scratch(look), STR(PROBE_LABEL), above);
	if (!name_is_set(probe)) {
		return wildcard;
	}
	/* One question settles most cases: no name, so no wildcard at all. */
	const struct answer *first = published(look, sight, probe, RRTYPE_TXT);
	if (!first) {
		wildcard.known = false;
		return wildcard;
	}
	if (first->status == ANSWER_NXDOMAIN && first->chain_len == 0) {
		return wildcard;
	}
	/* What fails behind a CNAME still shows that there is a name. */
	if (first->chain_len == 0 &&
	    (answer_failed(first) || first->status == ANSWER_OUTSIDE)) {
		return wildcard;
	}
	const struct answer *answer =
	    type == RRTYPE_TXT ? first : published(look, sight, probe, type);
	wildcard.known = answer != NULL;
	if (answer &&
	    (answer->status == ANSWER_FOUND || answer->chain_len > 0)) {
		wildcard.answer = answer;
	}
	return wildcard;
}

bool
wildcard_gives(struct wildcard wildcard, const struct rr *rr)
{
	const struct rr *seen;
	if (!wildcard.answer) {
		return false;
	}
	answer_foreach_rr(seen, wildcard.answer) {
		if (rr_same_data(seen, rr)) {
			return true;
		}
	}
	for (size_t i = 0; i < wildcard.answer->chain_len; i++) {
		if (rr_same_data(&wildcard.answer->chain[i], rr)) {
			return true;
		}
	}
	return false;
}
