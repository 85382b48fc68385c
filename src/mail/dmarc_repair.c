/* SPDX-License-Identifier: MIT */
/*
 * Reads a text as a person would: whatever stands between tags, and whatever
 * joins a tag to its value. RFC 9989 4.7 and 4.8 say what the result must be.
 */
#include "mail/dmarc_repair.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mail/dmarc.h"
#include "mail/dmarc_uri.h"
#include "mail/taglist.h"

#include <assert.h>
#include <string.h>

enum {
	MOST_PIECES = 256, /* no honest record has more */
};

/** The record that is built, and what it has already. */
struct repair {
	struct arena *arena;
	struct str policy; /* of p, which RFC 7489 6.3 wants second */
	struct buf tags;   /* all but the version and p */
	bool has[DMARC_TAGS];
	size_t pieces; /* that were looked at */
};

/** A piece of the text that is a tag for a person. */
struct piece {
	struct str name;
	struct str value;
	size_t end; /* offset behind it */
};

static bool
is_between(char c)
{
	return c == ' ' || c == '\t' || c == ',' || c == ';' || c == '\r' ||
	       c == '\n';
}

/** The run of letters at *from*. */
static struct str
word_at(struct str text, size_t from)
{
	size_t to = from;
	while (to < text.len && char_is_alpha(text.at[to])) {
		to++;
	}
	return str_slice(text, from, to);
}

static size_t
skip_blanks(struct str text, size_t from)
{
	while (from < text.len &&
	       (text.at[from] == ' ' || text.at[from] == '\t')) {
		from++;
	}
	return from;
}

static enum dmarc_tag
tag_nocase(struct str word)
{
	char lower[8];
	if (word.len > sizeof(lower)) {
		return DMARC_TAGS;
	}
	for (size_t i = 0; i < word.len; i++) {
		lower[i] = char_lower(word.at[i]);
	}
	return dmarc_tag_of((struct str){ .at = lower, .len = word.len });
}

/** True if a known tag and its "=" (or a ":" for it) begin at *from*. */
static bool
tag_begins(struct str text, size_t from)
{
	const struct str word = word_at(text, from);
	const size_t next = skip_blanks(text, from + word.len);
	return word.len > 0 && tag_nocase(word) != DMARC_TAGS &&
	       next < text.len &&
	       (text.at[next] == '=' || text.at[next] == ':');
}

/** Where the value that begins at *from* ends. */
static size_t
value_end(struct str text, size_t from)
{
	size_t to = from;
	while (to < text.len && text.at[to] != ';' &&
	       !(to > from && is_between(text.at[to - 1]) &&
		   tag_begins(text, to))) {
		to++;
	}
	return to;
}

/**
 * Takes the piece whose name begins at *from*: "=" after any word, ":" or
 * "-" only after the name of a tag.
 */
static bool
piece_take(struct str text, size_t from, struct piece *ret)
{
	const struct str word = word_at(text, from);
	size_t at = skip_blanks(text, from + word.len);
	const int joint = at < text.len ? text.at[at] : '\0';
	if (joint != '=' && (tag_nocase(word) == DMARC_TAGS ||
				(joint != ':' && joint != '-'))) {
		return false;
	}
	at = skip_blanks(text, at + 1);
	ret->name = word;
	ret->end = value_end(text, at);
	ret->value = str_slice(text, at, ret->end);
	return true;
}

/** *value* without what does not belong into a record or at its ends. */
static struct str
value_clean(struct arena *arena, struct str value)
{
	struct buf to = buf_new(arena);
	for (size_t i = 0; i < value.len; i++) {
		const unsigned char byte = (unsigned char)value.at[i];
		if (byte >= ' ' && byte < 0x7F && byte != '"' && byte != '\\') {
			buf_addc(&to, value.at[i]);
		}
	}
	struct str clean = str_trim(buf_str(&to));
	while (clean.len > 0 && strchr(",.'` ", clean.at[clean.len - 1])) {
		clean.len--;
	}
	while (clean.len > 0 && strchr(",'` ", clean.at[0])) {
		clean = str_from(clean, 1);
	}
	return clean;
}

/** Adds the address *part*, mended if that can be. */
static void
address_add(struct arena *arena, struct str part, struct buf *to)
{
	struct dmarc_uri uri;
	struct dmarc_remark remark;
	struct str text = str_trim(part);
	while (text.len > 0 && str_starts_nocase(text, STR("mailto:"))) {
		text = str_from(text, 7);
	}
	while (str_starts(text, STR("/"))) {
		text = str_from(text, 1);
	}
	text = str_print(arena, "mailto:%.*s", STR_ARG(text));
	if (dmarc_uri_read(
		arena, text, (struct span){ 0, text.len }, &uri, &remark)) {
		buf_adds(to, to->len > 0 ? "," : "");
		buf_add(to, text);
	}
}

/** The addresses of *value* that can be saved, whatever is between them. */
static struct str
addresses_mend(struct arena *arena, struct str value)
{
	struct buf to = buf_new(arena);
	size_t from = 0;
	for (size_t i = 0; i <= value.len; i++) {
		if (i == value.len || is_between(value.at[i])) {
			address_add(arena, str_slice(value, from, i), &to);
			from = i + 1;
		}
	}
	return buf_str(&to);
}

