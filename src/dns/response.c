/* SPDX-License-Identifier: MIT */
/*
 * From records to an outcome: RFC 1034 3.6.2 and 4.3.2 (CNAMEs, referrals),
 * RFC 2181 5 (sets), RFC 2308 2 (negative answers), RFC 6891 6.1.3 (RCODE).
 */
#include "dns/response.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "dns/edns.h"
#include "dns/wire.h"

#include <assert.h>
#include <stdlib.h>

enum {
	/* Of the library at most, which frees a record before the next, and
	   of ours meanwhile: once a message, as it is the hot path. */
	LIBRARY_NEEDS = 64 << 10,
};

struct reader {
	struct arena *arena;
	struct message message;
	const struct question *question;
	struct answer *answer;
	struct name name; /* the end of the chain so far */
	size_t data;      /* records of the type asked at that name */
	bool endless;     /* the chain returns to itself, or is too long */
};

/** Which records are meant. */
struct wanted {
	enum message_section section;
	unsigned type;
	struct name owner;
};

static bool
is_wanted(struct message message, const struct message_record *record,
    const struct wanted *wanted)
{
	return record->section == wanted->section &&
	       record->class == CLASS_IN && record->type == wanted->type &&
	       message_name_is(message, record->owner, wanted->owner);
}

static int
rr_order(const void *a, const void *b)
{
	return rr_cmp(a, b);
}

/** Drops what stands twice in a set that is in order (RFC 2181 5). */
static size_t
set_unique(struct rr *rrs, size_t len)
{
	size_t kept = 0;
	for (size_t i = 0; i < len; i++) {
		if (kept == 0 || rr_cmp(&rrs[kept - 1], &rrs[i]) != 0) {
			rrs[kept++] = rrs[i];
		}
	}
	return kept;
}

static size_t
set_count(struct message message, const struct wanted *wanted)
{
	struct message_walk walk = message_walk_begin(message);
	struct message_record record;
	size_t count = 0;
	while (message_walk_next(&walk, &record)) {
		count += is_wanted(message, &record, wanted);
	}
	return count;
}

/**
 * Reads the set of records *wanted*. Servers turn sets around, so they are
 * put in order.
 */
static bool
set_read(const struct reader *reader, const struct wanted *wanted,
    const struct rr **ret, size_t *ret_len)
{
	const struct message message = reader->message;
	const size_t room = set_count(message, wanted);
	struct message_walk walk = message_walk_begin(message);
	struct message_record record;
	struct rr *rrs = ARENA_ARRAY(reader->arena, struct rr, room);
	size_t len = 0;
	while (len < room && message_walk_next(&walk, &record)) {
		if (!is_wanted(message, &record, wanted)) {
			continue;
		}
		rrs[len].owner = wanted->owner;
		if (!wire_rr(reader->arena, message, &record, &rrs[len++])) {
			return false;
		}
	}
	qsort(rrs, len, sizeof(*rrs), rr_order);
	*ret = rrs;
	*ret_len = set_unique(rrs, len);
	return true;
}

/** Adds the CNAME at *record* to the chain and steps to its target. */
static bool
chain_add(struct reader *reader, const struct message_record *record)
{
	struct answer *answer = reader->answer;
	if (!answer->chain) {
		answer->chain =
		    ARENA_ARRAY(reader->arena, struct rr, ANSWER_MAX_CHAIN);
	}
	struct rr *chain = (struct rr *)answer->chain;
	struct rr *link = &chain[answer->chain_len];
	link->owner = reader->name;
	if (!wire_rr(reader->arena, reader->message, record, link)) {
		return false;
	}
	answer->chain_len++;
	reader->name = link->rdata.target;
	for (size_t i = 0; i < answer->chain_len; i++) {
		if (name_equal(reader->name, chain[i].owner)) {
			reader->endless = true;
		}
	}
	return true;
}

/** One look at the name the chain has come to; counts what was asked for. */
static bool
name_visit(struct reader *reader, struct message_record *ret_cname)
{
	const struct wanted data = { SECTION_ANSWER, reader->question->type,
		reader->name };
	const struct wanted cname = { SECTION_ANSWER, RRTYPE_CNAME,
		reader->name };
	struct message_walk walk = message_walk_begin(reader->message);
	struct message_record record;
	bool found = false;
	reader->data = 0;
	while (message_walk_next(&walk, &record)) {
		reader->data += is_wanted(reader->message, &record, &data);
		if (!found && is_wanted(reader->message, &record, &cname)) {
			*ret_cname = record;
			found = true;
		}
	}
	/* What was asked for counts more than a CNAME beside it. */
	return found && reader->data == 0;
}

static bool
chain_follow(struct reader *reader)
{
	struct message_record cname;
	while (!reader->endless && name_visit(reader, &cname)) {
		if (reader->answer->chain_len == ANSWER_MAX_CHAIN) {
			reader->endless = true;
		} else if (!chain_add(reader, &cname)) {
			return false;
		}
	}
	return true;
}

