/* SPDX-License-Identifier: MIT */
/*
 * From a name that exists down to the zone of the domain: RFC 1034 4.2.1 and
 * 5.3.3 (referrals), RFC 2181 6 (zone cuts), RFC 1912 2.8 (lame servers).
 */
#include "walks/authority.h"

#include "base/arena.h"
#include "dns/suffix.h"
#include "look/look.h"

#include <assert.h>
#include <string.h>

/** A walk from zone to zone. */
struct descent {
	struct look *look;
	struct name domain;
	struct name zone; /* whose servers are asked now */
	struct authority *to;
	bool complete; /* nothing was missing so far */
};

static const struct answer *
ask_server(struct look *look, struct server_addr server, struct name name,
    enum rrtype type)
{
	const struct question question = {
		.name = name,
		.type = type,
		.side = SIDE_AUTHORITATIVE,
		.server = server,
	};
	return ask_question(look, &question);
}

/** Takes the lowest address of *answer*, so that its order does not show. */
static void
take_lowest(const struct answer *answer, struct server_addr *to)
{
	const struct rr *rr;
	if (answer->status != ANSWER_FOUND) {
		return;
	}
	answer_foreach_rr(rr, answer) {
		const struct addr addr = rr->rdata.addr;
		if (to->addr.family == ADDR_NONE ||
		    (to->addr.family == addr.family &&
			memcmp(addr.bytes, to->addr.bytes, sizeof(addr.bytes)) <
			    0)) {
			to->addr = addr;
		}
	}
}

/** The address of the server *name*: IPv4 if it has one. */
static bool
address_find(struct look *look, struct name name, struct server_addr *ret)
{
	const struct answer *v4 = ask(look, name, RRTYPE_A);
	const struct answer *v6 = ask(look, name, RRTYPE_AAAA);
	*ret = (struct server_addr){ .port = 53 };
	if (!v4 || !v6) {
		return false;
	}
	take_lowest(v4, ret);
	take_lowest(v6, ret);
	return true;
}

/** Puts the server *name* in its place. */
static void
server_insert(struct authority *to, const struct authority_server *server)
{
	size_t at = to->len;
	if (to->len == AUTHORITY_MAX) {
		to->left_out++;
		return;
	}
	while (at > 0 && name_cmp(server->name, to->at[at - 1].name) < 0) {
		to->at[at] = to->at[at - 1];
		at--;
	}
	to->at[at] = *server;
	to->len++;
}

/** Takes the servers that *set*, NS records, names. */
static void
servers_take(struct descent *descent, const struct rr *set, size_t set_len)
{
	descent->to->len = 0;
	descent->to->left_out = 0;
	for (size_t i = 0; i < set_len; i++) {
		struct authority_server server = {
			.name = set[i].rdata.target,
			.state = SERVER_UNREACHABLE,
		};
		if (!address_find(descent->look, server.name, &server.addr)) {
			descent->complete = false;
		}
		server_insert(descent->to, &server);
	}
}

static enum server_state
state_of(const struct answer *answer)
{
	static const enum server_state states[] = {
		[ANSWER_FOUND] = SERVER_OK,
		[ANSWER_NODATA] = SERVER_OK,
		[ANSWER_NXDOMAIN] = SERVER_OK,
		[ANSWER_SERVFAIL] = SERVER_ERROR,
		[ANSWER_REFUSED] = SERVER_REFUSED,
		[ANSWER_ERROR] = SERVER_ERROR,
		[ANSWER_LAME] = SERVER_LAME,
		[ANSWER_TIMEOUT] = SERVER_NO_ANSWER,
		[ANSWER_UNREACHABLE] = SERVER_UNREACHABLE,
		[ANSWER_MALFORMED] = SERVER_ERROR,
		[ANSWER_LOOP] = SERVER_OK,
		[ANSWER_CAPPED] = SERVER_NO_ANSWER,
		[ANSWER_OUTSIDE] = SERVER_UNREACHABLE,
	};
	const enum server_state state = states[answer->status];
	return state == SERVER_OK && !answer->authoritative ? SERVER_LAME
							    : state;
}