/** fo with other separators, and 0 beside 1, which asks for less. */
static struct str
options_mend(struct arena *arena, struct str value)
{
	struct buf to = buf_new(arena);
	for (const char *option = "10ds"; *option; option++) {
		const bool has = str_index(value, *option) >= 0;
		const bool less = *option == '0' && str_index(value, '1') >= 0;
		if (has && !less) {
			buf_addf(&to, "%s%c", to.len > 0 ? ":" : "", *option);
		}
	}
	return buf_str(&to);
}

/** True for what the removed tags took: letters, digits and colons. */
static bool
is_plain(struct str value)
{
	for (size_t i = 0; i < value.len; i++) {
		if (!char_is_alpha(value.at[i]) &&
		    !char_is_digit(value.at[i]) && value.at[i] != ':') {
			return false;
		}
	}
	return true;
}

/** The value of *tag* that *value* is meant as; empty if that is unclear. */
static struct str
value_mend(struct arena *arena, enum dmarc_tag tag, struct str value)
{
	const char *name = dmarc_tag_text(tag);
	const struct str trial =
	    str_print(arena, "v=DMARC1; %s=%.*s", name, STR_ARG(value));
	const struct dmarc *dmarc = dmarc_parse(arena, trial);
	const struct dmarc_remark *wrong =
	    dmarc_remark_of(dmarc, DMARC_CLASS_VALUE);
	if (tag == DMARC_TAG_RUA || tag == DMARC_TAG_RUF) {
		return dmarc_remark_of(dmarc, DMARC_CLASS_ADDRESS)
			   ? addresses_mend(arena, value)
			   : value;
	}
	if (!wrong) {
		return dmarc_is_valid(dmarc) && is_plain(value)
			   ? value
			   : (struct str){ 0 };
	}
	return tag == DMARC_TAG_FO ? options_mend(arena, value)
				   : str_of(wrong->meaning);
}

/** The known tag that *piece* is, or is meant as. */
static enum dmarc_tag
piece_tag(struct arena *arena, const struct piece *piece)
{
	const enum dmarc_tag tag = tag_nocase(piece->name);
	if (tag != DMARC_TAGS) {
		return tag;
	}
	const struct str trial =
	    str_print(arena, "v=DMARC1; %.*s=x", STR_ARG(piece->name));
	const struct dmarc_remark *unknown =
	    dmarc_remark_of(dmarc_parse(arena, trial), DMARC_CLASS_UNKNOWN);
	return unknown && unknown->meaning
		   ? dmarc_tag_of(str_of(unknown->meaning))
		   : DMARC_TAGS;
}

static void
piece_keep(struct repair *repair, const struct piece *piece)
{
	const enum dmarc_tag tag = piece_tag(repair->arena, piece);
	if (tag == DMARC_TAGS || tag == DMARC_TAG_V || repair->has[tag]) {
		return;
	}
	const struct str value = value_mend(
	    repair->arena, tag, value_clean(repair->arena, piece->value));
	if (value.len == 0) {
		return;
	}
	repair->has[tag] = true;
	if (tag == DMARC_TAG_P) {
		repair->policy = value;
		return;
	}
	buf_addf(&repair->tags, "; %s=", dmarc_tag_text(tag));
	buf_add(&repair->tags, value);
}

/** A policy alone, without its tag ("v=DMARC1; reject"). */
static void
policy_keep(struct repair *repair, struct str word)
{
	const enum dmarc_policy policy = dmarc_policy_of(word);
	if (policy != DMARC_POLICY_INVALID && !repair->has[DMARC_TAG_P]) {
		repair->has[DMARC_TAG_P] = true;
		repair->policy = str_of(dmarc_policy_text(policy));
	}
}

/** Walks over all of *text*. */
static void
pieces_keep(struct repair *repair, struct str text)
{
	size_t at = 0;
	while (at < text.len && repair->pieces < MOST_PIECES) {
		struct piece piece;
		if (!char_is_alpha(text.at[at])) {
			at++;
		} else if (piece_take(text, at, &piece)) {
			repair->pieces++;
			piece_keep(repair, &piece);
			at = piece.end > at ? piece.end : at + 1;
		} else {
			const struct str word = word_at(text, at);
			policy_keep(repair, word);
			at += word.len;
		}
	}
}

struct str
dmarc_repair(struct arena *arena, struct str text)
{
	struct repair repair = { .arena = arena, .tags = buf_new(arena) };
	pieces_keep(&repair, text);
	if (!repair.has[DMARC_TAG_P] &&
	    str_find_nocase(text, STR("dmarc")) < 0) {
		return (struct str){ 0 };
	}
	struct buf to = buf_new(arena);
	buf_adds(&to, "v=DMARC1; p=");
	buf_add(&to, repair.has[DMARC_TAG_P] ? repair.policy : STR("none"));
	buf_add(&to, buf_str(&repair.tags));
	assert(dmarc_is_valid(dmarc_parse(arena, buf_str(&to))));
	return buf_str(&to);
}

struct str
dmarc_without(
    struct arena *arena, const struct dmarc *dmarc, enum dmarc_tag tag)
{
	const struct taglist list =
	    taglist_read(arena, dmarc->text, TAGLIST_DMARC);
	struct buf to = buf_new(arena);
	const struct tag *each;
	buf_adds(&to, "");
	vec_foreach(each, &list.tags) {
		if (each->fault == TAG_SOUND &&
		    str_eq(each->name, str_of(dmarc_tag_text(tag)))) {
			continue;
		}
		buf_adds(&to, to.len > 0 ? "; " : "");
		buf_add(&to,
		    str_slice(dmarc->text, each->span.from, each->span.to));
	}
	return buf_str(&to);
}
