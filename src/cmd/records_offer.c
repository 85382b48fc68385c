/* SPDX-License-Identifier: MIT */
/* One record as it is expected, on its way to being published. */
#include "cmd/records_facts.h"

#include "base/arena.h"
#include "cmd/session.h"

#include <assert.h>

bool
offer_is_whole(const struct offer *offer)
{
	switch (offer->action) {
	case OFFER_ADD:
	case OFFER_REPLACE:
	case OFFER_KEEP:
		return true;
	case OFFER_OMIT:
	case OFFER_UNKNOWN:
	case OFFER_BLOCKED:
		break;
	}
	return false;
}

const char *
offer_action_word(enum offer_action action)
{
	static const char *const words[] = {
		[OFFER_ADD] = "add",
		[OFFER_REPLACE] = "replace",
		[OFFER_KEEP] = "keep",
		[OFFER_OMIT] = "omit",
		[OFFER_UNKNOWN] = "unknown",
		[OFFER_BLOCKED] = "blocked",
	};
	assert((unsigned)action < sizeof(words) / sizeof(*words));
	return words[action];
}

struct name
records_holder(const struct records_facts *facts, struct name name)
{
	for (size_t i = 0; i < INDEX_OTHER; i++) {
		const struct name holder = facts->seen.holders[i];
		if (name_is_set(holder) && name_is_under(name, holder)) {
			return holder;
		}
	}
	return facts->zone;
}

/** What a panel that appends the zone wants to have typed for *name*. */
static struct str
host_of(const struct records_facts *facts, struct name name)
{
	struct arena *arena = facts->session->arena;
	const struct name relative =
	    name_relative(arena, name, records_holder(facts, name));
	if (!name_is_set(relative)) {
		return name_text(arena, name);
	}
	return name_is_root(relative) ? STR("@") : name_text(arena, relative);
}

static bool
value_is_known(const struct expected *expected)
{
	switch (rrtype_layout(expected->type)) {
	case RR_LAYOUT_TXT:
		return expected->text.len > 0;
	case RR_LAYOUT_NAME:
	case RR_LAYOUT_MX:
		return name_is_set(expected->target);
	case RR_LAYOUT_ADDR:
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_SOA:
		return expected->opaque.len > 0;
	}
	return false;
}

static struct str
value_of(struct arena *arena, const struct expected *expected)
{
	switch (rrtype_layout(expected->type)) {
	case RR_LAYOUT_TXT:
		return expected->text;
	case RR_LAYOUT_NAME:
	case RR_LAYOUT_MX:
		return name_text(arena, expected->target);
	case RR_LAYOUT_ADDR:
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_SOA:
		break;
	}
	return expected->opaque;
}

/** What stands for a value that nobody gave: it cannot be taken for one. */
static void
placeholders_set(const struct records_facts *facts, struct offer *offer)
{
	struct arena *arena = facts->session->arena;
	const struct expected *expected = offer->expected;
	const char *number = "";
	switch (expected->kind) {
	case RECORD_OWNERSHIP:
		offer->value = STR(OWNERSHIP_PREFIX "<TOKEN>");
		offer->option = "--token";
		break;
	case RECORD_DKIM:
		number = str_z(arena, str_from(expected->id, 5));
		offer->value = str_print(
		    arena, "<DKIM-TOKEN-%s>.dkim.amazonses.com", number);
		const struct str at =
		    host_of(facts, name_prepend(arena, STR("_domainkey"),
				       facts->expect.domain));
		offer->host = str_print(arena, "<DKIM-TOKEN-%s>%s%.*s", number,
		    str_eq(at, STR("@")) ? "" : ".",
		    str_eq(at, STR("@")) ? 0 : (int)at.len, at.at);
		offer->option = "--dkim-token";
		break;
	case RECORD_MAIL_FROM_MX:
		offer->value = STR("feedback-smtp.<REGION>.amazonses.com");
		offer->option = "--region";
		break;
	case RECORD_SPF:
	case RECORD_DMARC:
	case RECORD_MAIL_FROM_SPF:
	case RECORD_OTHER:
		assert(false && "their values are always known");
		break;
	}
}

struct offer
offer_new(const struct records_facts *facts, const struct expected *expected)
{
	struct arena *arena = facts->session->arena;
	struct offer offer = {
		.expected = expected,
		.name = expected->name,
		.has_priority = expected->type == RRTYPE_MX,
		.priority = expected->preference,
	};
	if (name_is_set(offer.name)) {
		offer.host = host_of(facts, offer.name);
	}
	if (!value_is_known(expected)) {
		offer.action = OFFER_UNKNOWN;
		placeholders_set(facts, &offer);
		return offer;
	}
	offer.value = value_of(arena, expected);
	if (expected->kind == RECORD_DKIM && !expected->zone_given) {
		offer.unsure = true;
		offer.remark = STR(
		    "In some regions the target is in "
		    "dkim.REGION.amazonses.com: --region makes it certain.");
	}
	return offer;
}