/**
 * The first record of *type* in the authority section whose owner is the
 * end of the chain or above it.
 */
static bool
authority_find(const struct reader *reader, enum rrtype type,
    struct message_record *ret, struct name *ret_owner)
{
	struct message_walk walk = message_walk_begin(reader->message);
	while (message_walk_next(&walk, ret)) {
		if (ret->section == SECTION_AUTHORITY &&
		    ret->class == CLASS_IN && ret->type == type &&
		    wire_owner(
			reader->arena, reader->message, ret, ret_owner) &&
		    name_is_under(reader->name, *ret_owner)) {
			return true;
		}
	}
	return false;
}

static bool
soa_read(struct reader *reader)
{
	struct message_record record;
	struct name owner;
	if (!authority_find(reader, RRTYPE_SOA, &record, &owner)) {
		return true;
	}
	struct rr *soa = ARENA_NEW(reader->arena, struct rr);
	soa->owner = owner;
	reader->answer->soa = soa;
	return wire_rr(reader->arena, reader->message, &record, soa);
}

static bool
referral_read(struct reader *reader)
{
	struct message_record record;
	struct name owner;
	if (!authority_find(reader, RRTYPE_NS, &record, &owner)) {
		return true;
	}
	const struct wanted set = { SECTION_AUTHORITY, RRTYPE_NS, owner };
	return set_read(reader, &set, &reader->answer->referral,
	    &reader->answer->referral_len);
}

/** Nobody vouches for the absence of what was asked for. */
static bool
is_lame(const struct reader *reader)
{
	const bool recursive = reader->question->side == SIDE_RESOLVER &&
			       (message_flags(reader->message) & MESSAGE_RA);
	return !reader->answer->authoritative && !recursive;
}

/** True if *record* may stand in an answer that has nothing of the type. */
static bool
is_relevant(const struct reader *reader, const struct message_record *record)
{
	/* Some put the SOA of a "no" there (RFC 2308 2). */
	return record->class == CLASS_IN &&
	       (record->type == RRTYPE_SOA ||
		   message_name_is(
		       reader->message, record->owner, reader->question->name));
}

/**
 * True if the answer section speaks of others only: whoever wrote it did not
 * answer this question, so it is no "no" either.
 */
static bool
is_beside_the_point(const struct reader *reader)
{
	struct message_walk walk = message_walk_begin(reader->message);
	struct message_record record;
	bool beside = false;
	while (message_walk_next(&walk, &record)) {
		if (record.section != SECTION_ANSWER) {
			break;
		}
		if (is_relevant(reader, &record)) {
			return false;
		}
		beside = true;
	}
	return beside;
}

static enum answer_status
status_of(const struct reader *reader)
{
	switch (reader->answer->rcode) {
	case RCODE_NOERROR:
	case RCODE_NXDOMAIN:
		break;
	case RCODE_SERVFAIL:
		return ANSWER_SERVFAIL;
	case RCODE_REFUSED:
		return ANSWER_REFUSED;
	default:
		return ANSWER_ERROR;
	}
	if (reader->endless) {
		return ANSWER_LOOP;
	}
	if (reader->answer->rcode == RCODE_NOERROR && reader->data > 0) {
		return ANSWER_FOUND;
	}
	if (is_lame(reader)) {
		return ANSWER_LAME;
	}
	if (reader->answer->chain_len == 0 && is_beside_the_point(reader)) {
		return ANSWER_MALFORMED;
	}
	return reader->answer->rcode == RCODE_NXDOMAIN ? ANSWER_NXDOMAIN
						       : ANSWER_NODATA;
}

/** Reads the records that belong to the status. */
static bool
records_read(struct reader *reader)
{
	struct answer *answer = reader->answer;
	const struct wanted set = { SECTION_ANSWER, reader->question->type,
		reader->name };
	if (answer->status == ANSWER_FOUND) {
		return set_read(reader, &set, &answer->rrs, &answer->rrs_len);
	}
	if (answer->status == ANSWER_LAME) {
		return referral_read(reader);
	}
	return !answer_is_absent(answer) || soa_read(reader);
}

bool
response_read(struct arena *arena, struct message message,
    const struct question *question, struct answer *ret)
{
	const unsigned flags = message_flags(message);
	const struct edns edns = edns_read(message);
	alloc_reserve(LIBRARY_NEEDS);
	struct reader reader = {
		.arena = arena,
		.message = message,
		.question = question,
		.answer = ret,
		.name = name_from_wire(
		    arena, question->name.wire, question->name.len),
	};
	*ret = (struct answer){
		.rcode = (uint16_t)((flags & MESSAGE_RCODE) | edns.rcode_high),
		.authoritative = (flags & MESSAGE_AA) != 0,
		.authenticated = (flags & MESSAGE_AD) != 0,
		.ede = edns.ede,
		.ede_text = str_copy(arena, edns.ede_text),
	};
	if (!chain_follow(&reader)) {
		return false;
	}
	ret->status = status_of(&reader);
	return records_read(&reader);
}
