/* SPDX-License-Identifier: MIT */
/*
 * What a record that was read amounts to: RFC 9989 4.7 (p, sp, np), 4.10.1
 * (the rules for what is missing or wrong), and the tables of words.
 */
#include "mail/dmarc.h"

#include <assert.h>

/** One row of dmarc_remarks.def. */
struct remark_row {
	const char *word;
	enum dmarc_class class;
	const char *sentence;
};

static const struct remark_row REMARKS[] = {
#define DMARC_REMARK(constant, word, class, sentence) \
	{ word, DMARC_CLASS_##class, sentence },
#include "mail/dmarc_remarks.def"
#undef DMARC_REMARK
};

static const char *const POLICIES[] = {
	[DMARC_POLICY_ABSENT] = "",
	[DMARC_POLICY_NONE] = "none",
	[DMARC_POLICY_QUARANTINE] = "quarantine",
	[DMARC_POLICY_REJECT] = "reject",
	[DMARC_POLICY_INVALID] = "",
};

enum dmarc_class
dmarc_problem_class(enum dmarc_problem problem)
{
	assert(problem < DMARC_PROBLEMS);
	return REMARKS[problem].class;
}

const char *
dmarc_problem_word(enum dmarc_problem problem)
{
	assert(problem < DMARC_PROBLEMS);
	return REMARKS[problem].word;
}

const char *
dmarc_problem_text(enum dmarc_problem problem)
{
	assert(problem < DMARC_PROBLEMS);
	return REMARKS[problem].sentence;
}

const char *
dmarc_policy_text(enum dmarc_policy policy)
{
	assert((unsigned)policy < sizeof(POLICIES) / sizeof(*POLICIES));
	return POLICIES[policy];
}

enum dmarc_policy
dmarc_policy_of(struct str text)
{
	for (enum dmarc_policy policy = DMARC_POLICY_NONE;
	     policy <= DMARC_POLICY_REJECT; policy++) {
		if (str_eq_nocase(text, str_of(POLICIES[policy]))) {
			return policy;
		}
	}
	return DMARC_POLICY_INVALID;
}

const struct dmarc_remark *
dmarc_remark_of(const struct dmarc *dmarc, enum dmarc_class class)
{
	const struct dmarc_remark *remark;
	vec_foreach(remark, &dmarc->remarks) {
		if (REMARKS[remark->problem].class == class) {
			return remark;
		}
	}
	return NULL;
}

bool
dmarc_is_valid(const struct dmarc *dmarc)
{
	const struct dmarc_remark *remark;
	vec_foreach(remark, &dmarc->remarks) {
		if (REMARKS[remark->problem].class <= DMARC_CLASS_VALUE) {
			return false;
		}
	}
	return dmarc->recognised;
}

/** True if one of the addresses in rua can get reports. */
static bool
has_report_address(const struct dmarc *dmarc)
{
	const struct dmarc_uri *uri;
	vec_foreach(uri, &dmarc->rua) {
		if (uri->valid) {
			return true;
		}
	}
	return false;
}

/** True if p is there and right, and sp and np are not wrong. */
static bool
policies_are_right(const struct dmarc *dmarc)
{
	return dmarc->p != DMARC_POLICY_ABSENT &&
	       dmarc->p != DMARC_POLICY_INVALID &&
	       dmarc->sp != DMARC_POLICY_INVALID &&
	       dmarc->np != DMARC_POLICY_INVALID;
}

bool
dmarc_is_usable(const struct dmarc *dmarc)
{
	return dmarc->recognised &&
	       (policies_are_right(dmarc) || has_report_address(dmarc));
}

enum dmarc_policy
dmarc_effect(const struct dmarc *dmarc, enum dmarc_author author)
{
	if (!dmarc_is_usable(dmarc)) {
		return DMARC_POLICY_ABSENT;
	}
	if (!policies_are_right(dmarc)) {
		return DMARC_POLICY_NONE;
	}
	if (author == DMARC_AUTHOR_NOWHERE &&
	    dmarc->np != DMARC_POLICY_ABSENT) {
		return dmarc->np;
	}
	if (author != DMARC_AUTHOR_SELF && dmarc->sp != DMARC_POLICY_ABSENT) {
		return dmarc->sp;
	}
	return dmarc->p;
}
