/* SPDX-License-Identifier: MIT */
/*
 * Merging keeps every sender: only "all" ends a record, so terms may be put
 * one behind the other (RFC 7208 4.6.2), and what one record passes no other
 * can undo when non-passing twins give way. A redirect is worth an include
 * (5.2, 6.1) but for what fails there.
 */
#include "mail/spf_merge.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mail/ses.h"
#include "mail/spf_key.h"

#include <assert.h>

/** A term of the merged record. */
struct kept {
	struct str body; /* without its sign */
	char qualifier;
	bool ses;
};

/** Records while they are merged. */
struct merger {
	struct arena *arena;
	const struct spf_merging *merging;
	struct spf_keys *keys;
	struct VEC(struct kept) kept;
	bool soft; /* some "all" is not -all */
	bool hard; /* some "all" is -all */
	bool has_ses;
	bool has_exp;
	size_t redirects;  /* that are followed, twins not counted */
	struct str target; /* of the first of them */
};

static bool
is_unwanted(const struct merger *merger, const struct spf_term *term)
{
	const struct str *without;
	vec_foreach(without, &merger->merging->without) {
		if (str_eq_nocase(*without, term->text)) {
			return true;
		}
	}
	return false;
}

static void
keep(struct merger *merger, struct str body, char qualifier, bool ses)
{
	const struct kept kept = { body, qualifier, ses };
	vec_push(merger->arena, &merger->kept, kept);
}

/** Puts the include of SES here, if it does not stand before. */
static void
keep_ses(struct merger *merger)
{
	if (!merger->has_ses) {
		merger->has_ses = true;
		keep(merger, STR("include:" SES_SPF_DOMAIN), '+', true);
	}
}

/** *term* as it is written, without its sign. */
static struct str
body_of(const struct spf_term *term)
{
	const bool sign =
	    term->text.len > 0 && str_index(STR("+-~?"), term->text.at[0]) >= 0;
	return str_from(term->text, sign);
}

/** Keeps *term*, a mechanism, once; a twin that passes wins. */
static void
merge_mechanism(struct merger *merger, const struct spf_term *term)
{
	const size_t next = merger->kept.len;
	const size_t number = spf_keys_add(merger->keys, term, next);
	if (number == next) {
		keep(merger, body_of(term), term->qualifier, false);
		return;
	}
	assert(merger->kept.at && number < next);
	if (term->qualifier == '+') {
		merger->kept.at[number].qualifier = '+';
	}
}

/** A redirect beside "all" is idle, so nothing is lost with it. */
static void
merge_redirect(struct merger *merger, const struct spf_record *record,
    const struct spf_term *term)
{
	if (record->all != record->terms.len) {
		return;
	}
	struct spf_term include = *term;
	include.kind = SPF_INCLUDE;
	include.text =
	    str_print(merger->arena, "include:%.*s", STR_ARG(term->domain));
	const size_t before = merger->kept.len;
	/* The copy has to live as long as the keys. */
	struct spf_term *lasting = ARENA_NEW(merger->arena, struct spf_term);
	*lasting = include;
	merge_mechanism(merger, lasting);
	if (merger->kept.len > before && merger->redirects++ == 0) {
		merger->target = term->domain;
	}
}

static void
merge_modifier(struct merger *merger, const struct spf_record *record,
    const struct spf_term *term)
{
	const size_t next = merger->kept.len;
	if (term->kind == SPF_REDIRECT) {
		merge_redirect(merger, record, term);
	} else if (term->kind == SPF_EXP && !merger->has_exp) {
		merger->has_exp = true;
		keep(merger, term->text, '+', false);
	} else if (term->kind == SPF_MODIFIER &&
		   !str_eq_nocase(term->text, STR("v=spf1")) &&
		   spf_keys_add(merger->keys, term, next) == next) {
		keep(merger, term->text, '+', false);
	}
}

