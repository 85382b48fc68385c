/* SPDX-License-Identifier: MIT */
/* ivycheck dmarc for people. */
#include "cmd/dmarc_facts.h"
#include "cmd/sheet.h"

#include "base/arena.h"
#include "base/err.h"
#include "checks/dmarc_means.h"
#include "cli/options.h"
#include "cmd/session.h"
#include "expect/expect.h"
#include "mail/dmarc_repair.h"

#include <assert.h>

static struct str
words(const struct sheet *sheet, struct name name)
{
	return name_text(sheet->session->arena, name);
}

/** "reject", or that there is none. */
static struct str
policy_words(enum dmarc_policy policy)
{
	return policy == DMARC_POLICY_ABSENT
		   ? STR("no policy is applied")
		   : str_of(dmarc_policy_text(policy));
}

/** How the headline begins. */
static struct str
subject_words(const struct sheet *sheet, const struct dmarc_facts *facts)
{
	struct arena *arena = sheet->session->arena;
	return name_is_set(facts->domain)
		   ? str_print(arena, "DMARC for %.*s",
			 STR_ARG(words(sheet, facts->domain)))
		   : STR("This record");
}

/** How the headline goes on if nothing is wrong. */
static struct str
effect_words(const struct sheet *sheet, const struct dmarc_facts *facts)
{
	const struct dmarc_walk *walk = facts->walk;
	const struct str effect = policy_words(dmarc_effects_of(facts).self);
	if (!walk || walk->found == &walk->stops[0]) {
		return effect;
	}
	return str_print(sheet->session->arena, "%.*s, inherited from %.*s",
	    STR_ARG(effect), STR_ARG(words(sheet, walk->found->domain)));
}

static void
tell_headline(struct sheet *sheet, const struct dmarc_facts *facts)
{
	const char *absence = dmarc_absence(facts);
	struct str rest;
	enum mark mark = MARK_FAIL;
	if (absence) {
		rest = str_of(absence);
		mark = dmarc_is_unknown(facts) ? MARK_UNKNOWN : MARK_FAIL;
	} else if (!dmarc_is_valid(facts->dmarc)) {
		rest = STR("the record is not right");
	} else {
		rest = effect_words(sheet, facts);
		mark = dmarc_effects_of(facts).self == DMARC_POLICY_ABSENT
			   ? MARK_WARN
			   : MARK_OK;
	}
	const struct str subject = subject_words(sheet, facts);
	sheet_headline(sheet, mark,
	    str_print(sheet->session->arena, "%.*s: %.*s", STR_ARG(subject),
		STR_ARG(rest)));
}

static void
tell_record(struct sheet *sheet, const struct dmarc_facts *facts)
{
	const struct dmarc_walk *walk = facts->walk;
	sheet_raw(sheet, "record", facts->dmarc->text);
	if (!walk) {
		return;
	}
	if (facts->given.len == 0) {
		sheet_field(sheet, "found at",
		    words(sheet, facts->almost ? walk->stops[0].name
					       : walk->found->name));
	}
	if (name_is_set(walk->organizational)) {
		sheet_field(
		    sheet, "organisation", words(sheet, walk->organizational));
	}
}

static void
tell_effect(struct sheet *sheet, struct str who, enum dmarc_policy policy)
{
	const struct str what = policy_words(policy);
	sheet_say(sheet, str_print(sheet->session->arena, "%.*s: %.*s",
			     STR_ARG(who), STR_ARG(what)));
}

static void
tell_policy(struct sheet *sheet, const struct dmarc_facts *facts)
{
	const struct dmarc *dmarc =
	    facts->walk ? facts->walk->found->dmarc : facts->dmarc;
	const struct dmarc_effects effects = dmarc_effects_of(facts);
	const struct str domain = name_is_set(facts->domain)
				      ? words(sheet, facts->domain)
				      : STR("the domain itself");
	sheet_heading(sheet, "What receivers do with mail that does not pass");
	tell_effect(sheet, domain, effects.self);
	tell_effect(sheet, STR("names below it"), effects.below);
	tell_effect(sheet, STR("names that do not exist"), effects.nowhere);
	if (dmarc->testing) {
		sheet_say(sheet, STR("t=y asks for one level less, as a test"));
	}
	sheet_say(sheet,
	    str_print(sheet->session->arena, "alignment: DKIM %s, SPF %s",
		dmarc->strict_dkim ? "strict" : "relaxed",
		dmarc->strict_spf ? "strict" : "relaxed"));
}

/** What came of asking at *stop*. */
static struct str
stop_words(const struct sheet *sheet, const struct dmarc_walk *walk,
    const struct dmarc_stop *stop)
{
	struct arena *arena = sheet->session->arena;
	if (stop->records > 1) {
		return str_print(
		    arena, "%zu records, all discarded", stop->records);
	}
	if (stop->dmarc) {
		return stop == walk->found ? STR("this record applies")
					   : STR("another record");
	}
	return stop->answer->status == ANSWER_FOUND
		   ? STR("no DMARC record among its texts")
		   : str_of(answer_status_text(stop->answer->status));
}

static void
tell_walk(struct sheet *sheet, const struct dmarc_walk *walk)
{
	sheet_heading(sheet, "Names asked, from the domain upwards");
	for (size_t i = 0; i < walk->stops_len; i++) {
		const struct dmarc_stop *stop = &walk->stops[i];
		if (!stop->answer || !name_is_set(stop->name)) {
			continue;
		}
		const struct str name = words(sheet, stop->name);
		const struct str outcome = stop_words(sheet, walk, stop);
		sheet_say(sheet, str_print(sheet->session->arena, "%.*s: %.*s",
				     STR_ARG(name), STR_ARG(outcome)));
	}
}

