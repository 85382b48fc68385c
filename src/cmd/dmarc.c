/* SPDX-License-Identifier: MIT */
/*
 * ivycheck dmarc DOMAIN|RECORD: one DMARC policy, from its text to what
 * receivers do by it (RFC 9989 4.10.1), and whether its reports arrive.
 */
#include "base/arena.h"
#include "base/err.h"
#include "cli/options.h"
#include "cmd/command.h"
#include "cmd/dmarc_facts.h"
#include "cmd/inquiry.h"
#include "cmd/session.h"
#include "dns/domain.h"
#include "look/look.h"
#include "walks/dmarc_reports.h"

#include <assert.h>

/** Everything while the domain is asked about. */
struct errand {
	const struct inquiry *inquiry;
	struct zone_view zone;
	struct dmarc_facts *facts;
};

/** An argument that is no domain but the text of a record. */
static bool
is_record(struct str text)
{
	return str_index(text, '=') >= 0 || str_index(text, ';') >= 0 ||
	       str_index(text, ' ') >= 0;
}

/** The record that was given, as if DNS had answered it. */
static const struct answer *
given_answer(struct arena *arena, struct name domain, struct str text)
{
	struct answer *answer = ARENA_NEW(arena, struct answer);
	struct rr *rr = ARENA_NEW(arena, struct rr);
	rr->owner = name_prepend(arena, STR("_dmarc"), domain);
	rr->type = RRTYPE_TXT;
	rr->rdata.txt = rr_txt_of(arena, text);
	answer->status = ANSWER_FOUND;
	answer->rrs = rr;
	answer->rrs_len = 1;
	return answer;
}

static void
errand_run(struct look *look, void *context)
{
	struct errand *errand = context;
	struct dmarc_facts *facts = errand->facts;
	struct arena *arena = look_scratch(look);
	struct sight sight;
	struct dmarc_start start = {
		.domain = facts->domain,
		.reach = DMARC_REACH_ROOT,
	};
	if (facts->given.len > 0) {
		start.instead =
		    given_answer(arena, facts->domain, facts->given);
	}
	facts->walk = ARENA_NEW(arena, struct dmarc_walk);
	if (inquiry_sight(
		errand->inquiry, look, facts->domain, &errand->zone, &sight) &&
	    dmarc_walk_find(look, &sight, &start, facts->walk) &&
	    facts->walk->found) {
		(void)dmarc_reports_find(look, &sight, true, facts->walk);
	}
}

/** Asks DNS about the domain of *facts*, and tells. */
static enum exit_code
ask_domain(struct session *session, struct dmarc_facts *facts)
{
	struct err err = { 0 };
	struct inquiry inquiry;
	struct errand errand = { .inquiry = &inquiry, .facts = facts };
	const struct task task = { .run = errand_run, .context = &errand };
	if (!inquiry_open(session, &inquiry, &err)) {
		return session_fail(session, &err);
	}
	inquiry_run(&inquiry, &task);
	const enum exit_code code = dmarc_tell(session, facts);
	if (!inquiry_close(&inquiry, facts->domain, &err)) {
		return session_fail(session, &err);
	}
	return code;
}

/** The domain of a record that was given by itself, if it was said. */
static bool
read_domain(
    struct session *session, struct dmarc_facts *facts, struct err *reterr)
{
	const struct options *options = session->options;
	const struct str argument = options->arguments.at[0];
	struct domain domain = { 0 };
	if (is_record(argument)) {
		facts->given = argument;
		if (options->domain.len == 0) {
			return true;
		}
	}
	const struct str text =
	    options->domain.len > 0 ? options->domain : argument;
	if (facts->given.len == 0 && options->domain.len > 0) {
		(void)err_set(reterr, ERR_USAGE,
		    "--domain says whose record it is, but no record is given");
		return err_hint(reterr,
		    "Try: ivycheck dmarc --domain example.com "
		    "\"v=DMARC1; p=none\"");
	}
	if (!domain_read(session->arena, text, &domain, reterr)) {
		return false;
	}
	facts->domain = domain.name;
	return true;
}

enum exit_code
cmd_dmarc(struct session *session)
{
	struct err err = { 0 };
	struct dmarc_facts facts = { 0 };
	assert(session->options->arguments.len == 1);
	if (!read_domain(session, &facts, &err)) {
		return session_fail(session, &err);
	}
	if (name_is_set(facts.domain)) {
		return ask_domain(session, &facts);
	}
	return dmarc_tell(session, &facts);
}
