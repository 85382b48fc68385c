/* SPDX-License-Identifier: MIT */
/* The mechanisms that look at addresses: RFC 7208 5.3 to 5.7, 4.6.4. */
#include "walks/spf_eval_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "look/look.h"
#include "walks/spf_tree.h"

#include <assert.h>
#include <stdint.h>

/** Eight bytes as a number, the first byte on top. */
static uint64_t
bytes_number(const uint8_t *bytes)
{
	/* Written out, as a compiler knows it for one load. */
	return (uint64_t)bytes[0] << 56 | (uint64_t)bytes[1] << 48 |
	       (uint64_t)bytes[2] << 40 | (uint64_t)bytes[3] << 32 |
	       (uint64_t)bytes[4] << 24 | (uint64_t)bytes[5] << 16 |
	       (uint64_t)bytes[6] << 8 | (uint64_t)bytes[7];
}

/** True if *a* and *b* have the same first *bits* bits, at most 64. */
static bool
top_equal(const uint8_t *a, const uint8_t *b, unsigned bits)
{
	return bits == 0 ||
	       (bytes_number(a) ^ bytes_number(b)) >> (64 - bits) == 0;
}

/** True if the client is in the network that *addr* and *term* make. */
static bool
is_client(const struct spf_eval *eval, const struct addr *addr,
    const struct spf_term *term)
{
	const struct addr *ip = &eval->mail->ip;
	if (ip->family != addr->family) {
		return false;
	}
	const unsigned bits = ip->family == ADDR_V6 ? term->bits6 : term->bits4;
	assert(bits <= 128);
	return bits <= 64
		   ? top_equal(ip->bytes, addr->bytes, bits)
		   : top_equal(ip->bytes, addr->bytes, 64) &&
			 top_equal(ip->bytes + 8, addr->bytes + 8, bits - 64);
}

enum spf_match
spf_spend(struct spf_eval *eval)
{
	return ++eval->lookups > SPF_MOST_LOOKUPS ? SPF_MATCH_PERMERROR
						  : SPF_MATCH_NO;
}

/**
 * What *answer* is before its records are looked at: SPF_MATCH_YES if it
 * has any. A term whose question finds nothing counts, if *counts*.
 */
static enum spf_match
take(struct spf_eval *eval, const struct answer *answer, bool counts)
{
	if (!answer) {
		return SPF_MATCH_PENDING;
	}
	if (answer->status == ANSWER_FOUND) {
		return SPF_MATCH_YES;
	}
	if (!answer_is_absent(answer)) {
		/* A loop of CNAMEs fails at every resolver, too. */
		return SPF_MATCH_TEMPERROR;
	}
	return counts && ++eval->voids > SPF_MOST_VOIDS ? SPF_MATCH_PERMERROR
							: SPF_MATCH_NO;
}

static const struct answer *
ask_for(struct spf_eval *eval, struct name name, enum rrtype type)
{
	return published(eval->look, eval->sight, name, type);
}

/** The addresses of *name* of the client's family. */
static const struct answer *
ask_addresses(struct spf_eval *eval, struct name name)
{
	return ask_for(eval, name,
	    eval->mail->ip.family == ADDR_V6 ? RRTYPE_AAAA : RRTYPE_A);
}

static bool
has_client(const struct spf_eval *eval, const struct answer *answer,
    const struct spf_term *term)
{
	const struct rr *rr;
	answer_foreach_rr(rr, answer) {
		if (is_client(eval, &rr->rdata.addr, term)) {
			return true;
		}
	}
	return false;
}

static enum spf_match
match_a(struct spf_eval *eval, const struct spf_term *term, struct name name)
{
	const struct answer *answer = ask_addresses(eval, name);
	const enum spf_match match = take(eval, answer, true);
	if (match != SPF_MATCH_YES) {
		return match;
	}
	return has_client(eval, answer, term) ? SPF_MATCH_YES : SPF_MATCH_NO;
}

/** True if all addresses of *hosts* are known; asks for those that are not. */
static bool
hosts_are_known(struct spf_eval *eval, const struct answer *hosts)
{
	bool known = true;
	const struct rr *rr;
	answer_foreach_rr(rr, hosts) {
		known = ask_addresses(eval, rr->rdata.mx.exchange) && known;
	}
	return known;
}

/** The hosts of an MX set, in the order in which it came. */
static enum spf_match
match_hosts(struct spf_eval *eval, const struct spf_term *term,
    const struct answer *hosts)
{
	const struct rr *rr;
	if (!hosts_are_known(eval, hosts)) {
		return SPF_MATCH_PENDING;
	}
	answer_foreach_rr(rr, hosts) {
		const struct answer *answer =
		    ask_addresses(eval, rr->rdata.mx.exchange);
		const enum spf_match match = take(eval, answer, false);
		if (match == SPF_MATCH_TEMPERROR) {
			return match;
		}
		if (match == SPF_MATCH_YES && has_client(eval, answer, term)) {
			return match;
		}
	}
	return SPF_MATCH_NO;
}

/** RFC 7208 5.4: a name without MX has none, its addresses do not count. */
static enum spf_match
match_mx(struct spf_eval *eval, const struct spf_term *term, struct name name)
{
	const struct answer *hosts = ask_for(eval, name, RRTYPE_MX);
	const enum spf_match match = take(eval, hosts, true);
	if (match != SPF_MATCH_YES) {
		return match;
	}
	if (hosts->rrs_len > SPF_MOST_NAMES) {
		return SPF_MATCH_PERMERROR;
	}
	/* A null MX (RFC 7505) names no host. */
	if (name_is_root(hosts->rrs[0].rdata.mx.exchange)) {
		return SPF_MATCH_NO;
	}
	return match_hosts(eval, term, hosts);
}

