/* SPDX-License-Identifier: MIT */
/*
 * Undoing, step by step, what gets into a value, and comparing what is left
 * with what was expected. The first damage found is told in full: only there
 * are places in the text still those of what was found.
 */
#include "text/damage.h"

#include "base/arena.h"
#include "base/buf.h"
#include "text/characters.h"
#include "text/damage_parts.h"
#include "text/utf8.h"

#include <assert.h>

struct damage_row {
	const char *word;
	const char *also;
};

static const struct damage_row DAMAGE_ROWS[] = {
#define DAMAGE(constant, word, also) [DAMAGE_##constant] = { word, also },
#include "text/damages.def"
#undef DAMAGE
};

/** What a value looks like with the rest of its line. */
struct line_row {
	enum pattern pattern;
	const char *what;
};

static const struct line_row LINES[] = {
	{ PATTERN_TABLE_ROW, "type and name were entered with it" },
	{ PATTERN_ZONE_LINE,
	    "the whole line of a zone file was entered, not the value alone" },
	{ PATTERN_LABELLED, "the label of a field stands in front of it" },
	{ PATTERN_NAMED, "the name was entered with it" },
};

const char *
damage_word(enum damage damage)
{
	assert((unsigned)damage < DAMAGES);
	return DAMAGE_ROWS[damage].word;
}

void
undoing_note(struct undoing *undoing, enum damage damage, struct span span,
    struct str what)
{
	if (!undoing->damaged) {
		undoing->damaged = true;
		undoing->first = (struct damaged){ damage, span, what };
	} else if (damage != undoing->first.damage) {
		undoing->also[damage] = true;
	}
}

size_t
undoing_number(const struct undoing *undoing, size_t at)
{
	return utf8_length(str_slice(undoing->text, 0, at)) + 1;
}

/** Keeps the value of a pasted line. */
static void
undo_line(struct undoing *undoing)
{
	struct match match;
	for (size_t i = 0; i < sizeof(LINES) / sizeof(*LINES); i++) {
		if (!pattern_find(undoing->patterns, LINES[i].pattern,
			undoing->text, 0, &match)) {
			continue;
		}
		const struct span value = match.group[1];
		undoing_note(undoing, DAMAGE_WHOLE_LINE,
		    (struct span){ 0, value.from }, str_of(LINES[i].what));
		undoing->text = str_slice(undoing->text, value.from, value.to);
		return;
	}
}

/** A character in words, with its place. */
static struct str
place_of(struct arena *arena, const struct utf8_char *c, size_t number)
{
	const struct str words = character_words(arena, c);
	return str_print(
	    arena, "%.*s at character %zu", STR_ARG(words), number);
}

/** Takes out or replaces what the table of characters knows. */
static void
undo_characters(struct undoing *undoing)
{
	struct buf left = buf_new(undoing->arena);
	struct utf8_char c;
	struct character character;
	size_t at = 0;
	size_t number = 0;
	while (utf8_next(undoing->text, &at, &c)) {
		number++;
		if (!character_find(undoing->arena, &c, &character)) {
			buf_add(&left, str_slice(undoing->text, c.from, c.to));
			continue;
		}
		buf_add(&left, character.instead);
		undoing_note(undoing, character.damage,
		    (struct span){ c.from, c.to },
		    undoing->damaged ? (struct str){ 0 }
				     : place_of(undoing->arena, &c, number));
	}
	undoing->text = buf_str(&left);
}

/** What the escape of *match* in *text* stands for. */
static char
escaped_byte(struct str text, const struct match *match)
{
	unsigned long byte = 0;
	const struct span digits = match->group[1];
	if (digits.from < digits.to &&
	    str_number(str_slice(text, digits.from, digits.to), 255, &byte)) {
		return (char)byte;
	}
	return text.at[match->group[0].to - 1];
}

