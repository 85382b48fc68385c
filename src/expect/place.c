/* SPDX-License-Identifier: MIT */
/*
 * From type and name to one of the eight records. Panels and APIs write
 * names in full, relative to the domain or relative to its zone, and seldom
 * say which.
 */
#include "expect/place.h"

#include "base/arena.h"

#include <assert.h>

enum {
	FITS_EIGHT = 2,  /* how well a reading fits: one of the eight */
	FITS_DOMAIN = 1, /* at least under the domain */
};

static bool
is_under_ses(struct name name)
{
	const size_t labels = name_labels(name);
	return labels > 2 &&
	       str_eq(name_label(name, labels - 2), STR("amazonses")) &&
	       str_eq(name_label(name, labels - 1), STR("com"));
}

struct str
feedback_region(struct name target)
{
	if (name_labels(target) != 4 || !is_under_ses(target) ||
	    !str_eq(name_label(target, 0), STR("feedback-smtp")) ||
	    !region_is_shaped(name_label(target, 1))) {
		return (struct str){ 0 };
	}
	return name_label(target, 1);
}

/** What a TXT at *name* is for. */
static enum record_kind
kind_of_txt(const struct frame *frame, struct str value, struct name name)
{
	const struct str label = name_label(name, 0);
	const bool spf = str_starts_nocase(value, STR("v=spf1"));
	if (name_equal(name, frame->domain)) {
		return spf ? RECORD_SPF : RECORD_OTHER;
	}
	if (name_equal(name, frame->mail_from)) {
		return spf ? RECORD_MAIL_FROM_SPF : RECORD_OTHER;
	}
	if (!name_equal(name_parent(name), frame->domain)) {
		return RECORD_OTHER;
	}
	if (str_eq(label, STR("_ivymail"))) {
		return RECORD_OWNERSHIP;
	}
	return str_eq(label, STR("_dmarc")) ? RECORD_DMARC : RECORD_OTHER;
}

/** True if *name* is one where DKIM records of the domain stand. */
static bool
is_dkim_name(const struct frame *frame, struct name name)
{
	const struct name above = name_parent(name);
	return str_eq(name_label(above, 0), STR("_domainkey")) &&
	       name_equal(name_parent(above), frame->domain);
}

/** What *entry* is for if it stands at *name*, which may be "no name". */
static enum record_kind
kind_of(
    const struct frame *frame, const struct list_entry *entry, struct name name)
{
	if (!name_is_set(name)) {
		return RECORD_OTHER;
	}
	if (entry->type == RRTYPE_TXT) {
		return kind_of_txt(frame, entry->value, name);
	}
	if (entry->type == RRTYPE_MX && name_equal(name, frame->mail_from)) {
		return RECORD_MAIL_FROM_MX;
	}
	/* Other senders have CNAMEs at such names, too. */
	return entry->type == RRTYPE_CNAME && is_dkim_name(frame, name) &&
		       is_under_ses(entry->target)
		   ? RECORD_DKIM
		   : RECORD_OTHER;
}

/**
 * The name of *entry* read under *above*: "no name" if it is full, or if it
 * is too long.
 */
static struct name
name_under(const struct frame *frame, const struct list_entry *entry,
    struct name above)
{
	struct name left;
	if (str_eq(entry->name, STR("@"))) {
		return above;
	}
	if (str_ends(entry->name, STR(".")) ||
	    name_parse(frame->arena, entry->name, &left) != NAME_OK ||
	    name_is_under(left, frame->domain)) {
		return (struct name){ 0 };
	}
	return name_join(frame->arena, left, above);
}

/** The name of *entry* if it is written in full, else "no name". */
static struct name
name_in_full(const struct frame *frame, const struct list_entry *entry)
{
	struct name name;
	if (str_eq(entry->name, STR("@")) ||
	    name_parse(frame->arena, entry->name, &name) != NAME_OK ||
	    (!str_ends(entry->name, STR(".")) &&
		!name_is_under(name, frame->domain))) {
		return (struct name){ 0 };
	}
	return name;
}

/** True if *name*, under the domain, repeats its first label before it. */
static bool
is_doubled(const struct frame *frame, struct name name)
{
	assert(name_is_under(name, frame->domain));
	const size_t more = name_labels(name) - name_labels(frame->domain);
	return more > 0 &&
	       str_eq(name_label(name, more - 1), name_label(frame->domain, 0));
}

/** How well the relative names of *list* fit under frame->above. */
static size_t
fitness(const struct frame *frame, const struct expect_list *list)
{
	size_t points = 0;
	const struct list_entry *entry;
	vec_foreach(entry, &list->entries) {
		const struct name name = name_under(frame, entry, frame->above);
		if (!name_is_set(name)) {
			continue;
		}
		if (kind_of(frame, entry, name) != RECORD_OTHER) {
			points += FITS_EIGHT;
		} else if (name_is_under(name, frame->domain) &&
			   !is_doubled(frame, name)) {
			points += FITS_DOMAIN;
		}
	}
	return points;
}

/** The name of the list's MX to SES is what MAIL FROM is. */
static void
mail_from_take(struct frame *frame, const struct expect_list *list)
{
	const struct list_entry *entry;
	vec_foreach(entry, &list->entries) {
		const struct name name = place_find(frame, entry).name;
		/* SES wants a name of its own for it, not the domain. */
		if (entry->type == RRTYPE_MX && name_is_set(name) &&
		    feedback_region(entry->target).len > 0 &&
		    !name_equal(name, frame->domain)) {
			frame->mail_from = name;
			return;
		}
	}
}

struct frame
frame_find(
    struct arena *arena, struct name domain, const struct expect_list *list)
{
	struct frame frame = {
		.arena = arena,
		.domain = domain,
		.mail_from = name_prepend(arena, STR("mail"), domain),
		.above = domain,
	};
	assert(name_is_set(domain) && list);
	size_t best = fitness(&frame, list);
	struct frame other = frame;
	for (size_t labels = name_labels(domain); labels-- > 2;) {
		other.above = name_suffix(domain, labels);
		const size_t points = fitness(&other, list);
		if (points > best) {
			best = points;
			frame.above = other.above;
		}
	}
	mail_from_take(&frame, list);
	return frame;
}

struct place
place_find(const struct frame *frame, const struct list_entry *entry)
{
	struct place place = { .name = name_in_full(frame, entry) };
	assert(name_is_under(frame->domain, frame->above));
	if (name_is_set(place.name)) {
		place.kind = kind_of(frame, entry, place.name);
		place.is_under = name_is_under(place.name, frame->domain);
		return place;
	}
	place.name = name_under(frame, entry, frame->above);
	place.kind = kind_of(frame, entry, place.name);
	for (size_t labels = name_labels(frame->domain);
	     place.kind == RECORD_OTHER && labels > 1; labels--) {
		const struct name name = name_under(
		    frame, entry, name_suffix(frame->domain, labels));
		const enum record_kind kind = kind_of(frame, entry, name);
		if (kind != RECORD_OTHER) {
			place.kind = kind;
			place.name = name;
		}
	}
	/* A name with several labels may as well be another domain's. */
	place.is_under =
	    place.kind != RECORD_OTHER || str_index(entry->name, '.') < 0;
	return place;
}
