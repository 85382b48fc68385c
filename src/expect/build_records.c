/* SPDX-License-Identifier: MIT */
/* The records that flags and list name, put in their places. */
#include "base/arena.h"
#include "base/err.h"
#include "expect/build.h"

#include <assert.h>

/** The DKIM record for *token* if there is one already, or NULL. */
static const struct expected *
dkim_find(const struct build *build, struct str token)
{
	for (size_t i = 0; i < build->tokens; i++) {
		const struct expected *record =
		    &build->to->records[INDEX_DKIM + i];
		if (str_eq_nocase(record->token, token)) {
			return record;
		}
	}
	return NULL;
}

/** Adds a DKIM record for *token*; there must be room. */
static void
dkim_add(struct build *build, struct str token, struct name target)
{
	struct expect *to = build->to;
	assert(build->tokens < DKIM_RECORDS);
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
}

/** True if *token* may be a selector's label (RFC 6376 3.1). */
static bool
is_dkim_token(struct str token)
{
	for (size_t i = 0; i < token.len; i++) {
		if (!char_is_alpha(token.at[i]) &&
		    !char_is_digit(token.at[i]) && token.at[i] != '-' &&
		    token.at[i] != '_') {
			return false;
		}
	}
	return token.len > 0 && token.len <= NAME_MAX_LABEL;
}

bool
build_dkim_flags(struct build *build)
{
	for (size_t i = 0; i < build->flags->dkim_tokens_len; i++) {
		const struct str token = build->flags->dkim_tokens[i];
		if (!is_dkim_token(token)) {
			const struct str quote =
			    list_quote(build->arena, token);
			(void)err_set(build->reterr, ERR_USAGE,
			    "--dkim-token: \"%.*s\" is not a DKIM token",
			    STR_ARG(quote));
			return err_hint(build->reterr,
			    "The token is the part of the CNAME's name in "
			    "front of ._domainkey.");
		}
		if (!dkim_find(build, token)) {
			dkim_add(build, token, (struct name){ 0 });
		}
	}
	return true;
}

/** The host that *entry* names. */
static struct name
target_of(const struct build *build, const struct list_entry *entry)
{
	return entry->target_relative
		   ? name_join(build->arena, entry->target, build->frame.above)
		   : entry->target;
}

/** Fills in the value of *record*, which is none of the eight. */
static void
other_fill(const struct build *build, const struct list_entry *entry,
    struct expected *record)
{
	switch (rrtype_layout(entry->type)) {
	case RR_LAYOUT_TXT:
		record->text = entry->value;
		break;
	case RR_LAYOUT_NAME:
	case RR_LAYOUT_MX:
		record->target = target_of(build, entry);
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

/** True if *entry* says again what one of the others is made from. */
static bool
is_other_already(
    const struct build *build, const struct list_entry *entry, struct name name)
{
	const struct expect *to = build->to;
	for (size_t i = INDEX_OTHER; i < to->records_len; i++) {
		const struct expected *record = &to->records[i];
		if (record->type == entry->type &&
		    name_equal(record->name, name) &&
		    str_eq(record->opaque, entry->value)) {
			return true;
		}
	}
	return false;
}

/** Adds *entry* to the records that are none of the eight. */
static void
other_add(struct build *build, const struct list_entry *entry,
    const struct place *place)
{
	struct expect *to = build->to;
	const size_t number = to->records_len - INDEX_OTHER + 1;
	assert(entry->value.len > 0);
	if (number > EXPECT_MAX_OTHER + 1 ||
	    is_other_already(build, entry, place->name)) {
		return;
	}
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
	other_fill(build, entry, record);
	if (number > EXPECT_MAX_OTHER) {
		record->judged = false;
		record->why = "of the further records of a list only the "
			      "first 32 are checked";
	}
}

/** The list says two things of one record; nobody can say which is meant. */
static bool
contradicts(
    const struct build *build, const struct list_entry *entry, struct str id)
{
	const struct str what = str_print(build->arena,
	    "this is another value for %.*s than the list gave before",
	    STR_ARG(id));
	(void)list_wrong(build->list, entry->at, what.at, build->reterr);
	return err_hint(
	    build->reterr, "Leave the one in the list that is right.");
}

static uint16_t
priority_of(const struct list_entry *entry)
{
	return entry->has_priority ? entry->priority : SES_PRIORITY;
}

static bool
says_the_same(const struct list_entry *a, const struct list_entry *b)
{
	return rrtype_layout(a->type) == RR_LAYOUT_TXT
		   ? str_eq(a->value, b->value)
		   : name_equal(a->target, b->target) &&
			 priority_of(a) == priority_of(b);
}

static bool
dkim_take(struct build *build, const struct list_entry *entry,
    const struct place *place)
{
	const struct str token = name_label(place->name, 0);
	const struct expected *record = dkim_find(build, token);
	if (build->flags->dkim_tokens_len > 0) {
		return true;
	}
	if (record) {
		return name_equal(record->target, entry->target) ||
		       contradicts(build, entry, record->id);
	}
	if (build->tokens == DKIM_RECORDS) {
		other_add(build, entry, place);
	} else {
		dkim_add(build, token, entry->target);
	}
	return true;
}

/** Fills *record* from *entry*, which is about it. */
static void
record_fill(const struct build *build, const struct list_entry *entry,
    struct expected *record)
{
	if (record->kind != RECORD_MAIL_FROM_MX) {
		record->text = entry->value;
		return;
	}
	record->preference = priority_of(entry);
	if (build->flags->region.len == 0) {
		record->target = target_of(build, entry);
	}
}

/** Takes what *entry* says; false if that contradicts another one. */
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
	const size_t index = index_of[place->kind];
	if (place->kind == RECORD_OTHER) {
		other_add(build, entry, place);
		return true;
	}
	if (place->kind == RECORD_DKIM) {
		return dkim_take(build, entry, place);
	}
	assert(index < INDEX_OTHER);
	struct expected *record = &build->to->records[index];
	const struct list_entry *before = build->taken[index];
	if (before) {
		return says_the_same(before, entry) ||
		       (index == INDEX_OWNERSHIP &&
			   build->flags->token.len > 0) ||
		       contradicts(build, entry, record->id);
	}
	build->taken[index] = entry;
	record_fill(build, entry, record);
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
	return err_hint(build->reterr, "Is it the list of another domain?");
}

bool
build_take_list(struct build *build)
{
	const struct list_entry *entry;
	bool any = build->list->entries.len == 0;
	vec_foreach(entry, &build->list->entries) {
		const struct place place = place_find(&build->frame, entry);
		any = any || place.is_under;
		if (!name_is_set(place.name)) {
			return list_wrong(build->list, entry->at,
			    "with the domain behind it the name is too long",
			    build->reterr);
		}
		if (!entry_take(build, entry, &place)) {
			return false;
		}
	}
	return any || names_another_domain(build);
}
