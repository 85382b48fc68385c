/* SPDX-License-Identifier: MIT */
/* The records that flags and list name, put in their places. */
#include "base/arena.h"
#include "base/err.h"
#include "expect/build.h"
#include "expect/place.h"

#include <assert.h>

/** Adds a DKIM record for *token*, unless there is one already. */
static bool
dkim_add(struct build *build, struct str token, struct name target)
{
	struct expect *to = build->to;
	for (size_t i = 0; i < build->tokens; i++) {
		if (str_eq_nocase(
			build->to->records[INDEX_DKIM + i].token, token)) {
			return true;
		}
	}
	if (build->tokens == DKIM_RECORDS) {
		return false;
	}
	struct expected *record =
	    &build->to->records[INDEX_DKIM + build->tokens];
	record->token = str_lower(build->arena, token);
	record->name = name_prepend(build->arena, token,
	    name_prepend(build->arena, STR("_domainkey"), to->domain));
	record->zone_given = name_is_set(target) || to->region.len > 0;
	record->target = name_is_set(target)
			     ? target
			     : name_prepend(build->arena, token,
				   expect_dkim_zone(build->arena, to->region));
	build->tokens++;
	return true;
}

bool
build_dkim_flags(struct build *build)
{
	for (size_t i = 0; i < build->flags->dkim_tokens_len; i++) {
		const struct str token = build->flags->dkim_tokens[i];
		struct name name = { 0 };
		if (name_parse(build->arena, token, &name) != NAME_OK ||
		    name_labels(name) != 1) {
			const struct str quote =
			    list_quote(build->arena, token);
			(void)err_set(build->reterr, ERR_USAGE,
			    "--dkim-token: \"%.*s\" is not a DKIM token",
			    STR_ARG(quote));
			return err_hint(build->reterr,
			    "the token is the part of the CNAME's name in "
			    "front of ._domainkey");
		}
		(void)dkim_add(build, token, (struct name){ 0 });
	}
	return true;
}

/** Adds *entry* to the records that are none of the eight. */
static void
other_add(struct build *build, const struct list_entry *entry,
    const struct place *place)
{
	struct expect *to = build->to;
	if (to->records_len == INDEX_OTHER + EXPECT_MAX_OTHER ||
	    !name_is_set(place->name)) {
		return;
	}
	const size_t number = to->records_len - INDEX_OTHER + 1;
	struct expected *record = &to->records[to->records_len++];
	*record = (struct expected){
		.kind = RECORD_OTHER,
		.id = str_print(build->arena, "other-%zu", number),
		.type = entry->type,
		.name = place->name,
		.judged = true,
		.preference = entry->priority,
		.opaque = entry->value,
	};
	switch (rrtype_layout(entry->type)) {
	case RR_LAYOUT_TXT:
		record->text = entry->value;
		break;
	case RR_LAYOUT_NAME:
	case RR_LAYOUT_MX:
		record->target = entry_target(build->arena, entry);
		break;
	case RR_LAYOUT_ADDR:
		break;
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_SOA:
		record->judged = false;
		record->why = "records of this type are not compared";
		break;
	}
}

/** Takes what *entry* says of one of the eight; false if that is taken. */
static bool
entry_take(struct build *build, const struct list_entry *entry,
    const struct place *place)
{
	static const size_t index_of[] = {
		[RECORD_OWNERSHIP] = INDEX_OWNERSHIP,
		[RECORD_SPF] = INDEX_SPF,
		[RECORD_DKIM] = INDEX_DKIM,
		[RECORD_DMARC] = INDEX_DMARC,
		[RECORD_MAIL_FROM_MX] = INDEX_MAIL_FROM_MX,
		[RECORD_MAIL_FROM_SPF] = INDEX_MAIL_FROM_SPF,
		[RECORD_OTHER] = INDEX_OTHER,
	};
	if (place->kind == RECORD_OTHER) {
		return false;
	}
	if (place->kind == RECORD_DKIM) {
		return build->flags->dkim_tokens_len > 0 ||
		       dkim_add(build, name_label(place->name, 0),
			   entry_target(build->arena, entry));
	}
	const size_t index = index_of[place->kind];
	struct expected *record = &build->to->records[index];
	if (build->seen[index]) {
		return false;
	}
	build->seen[index] = true;
	if (place->kind != RECORD_MAIL_FROM_MX) {
		record->text = entry->value;
		return true;
	}
	if (build->flags->region.len == 0) {
		record->target = entry_target(build->arena, entry);
	}
	record->preference =
	    entry->has_priority ? entry->priority : SES_PRIORITY;
	return true;
}

static bool
names_another_domain(const struct build *build)
{
	const struct str domain = name_text(build->arena, build->to->domain);
	const struct str first =
	    list_quote(build->arena, build->list->entries.at[0].name);
	(void)err_set(build->reterr, ERR_INPUT,
	    "%.*s: none of its records lies under %.*s (the first is at "
	    "\"%.*s\")",
	    STR_ARG(build->list->file), STR_ARG(domain), STR_ARG(first));
	return err_hint(build->reterr, "is it the list of another domain?");
}

bool
build_take_list(struct build *build)
{
	const struct expect *to = build->to;
	const struct list_entry *entry;
	bool any = false;
	vec_foreach(entry, &build->list->entries) {
		const struct place place =
		    place_find(build->arena, to->domain, to->mail_from, entry);
		any = any || place.is_under;
		if (!entry_take(build, entry, &place)) {
			other_add(build, entry, &place);
		}
	}
	return any || build->list->entries.len == 0 ||
	       names_another_domain(build);
}
