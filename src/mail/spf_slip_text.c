/* SPDX-License-Identifier: MIT */
/* Slips of characters: blanks, commas, quotes, and what is not ASCII. */
#include "mail/spf_slip.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mail/spf_parts.h"

#include <string.h>

static bool
has_mark(struct str text)
{
	return str_index(text, ',') >= 0 || str_index(text, ';') >= 0;
}

/** A character that is typed for a blank, a hyphen, or for nothing. */
struct look_alike {
	const char *bytes;
	const char *instead;
};

static const struct look_alike LOOK_ALIKES[] = {
	{ "\t", " " },
	{ "\r", " " },
	{ "\n", " " },
	{ "\xc2\xa0", " " },     /* no-break space */
	{ "\xe2\x80\x82", " " }, /* en space */
	{ "\xe2\x80\x83", " " }, /* em space */
	{ "\xe2\x80\x89", " " }, /* thin space */
	{ "\xe2\x80\xaf", " " }, /* narrow no-break space */
	{ "\xe3\x80\x80", " " }, /* ideographic space */
	{ "\xe2\x80\xa8", " " }, /* line separator */
	{ "\xe2\x80\x90", "-" }, /* hyphen */
	{ "\xe2\x80\x91", "-" }, /* non-breaking hyphen */
	{ "\xe2\x80\x92", "-" }, /* figure dash */
	{ "\xe2\x80\x93", "-" }, /* en dash */
	{ "\xe2\x80\x94", "-" }, /* em dash */
	{ "\xe2\x88\x92", "-" }, /* minus sign */
	{ "\xe2\x88\xbc", "~" }, /* tilde operator */
	{ "\xcb\x9c", "~" },     /* small tilde */
	{ "\xef\xbd\x9e", "~" }, /* full-width tilde */
	{ "\xef\xbc\x9a", ":" }, /* full-width colon */
	{ "\xc2\xad", "" },      /* soft hyphen */
	{ "\xe2\x80\x8b", "" },  /* zero width space */
	{ "\xe2\x80\x8c", "" },  /* zero width non-joiner */
	{ "\xe2\x80\x8d", "" },  /* zero width joiner */
	{ "\xe2\x81\xa0", "" },  /* word joiner */
	{ "\xef\xbb\xbf", "" },  /* byte order mark */
	{ "\xe2\x80\x98", "" },  /* the quotation marks of word processors */
	{ "\xe2\x80\x99", "" },
	{ "\xe2\x80\x9c", "" },
	{ "\xe2\x80\x9d", "" },
	{ "\xe2\x80\x9e", "" },
	{ "\xc2\xab", "" },
	{ "\xc2\xbb", "" },
};

static const struct look_alike *
look_alike_at(struct str text, size_t at)
{
	const size_t count = sizeof(LOOK_ALIKES) / sizeof(*LOOK_ALIKES);
	for (size_t i = 0; i < count; i++) {
		if (str_starts(
			str_from(text, at), str_of(LOOK_ALIKES[i].bytes))) {
			return &LOOK_ALIKES[i];
		}
	}
	return NULL;
}

static bool
is_foreign(char c)
{
	return c < ' ' || c > '~';
}

/** Bytes that no term may have; some only look like those that belong. */
bool
slip_bytes(const struct slip *slip)
{
	struct buf to = buf_new(slip->arena);
	size_t first = slip->word.len;
	bool known = true;
	size_t at = 0;
	while (at < slip->word.len) {
		const struct look_alike *alike = look_alike_at(slip->word, at);
		const bool foreign = is_foreign(slip->word.at[at]);
		first = foreign && at < first ? at : first;
		known = known && (alike || !foreign);
		if (alike) {
			buf_adds(&to, alike->instead);
			at += strlen(alike->bytes);
		} else {
			buf_addc(&to, slip->word.at[at++]);
		}
	}
	if (first == slip->word.len) {
		return false;
	}
	const char c = slip->word.at[first];
	const enum spf_problem problem =
	    c > '\0' && c < ' ' ? SPF_PROBLEM_CONTROL : SPF_PROBLEM_NON_ASCII;
	if (known &&
	    slip_says(slip, problem, NULL, slip_terms(slip, buf_str(&to)))) {
		return true;
	}
	slip->said->problem = problem;
	slip->said->span = (struct span){ first, first + 1 };
	return true;
}