/** RFC 7208 5.7: always A, whatever the client's family is. */
static enum spf_match
match_exists(
    struct spf_eval *eval, const struct spf_term *term, struct name name)
{
	assert(term->kind == SPF_EXISTS);
	return take(eval, ask_for(eval, name, RRTYPE_A), true);
}

/** The name under which the PTR of *ip* stands. */
static struct name
reverse_name(struct arena *arena, struct addr ip)
{
	const bool v6 = ip.family == ADDR_V6;
	const struct spf_values values = { .ip = ip };
	struct str text;
	const bool expanded = spf_macro_expand(arena,
	    v6 ? STR("%{ir}.ip6.arpa") : STR("%{ir}.in-addr.arpa"),
	    SPF_MACRO_DOMAIN, &values, &text);
	assert(expanded);
	return name_unescaped(arena, text);
}

/** The PTR set of the client as far as it counts (RFC 7208 4.6.4). */
static size_t
counted_names(const struct answer *names)
{
	return names->rrs_len > SPF_MOST_NAMES ? SPF_MOST_NAMES
					       : names->rrs_len;
}

/** Whether *name* has the client's address: RFC 7208 5.5. */
static enum spf_match
is_validated(struct spf_eval *eval, struct name name)
{
	static const struct spf_term whole = { .bits4 = 32, .bits6 = 128 };
	const struct answer *answer = ask_addresses(eval, name);
	if (!answer) {
		return SPF_MATCH_PENDING;
	}
	/* A name that fails is skipped, not an error. */
	return answer->status == ANSWER_FOUND &&
		       has_client(eval, answer, &whole)
		   ? SPF_MATCH_YES
		   : SPF_MATCH_NO;
}

/** Names that the client validly has. */
struct names VEC(struct name);

/** All validated names of *names*; false while some are not known. */
static bool
validate(struct spf_eval *eval, const struct answer *names, struct names *ret)
{
	struct arena *arena = look_scratch(eval->look);
	const size_t len = counted_names(names);
	bool known = true;
	ret->at = ARENA_ARRAY(arena, struct name, len);
	for (size_t i = 0; i < len; i++) {
		const struct name name = names->rrs[i].rdata.target;
		const enum spf_match match = is_validated(eval, name);
		known = known && match != SPF_MATCH_PENDING;
		if (match == SPF_MATCH_YES) {
			ret->at[ret->len++] = name;
		}
	}
	return known;
}

static const struct answer *
ask_names(struct spf_eval *eval)
{
	return ask_for(eval,
	    reverse_name(look_scratch(eval->look), eval->mail->ip), RRTYPE_PTR);
}

/** RFC 7208 5.5: what fails here does not match, and is no error. */
static enum spf_match
match_ptr(struct spf_eval *eval, const struct spf_term *term, struct name name)
{
	assert(term->kind == SPF_PTR);
	const struct answer *answer = ask_names(eval);
	const enum spf_match match = take(eval, answer, true);
	struct names names = { 0 };
	if (match != SPF_MATCH_YES) {
		return match == SPF_MATCH_TEMPERROR ? SPF_MATCH_NO : match;
	}
	if (!validate(eval, answer, &names)) {
		return SPF_MATCH_PENDING;
	}
	const struct name *validated;
	vec_foreach(validated, &names) {
		if (name_is_under(*validated, name)) {
			return SPF_MATCH_YES;
		}
	}
	return SPF_MATCH_NO;
}

/** RFC 7208 7.3: the domain itself, else one below it, else any. */
static struct name
best_name(const struct names *names, struct name domain)
{
	struct name best = { 0 };
	const struct name *name;
	vec_foreach(name, names) {
		if (name_equal(*name, domain)) {
			return *name;
		}
		if (!name_is_set(best) || (name_is_under(*name, domain) &&
					      !name_is_under(best, domain))) {
			best = *name;
		}
	}
	return best;
}

enum spf_match
spf_validated(
    struct spf_eval *eval, const struct spf_frame *frame, struct str *ret_text)
{
	const struct answer *answer = ask_names(eval);
	struct names names = { 0 };
	if (!answer || (answer->status == ANSWER_FOUND &&
			   !validate(eval, answer, &names))) {
		return SPF_MATCH_PENDING;
	}
	const struct name name = best_name(&names, frame->domain.name);
	*ret_text = name_is_set(name)
			? name_text(look_scratch(eval->look), name)
			: STR("unknown");
	return SPF_MATCH_YES;
}

/** Whether one kind of mechanism matches for *name*. */
typedef enum spf_match match_fn(
    struct spf_eval *eval, const struct spf_term *term, struct name name);

static match_fn *const MATCHES[] = {
	[SPF_A] = match_a,
	[SPF_MX] = match_mx,
	[SPF_PTR] = match_ptr,
	[SPF_EXISTS] = match_exists,
};

enum spf_match
spf_match(struct spf_eval *eval, const struct spf_frame *frame,
    const struct spf_term *term)
{
	struct spf_target target;
	if (term->kind == SPF_ALL) {
		return SPF_MATCH_YES;
	}
	if (term->kind == SPF_IP4 || term->kind == SPF_IP6) {
		return is_client(eval, &term->addr, term) ? SPF_MATCH_YES
							  : SPF_MATCH_NO;
	}
	assert(term->kind < sizeof(MATCHES) / sizeof(*MATCHES) &&
	       MATCHES[term->kind]);
	const enum spf_match found = spf_target(eval, frame, term, &target);
	if (found != SPF_MATCH_YES) {
		return found;
	}
	/* What DNS cannot have matches nothing (RFC 7208 4.8). */
	return name_is_set(target.name)
		   ? MATCHES[term->kind](eval, term, target.name)
		   : SPF_MATCH_NO;
}
