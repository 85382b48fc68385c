/* SPDX-License-Identifier: MIT */
/*
 * One of the three DKIM records: a CNAME from T._domainkey.D to the key that
 * Amazon SES serves. Verifiers ask for TXT (RFC 6376 3.6.2), and one answer
 * to that tells the CNAME and the key; more is asked only if it does not.
 */
#include "checks/check.h"
#include "checks/content.h"
#include "checks/dkim_target.h"
#include "checks/presence.h"

#include "base/arena.h"
#include "dns/question.h"
#include "look/look.h"
#include "walks/authority.h"
#include "walks/wildcard.h"

#include <assert.h>

enum {
	SECOND_TRY = 100, /* question.again of a failure that is asked anew */
};

static const struct answer *
at_name(const struct dkim_case *of, enum rrtype type)
{
	return published(
	    of->look, &of->subject->sight, of->subject->record->name, type);
}

static void
note_found(const struct dkim_case *of, const struct rr *rr)
{
	struct judgement *out = of->out;
	vec_push(out->findings.arena, &out->found,
	    rr_value(out->findings.arena, rr));
	if (out->ttl < 0 || rr->ttl < (uint32_t)out->ttl) {
		out->ttl = rr->ttl;
	}
}

static void
missing(const struct dkim_case *of, const struct answer *instead)
{
	struct finding *finding = find(&of->out->findings, FINDING_X_MISSING);
	const struct rr *rr;
	if (instead) {
		answer_foreach_rr(rr, instead) {
			finding_saw(finding, rr, instead);
		}
	} else {
		finding_saw_none(finding, of->subject->record->name,
		    RRTYPE_CNAME, of->answer);
	}
	mend_by_adding(finding, of->subject);
	of->out->status = STATUS_MISSING;
}

/**
 * Whether *answer* is only what a wildcard says everywhere, which means
 * that nothing is at the name. False while that is not known.
 */
static bool
wildcard_compare(const struct dkim_case *of, enum rrtype type,
    const struct answer *answer, bool *ret_same)
{
	const struct wildcard wildcard = wildcard_find(of->look,
	    &of->subject->sight, name_parent(of->subject->record->name), type);
	const struct rr *rr;
	*ret_same = wildcard.answer != NULL;
	answer_foreach_rr(rr, answer) {
		*ret_same = *ret_same && wildcard_gives(wildcard, rr);
	}
	return wildcard.known;
}

/** No TXT and no CNAME; addresses there are those of a proxy. */
static void
judge_addresses(const struct dkim_case *of)
{
	static const enum rrtype types[] = { RRTYPE_A, RRTYPE_AAAA };
	struct finding *finding = NULL;
	bool known = true;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		const struct answer *answer = at_name(of, types[i]);
		bool wild = false;
		known = known && answer;
		if (!answer || answer->status != ANSWER_FOUND ||
		    !wildcard_compare(of, types[i], answer, &wild) || wild) {
			continue;
		}
		if (!finding) {
			finding =
			    find(&of->out->findings, FINDING_DKIM_PROXIED);
		}
		const struct rr *rr;
		answer_foreach_rr(rr, answer) {
			note_found(of, rr);
			finding_saw(finding, rr, answer);
		}
		mend_by_removing(finding, answer);
	}
	if (finding) {
		mend_by_adding(finding, of->subject);
		of->out->status = STATUS_WRONG;
	} else if (known) {
		missing(of, NULL);
	}
}

/** True if *text* is a key record; *ret_key* is then what it says. */
static bool
is_key(const struct dkim_case *of, const struct rr *rr,
    const struct dkim_key **ret_key)
{
	*ret_key = dkim_key_parse(look_scratch(of->look), rr->rdata.txt.joined);
	return (*ret_key)->meant;
}

/** Something else than a key holds the name. */
static void
judge_taken(const struct dkim_case *of, const char *holder)
{
	struct finding *finding =
	    find(&of->out->findings, FINDING_X_NAME_TAKEN);
	const struct rr *rr;
	answer_foreach_rr(rr, of->answer) {
		finding_saw(finding, rr, of->answer);
	}
	finding_arg(finding, "holder", "%s", holder);
	finding_arg(finding, "or_else", "%s", "");
	of->out->status = STATUS_CONFLICT;
}

