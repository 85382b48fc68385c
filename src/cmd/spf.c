/* SPDX-License-Identifier: MIT */
/*
 * ivycheck spf DOMAIN|RECORD: one SPF record with all that it includes, and
 * with --ip what a receiver makes of a mail by it (RFC 7208 4).
 */
#include "checks/spf.h"
#include "base/arena.h"
#include "base/err.h"
#include "cli/options.h"
#include "cmd/command.h"
#include "cmd/inquiry.h"
#include "cmd/session.h"
#include "cmd/sheet.h"
#include "cmd/spf_facts.h"
#include "dns/domain.h"
#include "look/look.h"

#include <assert.h>

/* What IvyMail asks for, where there is nothing else. */
#define WANTED "v=spf1 include:amazonses.com ~all"

/* Whose a record is that nobody said the owner of. */
#define NOBODY "nobody.invalid"

/** Everything while the domain is asked about. */
struct errand {
	const struct inquiry *inquiry;
	struct zone_view zone;
	struct spf_facts *facts;
	bool record;   /* the record itself is wanted, not only a result */
	bool networks; /* and the networks in it */
};

/** An argument that is no domain but the text of a record. */
static bool
is_record(struct str text)
{
	return str_index(text, '=') >= 0 || str_index(text, ' ') >= 0;
}

/** The record that was given, as if DNS had answered it. */
static const struct answer *
given_answer(struct arena *arena, const struct spf_facts *facts)
{
	struct answer *answer = ARENA_NEW(arena, struct answer);
	struct rr *rr = ARENA_NEW(arena, struct rr);
	rr->owner =
	    name_is_set(facts->domain) ? facts->domain : name_of(arena, ".");
	rr->type = RRTYPE_TXT;
	rr->rdata.txt = rr_txt_of(arena, facts->given);
	answer->status = ANSWER_FOUND;
	answer->rrs = rr;
	answer->rrs_len = 1;
	return answer;
}

/** Judges the record as the check of a domain does. */
static void
judge_record(
    struct look *look, const struct sight *sight, struct errand *errand)
{
	struct arena *arena = look_scratch(look);
	struct spf_facts *facts = errand->facts;
	struct expect *expect = ARENA_NEW(arena, struct expect);
	expect->domain = facts->domain;
	expect->records = ARENA_ARRAY(arena, struct expected, INDEX_OTHER);
	expect->records_len = INDEX_OTHER;
	struct expected *record = &expect->records[INDEX_SPF];
	record->kind = RECORD_SPF;
	record->id = STR("spf");
	record->type = RRTYPE_TXT;
	record->name = facts->domain;
	record->judged = true;
	record->text = STR(WANTED);
	const struct subject subject = {
		.expect = expect,
		.record = record,
		.index = INDEX_SPF,
		.offline = errand->inquiry->asked.offline,
		.sight = *sight,
	};
	facts->judged = (struct judgement){
		.ttl = -1,
		.findings = findings_new(arena, "spf", INDEX_SPF),
	};
	facts->answer = facts->given.len > 0
			    ? given_answer(arena, facts)
			    : published(look, sight, facts->domain, RRTYPE_TXT);
	spf_judge(look, &subject, facts->answer, &facts->judged);
	if (errand->networks && facts->judged.spf) {
		facts->networks =
		    spf_networks_find(look, sight, facts->judged.spf);
	}
}

static void
errand_run(struct look *look, void *context)
{
	struct errand *errand = context;
	struct spf_facts *facts = errand->facts;
	struct sight sight = { .authority = NULL };
	if (name_is_set(facts->domain) &&
	    !inquiry_sight(
		errand->inquiry, look, facts->domain, &errand->zone, &sight)) {
		return;
	}
	if (errand->record) {
		judge_record(look, &sight, errand);
	}
	if (facts->has_mail) {
		facts->verdict = spf_check_host(look, &sight, &facts->mail);
	}
}

static enum exit_code
ask_and_tell(struct session *session, struct spf_facts *facts)
{
	struct err err = { 0 };
	struct inquiry inquiry;
	const bool json = str_eq(session->options->format, STR("json"));
	const bool verbose = session->manner.verbosity > 0;
	struct errand errand = {
		.inquiry = &inquiry,
		.facts = facts,
		.record = (!facts->has_mail || json || verbose) &&
			  (name_is_set(facts->domain) || facts->given.len > 0),
		.networks = verbose && !json,
	};
	const struct task task = { .run = errand_run, .context = &errand };
	if (!inquiry_open(session, &inquiry, &err)) {
		return session_fail(session, &err);
	}
	inquiry_run(&inquiry, &task);
	const enum exit_code code = spf_tell(session, facts);
	if (!inquiry_close(&inquiry, facts->domain, &err)) {
		return session_fail(session, &err);
	}
	return code;
}

