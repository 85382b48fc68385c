/* SPDX-License-Identifier: MIT */
/*
 * The domain as a whole: RFC 8020 (what is denied), RFC 1034 3.6.2 (CNAME),
 * RFC 4035 5.5 (bogus answers), RFC 2308 5 (how long a "no" is kept).
 */
#include "checks/domain.h"

#include "base/arena.h"
#include "dns/suffix.h"
#include "look/look.h"
#include "walks/zone_cut.h"

#include <assert.h>

enum {
	LONG_NEGATIVE_TTL = 3600, /* seconds; more is worth a remark */
	SECOND_TRY = 100, /* question.again of a failure that is asked anew */
};

/** The answer to TXT at the domain, which the SPF check asks for anyway. */
static const struct answer *
domain_answer(struct look *look, const struct subject *subject)
{
	return published(
	    look, &subject->sight, subject->expect->domain, RRTYPE_TXT);
}

/**
 * The name that would have to be registered, if the registry denies it: the
 * one just below the public suffix whose zone said no.
 */
static struct name
unregistered(struct arena *arena, struct name domain, struct name apex)
{
	const size_t labels = name_is_set(apex) ? name_labels(apex) : 0;
	if (name_equal(apex, domain) || !name_is_set(apex)) {
		return (struct name){ 0 };
	}
	if (labels == 0) {
		return name_suffix(domain, 2);
	}
	return suffix_is_public(arena, apex) ? name_suffix(domain, labels + 1)
					     : (struct name){ 0 };
}

static void
judge_registration(struct look *look, const struct subject *subject,
    const struct zone_cut *zone, struct judgement *out)
{
	const struct answer *answer = domain_answer(look, subject);
	if (!answer || answer->status != ANSWER_NXDOMAIN ||
	    answer->chain_len > 0) {
		return;
	}
	const struct name missing = unregistered(
	    look_scratch(look), subject->expect->domain, zone->apex);
	if (name_is_set(missing)) {
		struct finding *finding =
		    find(&out->findings, FINDING_DOMAIN_NOT_REGISTERED);
		finding_arg_name(finding, "registrable", missing);
		finding_saw_none(
		    finding, subject->expect->domain, RRTYPE_TXT, answer);
	}
}

/** Adds what *name* answers through its CNAME, as records of its own. */
static void
keep_behind(struct look *look, const struct subject *subject, enum rrtype type,
    struct finding *finding)
{
	const struct answer *answer =
	    published(look, &subject->sight, subject->expect->domain, type);
	if (!answer || answer->status != ANSWER_FOUND) {
		return;
	}
	const struct rr *rr;
	answer_foreach_rr(rr, answer) {
		struct rr own = *rr;
		own.owner = subject->expect->domain;
		finding_edit(finding, EDIT_ADD, &own);
	}
}

/**
 * The change takes over what the name answered through its CNAME, so that
 * web and mail keep working, and makes room for the TXT.
 */
static void
judge_cname(
    struct look *look, const struct subject *subject, struct judgement *out)
{
	static const enum rrtype behind[] = { RRTYPE_A, RRTYPE_AAAA,
		RRTYPE_MX };
	const struct expected *spf = &subject->expect->records[INDEX_SPF];
	const struct answer *answer = domain_answer(look, subject);
	if (!answer || answer->chain_len == 0) {
		return;
	}
	struct finding *finding = find(&out->findings, FINDING_DOMAIN_IS_CNAME);
	finding_saw(finding, &answer->chain[0], answer);
	finding_edit(finding, EDIT_REMOVE, &answer->chain[0]);
	for (size_t i = 0; i < sizeof(behind) / sizeof(*behind); i++) {
		keep_behind(look, subject, behind[i], finding);
	}
	if (spf->text.len > 0) {
		struct rr txt = { .owner = spf->name, .type = RRTYPE_TXT };
		txt.rdata.txt = rr_txt_of(finding->arena, spf->text);
		finding_edit(finding, EDIT_ADD, &txt);
	}
}

/**
 * The name at which to see whether validation fails. The apex exists, so
 * asking a resolver for it does no harm; if nobody could tell where it is,
 * there is no answer that could be remembered either.
 */
