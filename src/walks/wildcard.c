/* SPDX-License-Identifier: MIT */
/* Wildcards, by asking for a sibling: RFC 4592 2.2. */
#include "walks/wildcard.h"

#include "look/look.h"
#include "walks/published.h"

#include <assert.h>

/* Not random: the same answers must give the same questions. */
#define PROBE_LABEL "ivycheck-no-such-name"

static bool
gives(const struct answer *answer, enum rrtype type)
{
	return answer->chain_len > 0 ||
	       (answer->status == ANSWER_FOUND && type != RRTYPE_CNAME);
}

struct name
wildcard_probe(struct arena *arena, struct name above)
{
	assert(name_is_set(above));
	return name_prepend(arena, STR(PROBE_LABEL), above);
}

bool
wildcard_is_probe(struct name name)
{
	return !name_is_root(name) &&
	       str_eq(name_label(name, 0), STR(PROBE_LABEL));
}

struct wildcard
wildcard_find(struct look *look, const struct sight *sight, struct name above,
    enum rrtype type)
{
	struct wildcard wildcard = { .known = true };
	const struct name probe = wildcard_probe(look_scratch(look), above);
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
	/* A CNAME would have shown in the first answer (RFC 1034 3.6.2). */
	const struct answer *answer = type == RRTYPE_TXT || type == RRTYPE_CNAME
					  ? first
					  : published(look, sight, probe, type);
	wildcard.known = answer != NULL;
	if (answer && gives(answer, type)) {
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

bool
wildcard_explains(struct wildcard wildcard, const struct answer *answer)
{
	const struct rr *rr;
	if (answer->chain_len > 0) {
		return wildcard_gives(wildcard, &answer->chain[0]);
	}
	answer_foreach_rr(rr, answer) {
		if (!wildcard_gives(wildcard, rr)) {
			return false;
		}
	}
	return answer->rrs_len > 0;
}

struct wildcard
wildcard_any(struct look *look, const struct sight *sight, struct name above,
    enum rrtype *ret_type)
{
	/* What people let a wildcard answer; a CNAME shows for each of them. */
	static const enum rrtype types[] = { RRTYPE_TXT, RRTYPE_A, RRTYPE_MX };
	struct wildcard wildcard = { .known = true };
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		*ret_type = types[i];
		wildcard = wildcard_find(look, sight, above, types[i]);
		if (!wildcard.known || wildcard.answer) {
			return wildcard;
		}
	}
	*ret_type = RRTYPE_TXT;
	return wildcard;
}
