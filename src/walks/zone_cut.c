/* SPDX-License-Identifier: MIT */
/* The zone cut by SOA: RFC 2308 2.2 (negative answers), RFC 1034 4.2. */
#include "walks/zone_cut.h"

#include "look/look.h"
#include "walks/published.h"

#include <assert.h>

struct name
domainkey_name(struct look *look, struct name domain)
{
	return name_prepend(look_scratch(look), STR("_domainkey"), domain);
}

/** Takes what *answer* tells; false if it does not tell the apex. */
static bool
tells(const struct answer *answer, struct name domain, struct zone_cut *ret)
{
	const struct rr *soa = answer->soa;
	ret->answered = ret->answered || !answer_failed(answer);
	ret->secure = answer->authenticated;
	if (answer->status == ANSWER_FOUND && answer->chain_len == 0 &&
	    answer->rrs[0].type == RRTYPE_SOA) {
		soa = &answer->rrs[0];
	}
	/* An SOA from below the domain is that of a zone cut under it. */
	if (!soa || !name_is_under(domain, soa->owner)) {
		return false;
	}
	ret->apex = soa->owner;
	ret->negative_ttl = soa->ttl < soa->rdata.soa.minimum
				? soa->ttl
				: soa->rdata.soa.minimum;
	return true;
}

bool
zone_cut_find(struct look *look, struct name domain, struct zone_cut *ret)
{
	assert(name_is_set(domain));
	*ret = (struct zone_cut){ .negative_ttl = -1, .exists = true };
	const struct name below = domainkey_name(look, domain);
	const struct answer *answer =
	    name_is_set(below) ? ask(look, below, RRTYPE_TXT) : NULL;
	if (name_is_set(below) && !answer) {
		return false;
	}
	if (answer && tells(answer, domain, ret)) {
		return true;
	}
	answer = ask(look, domain, RRTYPE_SOA);
	if (!answer) {
		return false;
	}
	(void)tells(answer, domain, ret);
	ret->exists = answer->status != ANSWER_NXDOMAIN;
	return true;
}

bool
zone_holding(struct look *look, const struct sight *sight, struct name name,
    enum rrtype type, struct name *ret)
{
	const struct answer *answer = published(look, sight, name, type);
	*ret = (struct name){ 0 };
	if (!answer) {
		return false;
	}
	if (answer->chain_len > 0) {
		/* No zone begins at a CNAME (RFC 1034 3.6.2). */
		name = name_parent(name);
	}
	if (answer->chain_len > 0 || !answer->soa) {
		answer = published(look, sight, name, RRTYPE_SOA);
	}
	if (!answer) {
		return false;
	}
	struct zone_cut cut = { .negative_ttl = -1 };
	if (tells(answer, name, &cut)) {
		*ret = cut.apex;
	}
	return true;
}
