/* SPDX-License-Identifier: MIT */
/*
 * The meaning of a policy: RFC 9989 4.7 (p, sp, np, t), 4.10.1 (what a
 * record hides), 4.4.2 (SPF alignment), 7.4 (enforcement); RFC 9990 4.
 */
#include "checks/dmarc_means.h"

#include "base/arena.h"
#include "checks/dmarc_record.h"
#include "checks/presence.h"
#include "mail/dmarc_repair.h"
#include "walks/dmarc.h"
#include "walks/dmarc_reports.h"

#include <assert.h>

/** Adds to what mends *finding* that the own record goes without *tag*. */
static void
mend_by_dropping(
    const struct dmarc_seen *own, enum dmarc_tag tag, struct finding *finding)
{
	if (own) {
		dmarc_mend(own, dmarc_without(finding->arena, own->dmarc, tag),
		    finding);
	}
}

/** SES's return path is the MAIL FROM name, which aspf=s never meets. */
static void
judge_strict_spf(const struct subject *subject, const struct dmarc_walk *walk,
    const struct dmarc_seen *own, struct judgement *out)
{
	const struct expect *expect = subject->expect;
	if (!walk->found->dmarc->strict_spf ||
	    name_equal(expect->mail_from, expect->domain)) {
		return;
	}
	struct finding *finding =
	    find(&out->findings, FINDING_DMARC_STRICT_SPF);
	finding_arg_name(finding, "mail_from", expect->mail_from);
	finding_saw(finding, walk->found->rr, walk->found->answer);
	mend_by_dropping(own, DMARC_TAG_ASPF, finding);
}

static struct finding *
say_weaker(const struct dmarc_seen *own, struct judgement *out)
{
	struct finding *finding =
	    find(&out->findings, FINDING_DMARC_SUBDOMAIN_WEAKER);
	finding_saw(finding, own->rr, own->answer);
	return finding;
}

/** sp or np of the own record is weaker than its p. */
static void
judge_below(const struct dmarc_seen *own, struct judgement *out)
{
	const struct dmarc *dmarc = own->dmarc;
	static const enum dmarc_tag tags[] = { DMARC_TAG_SP, DMARC_TAG_NP };
	const enum dmarc_policy policies[] = { dmarc->sp, dmarc->np };
	for (size_t i = 0; i < 2; i++) {
		if (policies[i] == DMARC_POLICY_ABSENT ||
		    policies[i] >= dmarc->p) {
			continue;
		}
		struct finding *finding = say_weaker(own, out);
		finding_arg(finding, "weaker",
		    "The DMARC policy for sub-domains%s is %s, for the domain "
		    "itself %s",
		    tags[i] == DMARC_TAG_NP ? " that do not exist" : "",
		    dmarc_policy_text(policies[i]),
		    dmarc_policy_text(dmarc->p));
		mend_by_dropping(own, tags[i], finding);
		return;
	}
}

/** The own record is weaker than what would apply without it. */
static void
judge_hidden(const struct dmarc_walk *walk, const struct dmarc_seen *own,
    struct judgement *out)
{
	if (!walk->hidden) {
		return;
	}
	const enum dmarc_policy hidden =
	    dmarc_effect(walk->hidden->dmarc, DMARC_AUTHOR_BELOW);
	if (hidden <= walk->effect) {
		return;
	}
	struct arena *arena = out->findings.arena;
	struct finding *finding = say_weaker(own, out);
	const struct str above = name_text(arena, walk->hidden->domain);
	const struct str domain = name_text(arena, walk->domain);
	finding_arg(finding, "weaker",
	    "The DMARC policy of %.*s is weaker than %s, which it would "
	    "inherit from %.*s",
	    STR_ARG(domain), dmarc_policy_text(hidden), STR_ARG(above));
	finding_saw(finding, walk->hidden->rr, walk->hidden->answer);
}

void
dmarc_judge_meaning(const struct subject *subject,
    const struct dmarc_walk *walk, const struct dmarc_seen *own,
    struct judgement *out)
{
	assert(walk->found);
	const struct dmarc *dmarc = walk->found->dmarc;
	if (walk->effect == DMARC_POLICY_NONE &&
	    dmarc->p != DMARC_POLICY_ABSENT) {
		struct finding *finding =
		    find(&out->findings, FINDING_DMARC_POLICY_NONE);
		finding_saw(finding, walk->found->rr, walk->found->answer);
	}
	judge_strict_spf(subject, walk, own, out);
	if (own && dmarc->p != DMARC_POLICY_ABSENT) {
		judge_below(own, out);
		judge_hidden(walk, own, out);
	}
}

/** Why reports do not reach *target*, and what would help. */
struct obstacle {
	const char *refusal;     /* "which ..." */
	const char *consequence; /* with the name that is asked for, if any */
	const char *remedy;
};

static const struct obstacle NO_CONSENT = {
	"has not agreed to receive them",
	"Receivers look for a TXT record there before they send reports to "
	"another organisation, and find none: ",
	"Have it published there, with the value v=DMARC1, or use an "
	"address of your own.",
};
static const struct obstacle APART = {
	"counts as another organisation and has not agreed to receive them",
	"By RFC 9989 both names are one organisation only if there is a DMARC "
	"record above them. Receivers therefore look for a TXT record, and "
	"find none: ",
	"Publish a DMARC record at the registered domain too, or that TXT "
	"record, with the value v=DMARC1.",
};
static const struct obstacle ELSEWHERE = {
	"hands them on to a third domain",
	"The record that agrees names an address at another domain, and "
	"receivers then send nothing to either: ",
	"Tell those who receive the reports, or use an address of your own.",
};
static const struct obstacle CLOSED = {
	"takes no mail at all",
	"Its MX says so (a single dot as target), so every report is lost.",
	"Use an address that receives mail.",
};
static const struct obstacle NO_NAME = {
	"does not exist",
	"There is no such name in DNS, so every report is lost.",
	"Correct the address.",
};
static const struct obstacle NO_SERVER = {
	"has no mail server",
	"It has neither MX nor address records, so every report is lost.",
	"Use an address that receives mail.",
};

