/* SPDX-License-Identifier: MIT */
/*
 * check_host() from outside: RFC 7208 2.4 and 4.3 (whose domain), 5 (mapped
 * addresses), 6.2 (explanations).
 */
#include "base/arena.h"
#include "look/look.h"
#include "walks/spf_eval.h"
#include "walks/spf_eval_parts.h"

#include <assert.h>
#include <string.h>

const char *
spf_result_text(enum spf_result result)
{
	static const char *const words[] = {
		[SPF_RESULT_NONE] = "none",
		[SPF_RESULT_NEUTRAL] = "neutral",
		[SPF_RESULT_PASS] = "pass",
		[SPF_RESULT_FAIL] = "fail",
		[SPF_RESULT_SOFTFAIL] = "softfail",
		[SPF_RESULT_TEMPERROR] = "temperror",
		[SPF_RESULT_PERMERROR] = "permerror",
	};
	assert((unsigned)result < sizeof(words) / sizeof(*words));
	return words[result];
}

/** True if *text* is what may stand in a reply to SMTP. */
static bool
is_ascii(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < ' ' || text.at[i] > '~') {
			return false;
		}
	}
	return true;
}

/** Finds the explanation of a fail in *frame*; false while not known. */
static bool
explain(
    struct spf_eval *eval, const struct spf_frame *frame, struct str *ret_text)
{
	struct arena *arena = look_scratch(eval->look);
	const struct spf_record *record = frame->record;
	struct spf_values values = eval->values;
	struct spf_target target;
	/* RFC 7208 6.2: whatever is wrong, there is just no explanation. */
	if (!record || record->exp == record->terms.len) {
		return true;
	}
	/* It is looked up when all is decided: no limit counts any more. */
	eval->lookups = 0;
	const enum spf_match match =
	    spf_target(eval, frame, &record->terms.at[record->exp], &target);
	if (match != SPF_MATCH_YES) {
		return match != SPF_MATCH_PENDING;
	}
	if (!name_is_set(target.name)) {
		return true;
	}
	const struct answer *answer =
	    published(eval->look, eval->sight, target.name, RRTYPE_TXT);
	if (!answer || answer->status != ANSWER_FOUND || answer->rrs_len != 1) {
		return answer != NULL;
	}
	const struct str text = answer->rrs[0].rdata.txt.joined;
	values.domain = frame->domain.text;
	if (spf_macro_uses(text, 'p') &&
	    spf_validated(eval, frame, &values.validated) != SPF_MATCH_YES) {
		return false;
	}
	struct str expanded;
	if (spf_macro_expand(arena, text, SPF_MACRO_TEXT, &values, &expanded) &&
	    is_ascii(expanded)) {
		*ret_text = expanded;
	}
	return true;
}

struct str
spf_sender(struct arena *arena, struct str mail_from, struct str helo,
    struct str *ret_domain)
{
	ptrdiff_t at = -1;
	for (size_t i = 0; i < mail_from.len; i++) {
		at = mail_from.at[i] == '@' ? (ptrdiff_t)i : at;
	}
	if (at > 0) {
		*ret_domain = str_from(mail_from, (size_t)at + 1);
		return mail_from;
	}
	/* RFC 7208 4.3: without local-part it is postmaster. */
	*ret_domain =
	    mail_from.len == 0 ? helo : str_from(mail_from, (size_t)(at + 1));
	return str_print(arena, "postmaster@%.*s", STR_ARG(*ret_domain));
}

/** An IPv4 address in the clothes of IPv6 is the former (RFC 7208 5). */
static struct addr
unmapped(struct addr ip)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	if (ip.family != ADDR_V6 ||
	    memcmp(ip.bytes, mapped, sizeof(mapped)) != 0) {
		return ip;
	}
	struct addr v4 = { .family = ADDR_V4 };
	memcpy(v4.bytes, ip.bytes + sizeof(mapped), 4);
	return v4;
}

static struct spf_values
values_of(struct look *look, const struct spf_mail *mail)
{
	struct spf_values values = {
		.ip = mail->ip,
		.helo = mail->helo,
		.receiver =
		    mail->receiver.len > 0 ? mail->receiver : STR("unknown"),
		.now = look_now(look),
	};
	struct str domain;
	values.sender =
	    spf_sender(look_scratch(look), mail->sender, mail->helo, &domain);
	values.origin = domain;
	values.local =
	    str_slice(values.sender, 0, values.sender.len - domain.len - 1);
	return values;
}

struct spf_verdict
spf_check_host(
    struct look *look, const struct sight *sight, const struct spf_mail *mail)
{
	struct spf_mail seen = *mail;
	assert(mail->ip.family != ADDR_NONE);
	seen.ip = unmapped(mail->ip);
	struct spf_eval eval = {
		.look = look,
		.sight = sight,
		.mail = &seen,
		.values = values_of(look, &seen),
	};
	const struct spf_target domain = {
		.text = mail->domain,
		.name = name_unescaped(look_scratch(look), mail->domain),
	};
	const struct spf_outcome outcome =
	    spf_evaluate(&eval, &domain, mail->text, 0);
	struct spf_verdict verdict = {
		.known = outcome.known,
		.result = outcome.result,
		.term = outcome.term,
		.domain = outcome.frame.domain.text,
		.lookups = eval.lookups,
		.voids = eval.voids,
	};
	if (outcome.known && outcome.result == SPF_RESULT_FAIL) {
		verdict.known =
		    explain(&eval, &outcome.frame, &verdict.explanation);
	}
	return verdict;
}