/** The SOA that an answer to SOA at the domain shows; NULL: none. */
static const struct rr *
soa_of(const struct answer *answer)
{
	if (answer->status == ANSWER_FOUND && answer->chain_len == 0) {
		return &answer->rrs[0];
	}
	return answer->soa;
}

/** Asks every server for the SOA of the domain, all at once. */
static void
servers_ask(struct descent *descent)
{
	struct authority *to = descent->to;
	to->sound = 0;
	for (size_t i = 0; i < to->len; i++) {
		struct authority_server *server = &to->at[i];
		if (server->addr.addr.family == ADDR_NONE) {
			continue;
		}
		server->answer = ask_server(
		    descent->look, server->addr, descent->domain, RRTYPE_SOA);
		if (!server->answer) {
			descent->complete = false;
			continue;
		}
		server->state = state_of(server->answer);
		const struct rr *soa = soa_of(server->answer);
		if (server->state == SERVER_OK && soa) {
			server->has_serial = true;
			server->serial = soa->rdata.soa.serial;
			to->sound++;
		}
	}
}

/** The referral to a zone nearer to the domain, or NULL. */
static const struct answer *
referral_find(const struct descent *descent)
{
	const struct authority *to = descent->to;
	for (size_t i = 0; i < to->len; i++) {
		const struct answer *answer = to->at[i].answer;
		if (!answer || answer->referral_len == 0) {
			continue;
		}
		const struct name cut = answer->referral[0].owner;
		if (name_is_under(descent->domain, cut) &&
		    name_is_under(cut, descent->zone) &&
		    !name_equal(cut, descent->zone)) {
			return answer;
		}
	}
	return NULL;
}

/** Takes apex and times from the first sound server. */
static void
zone_take(struct descent *descent)
{
	struct authority *to = descent->to;
	for (size_t i = 0; i < to->len; i++) {
		const struct authority_server *server = &to->at[i];
		const struct rr *soa =
		    server->answer && server->state == SERVER_OK
			? soa_of(server->answer)
			: NULL;
		if (soa && name_is_under(descent->domain, soa->owner)) {
			const uint32_t least = soa->rdata.soa.minimum;
			to->apex = soa->owner;
			to->denied = server->answer->status == ANSWER_NXDOMAIN;
			to->negative_ttl = soa->ttl < least ? soa->ttl : least;
			return;
		}
	}
}

/** Asks the first sound server for the zone's own NS set. */
static void
own_set_find(struct descent *descent)
{
	struct authority *to = descent->to;
	const size_t first = authority_first_sound(to);
	if (first == to->len || !name_is_set(to->apex)) {
		return;
	}
	to->own =
	    ask_server(descent->look, to->at[first].addr, to->apex, RRTYPE_NS);
	if (!to->own) {
		descent->complete = false;
	}
}

/**
 * Asks for the NS set at the zone that is likely the domain's, while its
 * servers are still being asked for that: one wait less.
 */
static void
own_set_ask_ahead(const struct descent *descent)
{
	const struct authority *to = descent->to;
	size_t first = 0;
	while (first < to->len && to->at[first].addr.addr.family == ADDR_NONE) {
		first++;
	}
	if (first < to->len && name_is_set(descent->zone)) {
		(void)ask_server(descent->look, to->at[first].addr,
		    descent->zone, RRTYPE_NS);
	}
}

/** Goes down as long as servers refer to a nearer zone. */
static void
descend(struct descent *descent)
{
	size_t left = name_labels(descent->domain) + 1;
	while (left-- > 0) {
		/* Until a server says better. */
		descent->to->apex = descent->zone;
		servers_ask(descent);
		const struct answer *lower = referral_find(descent);
		if (!lower) {
			break;
		}
		descent->zone = lower->referral[0].owner;
		descent->to->above = lower;
		servers_take(descent, lower->referral, lower->referral_len);
	}
	if (!descent->complete) {
		own_set_ask_ahead(descent);
		return;
	}
	zone_take(descent);
	own_set_find(descent);
}

