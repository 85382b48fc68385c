/* SPDX-License-Identifier: MIT */
/*
 * Texts that are meant as SPF though no receiver takes them as such: RFC
 * 7208 4.5 wants the version, and then a blank or the end.
 */
#include "mail/spf.h"

#include "base/arena.h"
#include "mail/spf_parts.h"
#include "text/distance.h"

#include <assert.h>

enum {
	FARTHEST = 100,      /* bytes in front of the version */
	NEAR = 2,            /* wrong characters in the version word */
	LONGEST_VERSION = 40 /* bytes, invisible ones included */
};

#define LINE_SPACE " \t\r\n"
#define MARKS      ";,:.=\"'`\\/!"

/** How the beginning of a text is read: what is wrong, and its end. */
struct start {
	enum spf_problem problem;
	size_t end; /* where the terms begin */
};

/** True if *text* begins like a version; *ret* says how. */
typedef bool start_fn(struct str text, struct start *ret);

static size_t
skip(struct str text, size_t at, const char *set)
{
	while (at < text.len && spf_char_in(text.at[at], set)) {
		at++;
	}
	return at;
}

/** The word of *text* that begins at *at*. */
static struct str
word_from(struct str text, size_t at)
{
	size_t end = at;
	while (end < text.len && !spf_char_in(text.at[end], LINE_SPACE)) {
		end++;
	}
	return str_slice(text, at, end);
}

/** True if nothing follows at *at*, or something that may be a term. */
static bool
terms_follow(struct str text, size_t at)
{
	struct str word = word_from(text, skip(text, at, LINE_SPACE));
	while (word.len > 0 && spf_char_in(word.at[word.len - 1], ",;\"'")) {
		word.len--;
	}
	return word.len == 0 || spf_is_term(word) || spf_begins_as_term(word);
}

static bool
is_foreign(char c)
{
	return c < ' ' || c > '~';
}

static size_t
skip_foreign(struct str text, size_t at)
{
	while (at < text.len && is_foreign(text.at[at])) {
		at++;
	}
	return at;
}

/** v=spf1 with something wrong behind it. */
static bool
start_behind(struct str text, struct start *ret)
{
	const size_t at = SPF_VERSION.len;
	if (!str_starts_nocase(text, SPF_VERSION) || text.len == at) {
		return false;
	}
	const char c = text.at[at];
	ret->problem = SPF_PROBLEM_VERSION_NUMBER;
	ret->end = skip(text, at, "0123456789.");
	if (char_is_digit(c) || ret->end > at + 1) {
		return true;
	}
	ret->problem = SPF_PROBLEM_VERSION_MARK;
	ret->end = skip(text, at, MARKS);
	if (ret->end > at) {
		return true;
	}
	if (spf_char_in(c, LINE_SPACE)) {
		ret->problem = SPF_PROBLEM_VERSION_TAB;
	} else if (is_foreign(c)) {
		ret->problem = SPF_PROBLEM_NON_ASCII;
		ret->end = skip_foreign(text, at);
	} else if (terms_follow(text, at)) {
		ret->problem = SPF_PROBLEM_VERSION_GLUED;
	} else {
		ret->problem = SPF_PROBLEM_VERSION_NUMBER;
		ret->end = at + word_from(text, at).len;
	}
	return true;
}

/** Moves *at* past *word*, case aside; false if it does not stand there. */
static bool
take(struct str text, size_t *at, struct str word)
{
	if (!str_starts_nocase(str_from(text, *at), word)) {
		return false;
	}
	*at += word.len;
	return true;
}

/** Blanks inside the version, or another sign than the equals sign. */
static bool
start_apart(struct str text, struct start *ret)
{
	size_t at = 0;
	if (!take(text, &at, STR("v"))) {
		return false;
	}
	const size_t sign = skip(text, at, LINE_SPACE);
	const size_t name = skip(text, sign, "=:-");
	at = skip(text, name, LINE_SPACE);
	const bool equals = str_eq(str_slice(text, sign, name), STR("="));
	bool blanks = sign > 1 || at > name;
	if (!take(text, &at, STR("spf"))) {
		return false;
	}
	const size_t number = skip(text, at, LINE_SPACE "-");
	blanks = blanks || number > at;
	at = number;
	if (!take(text, &at, STR("1")) || (!blanks && equals)) {
		return false;
	}
	ret->problem =
	    blanks ? SPF_PROBLEM_VERSION_BLANKS : SPF_PROBLEM_VERSION_SPELLING;
	ret->end = skip(text, at, ";,:");
	return ret->end == text.len ||
	       spf_char_in(text.at[ret->end], LINE_SPACE);
}

/** v=spf2, v=spf, v=spf1.0: another number, or none. */
static bool
start_number(struct str text, struct start *ret)
{
	size_t at = 0;
	if (!take(text, &at, STR("v=spf"))) {
		return false;
	}
	ret->problem = SPF_PROBLEM_VERSION_NUMBER;
	ret->end = skip(text, skip(text, at, "0123456789."), ";,:");
	return ret->end == text.len ||
	       (spf_char_in(text.at[ret->end], LINE_SPACE) &&
		   terms_follow(text, ret->end));
}

/** spf1 alone, with or without a sign in front. */
static bool
start_cut(struct str text, struct start *ret)
{
	size_t at = skip(text, 0, "=: ");
	const bool sign = at > 0;
	if (!take(text, &at, STR("spf"))) {
		return false;
	}
	const size_t number = skip(text, at, "1");
	ret->problem = SPF_PROBLEM_VERSION_CUT;
	ret->end = skip(text, number, ";,:=");
	if (ret->end < text.len &&
	    !spf_char_in(text.at[ret->end], LINE_SPACE)) {
		return false;
	}
	/* "spf" alone, or in front of prose, is a word like others. */
	const bool alone = skip(text, ret->end, LINE_SPACE) == text.len;
	return alone ? number > at
		     : terms_follow(text, ret->end) || (sign && number > at);
}