/** What is known about reports to a target. */
static const char *
target_words(const struct dmarc_target *target)
{
	static const char *const mailboxes[] = {
		[DMARC_MAILBOX_NOT_ASKED] = NULL,
		[DMARC_MAILBOX_OPEN] = NULL,
		[DMARC_MAILBOX_REFUSING] = "takes no mail at all (null MX)",
		[DMARC_MAILBOX_NO_NAME] = "does not exist",
		[DMARC_MAILBOX_NO_SERVER] = "has neither MX nor addresses",
		[DMARC_MAILBOX_UNKNOWN] = NULL,
	};
	static const char *const consents[] = {
		[DMARC_CONSENT_NOT_NEEDED] = "is of the same organisation",
		[DMARC_CONSENT_GIVEN] = "has agreed to receive them",
		[DMARC_CONSENT_NONE] = "has not agreed to receive them",
		[DMARC_CONSENT_ELSEWHERE] = "hands them on to a third domain",
		[DMARC_CONSENT_UNKNOWN] = "could not be asked",
	};
	const char *mailbox = mailboxes[target->mailbox];
	return mailbox ? mailbox : consents[target->consent];
}

static enum mark
target_mark(const struct dmarc_target *target)
{
	const bool closed = target->mailbox == DMARC_MAILBOX_REFUSING ||
			    target->mailbox == DMARC_MAILBOX_NO_NAME ||
			    target->mailbox == DMARC_MAILBOX_NO_SERVER;
	if (closed || target->consent == DMARC_CONSENT_NONE ||
	    target->consent == DMARC_CONSENT_ELSEWHERE) {
		return MARK_WARN;
	}
	return target->consent == DMARC_CONSENT_UNKNOWN ? MARK_UNKNOWN
							: MARK_OK;
}

static void
tell_reports(struct sheet *sheet, const struct dmarc_walk *walk)
{
	const struct dmarc_target *target;
	struct arena *arena = sheet->session->arena;
	if (walk->targets.len == 0) {
		return;
	}
	sheet_heading(sheet, "Where reports go");
	vec_foreach(target, &walk->targets) {
		const struct str host = words(sheet, target->host);
		sheet_remark(sheet, target_mark(target),
		    str_print(arena, "%.*s %s.", STR_ARG(host),
			target_words(target)));
	}
	if (walk->targets_left_out > 0) {
		sheet_remark(sheet, MARK_SKIPPED,
		    str_print(arena, "%zu further domains were not asked.",
			walk->targets_left_out));
	}
}

static enum mark
remark_mark(const struct dmarc_remark *remark)
{
	const enum dmarc_class class = dmarc_problem_class(remark->problem);
	if (class <= DMARC_CLASS_VALUE) {
		return MARK_FAIL;
	}
	return class == DMARC_CLASS_REMOVED ? MARK_NOTE : MARK_WARN;
}

static void
tell_remark(struct sheet *sheet, const struct dmarc *dmarc,
    const struct dmarc_remark *remark)
{
	sheet_remark(sheet, remark_mark(remark),
	    dmarc_remark_words(sheet->session->arena, remark));
	sheet_part(sheet, dmarc->text, remark->span);
}

static void
tell_remarks(struct sheet *sheet, const struct dmarc *dmarc)
{
	struct arena *arena = sheet->session->arena;
	const struct str better = dmarc_repair(arena, dmarc->text);
	const struct dmarc_remark *remark;
	bool removed = true;
	if (dmarc->remarks.len == 0) {
		return;
	}
	sheet_heading(sheet, "Remarks on the record");
	vec_foreach(remark, &dmarc->remarks) {
		tell_remark(sheet, dmarc, remark);
		removed = removed && remark->problem == DMARC_REMOVED_TAG;
	}
	if (!removed && better.len > 0 && !str_eq(better, dmarc->text)) {
		sheet_heading(sheet, "Better so");
		sheet_copy(sheet, better);
	}
}

static void
tell_notes(struct sheet *sheet, const char *heading, struct dmarc_notes notes)
{
	const struct str *note;
	if (notes.len == 0) {
		return;
	}
	sheet_heading(sheet, heading);
	vec_foreach(note, &notes) {
		sheet_say(sheet, *note);
	}
}

/** Alignment and the next step for this domain as a sender through SES. */
static void
tell_advice(struct sheet *sheet, const struct dmarc_facts *facts)
{
	struct arena *arena = sheet->session->arena;
	const struct expect_flags flags = { .only = STR("dmarc") };
	const struct expect_parts parts = {
		.domain = facts->domain,
		.flags = &flags,
	};
	struct expect expect;
	struct err unused;
	const bool built = expect_build(arena, &parts, &expect, &unused);
	assert(built);
	tell_notes(sheet, "For mail through Amazon SES",
	    dmarc_advice(arena, facts->walk, &expect));
	if (sheet->session->manner.verbosity > 0) {
		tell_notes(sheet, "Receivers that still follow RFC 7489",
		    dmarc_differences(arena, facts->walk));
	}
}

void
dmarc_tell_text(struct sheet *sheet, const struct dmarc_facts *facts)
{
	const bool quiet = sheet->session->manner.quiet;
	tell_headline(sheet, facts);
	if (facts->dmarc) {
		tell_record(sheet, facts);
		tell_remarks(sheet, facts->dmarc);
	}
	if (quiet) {
		return;
	}
	if (dmarc_effects_of(facts).self != DMARC_POLICY_ABSENT) {
		tell_policy(sheet, facts);
	}
	if (facts->walk) {
		tell_reports(sheet, facts->walk);
		tell_walk(sheet, facts->walk);
	}
	if (facts->walk && facts->dmarc && facts->walk->found) {
		tell_advice(sheet, facts);
	}
}
