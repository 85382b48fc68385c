/* SPDX-License-Identifier: MIT */
/* Macros: RFC 7208 7.1 (grammar), 7.2 (letters), 7.3 (what they give). */
#include "mail/spf_macro.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mail/spf_parts.h"

#include <assert.h>

enum {
	MOST_PARTS = 1000,     /* a name has 127 labels; RFC 7208 7.3 */
	LONGEST_MACRO = 64,    /* bytes to look for the end of a bad one */
	LONGEST_DOMAIN = 253,  /* RFC 7208 7.3 */
	LONGEST_RESULT = 65535 /* bytes; more fits in no record */
};

#define LETTERS      "slodiphv"
#define TEXT_LETTERS "crt" /* allowed in explanations alone: RFC 7208 7.2 */
#define DELIMITERS   ".-+,/_="

/** A byte that stands for itself: VCHAR without the percent sign. */
static bool
is_literal(char c, enum spf_macro_place place)
{
	return (c > ' ' && c <= '~' && c != '%') ||
	       (c == ' ' && place == SPF_MACRO_TEXT);
}

/** Reads the number of parts at *at*; false if it is zero. */
static bool
parts_read(struct str text, size_t *at, unsigned *ret)
{
	const size_t from = *at;
	unsigned parts = 0;
	while (*at < text.len && char_is_digit(text.at[*at])) {
		parts = parts * 10 + (unsigned)(text.at[(*at)++] - '0');
		if (parts > MOST_PARTS) {
			parts = MOST_PARTS;
		}
	}
	*ret = parts;
	return *at == from || parts > 0;
}

/** Reads "{...}" after the percent sign; false if it is no macro. */
static bool
macro_read(struct str text, enum spf_macro_place place, size_t at,
    struct spf_piece *piece)
{
	if (++at >= text.len) {
		return false;
	}
	const char letter = char_lower(text.at[at]);
	const bool known =
	    spf_char_in(letter, LETTERS) ||
	    (place != SPF_MACRO_DOMAIN && spf_char_in(letter, TEXT_LETTERS));
	piece->letter = letter;
	piece->url = text.at[at] != letter;
	at++;
	if (!known || !parts_read(text, &at, &piece->parts)) {
		return false;
	}
	if (at < text.len && char_lower(text.at[at]) == 'r') {
		piece->reverse = true;
		at++;
	}
	const size_t delimiters = at;
	while (at < text.len && spf_char_in(text.at[at], DELIMITERS)) {
		at++;
	}
	if (at >= text.len || text.at[at] != '}') {
		return false;
	}
	piece->delimiters =
	    at > delimiters ? str_slice(text, delimiters, at) : STR(".");
	piece->kind = SPF_PIECE_MACRO;
	piece->span.to = at + 1;
	return true;
}

/** How far a broken macro at *from* reaches, for pointing at it. */
static size_t
bad_end(struct str text, size_t from)
{
	const struct str near = str_slice(text, from, from + LONGEST_MACRO);
	const ptrdiff_t close = str_index(near, '}');
	if (near.len > 1 && near.at[1] == '{' && close >= 0) {
		return from + (size_t)close + 1;
	}
	return near.len > 1 ? from + 2 : from + 1;
}

static void
percent_read(
    struct str text, enum spf_macro_place place, struct spf_piece *piece)
{
	const size_t at = piece->span.from + 1;
	const char next = spf_byte(text, at);
	piece->kind = SPF_PIECE_ESCAPE;
	piece->span.to = at + 1;
	switch (next) {
	case '%':
		piece->literal = STR("%");
		return;
	case '_':
		piece->literal = STR(" ");
		return;
	case '-':
		piece->literal = STR("%20");
		return;
	default:
		break;
	}
	if (next != '{' || !macro_read(text, place, at, piece)) {
		piece->kind = SPF_PIECE_BAD;
		piece->span.to = bad_end(text, piece->span.from);
	}
}

bool
spf_piece_next(struct str text, enum spf_macro_place place, size_t *at,
    struct spf_piece *ret)
{
	assert(at && *at <= text.len);
	if (*at >= text.len) {
		return false;
	}
	*ret = (struct spf_piece){ .span = { *at, *at } };
	if (text.at[*at] == '%') {
		percent_read(text, place, ret);
	} else if (is_literal(text.at[*at], place)) {
		while (ret->span.to < text.len &&
		       is_literal(text.at[ret->span.to], place)) {
			ret->span.to++;
		}
		ret->literal = str_slice(text, ret->span.from, ret->span.to);
	} else {
		ret->kind = SPF_PIECE_BAD;
		ret->span.to++;
	}
	assert(ret->span.to > *at && ret->span.to <= text.len);
	*at = ret->span.to;
	return true;
}

bool
spf_macro_is_valid(
    struct str text, enum spf_macro_place place, struct spf_piece *ret_bad)
{
	size_t at = 0;
	struct spf_piece piece;
	while (spf_piece_next(text, place, &at, &piece)) {
		if (piece.kind == SPF_PIECE_BAD) {
			*ret_bad = piece;
			return false;
		}
	}
	return true;
}

bool
spf_macro_uses(struct str text, char letter)
{
	size_t at = 0;
	struct spf_piece piece;
	while (spf_piece_next(text, SPF_MACRO_TEXT, &at, &piece)) {
		if (piece.kind == SPF_PIECE_MACRO && piece.letter == letter) {
			return true;
		}
	}
	return false;
}

