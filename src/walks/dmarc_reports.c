/* SPDX-License-Identifier: MIT */
/* Following report addresses: RFC 9990 4 (steps 1 to 9). */
#include "walks/dmarc_reports.h"

#include "base/arena.h"
#include "dns/suffix.h"
#include "look/look.h"
#include "walks/published.h"

#include <assert.h>

/** Following the addresses of one record. */
struct delivery {
	struct look *look;
	const struct sight *sight;
	struct name policy; /* the domain at which the record stands */
	const struct answer *instead; /* of DNS there, see dmarc_start */
};

static void
targets_add(
    struct arena *arena, const struct dmarc_uris *uris, struct dmarc_walk *walk)
{
	const struct dmarc_uri *uri;
	vec_foreach(uri, uris) {
		bool known = !uri->valid;
		for (size_t i = 0; i < walk->targets.len && !known; i++) {
			known = name_equal(walk->targets.at[i].host, uri->host);
		}
		if (known) {
			continue;
		}
		if (walk->targets.len == DMARC_MAX_TARGETS) {
			walk->targets_left_out++;
			continue;
		}
		const struct dmarc_target target = { .host = uri->host };
		vec_push(arena, &walk->targets, target);
	}
}

/** The labels that *a* and *b* have in common at their ends. */
static struct name
common_end(struct name a, struct name b)
{
	while (!name_is_under(b, a)) {
		a = name_parent(a);
	}
	return a;
}

/**
 * Whether *target* is the same organisation as the record. Names that share
 * no more than a public suffix are not; of others the walks tell (RFC 9989
 * 4.10.2). False while that is not known.
 */
static bool
organization_compare(const struct delivery *delivery,
    struct dmarc_target *target, bool *ret_same)
{
	struct arena *arena = look_scratch(delivery->look);
	struct dmarc_walk *walks = ARENA_ARRAY(arena, struct dmarc_walk, 2);
	const struct name both[] = { delivery->policy, target->host };
	const struct name shared = common_end(target->host, delivery->policy);
	bool known = true;
	*ret_same = name_equal(target->host, delivery->policy);
	target->related =
	    !name_is_root(shared) && !suffix_is_public(arena, shared);
	if (*ret_same || !target->related) {
		return true;
	}
	for (size_t i = 0; i < 2; i++) {
		const struct dmarc_start start = {
			.domain = both[i],
			.instead = i == 0 ? delivery->instead : NULL,
			.reach = DMARC_REACH_ROOT,
		};
		known = dmarc_walk_find(delivery->look, delivery->sight, &start,
			    &walks[i]) &&
			known;
	}
	const struct name a = walks[0].organizational;
	const struct name b = walks[1].organizational;
	*ret_same = !name_is_set(a) || !name_is_set(b) || name_equal(a, b);
	return known;
}

/** True if one of *uris* is at another domain than *host*. */
static bool
any_elsewhere(const struct dmarc_uris *uris, struct name host)
{
	const struct dmarc_uri *uri;
	vec_foreach(uri, uris) {
		if (uri->valid && !name_equal(uri->host, host)) {
			return true;
		}
	}
	return false;
}

/** What the records of *answer* say about reports to *host* (steps 6 to 9). */
static enum dmarc_consent
consent_of(struct arena *arena, const struct answer *answer, struct name host)
{
	const struct rr *rr;
	if (answer_failed(answer) || answer->status == ANSWER_OUTSIDE) {
		return DMARC_CONSENT_UNKNOWN;
	}
	enum dmarc_consent consent = DMARC_CONSENT_NONE;
	if (answer->status != ANSWER_FOUND) {
		return consent;
	}
	answer_foreach_rr(rr, answer) {
		const struct dmarc *dmarc =
		    dmarc_parse(arena, rr->rdata.txt.joined);
		if (dmarc->recognised &&
		    (any_elsewhere(&dmarc->rua, host) ||
			any_elsewhere(&dmarc->ruf, host))) {
			return DMARC_CONSENT_ELSEWHERE;
		}
		consent = dmarc->recognised ? DMARC_CONSENT_GIVEN : consent;
	}
	return consent;
}

