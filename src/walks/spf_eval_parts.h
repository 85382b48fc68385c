/* SPDX-License-Identifier: MIT */
/* What the files of check_host() share; for these alone. */
#ifndef WALKS_SPF_EVAL_PARTS_H
#define WALKS_SPF_EVAL_PARTS_H

#include "base/str.h"
#include "dns/name.h"
#include "mail/spf_macro.h"
#include "walks/spf_eval.h"

#include <stdbool.h>

struct look;

/** One evaluation, with all its includes. */
struct spf_eval {
	struct look *look;
	const struct sight *sight;
	const struct spf_mail *mail;
	struct spf_values values; /* but for domain, which is a frame's */
	unsigned lookups;
	unsigned voids;
	bool validated; /* %{p} was looked up, once for all */
};

/** A domain, as it is written (for %{d}) and as DNS has it. */
struct spf_target {
	struct str text;
	struct name name; /* "no name" if DNS cannot have it */
};

/** One record under evaluation. */
struct spf_frame {
	struct spf_target domain;
	const struct spf_record *record;
};

/** How asking and matching end. */
enum spf_match {
	SPF_MATCH_NO,
	SPF_MATCH_YES,
	SPF_MATCH_TEMPERROR,
	SPF_MATCH_PERMERROR,
	SPF_MATCH_PENDING, /* an answer is missing */
};

/** Whether *term*, any mechanism but include, matches. */
enum spf_match spf_match(struct spf_eval *eval, const struct spf_frame *frame,
    const struct spf_term *term);

/** Spends one lookup; permerror if it is the eleventh. */
enum spf_match spf_spend(struct spf_eval *eval);

/** What an evaluation came to, and where. */
struct spf_outcome {
	bool known;
	enum spf_result result;
	struct spf_frame frame;      /* whose exp counts */
	const struct spf_term *term; /* that decided, or NULL */
};

/**
 * The result for *domain*, whose record is *given* if that is a text.
 * *depth* is how many includes and redirects led there.
 */
struct spf_outcome spf_evaluate(struct spf_eval *eval,
    const struct spf_target *domain, struct str given, unsigned depth);

/**
 * The domain that *term* speaks of in *frame*, macros expanded;
 * SPF_MATCH_YES when it is known.
 */
enum spf_match spf_target(struct spf_eval *eval, const struct spf_frame *frame,
    const struct spf_term *term, struct spf_target *ret);

/** The value of %{p} for *frame* ("unknown" if there is none). */
enum spf_match spf_validated(
    struct spf_eval *eval, const struct spf_frame *frame, struct str *ret_text);

#endif