/**
 * The NS set as the parent has it, for a zone that was not reached through
 * a referral: asked of one of the parent's servers.
 */
static void
above_find(struct descent *descent)
{
	struct look *look = descent->look;
	const struct name parent = name_parent(descent->zone);
	const struct answer *set = ask(look, parent, RRTYPE_NS);
	struct server_addr server;
	if (!set) {
		descent->complete = false;
		return;
	}
	if (set->status != ANSWER_FOUND) {
		return;
	}
	struct name lowest = set->rrs[0].rdata.target;
	const struct rr *rr;
	answer_foreach_rr(rr, set) {
		if (name_cmp(rr->rdata.target, lowest) < 0) {
			lowest = rr->rdata.target;
		}
	}
	if (!address_find(look, lowest, &server)) {
		descent->complete = false;
		return;
	}
	if (server.addr.family == ADDR_NONE) {
		return;
	}
	descent->to->above = ask_server(look, server, descent->zone, RRTYPE_NS);
	if (!descent->to->above) {
		descent->complete = false;
	}
}

/** The zone to begin with: the nearest one above that surely exists. */
static bool
start_find(struct descent *descent, const struct answer **ret_set)
{
	struct arena *arena = look_scratch(descent->look);
	struct name zone = suffix_organizational(arena, descent->domain);
	*ret_set = NULL;
	if (name_is_set(zone) && !name_is_root(zone)) {
		/* For above_find(), which has the longest way to go. */
		(void)ask(descent->look, name_parent(zone), RRTYPE_NS);
	}
	while (name_is_set(zone)) {
		const struct answer *set = ask(descent->look, zone, RRTYPE_NS);
		if (!set) {
			return false;
		}
		if (set->status == ANSWER_FOUND) {
			descent->zone = zone;
			*ret_set = set;
			return true;
		}
		/* Of dead servers no resolver knows; those above them do. */
		if (answer_failed(set) && !name_is_root(zone)) {
			zone = name_parent(zone);
			continue;
		}
		/* Not a cut: the zone is the one that says so. */
		if (!answer_is_absent(set) || !set->soa ||
		    !name_is_under(zone, set->soa->owner) ||
		    name_equal(zone, set->soa->owner)) {
			return true;
		}
		zone = set->soa->owner;
	}
	return true;
}

static bool
find_given(struct descent *descent, struct authority_given given)
{
	struct authority *to = descent->to;
	descent->zone = (struct name){ 0 };
	for (size_t i = 0; i < given.len && i < AUTHORITY_MAX; i++) {
		to->at[i] = (struct authority_server){
			.addr = given.at[i],
			.state = SERVER_UNREACHABLE,
		};
		to->len = i + 1;
	}
	servers_ask(descent);
	zone_take(descent);
	own_set_find(descent);
	to->settled = descent->complete;
	return descent->complete;
}

bool
authority_find(struct look *look, struct name domain,
    struct authority_given given, struct authority *ret)
{
	struct descent descent = {
		.look = look,
		.domain = domain,
		.to = ret,
		.complete = true,
	};
	const struct answer *set = NULL;
	assert(name_is_set(domain));
	*ret = (struct authority){ .negative_ttl = -1 };
	if (given.len > 0) {
		return find_given(&descent, given);
	}
	if (!start_find(&descent, &set)) {
		return false;
	}
	if (!set) {
		ret->settled = true;
		return true;
	}
	above_find(&descent);
	servers_take(&descent, set->rrs, set->rrs_len);
	descend(&descent);
	ret->settled = descent.complete;
	return descent.complete;
}
