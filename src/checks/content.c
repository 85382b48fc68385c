/* SPDX-License-Identifier: MIT */
/* What each kind of record looks like, wherever it stands. */
#include "checks/content.h"

#include "base/arena.h"
#include "mail/dmarc.h"
#include "mail/spf.h"
#include "walks/spf_ses.h"

#include <assert.h>

static bool
label_is(struct name name, size_t index, struct str want)
{
	return str_eq(name_label(name, index), want);
}

bool
name_is_feedback_host(struct name name)
{
	return name_labels(name) == 4 &&
	       label_is(name, 0, STR("feedback-smtp")) &&
	       label_is(name, 2, STR("amazonses")) &&
	       label_is(name, 3, STR("com")) &&
	       region_is_shaped(name_label(name, 1));
}

struct str
feedback_host_region(struct name name)
{
	return name_is_feedback_host(name) ? name_label(name, 1)
					   : (struct str){ 0 };
}

static bool
ownership_is_right(const struct expected *record, struct str text)
{
	const struct str prefix = STR(OWNERSHIP_PREFIX);
	if (record->text.len > 0) {
		return str_eq(text, record->text);
	}
	/* Without a known token any value of the shape will do. */
	if (!str_starts(text, prefix) || text.len == prefix.len) {
		return false;
	}
	for (size_t i = prefix.len; i < text.len; i++) {
		const char c = text.at[i];
		if (!char_is_alpha(c) && !char_is_digit(c) && c != '-' &&
		    c != '_' && c != '=') {
			return false;
		}
	}
	return true;
}

/** True if *target* is the token's key in either of SES's zones. */
static bool
is_token_target(const struct expected *record, struct name target)
{
	if (record->token.len == 0 ||
	    !str_eq_nocase(name_label(target, 0), record->token) ||
	    !label_is(target, 1, STR("dkim"))) {
		return false;
	}
	const size_t labels = name_labels(target);
	return (labels == 4 || labels == 5) &&
	       label_is(target, labels - 2, STR("amazonses")) &&
	       label_is(target, labels - 1, STR("com"));
}

static bool
dkim_is_right(const struct expected *record, struct name target)
{
	if (name_equal(target, record->target)) {
		return true;
	}
	return !record->zone_given && is_token_target(record, target);
}

static bool
mx_is_right(const struct expected *record, struct name exchange)
{
	if (name_is_set(record->target)) {
		return name_equal(exchange, record->target);
	}
	return name_is_feedback_host(exchange);
}

static bool
is_spf(struct str text)
{
	return str_starts_nocase(text, STR("v=spf1")) &&
	       (text.len == 6 || text.at[6] == ' ');
}

static bool
is_dmarc(struct str text)
{
	return str_starts(text, STR("v=DMARC1"));
}

static bool
other_is_right(const struct expected *record, const struct rr *rr)
{
	switch (rrtype_layout(record->type)) {
	case RR_LAYOUT_TXT:
		return str_eq(rr->rdata.txt.joined, record->text);
	case RR_LAYOUT_NAME:
		return name_equal(rr->rdata.target, record->target);
	case RR_LAYOUT_MX:
		return name_equal(rr->rdata.mx.exchange, record->target);
	case RR_LAYOUT_ADDR: {
		struct addr addr;
		return addr_parse(record->opaque, &addr) &&
		       addr_equal(addr, rr->rdata.addr);
	}
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_SOA:
		return true;
	}
	return false;
}

bool
content_is_right(const struct subject *subject, const struct rr *rr)
{
	const struct expected *record = subject->record;
	if (rr->type != record->type) {
		return false;
	}
	switch (record->kind) {
	case RECORD_OWNERSHIP:
		return ownership_is_right(record, rr->rdata.txt.joined);
	case RECORD_SPF:
	case RECORD_MAIL_FROM_SPF:
		return is_spf(rr->rdata.txt.joined);
	case RECORD_DKIM:
		return dkim_is_right(record, rr->rdata.target);
	case RECORD_DMARC:
		return is_dmarc(rr->rdata.txt.joined);
	case RECORD_MAIL_FROM_MX:
		return mx_is_right(record, rr->rdata.mx.exchange);
	case RECORD_OTHER:
		return other_is_right(record, rr);
	}
	return false;
}

bool
content_has_right(const struct subject *subject, const struct answer *answer)
{
	const struct rr *rr;
	answer_foreach_rr(rr, answer) {
		if (content_is_right(subject, rr)) {
			return true;
		}
	}
	return false;
}

/** True if the value of *rr* has *word* in it, case aside. */
static bool
has_word(struct arena *arena, const struct rr *rr, struct str word)
{
	return word.len > 0 && str_find_nocase(rr_value(arena, rr), word) >= 0;
}

bool
content_could_be(
    struct arena *arena, const struct subject *subject, const struct rr *rr)
{
	const struct expected *record = subject->record;
	if (rr->type != record->type) {
		return false;
	}
	switch (record->kind) {
	case RECORD_OWNERSHIP:
		return has_word(arena, rr, STR("ivymail-verify")) ||
		       has_word(arena, rr, record->token);
	case RECORD_SPF:
	case RECORD_MAIL_FROM_SPF:
		return has_word(arena, rr, STR("v=spf1"));
	case RECORD_DKIM:
		return has_word(arena, rr, record->token) ||
		       has_word(arena, rr, STR(".dkim."));
	case RECORD_DMARC:
		return has_word(arena, rr, STR("v=dmarc1"));
	case RECORD_MAIL_FROM_MX:
		return has_word(arena, rr, STR("feedback-smtp")) ||
		       has_word(arena, rr, STR("amazonses"));
	case RECORD_OTHER:
		return false;
	}
	return false;
}

/** True if *text* keeps the grammar and lets SES pass by its own include. */
static bool
spf_is_complete(struct arena *arena, struct str text)
{
	if (!spf_is_record(text)) {
		return false;
	}
	const struct spf_record *record = spf_parse(arena, text);
	for (size_t i = 0; record->valid && i < record->all; i++) {
		const struct spf_term *term = &record->terms.at[i];
		if (term->kind == SPF_INCLUDE && term->qualifier == '+' &&
		    spf_name_is_ses(term->name)) {
			return true;
		}
	}
	return false;
}

bool
content_is_complete(
    struct arena *arena, const struct subject *subject, const struct rr *rr)
{
	struct str text = { 0 };
	if (rrtype_layout(rr->type) == RR_LAYOUT_TXT) {
		text = rr->rdata.txt.joined;
	}
	switch (subject->record->kind) {
	case RECORD_SPF:
	case RECORD_MAIL_FROM_SPF:
		return spf_is_complete(arena, text);
	case RECORD_DMARC: {
		const struct dmarc *dmarc = dmarc_parse(arena, text);
		return dmarc_is_valid(dmarc) && dmarc_is_usable(dmarc);
	}
	case RECORD_OWNERSHIP:
	case RECORD_DKIM:
	case RECORD_MAIL_FROM_MX:
	case RECORD_OTHER:
		return content_is_right(subject, rr);
	}
	return false;
}
