/* SPDX-License-Identifier: MIT */
/* What keeps the grammar of RFC 7208 12, but hardly says what was meant. */
#include "mail/spf_slip.h"

#include "base/arena.h"
#include "mail/spf_parts.h"

/** A mechanism that is written as if it were a modifier. */
static struct str
as_mechanism(struct arena *arena, struct str word)
{
	const struct slip_parts parts = slip_parts(word);
	const enum spf_kind kind = spf_kind_of(parts.name);
	if (kind == SPF_BROKEN || spf_kind_is_modifier(kind)) {
		return (struct str){ 0 };
	}
	const struct str text = str_print(arena, "%.*s:%.*s",
	    STR_ARG(parts.name), STR_ARG(str_from(parts.rest, 1)));
	return spf_is_term(text) ? text : (struct str){ 0 };
}

/** True for what stands between terms or in them, but hardly in a domain. */
static bool
is_suspect_byte(char c)
{
	switch (c) {
	case ':':
	case '=':
	case '~':
	case '?':
	case '+':
	case ',':
	case ';':
		return true;
	default:
		return false;
	}
}

/** True if *domain* may have more than a domain in it; most have not. */
static bool
is_suspect(struct str domain)
{
	for (size_t i = 0; i < domain.len; i++) {
		if (is_suspect_byte(domain.at[i])) {
			return domain.len <= SLIP_LONGEST_WORD;
		}
	}
	return str_ends_nocase(domain, STR("-all"));
}

/** A domain with a comma, or with another term at its end. */
static void
hint_glued(const struct slip *slip)
{
	struct str instead;
	if (!spf_unglue(slip->arena, slip->word, &instead)) {
		instead = slip_uncomma(slip);
		if (str_eq(instead, slip->word)) {
			return;
		}
	}
	(void)slip_says(slip, SPF_PROBLEM_TERM_IN_DOMAIN, "a blank", instead);
}

static void
hint_modifier(const struct slip *slip)
{
	if (str_eq_nocase(slip->word, STR("v=spf1"))) {
		slip->said->problem = SPF_PROBLEM_SECOND_VERSION;
		slip->said->mendable = true;
		return;
	}
	(void)slip_says(slip, SPF_PROBLEM_EQUALS_MECHANISM, "a colon",
	    as_mechanism(slip->arena, slip->word));
}

struct spf_remark
spf_hint_find(struct arena *arena, const struct spf_term *term)
{
	struct spf_remark hint = { .problem = SPF_FINE };
	const struct slip slip = {
		.arena = arena,
		.word = term->text,
		.said = &hint,
	};
	if (term->kind == SPF_MODIFIER) {
		hint_modifier(&slip);
	} else if (is_suspect(term->domain)) {
		hint_glued(&slip);
	}
	if (hint.problem == SPF_FINE && spf_term_is_named(term) &&
	    !name_is_set(term->name)) {
		hint.problem = SPF_PROBLEM_IMPOSSIBLE_NAME;
	}
	return hint;
}