static struct name
signed_name(const struct subject *subject, const struct zone_cut *zone)
{
	return name_is_set(zone->apex) ? zone->apex : subject->expect->domain;
}

/**
 * The question to the resolver that shows it: at the apex where the zone's
 * own servers are asked for the records, else one that is asked anyway.
 */
static struct question
signed_question(const struct subject *subject, const struct zone_cut *zone)
{
	const bool apex = subject->sight.authority != NULL;
	return (struct question){
		.name =
		    apex ? signed_name(subject, zone) : subject->expect->domain,
		.type = apex ? RRTYPE_SOA : RRTYPE_TXT,
	};
}

/** Bogus: the resolver answers only when told not to check (CD). */
static void
judge_signatures(struct look *look, const struct subject *subject,
    const struct zone_cut *zone, struct judgement *out)
{
	struct question question = signed_question(subject, zone);
	const struct answer *checked = ask_question(look, &question);
	if (!checked || checked->status != ANSWER_SERVFAIL) {
		return;
	}
	/* The very same: another name may just be served better. */
	question.checking_disabled = true;
	const struct answer *answer = ask_question(look, &question);
	if (!answer || answer_failed(answer)) {
		return;
	}
	/* And it still fails: a resolver that stumbled once looks alike. */
	question.checking_disabled = false;
	question.again = SECOND_TRY;
	checked = ask_question(look, &question);
	if (!checked || checked->status != ANSWER_SERVFAIL) {
		return;
	}
	struct name apex = signed_name(subject, zone);
	if (answer->soa) {
		apex = answer->soa->owner;
	}
	struct finding *finding = find(&out->findings, FINDING_DNSSEC_BOGUS);
	finding_arg_name(finding, "zone", apex);
	finding_saw_none(finding, subject->expect->domain, RRTYPE_TXT, answer);
}

/** True if *answer* shows that its name exists. */
static bool
shows_existence(const struct answer *answer)
{
	return answer->status == ANSWER_FOUND || answer->chain_len > 0;
}

/** RFC 8020: a name with names below it exists, if empty. */
static void
judge_empty_name(
    struct look *look, const struct subject *subject, struct judgement *out)
{
	const struct expect *expect = subject->expect;
	const struct name above = domainkey_name(look, expect->domain);
	if (!name_is_set(above)) {
		return;
	}
	const struct answer *denied =
	    published(look, &subject->sight, above, RRTYPE_TXT);
	bool exists = false;
	for (size_t i = 0; i < DKIM_RECORDS; i++) {
		const struct expected *record =
		    &expect->records[INDEX_DKIM + i];
		if (!record->judged || !name_is_set(record->name)) {
			continue;
		}
		const struct answer *below =
		    published(look, &subject->sight, record->name, RRTYPE_TXT);
		exists = exists || (below && shows_existence(below));
	}
	if (!exists || !denied || denied->status != ANSWER_NXDOMAIN) {
		return;
	}
	struct finding *finding =
	    find(&out->findings, FINDING_EMPTY_NAME_DENIED);
	finding_arg_name(finding, "denied", above);
	finding_saw_none(finding, above, RRTYPE_TXT, denied);
}

static void
judge_negative_ttl(const struct subject *subject, const struct zone_cut *zone,
    struct judgement *out)
{
	if (zone->negative_ttl <= LONG_NEGATIVE_TTL) {
		return;
	}
	const struct name apex =
	    name_is_set(zone->apex) ? zone->apex : subject->expect->domain;
	struct finding *finding =
	    find(&out->findings, FINDING_NEGATIVE_TTL_LONG);
	finding_arg_name(finding, "zone", apex);
	finding_arg(finding, "seconds", "%lld", (long long)zone->negative_ttl);
}

void
check_domain(struct look *look, const struct subject *subject,
    const struct zone_cut *zone, struct judgement *out)
{
	assert(!subject->record);
	judge_registration(look, subject, zone, out);
	judge_cname(look, subject, out);
	judge_signatures(look, subject, zone, out);
	judge_empty_name(look, subject, out);
	judge_negative_ttl(subject, zone, out);
}
