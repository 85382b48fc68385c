/* SPDX-License-Identifier: MIT */
/*
 * What receivers put up with: RFC 7208 3.4 (length), 4.6.4 (near the limit),
 * 4.7 (no "all"), 5.1 and 6.1 (what is not looked at), 5.5 (ptr).
 */
#include "checks/spf_seen.h"

#include "base/arena.h"
#include "look/look.h"
#include "mail/spf_key.h"

enum {
	NEAR_LIMIT = 9,  /* lookups, of 10 */
	LONG_TEXT = 450, /* octets: RFC 7208 3.4 */
};

/** A finding of *code* about *term* of the record, or about all of it. */
static struct finding *
remark_on(const struct spf_seen *seen, enum finding_code code,
    const struct spf_term *term)
{
	struct finding *finding = find(&seen->out->findings, code);
	if (term) {
		spf_saw(seen, finding, seen->rr, term->span);
	} else {
		finding_saw(finding, seen->rr, seen->answer);
	}
	return finding;
}

static void
judge_limit(const struct spf_seen *seen)
{
	const unsigned lookups = seen->walk->lookups;
	if (lookups >= NEAR_LIMIT && lookups <= SPF_MOST_LOOKUPS) {
		finding_arg(
		    remark_on(seen, FINDING_SPF_LOOKUPS_NEAR_LIMIT, NULL),
		    "lookups", "%u", lookups);
	}
}

static void
judge_all(const struct spf_seen *seen, const struct spf_record *record)
{
	if (record->all == record->terms.len) {
		if (record->redirect == record->terms.len) {
			spf_mend_finding(seen,
			    remark_on(seen, FINDING_SPF_ALL_MISSING, NULL));
		}
		return;
	}
	const struct spf_term *all = &record->terms.at[record->all];
	if (all->qualifier == '?') {
		spf_mend_finding(
		    seen, remark_on(seen, FINDING_SPF_ALL_NEUTRAL, all));
	}
}

/** True if *step* is a term that is there for nothing. */
static bool
is_idle(const struct spf_step *step)
{
	const struct spf_term *term = step->term;
	return !step->reached && term->kind != SPF_EXP &&
	       (term->kind != SPF_MODIFIER ||
		   str_eq_nocase(term->text, STR("v=spf1")));
}

static void
judge_idle(const struct spf_seen *seen)
{
	const struct spf_node *root = seen->walk->root;
	struct finding *finding = NULL;
	for (size_t i = 0; i < root->steps_len; i++) {
		const struct spf_step *step = &root->steps[i];
		/* That SES is not reached is said already. */
		const bool said = seen->ses.state == SPF_SES_UNREACHABLE &&
				  step == seen->ses.step;
		if (!is_idle(step) || said) {
			continue;
		}
		if (finding) {
			spf_saw(seen, finding, seen->rr, step->term->span);
			continue;
		}
		finding =
		    remark_on(seen, FINDING_SPF_TERMS_IGNORED, step->term);
		spf_mend_finding(seen, finding);
	}
}

static void
judge_ptr(const struct spf_seen *seen)
{
	const struct spf_node *root = seen->walk->root;
	for (size_t i = 0; i < root->steps_len; i++) {
		const struct spf_step *step = &root->steps[i];
		if (step->reached && step->term->kind == SPF_PTR) {
			(void)remark_on(seen, FINDING_SPF_PTR, step->term);
			return;
		}
	}
}

static void
judge_repeated(const struct spf_seen *seen)
{
	const struct spf_node *root = seen->walk->root;
	struct spf_keys *keys =
	    spf_keys_new(look_scratch(seen->look), root->steps_len);
	for (size_t i = 0; i < root->steps_len; i++) {
		const struct spf_step *step = &root->steps[i];
		if (step->reached && spf_keys_add(keys, step->term, i) != i) {
			spf_mend_finding(
			    seen, remark_on(seen, FINDING_SPF_REPEATED_TERM,
				      step->term));
			return;
		}
	}
}

static void
judge_length(const struct spf_seen *seen, struct str text)
{
	if (text.len > LONG_TEXT) {
		finding_arg(remark_on(seen, FINDING_SPF_TOO_LONG, NULL),
		    "octets", "%zu", text.len);
	}
}

void
spf_judge_warnings(const struct spf_seen *seen)
{
	const struct spf_record *record = seen->walk->root->record;
	judge_limit(seen);
	judge_all(seen, record);
	judge_idle(seen);
	judge_ptr(seen);
	judge_repeated(seen);
	judge_length(seen, record->text);
}
