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
	return entry && entry->answer->status == ANSWER_FOUND ? entry->answer
							      : NULL;
}

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

static const char *
dnssec_text(const struct assembly *assembly)
{
	const struct outcome *outcome = assembly->outcome;
	if (findings_get(
		&outcome->all.domain->findings, FINDING_DNSSEC_BOGUS)) {
		return "bogus";
	}
	if (assembly->report->source_kind[0] == 'z' ||
	    !outcome->zone.answered) {
		return "unknown";
	}
	return outcome->zone.secure ? "secure" : "insecure";
}

void
assemble_zone(const struct assembly *assembly)
{
	const struct outcome *outcome = assembly->outcome;
	struct report_zone *zone = &assembly->report->zone;
	zone->negative_ttl = outcome->zone.negative_ttl;
	zone->dnssec = dnssec_text(assembly);
	if (!name_is_set(outcome->zone.apex)) {
		return;
	}
	zone->apex = name_text(assembly->arena, outcome->zone.apex);
	const struct answer *answer =
	    nameservers_of(outcome->ledger, outcome->zone.apex);
	if (answer) {
		add_nameservers(assembly, answer);
	}
}