bool
spf_macro_uses_only(struct str text, struct str letters)
{
	size_t at = 0;
	struct spf_piece piece;
	while (spf_piece_next(text, SPF_MACRO_TEXT, &at, &piece)) {
		if (piece.kind == SPF_PIECE_MACRO &&
		    str_index(letters, piece.letter) < 0) {
			return false;
		}
	}
	return true;
}

/** An IPv6 address as nibbles with dots between them; IPv4 as usual. */
static struct str
dotted(struct arena *arena, struct addr ip)
{
	static const char digits[] = "0123456789ABCDEF";
	if (ip.family != ADDR_V6) {
		return addr_text(arena, ip);
	}
	struct buf to = buf_new(arena);
	for (size_t i = 0; i < sizeof(ip.bytes); i++) {
		if (i > 0) {
			buf_addc(&to, '.');
		}
		buf_addc(&to, digits[ip.bytes[i] >> 4]);
		buf_addc(&to, '.');
		buf_addc(&to, digits[ip.bytes[i] & 15]);
	}
	return buf_str(&to);
}

static struct str
value_of(struct arena *arena, const struct spf_values *values, char letter)
{
	switch (letter) {
	case 's':
		return values->sender;
	case 'l':
		return values->local;
	case 'o':
		return values->origin;
	case 'd':
		return values->domain;
	case 'i':
		return dotted(arena, values->ip);
	case 'p':
		return values->validated;
	case 'v':
		return values->ip.family == ADDR_V6 ? STR("ip6")
						    : STR("in-addr");
	case 'h':
		return values->helo;
	case 'c':
		return addr_text(arena, values->ip);
	case 'r':
		return values->receiver;
	case 't':
		return str_print(arena, "%lld", (long long)values->now);
	default:
		assert(false && "a letter that the scanner does not give");
	}
	return (struct str){ 0 };
}

/** Unreserved characters stay as they are in a URI (RFC 3986 2.3). */
static void
add_escaped(struct buf *to, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.at[i];
		if (char_is_alpha(c) || char_is_digit(c) ||
		    spf_char_in(c, "-._~")) {
			buf_addc(to, c);
		} else {
			buf_addf(to, "%%%02X", (unsigned)(unsigned char)c);
		}
	}
}

/** The number of delimiters among the bytes of *text*. */
static size_t
count_delimiters(struct str text, struct str delimiters)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++) {
		count += str_index(delimiters, text.at[i]) >= 0;
	}
	return count;
}

/** The right-hand *keep* parts of *text*, with dots between them. */
static struct str
right_parts(
    struct arena *arena, struct str text, struct str delimiters, size_t keep)
{
	struct buf to = buf_new(arena);
	size_t skip = count_delimiters(text, delimiters) + 1 - keep;
	for (size_t i = 0; i < text.len; i++) {
		const bool cut = str_index(delimiters, text.at[i]) >= 0;
		if (skip > 0) {
			skip -= cut;
		} else if (cut) {
			buf_addc(&to, '.');
		} else {
			buf_addc(&to, text.at[i]);
		}
	}
	return buf_str(&to);
}

/** The right-hand *keep* parts of *text* with its parts in reverse order. */
static struct str
reversed_parts(
    struct arena *arena, struct str text, struct str delimiters, size_t keep)
{
	struct buf to = buf_new(arena);
	/* In reverse the right-hand parts are those on the left. */
	size_t end = 0;
	for (size_t left = keep; end < text.len; end++) {
		if (str_index(delimiters, text.at[end]) >= 0 && --left == 0) {
			break;
		}
	}
	for (size_t at = end; at-- > 0;) {
		if (str_index(delimiters, text.at[at]) >= 0) {
			buf_add(&to, str_slice(text, at + 1, end));
			buf_addc(&to, '.');
			end = at;
		}
	}
	buf_add(&to, str_slice(text, 0, end));
	return buf_str(&to);
}

static void
add_macro(struct arena *arena, struct buf *to, const struct spf_piece *piece,
    const struct spf_values *values)
{
	const struct str value = value_of(arena, values, piece->letter);
	const size_t all = count_delimiters(value, piece->delimiters) + 1;
	const size_t keep =
	    piece->parts > 0 && piece->parts < all ? piece->parts : all;
	const struct str parts =
	    piece->reverse
		? reversed_parts(arena, value, piece->delimiters, keep)
		: right_parts(arena, value, piece->delimiters, keep);
	if (piece->url) {
		add_escaped(to, parts);
	} else {
		buf_add(to, parts);
	}
}

bool
spf_macro_expand(struct arena *arena, struct str text,
    enum spf_macro_place place, const struct spf_values *values,
    struct str *ret)
{
	struct buf to = buf_new(arena);
	struct spf_piece piece;
	size_t at = 0;
	assert(values->ip.family != ADDR_NONE);
	while (spf_piece_next(text, place, &at, &piece)) {
		switch (piece.kind) {
		case SPF_PIECE_LITERAL:
		case SPF_PIECE_ESCAPE:
			buf_add(&to, piece.literal);
			break;
		case SPF_PIECE_MACRO:
			add_macro(arena, &to, &piece, values);
			break;
		case SPF_PIECE_BAD:
			return false;
		}
		if (to.len > LONGEST_RESULT) {
			return false;
		}
	}
	*ret = buf_str(&to);
	return true;
}

struct str
spf_domain_cut(struct str domain)
{
	const size_t dot = str_ends(domain, STR(".")) ? 1 : 0;
	while (domain.len > LONGEST_DOMAIN + dot) {
		const ptrdiff_t end = str_index(domain, '.');
		if (end < 0) {
			break;
		}
		domain = str_from(domain, (size_t)end + 1);
	}
	return domain;
}
