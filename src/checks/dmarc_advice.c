/* SPDX-License-Identifier: MIT */
/*
 * What is worth knowing about a DMARC policy that is not at fault: RFC 9989
 * 4.4 (alignment), 5.1.4 to 5.1.7 and 7.4 (the steps to enforcement), C.3
 * (the two ways to find an organisation).
 */
#include "checks/dmarc_means.h"

#include "base/arena.h"
#include "expect/expect.h"
#include "walks/dmarc.h"

#include <assert.h>

/** Notes being written. */
struct advice {
	struct arena *arena;
	const struct dmarc_walk *walk;
	const struct expect *expect;
	struct dmarc_notes notes;
};

static void
say(struct advice *advice, struct str sentence)
{
	vec_push(advice->arena, &advice->notes, sentence);
}

static struct str
words(const struct advice *advice, struct name name)
{
	return name_text(advice->arena, name);
}

/**
 * True if mail from the domain with the return path *mail_from* is one
 * organisation's: nothing but psd stands between names below each other.
 */
static bool
is_one_organization(const struct advice *advice, struct name mail_from)
{
	const struct dmarc_walk *walk = advice->walk;
	const bool suffix = walk->found->dmarc->suffix == DMARC_SUFFIX_YES &&
			    name_equal(walk->found->domain, walk->domain);
	struct name organization = walk->organizational;
	if (!name_is_set(organization)) {
		organization =
		    name_is_set(walk->listed) ? walk->listed : walk->domain;
	}
	return !suffix && name_is_under(mail_from, organization);
}

/** SES signs with d= the domain, so DKIM always aligns; SPF may. */
static void
say_alignment(struct advice *advice)
{
	const struct name mail_from = advice->expect->mail_from;
	const struct str domain = words(advice, advice->walk->domain);
	const struct str path = words(advice, mail_from);
	say(advice, str_print(advice->arena,
			"DKIM aligns: Amazon SES signs as %.*s itself.",
			STR_ARG(domain)));
	if (name_equal(mail_from, advice->walk->domain)) {
		say(advice, STR("SPF aligns: the return path is the domain "
				"itself."));
	} else if (advice->walk->found->dmarc->strict_spf) {
		say(advice, str_print(advice->arena,
				"SPF does not align: aspf=s wants the return "
				"path at %.*s itself, and it is at %.*s.",
				STR_ARG(domain), STR_ARG(path)));
	} else if (is_one_organization(advice, mail_from)) {
		say(advice, str_print(advice->arena,
				"SPF aligns: the return path at %.*s belongs "
				"to the same organisation.",
				STR_ARG(path)));
	} else {
		say(advice, str_print(advice->arena,
				"SPF does not align: the return path at %.*s "
				"belongs to another organisation.",
				STR_ARG(path)));
	}
}

/** The steps of the setup guide: none, quarantine, reject. */
static const char *const STEPS[] = {
	[DMARC_POLICY_NONE] =
	    "Step 1 of 3, monitoring. Before p=quarantine the three DKIM "
	    "records must be right, and for some weeks the reports must show "
	    "that all mail of yours passes.",
	[DMARC_POLICY_QUARANTINE] =
	    "Step 2 of 3, quarantine. Before p=reject no mail of yours should "
	    "have failed in the reports for a month.",
	[DMARC_POLICY_REJECT] =
	    "Step 3 of 3, reject. Keep reading the reports; a domain whose "
	    "users write to mailing lists should stay at p=quarantine.",
};

static void
say_step(struct advice *advice)
{
	const struct dmarc_walk *walk = advice->walk;
	const struct dmarc *dmarc = walk->found->dmarc;
	if (walk->effect == DMARC_POLICY_ABSENT) {
		say(advice, STR("Receivers apply no policy: p= is missing or "
				"wrong, and there is no address for reports."));
		return;
	}
	assert(walk->effect <= DMARC_POLICY_REJECT);
	say(advice, str_of(STEPS[walk->effect]));
	if (dmarc->testing && walk->effect > DMARC_POLICY_NONE) {
		say(advice, str_print(advice->arena,
				"With t=y receivers are asked for one step "
				"less: %s.",
				dmarc_policy_text(walk->effect - 1)));
	}
	if (dmarc->rua.len == 0) {
		say(advice, STR("There is no address for reports (rua=), so "
				"nothing shows whether mail passes."));
	}
}

/** Where the tree walk and the public suffix list disagree. */
static void
say_discovery(struct advice *advice)
{
	const struct dmarc_walk *walk = advice->walk;
	const struct name listed = walk->listed;
	if (name_is_set(walk->organizational) && name_is_set(listed) &&
	    !name_equal(walk->organizational, listed)) {
		const struct str found = words(advice, walk->organizational);
		const struct str other = words(advice, listed);
		say(advice, str_print(advice->arena,
				"The organisational domain is %.*s by the "
				"tree walk, but %.*s by the public suffix "
				"list, by which receivers of RFC 7489 go.",
				STR_ARG(found), STR_ARG(other)));
	}
	if (walk->found != &walk->stops[0] && name_is_set(listed) &&
	    !name_equal(walk->found->domain, listed)) {
		const struct str above = words(advice, walk->found->name);
		say(advice, str_print(advice->arena,
				"Receivers of RFC 7489 do not look at %.*s.",
				STR_ARG(above)));
	}
	if (walk->stops[0].records > 1) {
		say(advice, STR("Receivers of RFC 7489 look no further where "
				"they find several records."));
	}
}

struct dmarc_notes
dmarc_advice(struct arena *arena, const struct dmarc_walk *walk,
    const struct expect *expect)
{
	struct advice advice = {
		.arena = arena,
		.walk = walk,
		.expect = expect,
	};
	assert(expect);
	if (walk->found) {
		say_alignment(&advice);
		say_step(&advice);
	}
	return advice.notes;
}

struct dmarc_notes
dmarc_differences(struct arena *arena, const struct dmarc_walk *walk)
{
	struct advice advice = { .arena = arena, .walk = walk };
	if (!walk->found) {
		return advice.notes;
	}
	say_discovery(&advice);
	const struct dmarc_notes differences =
	    dmarc_notes(arena, walk->found->dmarc);
	const struct str *note;
	vec_foreach(note, &differences) {
		say(&advice, *note);
	}
	return advice.notes;
}
