/* SPDX-License-Identifier: MIT */
/* What the report says of the zone: from what was asked anyway. */
#include "report/assemble_parts.h"

#include "base/arena.h"
#include "diagnosis/examine.h"
#include "look/ledger.h"

/** The NS set of *apex* as the resolver gave it, or NULL if nobody asked. */
static const struct answer *
nameservers_of(const struct ledger *ledger, struct name apex)
{
	const struct question question = {
		.name = apex,
		.type = RRTYPE_NS,
	};
	const struct ledger_entry *entry = ledger_find(ledger, &question);
	return entry && ledger_entry_counts(entry) &&
		       entry->answer->status == ANSWER_FOUND
		   ? entry->answer
		   : NULL;
}

/** The servers as they were asked directly, each with how it answers. */
static void
add_servers(const struct assembly *assembly)
{
	const struct authority *authority = &assembly->outcome->zone.authority;
	struct arena *arena = assembly->arena;
	for (size_t i = 0; i < authority->len; i++) {
		const struct authority_server *from = &authority->at[i];
		const bool found = from->addr.addr.family != ADDR_NONE;
		const struct str address =
		    found ? server_addr_text(arena, from->addr)
			  : (struct str){ 0 };
		struct report_server server = {
			.name = name_is_set(from->name)
				    ? name_text(arena, from->name)
				    : address,
			.state = str_of(server_state_text(from->state)),
		};
		if (found) {
			vec_push(arena, &server.addresses, address);
		}
		vec_push(arena, &assembly->report->zone.nameservers, server);
	}
}

/**
 * The servers that an NS set names; nobody asked them anything. With a
 * resolver alone nothing is known of them but that they are named; "ok" means
 * here that nothing speaks against them.
 */
static void
add_nameservers(const struct assembly *assembly, const struct answer *answer)
{
	struct report_zone *zone = &assembly->report->zone;
	const struct rr *rr;
	answer_foreach_rr(rr, answer) {
		const struct report_server server = {
			.name = name_text(assembly->arena, rr->rdata.target),
			.state = STR("ok"),
		};
		vec_push(assembly->arena, &zone->nameservers, server);
	}
}

/** The zone's NS set, from whoever was asked for it; NULL: nobody. */
static const struct answer *
zone_set(const struct assembly *assembly)
{
	const struct outcome *outcome = assembly->outcome;
	const struct answer *own = outcome->zone.authority.own;
	if (own && own->status == ANSWER_FOUND) {
		return own;
	}
	return name_is_set(outcome->zone.cut.apex)
		   ? nameservers_of(outcome->ledger, outcome->zone.cut.apex)
		   : NULL;
}

struct provider_match
assemble_match(const struct assembly *assembly)
{
	return assemble_match_of(assembly->arena, zone_set(assembly));
}

struct provider_match
assemble_match_of(struct arena *arena, const struct answer *set)
{
	if (!set || set->status != ANSWER_FOUND) {
		return (struct provider_match){ 0 };
	}
	struct name *names = ARENA_ARRAY(arena, struct name, set->rrs_len);
	for (size_t i = 0; i < set->rrs_len; i++) {
		names[i] = set->rrs[i].rdata.target;
	}
	return provider_match_find(names, set->rrs_len);
}

/*
 * "secure" and "bogus" are what a validating resolver says (RFC 4035 4.3):
 * by the AD bit, and by SERVFAIL that goes away with the CD bit.
 */
static const char *
dnssec_text(const struct assembly *assembly)
{
	const struct outcome *outcome = assembly->outcome;
	if (findings_get(
		&outcome->all.domain->findings, FINDING_DNSSEC_BOGUS)) {
		return "bogus";
	}
	/* Zone files, read now or when the answers were saved, prove nothing.
	 */
	if (assembly->report->resolvers.len == 0 ||
	    !outcome->zone.cut.answered) {
		return "unknown";
	}
	return outcome->zone.cut.secure ? "secure" : "insecure";
}

void
assemble_zone(const struct assembly *assembly)
{
	const struct outcome *outcome = assembly->outcome;
	struct report_zone *zone = &assembly->report->zone;
	zone->negative_ttl = outcome->zone.cut.negative_ttl;
	zone->dnssec = dnssec_text(assembly);
	if (!name_is_set(outcome->zone.cut.apex)) {
		return;
	}
	zone->apex = name_text(assembly->arena, outcome->zone.cut.apex);
	const struct provider *provider = assembly->match.provider;
	if (provider) {
		zone->provider_id = str_of(provider->id);
		zone->provider_name = str_of(provider->name);
		zone->provider_certain = assembly->match.certain;
	}
	const struct answer *answer = zone_set(assembly);
	if (outcome->zone.authority.len > 0) {
		zone->serials_agree =
		    authority_serials_differ(&outcome->zone.authority)
			? MAYBE_FALSE
			: MAYBE_TRUE;
		add_servers(assembly);
	} else if (answer) {
		add_nameservers(assembly, answer);
	}
}