/** A word that is nearly the version, and terms behind it. */
static bool
start_near(struct str text, struct start *ret)
{
	char lower[16];
	const struct str word = word_from(text, 0);
	if (word.len == 0 || word.len > sizeof(lower) || word.len == text.len) {
		return false;
	}
	for (size_t i = 0; i < word.len; i++) {
		lower[i] = char_lower(word.at[i]);
	}
	const struct str given = { .at = lower, .len = word.len };
	ret->problem = SPF_PROBLEM_VERSION_SPELLING;
	ret->end = word.len;
	return text_distance(given, SPF_VERSION, NEAR) <= NEAR &&
	       skip(text, word.len, LINE_SPACE) < text.len &&
	       terms_follow(text, word.len);
}

/** True for "include:..." and for "all" of any sign. */
static bool
is_sender(struct str word)
{
	struct spf_term term = SPF_TERM(word);
	return spf_term_read(&term) == SPF_FINE &&
	       (term.kind == SPF_INCLUDE || term.kind == SPF_ALL);
}

/** Nothing but terms: the version was left out. */
static bool
start_missing(struct str text, struct start *ret)
{
	struct str rest = text;
	struct str word;
	bool sends = false;
	if (!spf_begins_as_term(text)) {
		return false;
	}
	while (str_split(&rest, ' ', &word)) {
		if (word.len > 0 && !spf_is_term(word)) {
			return false;
		}
		sends = sends || is_sender(word);
	}
	ret->problem = SPF_PROBLEM_VERSION_MISSING;
	ret->end = 0;
	return sends;
}

/** The version with something in front of it. */
static bool
start_inside(struct str text, struct start *ret)
{
	const ptrdiff_t at = str_find_nocase(
	    str_slice(text, 0, FARTHEST + SPF_VERSION.len), SPF_VERSION);
	if (at <= 0) {
		return false;
	}
	const size_t lead = (size_t)at;
	bool foreign = true;
	bool quotes = true;
	for (size_t i = 0; i < lead; i++) {
		const char c = text.at[i];
		foreign = foreign && is_foreign(c);
		quotes = quotes && spf_char_in(c, "\"'`\\ ");
	}
	/* "dev=spf1" is another word. */
	const char before = text.at[lead - 1];
	if (char_is_alpha(before) || char_is_digit(before) ||
	    !terms_follow(text, lead + SPF_VERSION.len)) {
		return false;
	}
	ret->problem = foreign  ? SPF_PROBLEM_NON_ASCII
		       : quotes ? SPF_PROBLEM_QUOTED
				: SPF_PROBLEM_TEXT_BEFORE;
	ret->end = lead + SPF_VERSION.len;
	return true;
}

/* In this order: a text may look like more than one of them. */
static start_fn *const STARTS[] = {
	start_behind,
	start_inside,
	start_apart,
	start_number,
	start_cut,
	start_near,
	start_missing,
};

/** Reads the beginning of *text*, behind *lead* bytes that are in the way. */
static bool
start_find(struct str text, size_t lead, struct start *ret)
{
	const struct str rest = str_from(text, lead);
	for (size_t i = 0; i < sizeof(STARTS) / sizeof(*STARTS); i++) {
		if (STARTS[i](rest, ret)) {
			ret->end += lead;
			return true;
		}
	}
	return false;
}

/** The version with bytes in it that do not show. */
static bool
start_foreign(struct str text, struct start *ret)
{
	size_t at = 0;
	size_t matched = 0;
	while (matched < SPF_VERSION.len && at < LONGEST_VERSION) {
		at = skip_foreign(text, at);
		if (char_lower(spf_byte(text, at)) != SPF_VERSION.at[matched]) {
			return false;
		}
		at++;
		matched++;
	}
	ret->problem = SPF_PROBLEM_NON_ASCII;
	ret->end = at;
	return matched == SPF_VERSION.len;
}

/** The version in the place of what *start* found, with its blank. */
static void
start_say(struct str text, const struct start *start, struct spf_remark *ret)
{
	size_t end = start->end;
	const bool blank = end < text.len && text.at[end] == ' ';
	if (!blank) {
		end = skip(text, end, LINE_SPACE);
	}
	*ret = (struct spf_remark){
		.problem = start->problem,
		.span = { 0, end },
		.meant = "v=spf1",
		.mendable = true,
		.instead =
		    blank || end == text.len ? SPF_VERSION : STR("v=spf1 "),
	};
}

enum spf_likeness
spf_recognise(
    struct arena *arena, struct str text, struct spf_remark *ret_remark)
{
	struct start start = { .problem = SPF_FINE };
	assert(arena && ret_remark);
	if (spf_is_record(text)) {
		return SPF_RECORD;
	}
	if (str_starts_nocase(text, STR("spf2.0"))) {
		return SPF_LEGACY;
	}
	const size_t lead = skip(text, 0, LINE_SPACE);
	if (lead > 0 && spf_is_record(str_from(text, lead))) {
		*ret_remark = (struct spf_remark){
			.problem = SPF_PROBLEM_LEADING_BLANK,
			.span = { 0, lead },
			.mendable = true,
		};
		return SPF_NEAR;
	}
	if (!start_find(text, lead, &start) && !start_foreign(text, &start)) {
		return SPF_UNLIKE;
	}
	start_say(text, &start, ret_remark);
	return SPF_NEAR;
}
