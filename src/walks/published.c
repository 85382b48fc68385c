/* SPDX-License-Identifier: MIT */
/*
 * Asking for records at a resolver or at one of the zone's own servers,
 * whose answers end where the zone does: RFC 1034 4.3.2 (what a server
 * gives), 3.6.2 (CNAMEs).
 */
#include "walks/published.h"

#include "base/arena.h"
#include "dns/question.h"
#include "look/look.h"
#include "walks/authority.h"

#include <assert.h>

/** A question to a resolver, as *sight* has it. */
static const struct answer *
ask_resolver(struct look *look, const struct sight *sight, struct name name,
    enum rrtype type)
{
	const struct question question = {
		.name = name,
		.type = type,
		.server = sight->resolver,
		.again = sight->again,
	};
	return ask_question(look, &question);
}

/** *end* with the *len* CNAMEs of *chain* in front of its own. */
static const struct answer *
prepend_chain(struct look *look, const struct rr *chain, size_t len,
    const struct answer *end)
{
	struct arena *arena = look_scratch(look);
	struct answer *answer = ARENA_NEW(arena, struct answer);
	const size_t all = len + end->chain_len;
	struct rr *links = ARENA_ARRAY(arena, struct rr, all);
	for (size_t i = 0; i < all; i++) {
		links[i] = i < len ? chain[i] : end->chain[i - len];
	}
	*answer = *end;
	answer->chain = links;
	answer->chain_len = all;
	if (all > ANSWER_MAX_CHAIN) {
		answer->status = ANSWER_LOOP;
	}
	return answer;
}

/** The answer for a chain that returns to itself or never ends. */
static const struct answer *
endless(struct look *look, const struct rr *chain, size_t len)
{
	static const struct answer LOOP = { .status = ANSWER_LOOP };
	return prepend_chain(look, chain, len, &LOOP);
}

/**
 * Follows the CNAMEs from *name* one by one, as the resolver would not.
 * Gives *failed* back if *name* has no CNAME, NULL while not all is known.
 */
static const struct answer *
chain_walk(struct look *look, const struct sight *sight,
    const struct question *question, const struct answer *failed)
{
	struct arena *arena = look_scratch(look);
	struct rr *chain = ARENA_ARRAY(arena, struct rr, ANSWER_MAX_CHAIN);
	struct name name = question->name;
	size_t len = 0;
	while (len < ANSWER_MAX_CHAIN) {
		const struct answer *link =
		    ask_resolver(look, sight, name, RRTYPE_CNAME);
		if (!link) {
			return NULL;
		}
		if (link->status != ANSWER_FOUND) {
			break;
		}
		chain[len++] = link->rrs[0];
		name = link->rrs[0].rdata.target;
	}
	if (len == 0) {
		return failed;
	}
	if (len == ANSWER_MAX_CHAIN) {
		return endless(look, chain, len);
	}
	const struct answer *last =
	    ask_resolver(look, sight, name, question->type);
	return last ? prepend_chain(look, chain, len, last) : NULL;
}

static const struct answer *
at_resolver(struct look *look, const struct sight *sight, struct name name,
    enum rrtype type)
{
	const struct answer *answer = ask_resolver(look, sight, name, type);
	if (!answer || answer->status != ANSWER_SERVFAIL ||
	    type == RRTYPE_CNAME) {
		return answer;
	}
	const struct question question = { .name = name, .type = type };
	return chain_walk(look, sight, &question, answer);
}

/** True if a server gave a CNAME and left the rest to the asker. */
static bool
is_left_off(const struct answer *answer)
{
	return answer->chain_len > 0 &&
	       (answer->status == ANSWER_NODATA ||
		   answer->status == ANSWER_LAME) &&
	       !answer->soa;
}

/** True if *answer* refers to a zone below the authority's own. */
static bool
refers_below(const struct authority *authority, const struct answer *answer)
{
	return answer->referral_len > 0 &&
	       name_is_under(answer->referral[0].owner, authority->apex) &&
	       !name_equal(answer->referral[0].owner, authority->apex);
}

static const struct answer *
at_server(struct look *look, const struct sight *sight, struct name name,
    enum rrtype type)
{
	const struct authority *authority = sight->authority;
	const struct question question = {
		.name = name,
		.type = type,
		.side = SIDE_AUTHORITATIVE,
		.server = authority->at[sight->server].addr,
	};
	return ask_question(look, &question);
}

/**
 * From one of the zone's servers; from a resolver, which can tell more, what
 * lies outside of the zone or was handed on to another. *ret_own* tells which.
 */
static const struct answer *
at_either(struct look *look, const struct sight *sight, struct name name,
    enum rrtype type, bool *ret_own)
{
	static const struct sight outside = { 0 };
	const struct authority *authority = sight->authority;
	*ret_own = name_is_under(name, authority->apex);
	if (*ret_own) {
		const struct answer *answer =
		    at_server(look, sight, name, type);
		if (!answer || !authority->settled) {
			return NULL;
		}
		*ret_own =
		    answer->chain_len > 0 || !refers_below(authority, answer);
		if (*ret_own) {
			return answer;
		}
	}
	return at_resolver(look, &outside, name, type);
}

/**
 * One of the zone's servers, and where its answer leads out of the zone or
 * on to another name of it, whoever can tell more.
 */
static const struct answer *
at_authority(struct look *look, const struct sight *sight, struct name name,
    enum rrtype type)
{
	struct rr chain[ANSWER_MAX_CHAIN];
	size_t len = 0;
	while (len < ANSWER_MAX_CHAIN) {
		bool own;
		const struct answer *answer =
		    at_either(look, sight, name, type, &own);
		if (!answer) {
			return NULL;
		}
		if (!own || type == RRTYPE_CNAME || !is_left_off(answer)) {
			return len > 0 ? prepend_chain(look, chain, len, answer)
				       : answer;
		}
		for (size_t i = 0;
		     i < answer->chain_len && len < ANSWER_MAX_CHAIN; i++) {
			chain[len++] = answer->chain[i];
		}
		name = chain[len - 1].rdata.target;
	}
	return endless(look, chain, len);
}

const struct answer *
published(struct look *look, const struct sight *sight, struct name name,
    enum rrtype type)
{
	assert(sight);
	if (!sight->authority) {
		return at_resolver(look, sight, name, type);
	}
	assert(sight->server < sight->authority->len);
	return at_authority(look, sight, name, type);
}
