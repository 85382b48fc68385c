/* SPDX-License-Identifier: MIT */
/* Putting together what is known of a zone from both sides. */
#include "walks/zone_view.h"

#include "dns/answer.h"
#include "look/look.h"
#include "walks/wildcard.h"

#include <assert.h>

/** True if nothing came back from any server; a refusal is an answer. */
static bool
all_silent(const struct authority *authority)
{
	for (size_t i = 0; i < authority->len; i++) {
		const enum server_state state = authority->at[i].state;
		if (state != SERVER_NO_ANSWER && state != SERVER_UNREACHABLE) {
			return false;
		}
	}
	return authority->len > 0;
}

/**
 * When no server of the zone answers us: a resolver that can say something
 * new about the zone shows that they do answer others.
 */
static bool
silence_explain(struct look *look, struct name zone, struct zone_view *ret)
{
	const struct name probe = wildcard_probe(look_scratch(look), zone);
	const struct answer *answer =
	    ask(look, name_is_set(probe) ? probe : zone, RRTYPE_TXT);
	if (!answer) {
		return false;
	}
	ret->filtered = all_silent(&ret->authority) && !answer_failed(answer);
	ret->broken = !ret->filtered;
	return true;
}

/** The cut as the zone's own servers tell it. */
static bool
cut_from_authority(struct look *look, struct zone_view *ret)
{
	const struct authority *authority = &ret->authority;
	/* The apex exists, so asking a resolver for it does no harm. */
	const struct answer *visible = ask(look, authority->apex, RRTYPE_SOA);
	ret->cut = (struct zone_cut){
		.apex = authority->apex,
		.negative_ttl = authority->negative_ttl,
		.answered = true,
		.exists = !authority->denied,
		.secure = visible && visible->authenticated,
	};
	return visible != NULL;
}

bool
zone_view_find(struct look *look, struct name domain, enum view view,
    struct authority_given given, struct zone_view *ret)
{
	*ret = (struct zone_view){ .cut = { .negative_ttl = -1 } };
	if (view == VIEW_RESOLVER) {
		return zone_cut_find(look, domain, &ret->cut);
	}
	if (!authority_find(look, domain, given, &ret->authority)) {
		return false;
	}
	if (ret->authority.sound > 0) {
		ret->own_side = true;
		return cut_from_authority(look, ret);
	}
	if (ret->authority.len == 0) {
		return zone_cut_find(look, domain, &ret->cut);
	}
	assert(name_is_set(ret->authority.apex) || given.len > 0);
	const struct name zone =
	    name_is_set(ret->authority.apex) ? ret->authority.apex : domain;
	if (!silence_explain(look, zone, ret)) {
		return false;
	}
	ret->cut.apex = zone;
	return ret->broken || zone_cut_find(look, domain, &ret->cut);
}
