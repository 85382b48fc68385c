/* SPDX-License-Identifier: MIT */
/* Until when caches keep what they have: RFC 1035 3.2.1, RFC 2308 5. */
#include "diagnosis/propagating.h"

#include "base/arena.h"
#include "base/clock.h"
#include "checks/presence.h"
#include "diagnosis/cause.h"
#include "look/look.h"

#include <assert.h>

enum {
	RESOLVER_TRIES = 3,   /* an anycast resolver is many caches */
	LONGEST_WAIT = 86400, /* seconds: what caches keep at most */
	ASSUMED_TTL = 300,    /* seconds, where nothing tells */
};

/** Seconds for which the resolver may keep what it said; -1: not known. */
static int64_t
remaining_ttl(const struct answer *answer)
{
	if (answer->chain_len > 0) {
		return answer->chain[0].ttl;
	}
	return answer->rrs_len > 0 ? (int64_t)answer->rrs[0].ttl
				   : answer_negative_ttl(answer);
}

/** True if each record of *a* is in *b*. */
static bool
is_part_of(const struct answer *a, const struct answer *b)
{
	const struct rr *rr;
	answer_foreach_rr(rr, a) {
		const struct rr *other = b->rrs;
		const struct rr *end = b->rrs + b->rrs_len;
		while (other < end && !rr_same_data(rr, other)) {
			other++;
		}
		if (other == end) {
			return false;
		}
	}
	return true;
}

/** True if both say the same, for whatever time. */
static bool
is_alike(const struct answer *a, const struct answer *b)
{
	return a->status == b->status && a->rrs_len == b->rrs_len &&
	       a->chain_len == b->chain_len && is_part_of(a, b);
}

/**
 * When the last of the resolver's caches that say the same as *stale* forgets
 * it, in seconds since 1970; -1: not known. One that has the news by now may
 * keep them much longer.
 */
static int64_t
latest_expiry(struct look *look, const struct expected *record,
    const struct answer *stale)
{
	int64_t latest = -1;
	for (unsigned again = 0; again < RESOLVER_TRIES; again++) {
		const struct sight sight = { .again = (uint8_t)again };
		const struct answer *answer =
		    record_answer(look, &sight, record);
		const int64_t ttl = answer ? remaining_ttl(answer) : -1;
		if (ttl < 0 || !is_alike(answer, stale)) {
			continue;
		}
		const int64_t at = answer->at > 0 ? answer->at : look_now(look);
		const int64_t expiry =
		    at + (ttl < LONGEST_WAIT ? ttl : LONGEST_WAIT);
		latest = expiry > latest ? expiry : latest;
	}
	return latest;
}

/** Fills in until when the resolver will go on as it does. */
static void
say_until(struct look *look, int64_t measured, int64_t negative_ttl,
    struct finding *finding, struct judgement *out)
{
	const int64_t bound = negative_ttl >= 0 ? negative_ttl : ASSUMED_TTL;
	finding_arg(finding, "basis", "%s",
	    measured >= 0 ? "measured at the resolver" : "an upper bound");
	out->expires_at =
	    measured >= 0 ? measured
			  : look_now(look) +
				(bound < LONGEST_WAIT ? bound : LONGEST_WAIT);
	/* Caches keep an answer through its last second, too. */
	out->visible_by = (out->expires_at + 60) / 60 * 60;
	const struct str text =
	    clock_rfc3339(look_scratch(look), out->visible_by);
	finding_arg(finding, "visible_by", "%.*s", STR_ARG(text));
}

void
propagating_judge(struct look *look, const struct expected *record,
    const struct answer *answer, int64_t negative_ttl, struct judgement *out)
{
	struct finding *finding = cause_replace(out, FINDING_X_PROPAGATING);
	assert(answer && record->judged);
	const struct str server =
	    answer->server.addr.family == ADDR_NONE
		? STR("the resolver")
		: server_addr_text(look_scratch(look), answer->server);
	finding_arg(finding, "resolver", "%.*s", STR_ARG(server));
	finding_arg(finding, "outcome", "%s",
	    answer->status == ANSWER_FOUND
		? "an older value"
		: answer_status_text(answer->status));
	record_saw(finding, record, answer);
	say_until(look, latest_expiry(look, record, answer), negative_ttl,
	    finding, out);
}
