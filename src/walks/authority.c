/* SPDX-License-Identifier: MIT */
/* What the servers of a zone say when put side by side. */
#include "walks/authority.h"

#include <assert.h>

size_t
authority_first_sound(const struct authority *authority)
{
	size_t at = 0;
	while (at < authority->len && authority->at[at].state != SERVER_OK) {
		at++;
	}
	return at;
}

bool
authority_serials_differ(const struct authority *authority)
{
	const size_t first = authority_first_sound(authority);
	for (size_t i = first; i < authority->len; i++) {
		const struct authority_server *server = &authority->at[i];
		if (server->has_serial &&
		    server->serial != authority->at[first].serial) {
			return true;
		}
	}
	return false;
}

/** True if *set* has an NS record for *name*. */
static bool
set_has(const struct rr *set, size_t len, struct name name)
{
	for (size_t i = 0; i < len; i++) {
		if (name_equal(set[i].rdata.target, name)) {
			return true;
		}
	}
	return false;
}

bool
authority_sets_differ(const struct authority *authority)
{
	const struct answer *above = authority->above;
	const struct answer *own = authority->own;
	if (!above || !own || own->status != ANSWER_FOUND) {
		return false;
	}
	/* A parent refers; one that serves both zones answers itself. */
	const bool refers = above->referral_len > 0;
	const struct rr *set = refers ? above->referral : above->rrs;
	const size_t len = refers ? above->referral_len : above->rrs_len;
	if (len == 0) {
		return false;
	}
	for (size_t i = 0; i < len; i++) {
		if (!set_has(own->rrs, own->rrs_len, set[i].rdata.target)) {
			return true;
		}
	}
	return len != own->rrs_len;
}

const char *
server_state_text(enum server_state state)
{
	static const char *const words[] = {
		[SERVER_OK] = "ok",
		[SERVER_LAME] = "lame",
		[SERVER_REFUSED] = "refused",
		[SERVER_NO_ANSWER] = "no-answer",
		[SERVER_UNREACHABLE] = "unreachable",
		[SERVER_ERROR] = "error",
	};
	assert((unsigned)state < sizeof(words) / sizeof(*words));
	return words[state];
}
