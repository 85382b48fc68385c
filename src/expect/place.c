/* SPDX-License-Identifier: MIT */
/* From type and name to one of the eight records. */
#include "expect/place.h"

#include "base/arena.h"

#include <assert.h>

struct name
entry_target(struct arena *arena, const struct list_entry *entry)
{
	struct name target = { 0 };
	return name_parse(arena, entry->value, &target) == NAME_OK
		   ? target
		   : (struct name){ 0 };
}

struct str
feedback_region(struct arena *arena, struct name target)
{
	const struct name zone = name_of(arena, "amazonses.com");
	if (name_labels(target) != 4 || !name_is_under(target, zone) ||
	    !str_eq(name_label(target, 0), STR("feedback-smtp")) ||
	    !region_is_shaped(name_label(target, 1))) {
		return (struct str){ 0 };
	}
	return name_label(target, 1);
}

/** What a record of *type* at *name* with this content is for. */
static enum record_kind
kind_of(struct arena *arena, struct name domain, struct name mail_from,
    const struct list_entry *entry, struct name name)
{
	const struct name above = name_parent(name);
	const struct str label = name_label(name, 0);
	const bool spf = str_starts_nocase(entry->value, STR("v=spf1"));
	if (entry->type == RRTYPE_MX) {
		const struct name target = entry_target(arena, entry);
		return name_equal(name, mail_from) ||
			       feedback_region(arena, target).len > 0
			   ? RECORD_MAIL_FROM_MX
			   : RECORD_OTHER;
	}
	if (entry->type == RRTYPE_CNAME) {
		return str_eq(name_label(above, 0), STR("_domainkey")) &&
			       name_equal(name_parent(above), domain)
			   ? RECORD_DKIM
			   : RECORD_OTHER;
	}
	if (entry->type != RRTYPE_TXT) {
		return RECORD_OTHER;
	}
	if (name_equal(name, domain)) {
		return spf ? RECORD_SPF : RECORD_OTHER;
	}
	if (name_equal(name, mail_from)) {
		return spf ? RECORD_MAIL_FROM_SPF : RECORD_OTHER;
	}
	if (name_equal(above, domain) && str_eq(label, STR("_ivymail"))) {
		return RECORD_OWNERSHIP;
	}
	return name_equal(above, domain) && str_eq(label, STR("_dmarc"))
		   ? RECORD_DMARC
		   : RECORD_OTHER;
}

/** *left* in front of *above*; "@" stands for *above* itself. */
static struct name
read_relative(struct arena *arena, struct str text, struct name above)
{
	struct name left;
	if (str_eq(text, STR("@"))) {
		return above;
	}
	if (name_parse(arena, text, &left) != NAME_OK) {
		return (struct name){ 0 };
	}
	return name_join(arena, left, above);
}

struct place
place_find(struct arena *arena, struct name domain, struct name mail_from,
    const struct list_entry *entry)
{
	struct name full = { 0 };
	struct place place = { .kind = RECORD_OTHER };
	const bool is_at = str_eq(entry->name, STR("@"));
	assert(name_is_set(domain));
	if (!is_at && (name_parse(arena, entry->name, &full) != NAME_OK ||
			  name_is_root(full))) {
		return place;
	}
	if (!is_at &&
	    (name_is_under(full, domain) || str_ends(entry->name, STR(".")))) {
		place.name = full;
		place.is_under = name_is_under(full, domain);
		place.kind = kind_of(arena, domain, mail_from, entry, full);
		return place;
	}
	for (struct name above = domain; name_labels(above) > 1;
	     above = name_parent(above)) {
		const struct name name =
		    read_relative(arena, entry->name, above);
		if (!name_is_set(name)) {
			continue;
		}
		const enum record_kind kind =
		    kind_of(arena, domain, mail_from, entry, name);
		if (kind != RECORD_OTHER) {
			return (struct place){ kind, name, true };
		}
	}
	place.name = read_relative(arena, entry->name, domain);
	/* A name with several labels may as well be another domain's. */
	place.is_under = name_labels(full) < 2;
	return place;
}
