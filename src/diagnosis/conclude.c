/* SPDX-License-Identifier: MIT */
/* Settling the findings of one domain against each other. */
#include "diagnosis/conclude.h"

#include "base/arena.h"
#include "checks/dmarc_means.h"
#include "diagnosis/verdict.h"
#include "expect/expect.h"
#include "look/ledger.h"

#include <assert.h>

static void
drop(struct judgement *judgement, enum finding_code code)
{
	size_t kept = 0;
	for (size_t i = 0; i < judgement->findings.list.len; i++) {
		struct finding *finding = judgement->findings.list.at[i];
		if (finding->code != code) {
			judgement->findings.list.at[kept++] = finding;
		}
	}
	judgement->findings.list.len = kept;
}

/** Takes everything back that was said of the records: it all follows. */
static void
records_override(const struct judgements *all, enum record_status status)
{
	for (size_t i = 0; i < all->expect->records_len; i++) {
		if (all->records[i].status != STATUS_NOT_CHECKED) {
			findings_clear(&all->records[i].findings);
			all->records[i].status = status;
		}
	}
}

/** True if the configured resolver never gave an answer of any worth. */
static bool
resolver_is_silent(const struct ledger *ledger)
{
	bool asked = false;
	for (size_t i = 0; i < ledger_count(ledger); i++) {
		const struct ledger_entry *entry = ledger_at(ledger, i);
		if (!ledger_entry_counts(entry) ||
		    entry->question.side != SIDE_RESOLVER ||
		    entry->question.server.addr.family != ADDR_NONE ||
		    entry->answer->status == ANSWER_CAPPED) {
			continue;
		}
		asked = true;
		switch (entry->answer->status) {
		case ANSWER_TIMEOUT:
		case ANSWER_UNREACHABLE:
		case ANSWER_REFUSED:
		case ANSWER_MALFORMED:
			break;
		case ANSWER_FOUND:
		case ANSWER_NODATA:
		case ANSWER_NXDOMAIN:
		case ANSWER_SERVFAIL:
		case ANSWER_ERROR:
		case ANSWER_LAME:
		case ANSWER_LOOP:
		case ANSWER_CAPPED:
		case ANSWER_OUTSIDE:
			return false;
		}
	}
	return asked;
}

/** Who did not answer: the servers that were tried last. */
static struct str
silent_servers(struct arena *arena, const struct ledger *ledger)
{
	for (size_t i = 0; i < ledger_count(ledger); i++) {
		const struct ledger_entry *entry = ledger_at(ledger, i);
		if (ledger_entry_counts(entry) &&
		    entry->answer->server.addr.family != ADDR_NONE) {
			return server_addr_text(arena, entry->answer->server);
		}
	}
	return STR("the configured resolver");
}

static void
settle_resolver(const struct judgements *all, const struct ledger *ledger)
{
	struct arena *arena = all->domain->findings.arena;
	if (!resolver_is_silent(ledger)) {
		return;
	}
	findings_clear(&all->domain->findings);
	struct finding *finding =
	    find(&all->domain->findings, FINDING_RESOLVER_FAILING);
	const struct str servers = silent_servers(arena, ledger);
	finding_arg(finding, "resolvers", "%.*s", STR_ARG(servers));
	for (size_t i = 0; i < all->expect->records_len; i++) {
		struct judgement *record = &all->records[i];
		drop(record, FINDING_X_LOOKUP_FAILED);
		if (record->status != STATUS_NOT_CHECKED &&
		    status_of(&record->findings) == STATUS_OK) {
			record->status = STATUS_UNKNOWN;
		}
	}
}

/** What is wrong with the whole domain leaves nothing to say of records. */
static void
settle_domain(const struct judgements *all)
{
	static const enum finding_code whole[] = {
		FINDING_DOMAIN_NOT_REGISTERED,
		FINDING_DELEGATION_BROKEN,
		FINDING_DNSSEC_BOGUS,
	};
	for (size_t i = 0; i < sizeof(whole) / sizeof(*whole); i++) {
		if (findings_get(&all->domain->findings, whole[i])) {
			records_override(all, catalog_row(whole[i])->status);
			return;
		}
	}
}

/**
 * A CNAME at the domain is at fault only if its target is not right; one
 * that leads nowhere is said of the record.
 */
static void
settle_cname(const struct judgements *all)
{
	struct judgement *spf = &all->records[INDEX_SPF];
	if (!findings_get(&all->domain->findings, FINDING_DOMAIN_IS_CNAME)) {
		return;
	}
	const enum record_status status = status_of(&spf->findings);
	if (spf->status == STATUS_NOT_CHECKED || status == STATUS_OK ||
	    status == STATUS_UNKNOWN ||
	    findings_get(&spf->findings, FINDING_X_CNAME_LOOP)) {
		drop(all->domain, FINDING_DOMAIN_IS_CNAME);
		return;
	}
	findings_clear(&spf->findings);
	spf->status = STATUS_CONFLICT;
}

/** How long a "no" is kept matters only to what is not there (yet). */
static void
settle_negative_ttl(const struct judgements *all)
{
	for (size_t i = 0; i < all->expect->records_len; i++) {
		const enum record_status status = all->records[i].status;
		if (status == STATUS_MISSING || status == STATUS_PROPAGATING) {
			return;
		}
	}
	drop(all->domain, FINDING_NEGATIVE_TTL_LONG);
}

/** A policy that is enforced harms mail that DKIM does not vouch for yet. */
static void
settle_enforcement(const struct judgements *all)
{
	bool passes = true;
	for (size_t i = INDEX_DKIM; i < INDEX_DKIM + DKIM_RECORDS; i++) {
		const enum record_status status = all->records[i].status;
		passes = passes && status != STATUS_MISSING &&
			 status != STATUS_WRONG && status != STATUS_CONFLICT;
	}
	dmarc_judge_enforcement(&all->records[INDEX_DMARC], passes);
}

void
conclude(const struct judgements *all, const struct ledger *ledger)
{
	for (size_t i = 0; i < all->expect->records_len; i++) {
		struct judgement *record = &all->records[i];
		if (record->status != STATUS_NOT_CHECKED) {
			record->status = status_of(&record->findings);
		}
	}
	settle_resolver(all, ledger);
	settle_domain(all);
	settle_cname(all);
	settle_negative_ttl(all);
	settle_enforcement(all);
}

void
conclude_pending(const struct judgements *all)
{
	if (predict(all) == PREDICTED_VERIFIED) {
		(void)find(
		    &all->domain->findings, FINDING_DNS_RIGHT_STILL_PENDING);
	}
}