static bool
names_ses(const struct spf_term *term)
{
	return (term->kind == SPF_INCLUDE || term->kind == SPF_REDIRECT) &&
	       name_is_set(term->name) &&
	       (spf_name_is_ses(term->name) ||
		   spf_name_is_lookalike(term->name));
}

static void
merge_term(struct merger *merger, const struct spf_record *record,
    const struct spf_term *term)
{
	if (term->kind == SPF_BROKEN || is_unwanted(merger, term)) {
		return;
	}
	if (names_ses(term) && merger->merging->ses != SPF_PLACE_AS_IS) {
		keep_ses(merger);
	} else if (term->kind == SPF_ALL) {
		merger->hard = merger->hard || term->qualifier == '-';
		merger->soft = merger->soft || term->qualifier != '-';
	} else if (spf_kind_is_modifier(term->kind)) {
		merge_modifier(merger, record, term);
	} else {
		merge_mechanism(merger, term);
	}
}

/** True if the redirect still ends the record: nothing else does. */
static bool
keeps_redirect(const struct merger *merger)
{
	return merger->redirects == 1 && !merger->hard && !merger->soft;
}

static void
add_kept(struct merger *merger, struct buf *to)
{
	const struct kept *kept;
	const bool redirect = keeps_redirect(merger);
	const struct str include =
	    str_print(merger->arena, "include:%.*s", STR_ARG(merger->target));
	vec_foreach(kept, &merger->kept) {
		const bool first =
		    kept->ses && merger->merging->ses == SPF_PLACE_FIRST;
		if (first || (redirect && str_eq(kept->body, include))) {
			continue;
		}
		buf_addc(to, ' ');
		if (kept->qualifier != '+') {
			buf_addc(to, kept->qualifier);
		}
		buf_add(to, kept->body);
	}
}

static struct str
write_merged(struct merger *merger)
{
	struct buf to = buf_new(merger->arena);
	buf_adds(&to, "v=spf1");
	if (merger->merging->ses == SPF_PLACE_FIRST) {
		buf_adds(&to, " include:" SES_SPF_DOMAIN);
	}
	add_kept(merger, &to);
	if (merger->merging->ses == SPF_PLACE_LAST && !merger->has_ses) {
		buf_adds(&to, " include:" SES_SPF_DOMAIN);
	}
	if (keeps_redirect(merger)) {
		buf_adds(&to, " redirect=");
		buf_add(&to, merger->target);
	} else {
		buf_adds(
		    &to, merger->hard && !merger->soft ? " -all" : " ~all");
	}
	return buf_str(&to);
}

struct str
spf_merge(struct arena *arena, const struct spf_merging *merging)
{
	struct merger merger = { .arena = arena, .merging = merging };
	size_t terms = 0;
	for (size_t i = 0; i < merging->records.len; i++) {
		terms += merging->records.at[i]->terms.len;
	}
	merger.keys = spf_keys_new(arena, terms);
	for (size_t i = 0; i < merging->records.len; i++) {
		const struct spf_record *record = merging->records.at[i];
		const struct spf_term *term;
		vec_foreach(term, &record->terms) {
			merge_term(&merger, record, term);
		}
	}
	const struct str text = write_merged(&merger);
	assert(spf_is_record(text));
	return text;
}

bool
spf_allows_ses_alone(struct arena *arena, struct str text)
{
	unsigned lookups = 0;
	bool allows = false;
	if (!spf_is_record(text)) {
		return false;
	}
	const struct spf_record *record = spf_parse(arena, text);
	const struct spf_term *term;
	vec_foreach(term, &record->terms) {
		const size_t index = (size_t)(term - record->terms.at);
		const bool reached = term->kind == SPF_REDIRECT
					 ? record->all == record->terms.len
					 : index < record->all;
		if (reached && spf_kind_asks(term->kind)) {
			lookups++;
		}
		allows = allows || (reached && term->qualifier == '+' &&
				       spf_term_is_ses(term));
		if (term->kind == SPF_ALL && term->qualifier == '+') {
			return false;
		}
	}
	return record->valid && allows && lookups <= 10;
}
