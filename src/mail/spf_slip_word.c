/* SPDX-License-Identifier: MIT */
/* Slips of spelling: the names of mechanisms, their signs and values. */
#include "mail/spf_slip.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mail/spf_parts.h"
#include "text/distance.h"

#include <string.h>

struct slip_parts
slip_parts(struct str word)
{
	const size_t sign = word.len > 0 && spf_char_in(word.at[0], "+-~?");
	size_t end = sign;
	while (end < word.len && !spf_char_in(word.at[end], ":=/")) {
		end++;
	}
	return (struct slip_parts){
		.sign = str_slice(word, 0, sign),
		.name = str_slice(word, sign, end),
		.rest = str_from(word, end),
	};
}

struct str
slip_made(
    const struct slip *slip, struct str sign, const char *name, struct str rest)
{
	const bool modifier = spf_kind_is_modifier(spf_kind_of(str_of(name)));
	const bool mark = rest.len > 0 && spf_char_in(rest.at[0], ":=");
	struct buf to = buf_new(slip->arena);
	if (!modifier) {
		buf_add(&to, sign);
	}
	buf_adds(&to, name);
	if (rest.len > 0 && rest.at[0] != '/') {
		buf_addc(&to, modifier ? '=' : ':');
	}
	buf_add(&to, str_from(rest, mark));
	return slip_term(slip, buf_str(&to));
}

/* How remarks name what takes a value: with the mark in front of it. */
static const char *const MEANT[] = {
	"include:", "ip4:", "ip6:", "exists:", "redirect=", "exp="
};

const char *
slip_meant(const char *name)
{
	for (size_t i = 0; i < sizeof(MEANT) / sizeof(*MEANT); i++) {
		/* "ip4" and "ip4:" differ in nothing but the mark. */
		if (strncmp(MEANT[i], name, strlen(name)) == 0) {
			return MEANT[i];
		}
	}
	return name;
}

/* What people write, and what it is called. */
static const struct near_word NAMES[] = {
	{ "all", "all" },
	{ "include", "include" },
	{ "inc", "include" },
	{ "incl", "include" },
	{ "ptr", "ptr" },
	{ "ip4", "ip4" },
	{ "ipv4", "ip4" },
	{ "ip6", "ip6" },
	{ "ipv6", "ip6" },
	{ "exists", "exists" },
	{ "redirect", "redirect" },
	{ "exp", "exp" },
};

bool
slip_spelling(const struct slip *slip)
{
	const struct slip_parts parts = slip_parts(slip->word);
	const char *name =
	    near_word_find(NAMES, sizeof(NAMES) / sizeof(*NAMES), parts.name);
	/* The address says which it is. */
	const char *family = slip_address_mechanism(str_from(parts.rest, 1));
	if (family && (name || str_eq_nocase(parts.name, STR("ip")))) {
		name = family;
	}
	return name && spf_kind_of(parts.name) == SPF_BROKEN &&
	       slip_says(slip, SPF_PROBLEM_MISSPELT, slip_meant(name),
		   slip_made(slip, parts.sign, name, parts.rest));
}

/** "includeamazonses.com": the colon is missing. */
bool
slip_colon(const struct slip *slip)
{
	static const char *const names[] = { "include", "exists", "ip4",
		"ip6" };
	const struct slip_parts parts = slip_parts(slip->word);
	const struct str word = str_from(slip->word, parts.sign.len);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct str name = str_of(names[i]);
		if (!str_starts_nocase(word, name)) {
			continue;
		}
		const struct str rest = str_from(word, name.len);
		if (rest.len > 0 && !spf_char_in(rest.at[0], ":=/.") &&
		    slip_says(slip, SPF_PROBLEM_UNKNOWN_TERM,
			slip_meant(names[i]),
			slip_made(slip, parts.sign, names[i], rest))) {
			return true;
		}
	}
	return false;
}

/** redirect and exp with a colon, or with a sign in front. */
bool
slip_modifier(const struct slip *slip)
{
	const struct slip_parts parts = slip_parts(slip->word);
	const enum spf_kind kind = spf_kind_of(parts.name);
	if ((kind != SPF_REDIRECT && kind != SPF_EXP) || parts.rest.len < 2) {
		return false;
	}
	const char *name = spf_kind_text(kind);
	const enum spf_problem problem = parts.rest.at[0] == ':'
					     ? SPF_PROBLEM_COLON_MODIFIER
					     : SPF_PROBLEM_QUALIFIED_MODIFIER;
	return slip_says(slip, problem, slip_meant(name),
	    slip_made(slip, parts.sign, name, parts.rest));
}

/** A sign that does not exist, or more than one. */
bool
slip_sign(const struct slip *slip)
{
	size_t at = 0;
	while (at < slip->word.len && at < 3 &&
	       !char_is_alpha(slip->word.at[at])) {
		at++;
	}
	const struct str rest = str_from(slip->word, at);
	if (at == 0 || !spf_is_term(rest)) {
		return false;
	}
	const char last = slip->word.at[at - 1];
	const bool all = spf_kind_of(rest) == SPF_ALL;
	/* "all" without a sign would let everybody pass. */
	const char *sign = all ? "~" : "";
	if (last == '-' || last == '?' || last == '~') {
		sign = last == '-' ? "-" : last == '?' ? "?" : "~";
	}
	return slip_says(slip, SPF_PROBLEM_BAD_QUALIFIER, all ? "~all" : NULL,
	    slip_term(
		slip, str_print(slip->arena, "%s%.*s", sign, STR_ARG(rest))));
}

/** Something after "all", or nothing after "a:". */
bool
slip_argument(const struct slip *slip)
{
	const struct slip_parts parts = slip_parts(slip->word);
	const struct str bare =
	    str_slice(slip->word, 0, parts.sign.len + parts.name.len);
	if (slip->fault == SPF_PROBLEM_NO_ARGUMENT) {
		return slip_says(slip, SPF_PROBLEM_NO_ARGUMENT, "~all",
		    slip_term(slip, bare));
	}
	return slip->fault == SPF_PROBLEM_EMPTY_DOMAIN && parts.rest.len == 1 &&
	       slip_says(slip, SPF_PROBLEM_EMPTY_DOMAIN, NULL,
		   spf_is_term(bare) ? bare : (struct str){ 0 });
}
