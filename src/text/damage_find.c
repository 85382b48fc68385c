/* SPDX-License-Identifier: MIT */
/* A damaged value against the one that was expected. */
#include "text/damage.h"

#include "base/arena.h"
#include "base/buf.h"
#include "text/characters.h"
#include "text/damage_parts.h"
#include "text/distance.h"
#include "text/utf8.h"

#include <assert.h>

enum {
	/* The shorter a value, the more others lie one slip away from it. */
	LONG_FOR_ONE_SLIP = 6,
	LONG_FOR_TWO_SLIPS = 12,
	/* So much of the value must be there to say that it was cut off. */
	LEAST_BEGINNING = 4,
};

/** True if *undoing* is *intact* but for one more damage, which is noted. */
typedef bool compare_fn(struct undoing *undoing, const struct intact *intact);

static struct str
without_blanks(struct arena *arena, struct str text)
{
	struct buf to = buf_new(arena);
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] != ' ') {
			buf_addc(&to, text.at[i]);
		}
	}
	return buf_str(&to);
}

static const char *
blank_words(struct str text, struct span blanks)
{
	if (blanks.from == 0) {
		return "a blank in front of it";
	}
	return blanks.to == text.len ? "a blank at its end"
				     : "a blank inside of it";
}

/** Takes out blanks, those of *found* and those that were something else. */
static void
undo_blanks(
    struct undoing *undoing, const struct intact *intact, struct str found)
{
	const ptrdiff_t at = str_index(undoing->text, ' ');
	assert(intact && undoing->arena);
	if (at < 0 || str_index(intact->text, ' ') >= 0) {
		return;
	}
	struct span blanks = { (size_t)at, (size_t)at };
	while (blanks.to < undoing->text.len &&
	       undoing->text.at[blanks.to] == ' ') {
		blanks.to++;
	}
	if (str_index(found, ' ') >= 0) {
		undoing_note(undoing, DAMAGE_WHITESPACE, blanks,
		    str_of(blank_words(undoing->text, blanks)));
	}
	undoing->text = without_blanks(undoing->arena, undoing->text);
}

/** A final dot is told elsewhere, dots for "and so on" are a cut. */
static void
undo_dots(struct undoing *undoing, const struct intact *intact)
{
	while (str_ends(undoing->text, STR(".")) &&
	       !str_ends(intact->text, STR("."))) {
		undoing->text =
		    str_slice(undoing->text, 0, undoing->text.len - 1);
	}
}

/** How many bytes *a* and *b* have in common at their beginning. */
static size_t
common(struct str a, struct str b)
{
	size_t len = 0;
	while (len < a.len && len < b.len && a.at[len] == b.at[len]) {
		len++;
	}
	return len;
}

static bool
is_equal(struct undoing *undoing, const struct intact *intact)
{
	return undoing->damaged && str_eq(undoing->text, intact->text);
}

/** Some panels lower-case what they store. */
static bool
is_other_case(struct undoing *undoing, const struct intact *intact)
{
	if (!str_eq_nocase(undoing->text, intact->text)) {
		return false;
	}
	const size_t at = common(undoing->text, intact->text);
	if (at == intact->text.len) {
		return false;
	}
	undoing_note(undoing, DAMAGE_CASE, (struct span){ at, at + 1 },
	    str_print(undoing->arena,
		"the case of its letters was changed, first at character %zu",
		undoing_number(undoing, at)));
	return true;
}

static bool
is_without_prefix(struct undoing *undoing, const struct intact *intact)
{
	const struct str text = undoing->text;
	if (intact->prefix.len == 0 || text.len >= intact->text.len ||
	    text.len < intact->text.len - intact->prefix.len ||
	    !str_ends(intact->text, text)) {
		return false;
	}
	undoing_note(undoing, DAMAGE_PREFIX_MISSING, (struct span){ 0, 0 },
	    str_print(undoing->arena, "\"%.*s\" is missing in front of it",
		STR_ARG(
		    str_slice(intact->text, 0, intact->text.len - text.len))));
	return true;
}

static bool
is_with_prefix_twice(struct undoing *undoing, const struct intact *intact)
{
	const struct str prefix = intact->prefix;
	struct str rest = undoing->text;
	while (prefix.len > 0 && rest.len > intact->text.len &&
	       str_starts_nocase(rest, prefix)) {
		rest = str_from(rest, prefix.len);
	}
	if (rest.len == undoing->text.len || !str_eq(rest, intact->text)) {
		return false;
	}
	undoing_note(undoing, DAMAGE_PREFIX_DOUBLED,
	    (struct span){ 0, undoing->text.len - rest.len },
	    str_print(undoing->arena, "\"%.*s\" stands there more than once",
		STR_ARG(prefix)));
	return true;
}