/** The key itself where the CNAME belongs, as SES serves it at *target*. */
static void
judge_flattened(const struct dkim_case *of, struct name target)
{
	struct finding *finding =
	    find(&of->out->findings, FINDING_DKIM_FLATTENED);
	finding_saw(finding, &of->answer->rrs[0], of->answer);
	dkim_mend(of, &of->answer->rrs[0], target, finding);
}

/** A key as TXT: is it that of SES, or one of its own? */
static void
judge_own_key(const struct dkim_case *of, const struct dkim_key *key)
{
	const struct dkim_targets targets = dkim_targets_of(of);
	struct dkim_search search = { .asked = true };
	for (size_t i = 0; i < targets.len; i++) {
		const struct dkim_key *other;
		const struct answer *there =
		    dkim_search_at(of, targets.at[i], &search);
		if (there && is_key(of, &there->rrs[0], &other) &&
		    dkim_key_same(key, other)) {
			judge_flattened(of, targets.at[i]);
			return;
		}
	}
	if (dkim_search_is_vain(of, &search)) {
		struct finding *finding = dkim_value_wrong(
		    of, "a key of its own, as TXT, instead of the CNAME");
		finding_saw(finding, &of->answer->rrs[0], of->answer);
		dkim_mend(of, &of->answer->rrs[0], of->subject->record->target,
		    finding);
	}
}

/** TXT records at the name itself. */
static void
judge_texts(const struct dkim_case *of)
{
	const struct answer *alias = at_name(of, RRTYPE_CNAME);
	const struct dkim_key *key;
	bool wild;
	if (!alias || !wildcard_compare(of, RRTYPE_TXT, of->answer, &wild)) {
		return;
	}
	if (wild) {
		missing(of, of->answer);
		return;
	}
	const struct rr *rr;
	answer_foreach_rr(rr, of->answer) {
		note_found(of, rr);
	}
	if (alias->status == ANSWER_FOUND) {
		judge_taken(of, "TXT records beside its CNAME");
	} else if (of->answer->rrs_len == 1 &&
		   is_key(of, &of->answer->rrs[0], &key)) {
		judge_own_key(of, key);
	} else {
		judge_taken(of, "TXT records that are no key");
	}
}

static void
judge_lookup_failed(const struct dkim_case *of, const struct rr *alias,
    enum answer_status outcome)
{
	struct finding *finding =
	    find(&of->out->findings, FINDING_DKIM_KEY_LOOKUP_FAILED);
	finding_arg(finding, "outcome", "%s", answer_status_text(outcome));
	finding_saw(finding, alias, of->answer);
	finding_saw_none(
	    finding, of->subject->record->name, RRTYPE_TXT, of->answer);
	of->out->status = STATUS_WRONG;
}

/** True if a server said that it cannot or will not say. */
static bool
is_refusal(const struct answer *answer)
{
	return answer->status == ANSWER_SERVFAIL ||
	       answer->status == ANSWER_REFUSED ||
	       answer->status == ANSWER_ERROR;
}

/** *there*, as it would have come through the CNAME *alias*. */
static const struct answer *
through(
    struct look *look, const struct answer *alias, const struct answer *there)
{
	struct answer *answer = ARENA_NEW(look_scratch(look), struct answer);
	*answer = *there;
	answer->chain = alias->rrs;
	answer->chain_len = 1;
	return answer;
}

/**
 * TXT at the name failed. If the CNAME answers there, and is right, it is
 * the name's own servers that fail for TXT; a timeout may have other reasons.
 */
