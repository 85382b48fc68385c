/* SPDX-License-Identifier: MIT */
/*
 * ivycheck dkim NAME|RECORD: one DKIM key record, as a verifier takes it
 * (RFC 6376 3.6.2, RFC 8301, RFC 8463).
 */
#include "base/arena.h"
#include "base/err.h"
#include "cli/options.h"
#include "cmd/command.h"
#include "cmd/dkim_facts.h"
#include "cmd/inquiry.h"
#include "cmd/session.h"
#include "cmd/sheet.h"
#include "dns/domain.h"
#include "look/look.h"

#include <assert.h>

/** Everything while the name is asked about. */
struct errand {
	const struct inquiry *inquiry;
	struct zone_view zone;
	struct dkim_facts *facts;
};

/** An argument that is no name but the text of a record. */
static bool
is_record(struct str text)
{
	return str_index(text, '=') >= 0 || str_index(text, ';') >= 0;
}

/** The domain whose key stands at *name*: what follows _domainkey. */
static struct name
domain_of(struct name name)
{
	for (size_t i = 0; i < name_labels(name); i++) {
		if (str_eq(name_label(name, i), STR("_domainkey"))) {
			return name_suffix(name, name_labels(name) - i - 1);
		}
	}
	return name_parent(name);
}

static void
errand_run(struct look *look, void *context)
{
	struct errand *errand = context;
	struct dkim_facts *facts = errand->facts;
	struct sight sight;
	facts->answer = NULL;
	if (inquiry_sight(errand->inquiry, look, domain_of(facts->name),
		&errand->zone, &sight)) {
		facts->answer =
		    published(look, &sight, facts->name, RRTYPE_TXT);
	}
}

/** The first text of *answer*, in an order that does not change. */
static struct str
first_text(const struct answer *answer)
{
	struct str first = { 0 };
	const struct rr *rr;
	if (answer->status != ANSWER_FOUND) {
		return first;
	}
	first = answer->rrs[0].rdata.txt.joined;
	answer_foreach_rr(rr, answer) {
		if (str_cmp(rr->rdata.txt.joined, first) < 0) {
			first = rr->rdata.txt.joined;
		}
	}
	return first;
}

static enum exit_code
ask_name(struct session *session, struct dkim_facts *facts)
{
	struct err err = { 0 };
	struct inquiry inquiry;
	struct errand errand = { .inquiry = &inquiry, .facts = facts };
	const struct task task = { .run = errand_run, .context = &errand };
	if (!inquiry_open(session, &inquiry, &err)) {
		return session_fail(session, &err);
	}
	inquiry_run(&inquiry, &task);
	assert(facts->answer);
	facts->text = first_text(facts->answer);
	const enum exit_code code = dkim_tell(session, facts);
	if (!inquiry_close(&inquiry, facts->name, &err)) {
		return session_fail(session, &err);
	}
	return code;
}

enum exit_code
cmd_dkim(struct session *session)
{
	struct err err = { 0 };
	struct dkim_facts facts = { 0 };
	struct domain name = { 0 };
	const struct str argument = session->options->arguments.at[0];
	if (is_record(argument)) {
		facts.text = argument;
		return dkim_tell(session, &facts);
	}
	if (!domain_read_name(session->arena, argument, &name, &err)) {
		return session_fail(session, &err);
	}
	facts.name = name.name;
	return ask_name(session, &facts);
}