/** What keeps reports from *target*; NULL if nothing is known to. */
static const struct obstacle *
obstacle_of(const struct dmarc_target *target)
{
	static const struct obstacle *const mailboxes[] = {
		[DMARC_MAILBOX_NOT_ASKED] = NULL,
		[DMARC_MAILBOX_OPEN] = NULL,
		[DMARC_MAILBOX_REFUSING] = &CLOSED,
		[DMARC_MAILBOX_NO_NAME] = &NO_NAME,
		[DMARC_MAILBOX_NO_SERVER] = &NO_SERVER,
		[DMARC_MAILBOX_UNKNOWN] = NULL,
	};
	static const struct obstacle *const consents[] = {
		[DMARC_CONSENT_NOT_NEEDED] = NULL,
		[DMARC_CONSENT_GIVEN] = NULL,
		[DMARC_CONSENT_NONE] = &NO_CONSENT,
		[DMARC_CONSENT_ELSEWHERE] = &ELSEWHERE,
		[DMARC_CONSENT_UNKNOWN] = NULL,
	};
	const struct obstacle *mailbox = mailboxes[target->mailbox];
	if (mailbox) {
		return mailbox;
	}
	return target->consent == DMARC_CONSENT_NONE && target->related
		   ? &APART
		   : consents[target->consent];
}

static void
judge_target(const struct dmarc_target *target, struct judgement *out)
{
	struct arena *arena = out->findings.arena;
	const struct obstacle *obstacle = obstacle_of(target);
	if (!obstacle) {
		return;
	}
	const bool consent = obstacle == &NO_CONSENT || obstacle == &APART ||
			     obstacle == &ELSEWHERE;
	const bool named = consent && name_is_set(target->consent_name);
	const struct str name = named ? name_text(arena, target->consent_name)
				      : STR("its name would be too long");
	struct finding *finding =
	    find(&out->findings, FINDING_DMARC_RUA_UNAUTHORISED);
	finding_arg_name(finding, "target", target->host);
	finding_arg(finding, "refusal", "%s", obstacle->refusal);
	finding_arg(finding, "remedy", "%s", obstacle->remedy);
	if (consent) {
		finding_arg(finding, "consequence", "%s%.*s.",
		    obstacle->consequence, STR_ARG(name));
	} else {
		finding_arg(
		    finding, "consequence", "%s", obstacle->consequence);
	}
	if (named) {
		finding_saw_none(finding, target->consent_name, RRTYPE_TXT,
		    target->consent_answer);
	} else if (!consent) {
		finding_saw_none(
		    finding, target->host, RRTYPE_MX, target->mailbox_answer);
	}
}

static void
note_unknown(const struct dmarc_target *target, struct judgement *out)
{
	struct arena *arena = out->findings.arena;
	const struct answer *answer = target->consent == DMARC_CONSENT_UNKNOWN
					  ? target->consent_answer
					  : target->mailbox_answer;
	const struct str host = name_text(arena, target->host);
	const bool outside = answer && answer->status == ANSWER_OUTSIDE;
	if (obstacle_of(target) ||
	    (target->consent != DMARC_CONSENT_UNKNOWN &&
		target->mailbox != DMARC_MAILBOX_UNKNOWN)) {
		return;
	}
	const struct str what =
	    str_print(arena, "whether %.*s takes DMARC reports", STR_ARG(host));
	if (outside) {
		judge_outside(out, what, answer);
	} else {
		judge_not_checked(out, what, "it could not be looked up", NULL);
	}
}

void
dmarc_judge_reports(struct look *look, const struct subject *subject,
    struct dmarc_walk *walk, struct judgement *out)
{
	struct arena *arena = out->findings.arena;
	const struct dmarc_target *target;
	if (!dmarc_reports_find(look, &subject->sight, false, walk)) {
		return;
	}
	vec_foreach(target, &walk->targets) {
		judge_target(target, out);
		note_unknown(target, out);
	}
	if (walk->targets_left_out > 0) {
		judge_not_checked(out,
		    str_print(arena,
			"%zu further domains of DMARC report "
			"addresses",
			walk->targets_left_out),
		    "there are more than are asked about", NULL);
	}
}

void
dmarc_judge_enforcement(struct judgement *dmarc, bool dkim_passes)
{
	const struct dmarc_walk *walk = dmarc->dmarc;
	if (dkim_passes || dmarc->status != STATUS_OK || !walk ||
	    !walk->found || walk->effect < DMARC_POLICY_QUARANTINE) {
		return;
	}
	/* With t=y quarantine is none (RFC 9989 4.7). */
	if (walk->found->dmarc->testing &&
	    walk->effect == DMARC_POLICY_QUARANTINE) {
		return;
	}
	struct finding *finding =
	    find(&dmarc->findings, FINDING_DMARC_ENFORCED_EARLY);
	finding_arg(finding, "policy", "%s", dmarc_policy_text(walk->effect));
	finding_saw(finding, walk->found->rr, walk->found->answer);
}