static void
judge_failing(const struct dkim_case *of)
{
	struct question question = {
		.name = of->subject->record->name,
		.type = RRTYPE_TXT,
	};
	const struct answer *alias = at_name(of, RRTYPE_CNAME);
	if (!alias) {
		return;
	}
	if (alias->status != ANSWER_FOUND) {
		judge_failure(of->look, of->answer, &question, of->out);
		return;
	}
	question.name = alias->rrs[0].rdata.target;
	const struct answer *there =
	    published(of->look, &of->subject->sight, question.name, RRTYPE_TXT);
	note_found(of, &alias->rrs[0]);
	if (!there) {
		return;
	}
	if (!content_is_right(of->subject, &alias->rrs[0])) {
		struct dkim_case behind = *of;
		behind.answer = through(of->look, alias, there);
		dkim_judge_alias(&behind);
	} else if (!is_refusal(of->answer) ||
		   (answer_failed(there) && !of->subject->sight.authority)) {
		question.name = of->subject->record->name;
		judge_failure(of->look, of->answer, &question, of->out);
	} else {
		judge_lookup_failed(of, &alias->rrs[0], of->answer->status);
	}
}

/**
 * True if a resolver fails for TXT at the name, twice, although the CNAME
 * and what it leads to answer one by one; see published().
 */
static bool
fails_as_a_whole(const struct dkim_case *of)
{
	const struct sight *sight = &of->subject->sight;
	struct question question = {
		.name = of->subject->record->name,
		.type = RRTYPE_TXT,
		.server = sight->resolver,
		.again = sight->again,
	};
	if (sight->authority) {
		return false;
	}
	const struct answer *whole = ask_question(of->look, &question);
	if (!whole || whole->status != ANSWER_SERVFAIL) {
		return false;
	}
	question.again = SECOND_TRY;
	const struct answer *again = ask_question(of->look, &question);
	return again && again->status == ANSWER_SERVFAIL;
}

/** A CNAME, as the chain of the answer shows it. */
static void
judge_chain(const struct dkim_case *of)
{
	note_found(of, &of->answer->chain[0]);
	if (of->answer->status == ANSWER_FOUND && fails_as_a_whole(of)) {
		judge_lookup_failed(of, &of->answer->chain[0], ANSWER_SERVFAIL);
		return;
	}
	dkim_judge_alias(of);
}

/** Two CNAMEs at one name: nobody knows which of them is followed. */
static void
judge_two_aliases(const struct dkim_case *of, const struct answer *alias)
{
	struct finding *finding = dkim_value_wrong(of, "more than one CNAME");
	bool kept = false;
	const struct name wanted = of->subject->record->target;
	const struct rr *rr;
	answer_foreach_rr(rr, alias) {
		note_found(of, rr);
		finding_saw(finding, rr, alias);
		if (!kept && name_equal(rr->rdata.target, wanted)) {
			kept = true;
		} else {
			finding_edit(finding, EDIT_REMOVE, rr);
		}
	}
	if (!kept) {
		mend_by_adding(finding, of->subject);
	}
}

/**
 * True where the CNAME is asked for by itself: with zone files, and at one
 * of the zone's servers; it shows what one answer to TXT may hide.
 */
static bool
asks_alias(const struct subject *subject)
{
	const struct authority *authority = subject->sight.authority;
	return subject->offline ||
	       (authority &&
		   subject->sight.server == authority_first_sound(authority));
}

void
check_dkim(
    struct look *look, const struct subject *subject, struct judgement *out)
{
	struct dkim_case of = { .look = look, .subject = subject, .out = out };
	assert(name_is_set(subject->record->name));
	of.answer = at_name(&of, RRTYPE_TXT);
	const struct answer *alias =
	    asks_alias(subject) ? at_name(&of, RRTYPE_CNAME) : of.answer;
	if (!of.answer || !alias) {
		return;
	}
	if (alias != of.answer && alias->status == ANSWER_FOUND &&
	    alias->rrs_len > 1) {
		judge_two_aliases(&of, alias);
	} else if (of.answer->chain_len > 0) {
		judge_chain(&of);
	} else if (of.answer->status == ANSWER_FOUND) {
		judge_texts(&of);
	} else if (of.answer->status == ANSWER_NODATA) {
		judge_addresses(&of);
	} else if (of.answer->status == ANSWER_NXDOMAIN) {
		missing(&of, NULL);
	} else if (answer_failed(of.answer)) {
		judge_failing(&of);
	} else {
		(void)judge_presence(look, subject, of.answer, out);
	}
}