/** A beginning of the value, cut by copying or by a field too short. */
static bool
is_cut_off(struct undoing *undoing, const struct intact *intact)
{
	const size_t len = undoing->text.len;
	if (len >= intact->text.len || len < intact->prefix.len ||
	    len < LEAST_BEGINNING || !str_starts(intact->text, undoing->text)) {
		return false;
	}
	undoing_note(undoing, DAMAGE_TRUNCATED, (struct span){ len, len },
	    str_print(undoing->arena, "it was cut off after character %zu",
		undoing_number(undoing, len) - 1));
	return true;
}

/** In words, what makes *found* out of *wanted*. */
static const char *
slip_words(struct str wanted, struct str found, size_t slips)
{
	const size_t want = utf8_length(wanted);
	const size_t have = utf8_length(found);
	if (slips > 1) {
		return "two characters are not as they should be, the first";
	}
	if (want > have) {
		return "a character is missing";
	}
	if (want < have) {
		return "a character too many";
	}
	const size_t at = common(wanted, found);
	const bool exchanged = at + 1 < wanted.len && at + 1 < found.len &&
			       wanted.at[at] == found.at[at + 1] &&
			       wanted.at[at + 1] == found.at[at];
	return exchanged ? "two characters are exchanged" : "a wrong character";
}

/** *text* with one byte for every character, whatever it is. */
static struct str
narrowed(struct arena *arena, struct str text)
{
	struct buf to = buf_new(arena);
	struct utf8_char c;
	size_t at = 0;
	while (utf8_next(text, &at, &c)) {
		const bool ascii = c.point < 0x80;
		buf_addc(&to, (char)(ascii ? text.at[c.from] : 0x7f));
	}
	return buf_str(&to);
}

/** How many slips make *found* out of *wanted*; 3 stands for more than 2. */
static size_t
slips_between(struct arena *arena, struct str wanted, struct str found)
{
	struct str a = narrowed(arena, wanted);
	struct str b = narrowed(arena, found);
	const size_t start = common(a, b);
	a = str_from(a, start);
	b = str_from(b, start);
	while (a.len > 0 && b.len > 0 && a.at[a.len - 1] == b.at[b.len - 1]) {
		a.len--;
		b.len--;
	}
	return text_distance(a, b, 2);
}

/** One or two slips of the hand; short values differ by as little. */
static bool
is_slip(struct undoing *undoing, const struct intact *intact)
{
	const size_t size = intact->text.len - intact->prefix.len;
	const size_t slips =
	    slips_between(undoing->arena, intact->text, undoing->text);
	if (slips == 0 || slips > 2 || size < LONG_FOR_ONE_SLIP ||
	    (slips > 1 && size < LONG_FOR_TWO_SLIPS)) {
		return false;
	}
	struct utf8_char c = { 0 };
	size_t at = common(intact->text, undoing->text);
	const size_t start = at;
	const bool is_there = utf8_next(undoing->text, &at, &c);
	const bool odd = is_there && (!c.valid || c.point >= 0x80);
	const struct str name =
	    odd ? character_words(undoing->arena, &c) : (struct str){ 0 };
	undoing_note(undoing, DAMAGE_TYPO, (struct span){ start, at },
	    str_print(undoing->arena, "%s at character %zu%s%.*s",
		slip_words(intact->text, undoing->text, slips),
		undoing_number(undoing, start), odd ? ": " : "",
		STR_ARG(name)));
	return true;
}

/* In this order: what is told by one is not told by those below. */
static compare_fn *const COMPARISONS[] = {
	is_equal,
	is_other_case,
	is_without_prefix,
	is_with_prefix_twice,
	is_cut_off,
	is_slip,
};

bool
damage_find(struct arena *arena, struct patterns *patterns,
    const struct intact *intact, struct str found, struct damaged *ret)
{
	assert(str_starts(intact->text, intact->prefix));
	if (str_eq(found, intact->text)) {
		return false;
	}
	struct undoing undoing = undoing_of(arena, patterns, found);
	undo_blanks(&undoing, intact, found);
	undo_dots(&undoing, intact);
	for (size_t i = 0; i < sizeof(COMPARISONS) / sizeof(*COMPARISONS);
	     i++) {
		if (COMPARISONS[i](&undoing, intact)) {
			*ret = undoing_told(&undoing);
			return true;
		}
	}
	return false;
}

bool
damage_undo_word(struct arena *arena, struct patterns *patterns,
    struct str found, struct str *ret_text, struct damaged *ret)
{
	const struct intact nothing = { 0 };
	struct undoing undoing = undoing_of(arena, patterns, found);
	undo_blanks(&undoing, &nothing, found);
	if (!undoing.damaged) {
		return false;
	}
	*ret_text = undoing.text;
	*ret = undoing_told(&undoing);
	return true;
}