/** Quotation marks and backslashes that a panel took for text. */
bool
slip_quotes(const struct slip *slip)
{
	struct buf to = buf_new(slip->arena);
	for (size_t i = 0; i < slip->word.len; i++) {
		if (!spf_char_in(slip->word.at[i], "\"'`\\")) {
			buf_addc(&to, slip->word.at[i]);
		}
	}
	return to.len < slip->word.len &&
	       slip_says(slip, SPF_PROBLEM_QUOTED, NULL,
		   slip_term(slip, buf_str(&to)));
}

/** The word with *instead* for every comma and semicolon. */
static struct str
without_marks(const struct slip *slip, const char *instead)
{
	struct buf to = buf_new(slip->arena);
	for (size_t i = 0; i < slip->word.len; i++) {
		if (spf_char_in(slip->word.at[i], ",;")) {
			buf_adds(&to, instead);
		} else {
			buf_addc(&to, slip->word.at[i]);
		}
	}
	return buf_str(&to);
}

struct str
slip_uncomma(const struct slip *slip)
{
	return slip_terms(slip, without_marks(slip, " "));
}

bool
slip_separator(const struct slip *slip)
{
	return has_mark(slip->word) &&
	       (slip_says(slip, SPF_PROBLEM_SEPARATOR, "a blank",
		    slip_uncomma(slip)) ||
		   slip_says(slip, SPF_PROBLEM_BAD_DOMAIN, "a dot",
		       slip_term(slip, without_marks(slip, "."))) ||
		   slip_says(slip, SPF_PROBLEM_UNKNOWN_TERM, "a colon",
		       slip_term(slip, without_marks(slip, ":"))));
}

/** The word and the next one with *between* in the middle, if a term. */
static struct str
joined(const struct slip *slip, const char *between)
{
	struct buf text = buf_new(slip->arena);
	buf_add(&text, slip->word);
	buf_adds(&text, between);
	buf_add(&text, slip->next);
	return spf_is_term(buf_str(&text)) ? buf_str(&text) : (struct str){ 0 };
}

bool
spf_is_torn(struct arena *arena, struct str term, struct str next)
{
	const struct slip slip = { .arena = arena, .word = term, .next = next };
	return next.len > 0 && next.len <= SLIP_LONGEST_WORD &&
	       term.len <= SLIP_LONGEST_WORD &&
	       spf_char_in(next.at[0], ":/=") && joined(&slip, "").len > 0;
}

/** A blank tore a term into two words. */
bool
slip_torn(const struct slip *slip)
{
	if (slip->next.len == 0 || slip->next.len > SLIP_LONGEST_WORD) {
		return false;
	}
	const bool sign =
	    slip->word.len == 1 && spf_char_in(slip->word.at[0], "+-~?");
	if (spf_is_term(slip->next) && !sign) {
		return false;
	}
	return slip_says(
		   slip, SPF_PROBLEM_STRAY_BLANK, NULL, joined(slip, "")) ||
	       (!sign && slip_says(slip, SPF_PROBLEM_STRAY_BLANK, "a colon",
			     joined(slip, ":")));
}

bool
slip_dot(const struct slip *slip)
{
	const struct str word = str_slice(slip->word, 0, slip->word.len - 1);
	return str_ends(slip->word, STR(".")) && spf_is_term(word) &&
	       slip_says(slip, SPF_PROBLEM_TRAILING_DOT, NULL, word);
}

bool
spf_unglue(struct arena *arena, struct str text, struct str *ret)
{
	struct buf to = buf_new(arena);
	size_t from = 0;
	if (text.len > SLIP_LONGEST_WORD) {
		return false;
	}
	for (size_t at = 1; at < text.len; at++) {
		if (spf_begins_as_term(str_from(text, at)) &&
		    spf_is_term(str_slice(text, from, at))) {
			buf_add(&to, str_slice(text, from, at));
			buf_addc(&to, ' ');
			from = at;
		}
	}
	buf_add(&to, str_from(text, from));
	*ret = buf_str(&to);
	return from > 0 && spf_is_term(str_from(text, from));
}

bool
slip_glued(const struct slip *slip)
{
	struct str instead;
	return spf_unglue(slip->arena, slip->word, &instead) &&
	       slip_says(slip, SPF_PROBLEM_GLUED, "a blank", instead);
}
