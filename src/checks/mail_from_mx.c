/* SPDX-License-Identifier: MIT */
/*
 * The MX of the MAIL FROM name: SES wants exactly one, to
 * feedback-smtp.REGION.amazonses.com with priority 10 (Amazon SES developer
 * guide, "Using a custom MAIL FROM domain").
 */
#include "checks/check.h"
#include "checks/content.h"
#include "checks/presence.h"

#include "base/arena.h"

#include <assert.h>

/** Something a wrong target is recognised as. */
struct mx_shape {
	enum finding_code code;
	bool (*matches)(struct name exchange);
};

static bool
is_null(struct name exchange)
{
	return name_is_root(exchange);
}

/** "10 feedback-smtp...", "10.feedback-smtp..." or "10" as the target. */
static bool
has_priority(struct name exchange)
{
	const struct str first = name_label(exchange, 0);
	size_t digits = 0;
	while (digits < first.len && char_is_digit(first.at[digits])) {
		digits++;
	}
	if (digits == 0) {
		return false;
	}
	const struct str rest = str_trim(str_from(first, digits));
	return (rest.len == 0 && (name_labels(exchange) == 1 ||
				     str_eq(name_label(exchange, 1),
					 STR("feedback-smtp")))) ||
	       str_eq(rest, STR("feedback-smtp"));
}

static bool
is_placeholder(struct name exchange)
{
	static const char *const words[] = { "region", "{region}", "<region>",
		"[region]", "your-region", "aws-region", "undefined", "null",
		"none", "$region", "${region}", "%region%", "{{region}}",
		"xx-xxxx-x" };
	const size_t labels = name_labels(exchange);
	if (!str_eq(name_label(exchange, 0), STR("feedback-smtp"))) {
		return false;
	}
	if (labels == 3) {
		return str_eq(name_label(exchange, 1), STR("amazonses"));
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (str_eq(name_label(exchange, 1), str_of(words[i]))) {
			return true;
		}
	}
	return false;
}

/** A host of Amazon's mail services, but not the one for bounces. */
static bool
is_wrong_host(struct name exchange)
{
	const size_t labels = name_labels(exchange);
	if (labels < 2 ||
	    !str_eq(name_label(exchange, labels - 1), STR("com"))) {
		return false;
	}
	const struct str brand = name_label(exchange, labels - 2);
	return str_eq(brand, STR("amazonaws")) ||
	       (str_eq(brand, STR("amazonses")) &&
		   !str_eq(name_label(exchange, 0), STR("feedback-smtp")) &&
		   (labels == 2 ||
		       str_eq(name_label(exchange, 0), STR("inbound-smtp")) ||
		       str_eq(name_label(exchange, 0), STR("email-smtp"))));
}

/* In this order: a target may look like more than one of them. */
static const struct mx_shape SHAPES[] = {
	{ FINDING_MAIL_FROM_MX_NULL, is_null },
	{ FINDING_MAIL_FROM_MX_PRIORITY_IN_TARGET, has_priority },
	{ FINDING_MAIL_FROM_MX_PLACEHOLDER, is_placeholder },
	{ FINDING_MAIL_FROM_MX_WRONG_REGION, name_is_feedback_host },
	{ FINDING_MAIL_FROM_MX_WRONG_HOST, is_wrong_host },
};

static enum finding_code
shape_of(struct name exchange)
{
	for (size_t i = 0; i < sizeof(SHAPES) / sizeof(*SHAPES); i++) {
		if (SHAPES[i].matches(exchange)) {
			return SHAPES[i].code;
		}
	}
	return FINDING_X_VALUE_WRONG;
}

static void
saw_all(struct finding *finding, const struct answer *answer)
{
	const struct rr *rr;
	answer_foreach_rr(rr, answer) {
		finding_saw(finding, rr, answer);
	}
}

static void
wrong_target(const struct subject *subject, const struct answer *answer,
    struct judgement *out)
{
	struct finding *finding =
	    find(&out->findings, shape_of(answer->rrs[0].rdata.mx.exchange));
	saw_all(finding, answer);
	if (subject->expect->region.len > 0) {
		finding_arg(finding, "region", "%.*s",
		    STR_ARG(subject->expect->region));
	}
	finding_arg(finding, "difference", "another target");
	out->status = STATUS_WRONG;
	if (wanted_is_known(subject)) {
		mend_by_removing(finding, answer);
		mend_by_adding(finding, subject);
	}
}

static void
several(const struct subject *subject, const struct answer *answer,
    struct judgement *out)
{
	struct finding *finding =
	    find(&out->findings, FINDING_MAIL_FROM_MX_MULTIPLE);
	bool right = false;
	const struct rr *rr;
	finding_arg(finding, "count", "%zu", answer->rrs_len);
	answer_foreach_rr(rr, answer) {
		finding_saw(finding, rr, answer);
		if (!right && content_is_right(subject, rr)) {
			right = true;
		} else {
			finding_edit(finding, EDIT_REMOVE, rr);
		}
	}
	if (!right && wanted_is_known(subject)) {
		mend_by_adding(finding, subject);
	} else if (!right) {
		finding->edits.len = 0;
	}
	out->status = STATUS_CONFLICT;
}

static void
check_preference(const struct subject *subject, const struct answer *answer,
    struct judgement *out)
{
	const struct rr *rr = &answer->rrs[0];
	if (rr->rdata.mx.preference == subject->record->preference) {
		return;
	}
	struct finding *finding =
	    find(&out->findings, FINDING_MAIL_FROM_MX_PRIORITY);
	finding_saw(finding, rr, answer);
	finding_arg(finding, "preference", "%u", rr->rdata.mx.preference);
	finding_arg(
	    finding, "expected_preference", "%u", subject->record->preference);
}

/** Somebody else's mail host, not a host of SES that was misspelt. */
static bool
is_foreign(struct name exchange)
{
	const size_t labels = name_labels(exchange);
	if (shape_of(exchange) != FINDING_X_VALUE_WRONG ||
	    str_eq(name_label(exchange, 0), STR("feedback-smtp"))) {
		return false;
	}
	return labels < 2 ||
	       !str_eq(name_label(exchange, labels - 2), STR("amazonses"));
}

/** A foreign MX alone: the name serves somebody else's mail. */
static void
foreign(const struct answer *answer, struct judgement *out)
{
	struct finding *finding = find(&out->findings, FINDING_X_NAME_TAKEN);
	saw_all(finding, answer);
	finding_arg(finding, "holder", "the MX of another mail service");
	finding_arg(finding, "or_else",
	    " or choose another MAIL FROM name (--mail-from-domain)");
	out->status = STATUS_CONFLICT;
}

void
check_mail_from_mx(
    struct look *look, const struct subject *subject, struct judgement *out)
{
	const struct answer *answer =
	    published(look, &subject->sight, subject->record->name, RRTYPE_MX);
	if (!judge_presence(look, subject, answer, out)) {
		return;
	}
	if (answer->rrs_len > 1) {
		several(subject, answer, out);
	} else if (content_is_right(subject, &answer->rrs[0])) {
		check_preference(subject, answer, out);
	} else if (is_foreign(answer->rrs[0].rdata.mx.exchange)) {
		foreign(answer, out);
	} else {
		wrong_target(subject, answer, out);
	}
}