/** POLICY._report._dmarc.HOST, or "no name" if that is too long. */
static struct name
consent_name(struct arena *arena, struct name policy, struct name host)
{
	const struct name at = name_prepend(arena, STR("_dmarc"), host);
	const struct name report =
	    name_is_set(at) ? name_prepend(arena, STR("_report"), at) : at;
	return name_is_set(report) ? name_join(arena, policy, report) : report;
}

/** Finds the consent of *target*; false while it is not known. */
static bool
consent_find(const struct delivery *delivery, struct dmarc_target *target)
{
	struct arena *arena = look_scratch(delivery->look);
	bool same;
	target->consent = DMARC_CONSENT_NOT_NEEDED;
	if (!organization_compare(delivery, target, &same)) {
		return false;
	}
	if (same) {
		return true;
	}
	target->consent = DMARC_CONSENT_NONE; /* step 4: too long a name */
	target->consent_name =
	    consent_name(arena, delivery->policy, target->host);
	if (!name_is_set(target->consent_name)) {
		return true;
	}
	target->consent_answer = published(
	    delivery->look, delivery->sight, target->consent_name, RRTYPE_TXT);
	if (target->consent_answer) {
		target->consent =
		    consent_of(arena, target->consent_answer, target->host);
	}
	return target->consent_answer != NULL;
}

/** Without MX the addresses of the name itself count (RFC 5321 5.1). */
static bool
addresses_find(const struct delivery *delivery, struct dmarc_target *target)
{
	static const enum rrtype types[] = { RRTYPE_A, RRTYPE_AAAA };
	bool known = true;
	target->mailbox = DMARC_MAILBOX_NO_SERVER;
	for (size_t i = 0; i < 2; i++) {
		const struct answer *answer = published(
		    delivery->look, delivery->sight, target->host, types[i]);
		known = known && answer;
		if (answer && answer->status == ANSWER_FOUND) {
			target->mailbox = DMARC_MAILBOX_OPEN;
			return true;
		}
		if (answer && !answer_is_absent(answer)) {
			target->mailbox = DMARC_MAILBOX_UNKNOWN;
		}
	}
	return known;
}

/** Finds whether *target* takes mail; false while it is not known. */
static bool
mailbox_find(const struct delivery *delivery, struct dmarc_target *target)
{
	const struct answer *answer =
	    published(delivery->look, delivery->sight, target->host, RRTYPE_MX);
	target->mailbox_answer = answer;
	if (!answer) {
		return false;
	}
	if (answer->status == ANSWER_FOUND) {
		const bool null =
		    answer->rrs_len == 1 &&
		    name_is_root(answer->rrs[0].rdata.mx.exchange);
		target->mailbox =
		    null ? DMARC_MAILBOX_REFUSING : DMARC_MAILBOX_OPEN;
	} else if (answer->status == ANSWER_NXDOMAIN) {
		target->mailbox = DMARC_MAILBOX_NO_NAME;
	} else if (answer->status == ANSWER_NODATA) {
		return addresses_find(delivery, target);
	} else {
		target->mailbox = DMARC_MAILBOX_UNKNOWN;
	}
	return true;
}

bool
dmarc_reports_find(struct look *look, const struct sight *sight, bool own,
    struct dmarc_walk *walk)
{
	assert(walk->found && walk->targets.len == 0);
	struct arena *arena = look_scratch(look);
	const struct delivery delivery = {
		.look = look,
		.sight = sight,
		.policy = walk->found->domain,
		.instead = walk->found->answer,
	};
	bool known = true;
	targets_add(arena, &walk->found->dmarc->rua, walk);
	targets_add(arena, &walk->found->dmarc->ruf, walk);
	struct dmarc_target *target;
	vec_foreach(target, &walk->targets) {
		known = consent_find(&delivery, target) && known;
		if (own || !name_equal(target->host, delivery.policy)) {
			known = mailbox_find(&delivery, target) && known;
		}
	}
	return known;
}

bool
dmarc_target_is_foreign(const struct dmarc_target *target)
{
	return target->consent != DMARC_CONSENT_NOT_NEEDED;
}
