/* SPDX-License-Identifier: MIT */
/* The ladder of outcomes, and copies that outlive the one who asked. */
#include "dns/answer.h"

#include "base/arena.h"

#include <assert.h>

struct status_row {
	const char *word;
	const char *text;
	bool failed;
};

static const struct status_row STATUS[] = {
	[ANSWER_FOUND] = { "found", "found", false },
	[ANSWER_NODATA] = { "nodata", "no record of this type", false },
	[ANSWER_NXDOMAIN] = { "nxdomain", "no such name", false },
	[ANSWER_SERVFAIL] = { "servfail", "SERVFAIL", true },
	[ANSWER_REFUSED] = { "refused", "REFUSED", true },
	[ANSWER_ERROR] = { "error", "an error response", true },
	[ANSWER_LAME] = { "lame", "not authoritative", true },
	[ANSWER_TIMEOUT] = { "timeout", "no answer in time", true },
	[ANSWER_UNREACHABLE] = { "unreachable", "unreachable", true },
	[ANSWER_MALFORMED] = { "malformed", "an unreadable answer", true },
	[ANSWER_LOOP] = { "loop", "a CNAME loop", false },
	[ANSWER_CAPPED] = { "capped", "not asked (limit reached)", true },
	[ANSWER_OUTSIDE] = { "outside", "not asked (no network)", false },
};

static const struct status_row *
row_of(enum answer_status status)
{
	assert((unsigned)status < sizeof(STATUS) / sizeof(*STATUS));
	return &STATUS[status];
}

bool
answer_is_absent(const struct answer *answer)
{
	return answer->status == ANSWER_NODATA ||
	       answer->status == ANSWER_NXDOMAIN;
}

bool
answer_failed(const struct answer *answer)
{
	return row_of(answer->status)->failed;
}

bool
answer_is_said(const struct answer *answer)
{
	switch (answer->status) {
	case ANSWER_TIMEOUT:
	case ANSWER_UNREACHABLE:
	case ANSWER_MALFORMED:
	case ANSWER_CAPPED:
	case ANSWER_OUTSIDE:
		return false;
	case ANSWER_FOUND:
	case ANSWER_NODATA:
	case ANSWER_NXDOMAIN:
	case ANSWER_SERVFAIL:
	case ANSWER_REFUSED:
	case ANSWER_ERROR:
	case ANSWER_LAME:
	case ANSWER_LOOP:
		break;
	}
	return true;
}

const char *
answer_status_text(enum answer_status status)
{
	return row_of(status)->text;
}

const char *
answer_status_word(enum answer_status status)
{
	return row_of(status)->word;
}

int64_t
answer_negative_ttl(const struct answer *answer)
{
	if (!answer->soa) {
		return -1;
	}
	assert(answer->soa->type == RRTYPE_SOA);
	const uint32_t minimum = answer->soa->rdata.soa.minimum;
	const uint32_t ttl = answer->soa->ttl;
	return ttl < minimum ? ttl : minimum;
}

struct rr
rr_copy(struct arena *arena, const struct rr *from)
{
	struct rr rr = *from;
	rr.owner = name_copy(arena, from->owner);
	switch (rrtype_layout(from->type)) {
	case RR_LAYOUT_OPAQUE:
		rr.rdata.opaque = str_copy(arena, from->rdata.opaque);
		break;
	case RR_LAYOUT_ADDR:
		break;
	case RR_LAYOUT_NAME:
		rr.rdata.target = name_copy(arena, from->rdata.target);
		break;
	case RR_LAYOUT_MX:
		rr.rdata.mx.exchange =
		    name_copy(arena, from->rdata.mx.exchange);
		break;
	case RR_LAYOUT_SOA:
		rr.rdata.soa.mname = name_copy(arena, from->rdata.soa.mname);
		rr.rdata.soa.rname = name_copy(arena, from->rdata.soa.rname);
		break;
	case RR_LAYOUT_TXT:
		rr.rdata.txt.joined = str_copy(arena, from->rdata.txt.joined);
		rr.rdata.txt.ends = arena_copy(arena, from->rdata.txt.ends,
		    from->rdata.txt.strings * sizeof(*from->rdata.txt.ends));
		break;
	}
	return rr;
}

static const struct rr *
rrs_copy(struct arena *arena, const struct rr *from, size_t len)
{
	if (len == 0) {
		return NULL;
	}
	struct rr *rrs = ARENA_ARRAY(arena, struct rr, len);
	for (size_t i = 0; i < len; i++) {
		rrs[i] = rr_copy(arena, &from[i]);
	}
	return rrs;
}

struct answer *
answer_copy(struct arena *arena, const struct answer *from)
{
	struct answer *answer = ARENA_NEW(arena, struct answer);
	*answer = *from;
	answer->rrs = rrs_copy(arena, from->rrs, from->rrs_len);
	answer->chain = rrs_copy(arena, from->chain, from->chain_len);
	answer->soa = rrs_copy(arena, from->soa, from->soa ? 1 : 0);
	answer->referral = rrs_copy(arena, from->referral, from->referral_len);
	answer->ede_text = str_copy(arena, from->ede_text);
	return answer;
}

/** Lets *len* records, which are a copy of our own, grow older. */
static void
grow_older(const struct rr *rrs, size_t len, uint32_t seconds)
{
	struct rr *own = (struct rr *)rrs;
	for (size_t i = 0; i < len; i++) {
		own[i].ttl = own[i].ttl > seconds ? own[i].ttl - seconds : 0;
	}
}

void
answer_grow_older(struct answer *copy, uint32_t seconds)
{
	grow_older(copy->rrs, copy->rrs_len, seconds);
	grow_older(copy->chain, copy->chain_len, seconds);
	grow_older(copy->soa, copy->soa ? 1 : 0, seconds);
}

static size_t
rrs_octets(const struct rr *rrs, size_t len)
{
	size_t octets = len * sizeof(*rrs);
	for (size_t i = 0; i < len; i++) {
		const struct rr_txt *txt = &rrs[i].rdata.txt;
		octets += rrs[i].owner.len;
		if (rrtype_layout(rrs[i].type) == RR_LAYOUT_TXT) {
			octets +=
			    txt->joined.len + txt->strings * sizeof(*txt->ends);
		} else {
			octets += NAME_MAX_WIRE;
		}
	}
	return octets;
}

size_t
answer_octets(const struct answer *answer)
{
	return sizeof(*answer) + rrs_octets(answer->rrs, answer->rrs_len) +
	       rrs_octets(answer->chain, answer->chain_len) +
	       rrs_octets(answer->soa, answer->soa ? 1 : 0) +
	       rrs_octets(answer->referral, answer->referral_len) +
	       answer->ede_text.len;
}