/** A panel that escapes what it was given, or a value copied escaped. */
static void
undo_escapes(struct undoing *undoing)
{
	struct buf left = buf_new(undoing->arena);
	struct match match;
	size_t at = 0;
	while (pattern_find(
	    undoing->patterns, PATTERN_ESCAPED, undoing->text, at, &match)) {
		const struct span span = match.group[0];
		buf_add(&left, str_slice(undoing->text, at, span.from));
		buf_addc(&left, escaped_byte(undoing->text, &match));
		undoing_note(undoing, DAMAGE_ESCAPED, span,
		    undoing->damaged ? (struct str){ 0 }
				     : str_print(undoing->arena,
					   "a backslash at character %zu",
					   undoing_number(undoing, span.from)));
		at = span.to;
	}
	buf_add(&left, str_from(undoing->text, at));
	undoing->text = buf_str(&left);
}

static bool
is_quote(char c)
{
	return c == '"' || c == '\'' || c == '`';
}

/** Where quotation marks were found, the first of them at *at*. */
static struct str
quotes_words(const struct undoing *undoing, size_t at)
{
	const struct str text = str_trim(undoing->text);
	if (text.len > 1 && is_quote(text.at[0]) &&
	    is_quote(text.at[text.len - 1])) {
		return STR("quotation marks stand around it");
	}
	return str_print(undoing->arena, "a quotation mark at character %zu",
	    undoing_number(undoing, at));
}

/** Quotation marks at an end, or where two strings met. */
static void
undo_quotes(struct undoing *undoing)
{
	struct buf left = buf_new(undoing->arena);
	struct match match;
	size_t at = 0;
	while (at < undoing->text.len &&
	       pattern_find(undoing->patterns, PATTERN_QUOTES, undoing->text,
		   at, &match)) {
		const struct span span = match.group[0];
		buf_add(&left, str_slice(undoing->text, at, span.from));
		undoing_note(undoing, DAMAGE_QUOTED, span,
		    undoing->damaged ? (struct str){ 0 }
				     : quotes_words(undoing, span.from));
		at = span.to;
	}
	buf_add(&left, str_from(undoing->text, at));
	undoing->text = buf_str(&left);
}

struct damaged
undoing_told(const struct undoing *undoing)
{
	struct damaged damaged = undoing->first;
	struct buf what = buf_new(undoing->arena);
	const char *between = ", beside ";
	buf_add(&what, damaged.what);
	for (size_t i = 0; i < DAMAGES; i++) {
		if (undoing->also[i]) {
			buf_adds(&what, between);
			buf_adds(&what, DAMAGE_ROWS[i].also);
			between = " and ";
		}
	}
	damaged.what = buf_str(&what);
	return damaged;
}

struct undoing
undoing_of(struct arena *arena, struct patterns *patterns, struct str found)
{
	struct undoing undoing = {
		.arena = arena,
		.patterns = patterns,
		.text = found,
	};
	assert(arena && patterns);
	/* A pasted line is told before the tabs and quotes that are in it. */
	undo_line(&undoing);
	undo_characters(&undoing);
	undo_escapes(&undoing);
	undo_quotes(&undoing);
	return undoing;
}

/** *text* with one blank where there are several, and none at its ends. */
static struct str
with_single_blanks(struct arena *arena, struct str text)
{
	struct buf to = buf_new(arena);
	struct str rest = text;
	struct str word;
	while (str_split(&rest, ' ', &word)) {
		if (word.len > 0) {
			buf_adds(&to, to.len > 0 ? " " : "");
			buf_add(&to, word);
		}
	}
	return buf_str(&to);
}

bool
damage_undo(struct arena *arena, struct patterns *patterns, struct str found,
    struct str *ret_text, struct damaged *ret)
{
	const struct undoing undoing = undoing_of(arena, patterns, found);
	if (!undoing.damaged) {
		return false;
	}
	*ret_text = with_single_blanks(arena, undoing.text);
	*ret = undoing_told(&undoing);
	return true;
}