/** *sender* without the brackets of SMTP: "<a@example.com>", "<>". */
static struct str
without_brackets(struct str sender)
{
	return str_starts(sender, STR("<")) && str_ends(sender, STR(">"))
		   ? str_slice(sender, 1, sender.len - 1)
		   : sender;
}

/**
 * Reads whose mail it is. A text that is no domain has the result "none"
 * (RFC 7208 4.3), so nothing is refused here.
 */
static bool
read_mail(const struct session *session, struct str domain,
    struct spf_facts *facts, struct err *reterr)
{
	const struct options *options = session->options;
	struct spf_mail *mail = &facts->mail;
	struct domain read;
	struct err unused;
	struct str sender_domain;
	if (!addr_parse(options->ip, &mail->ip)) {
		(void)err_set(reterr, ERR_USAGE,
		    "\"%.*s\" (--ip) is not an IP address",
		    STR_ARG(options->ip));
		return err_hint(
		    reterr, "Give one such as 192.0.2.1 or 2001:db8::1.");
	}
	facts->has_mail = true;
	mail->helo = options->helo;
	const struct str mail_from = without_brackets(options->mail_from);
	mail->sender = spf_sender(
	    session->arena, mail_from, options->helo, &sender_domain);
	mail->domain = domain.len > 0 ? domain : sender_domain;
	if (mail->domain.len == 0 && facts->given.len > 0) {
		mail->domain = STR(NOBODY);
	}
	if (mail_from.len == 0 && options->helo.len == 0) {
		mail->sender = str_print(
		    session->arena, "postmaster@%.*s", STR_ARG(mail->domain));
	}
	if (str_eq(mail->domain, STR(NOBODY)) ||
	    !domain_read_name(session->arena, mail->domain, &read, &unused)) {
		return true;
	}
	facts->domain = read.name;
	/* "https://x.example/" is read as people mean it. */
	if (!name_equal(
		read.name, name_unescaped(session->arena, mail->domain))) {
		mail->domain = name_text(session->arena, read.name);
	}
	return true;
}

static bool
refuse(struct err *reterr, const char *sentence, const char *hint)
{
	(void)err_set(reterr, ERR_USAGE, "%s", sentence);
	return err_hint(reterr, "%s", hint);
}

/** Takes *text* for the record; false if it is too long to be one. */
static bool
take_record(struct str text, struct spf_facts *facts, struct err *reterr)
{
	if (text.len > RR_TXT_MAX) {
		(void)err_set(reterr, ERR_USAGE,
		    "the record has %zu octets, a TXT record at most %d",
		    text.len, RR_TXT_MAX);
		return err_hint(reterr,
		    "An SPF record should have less than 450, so that an "
		    "answer fits in one packet.");
	}
	facts->given = text;
	return true;
}

/** True if the options do not go together. */
static bool
is_misused(const struct options *options, struct err *reterr)
{
	const bool sender = options->mail_from.len > 0 || options->helo.len > 0;
	const bool some = options->arguments.len > 0;
	if (sender && options->ip.len == 0) {
		return !refuse(reterr,
		    "a result needs the address that the mail comes from",
		    "Add --ip ADDR.");
	}
	if (!some && !sender) {
		return !refuse(reterr, "which domain or record?",
		    "Try: ivycheck spf example.com");
	}
	if (options->domain.len > 0 &&
	    (!some || !is_record(options->arguments.at[0]))) {
		return !refuse(reterr,
		    "--domain says whose record it is, but no record is given",
		    "Try: ivycheck spf --domain example.com "
		    "\"v=spf1 mx -all\"");
	}
	return false;
}

static bool
read_domain(const struct session *session, struct str text,
    struct spf_facts *facts, struct err *reterr)
{
	struct domain domain;
	if (!domain_read_name(session->arena, text, &domain, reterr)) {
		return false;
	}
	facts->domain = domain.name;
	return true;
}

static bool
read_arguments(
    const struct session *session, struct spf_facts *facts, struct err *reterr)
{
	const struct options *options = session->options;
	struct str domain = options->domain;
	if (is_misused(options, reterr)) {
		return false;
	}
	if (options->arguments.len > 0) {
		const struct str argument = options->arguments.at[0];
		if (!is_record(argument)) {
			domain = argument;
		} else if (!take_record(argument, facts, reterr)) {
			return false;
		}
	}
	if (spf_is_record(facts->given)) {
		facts->mail.text = facts->given;
	}
	if (options->ip.len > 0) {
		return read_mail(session, domain, facts, reterr);
	}
	return domain.len == 0 || read_domain(session, domain, facts, reterr);
}

enum exit_code
cmd_spf(struct session *session)
{
	struct err err = { 0 };
	struct spf_facts facts = { .answer = NULL };
	if (!read_arguments(session, &facts, &err)) {
		return session_fail(session, &err);
	}
	return ask_and_tell(session, &facts);
}
