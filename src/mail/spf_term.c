/* SPDX-License-Identifier: MIT */
/*
 * One term of an SPF record by the grammar of RFC 7208 12, and nothing but
 * the grammar: what was meant by a broken one is for spf_slip.c.
 */
#include "base/str.h"
#include "mail/spf_macro.h"
#include "mail/spf_parts.h"

#include <assert.h>
#include <string.h>

enum {
	BITS4 = 32,
	BITS6 = 128,
};

/** What may follow the name of a mechanism. */
enum argument {
	ARGUMENT_NONE,
	ARGUMENT_DOMAIN,        /* ":" domain-spec */
	ARGUMENT_MAYBE_DOMAIN,  /* [ ":" domain-spec ] */
	ARGUMENT_DOMAIN_PREFIX, /* that, and [ dual-cidr-length ] */
	ARGUMENT_ADDR4,
	ARGUMENT_ADDR6,
	ARGUMENT_VALUE, /* of a modifier, after an equals sign */
};

/* clang-format off */
static const enum argument ARGUMENTS[] = {
	[SPF_ALL]      = ARGUMENT_NONE,
	[SPF_INCLUDE]  = ARGUMENT_DOMAIN,
	[SPF_A]        = ARGUMENT_DOMAIN_PREFIX,
	[SPF_MX]       = ARGUMENT_DOMAIN_PREFIX,
	[SPF_PTR]      = ARGUMENT_MAYBE_DOMAIN,
	[SPF_IP4]      = ARGUMENT_ADDR4,
	[SPF_IP6]      = ARGUMENT_ADDR6,
	[SPF_EXISTS]   = ARGUMENT_DOMAIN,
	[SPF_REDIRECT] = ARGUMENT_VALUE,
	[SPF_EXP]      = ARGUMENT_VALUE,
};
/* clang-format on */

/** Notes that *problem* is at the bytes from *from* to *to* of *term*. */
static enum spf_problem
fault_at(
    struct spf_term *term, enum spf_problem problem, size_t from, size_t to)
{
	assert(from <= to && to <= term->text.len);
	term->span = (struct span){ from, to };
	return problem;
}

/** Letters and digits, not digits alone; hyphens, but not at the ends. */
static bool
is_toplabel(struct str label)
{
	bool plain_digits = true;
	if (label.len == 0 || !spf_is_alphanum(label.at[0]) ||
	    !spf_is_alphanum(label.at[label.len - 1])) {
		return false;
	}
	for (size_t i = 0; i < label.len; i++) {
		const char c = label.at[i];
		if (!spf_is_alphanum(c) && c != '-') {
			return false;
		}
		plain_digits = plain_digits && char_is_digit(c);
	}
	return !plain_digits;
}

/** The end of a domain-spec that is literal: "." toplabel [ "." ]. */
static bool
is_domain_end(struct str tail)
{
	if (str_ends(tail, STR("."))) {
		tail = str_slice(tail, 0, tail.len - 1);
	}
	size_t dot = tail.len;
	while (dot > 0 && tail.at[dot - 1] != '.') {
		dot--;
	}
	return dot > 0 && is_toplabel(str_from(tail, dot));
}

/** Reads a domain-spec that stands at *offset* in its term. */
static enum spf_problem
domain_read(struct str text, size_t offset, struct spf_term *term)
{
	struct spf_piece piece = { .kind = SPF_PIECE_LITERAL };
	size_t at = 0;
	if (text.len == 0) {
		return fault_at(term, SPF_PROBLEM_EMPTY_DOMAIN, 0, offset);
	}
	while (spf_piece_next(text, SPF_MACRO_DOMAIN, &at, &piece)) {
		if (piece.kind == SPF_PIECE_BAD) {
			return fault_at(term, SPF_PROBLEM_BAD_MACRO,
			    offset + piece.span.from, offset + piece.span.to);
		}
		term->has_macro =
		    term->has_macro || piece.kind != SPF_PIECE_LITERAL;
	}
	if (piece.kind == SPF_PIECE_LITERAL && !is_domain_end(piece.literal)) {
		return fault_at(
		    term, SPF_PROBLEM_BAD_DOMAIN, offset, offset + text.len);
	}
	term->domain = text;
	return SPF_FINE;
}

/** Reads a prefix length without its slash: no leading zero, at most *most*. */
static bool
bits_read(struct str text, uint8_t most, uint8_t *ret)
{
	unsigned bits = 0;
	if (text.len == 0 || text.len > 3) {
		return false;
	}
	for (size_t i = 0; i < text.len; i++) {
		if (!char_is_digit(text.at[i])) {
			return false;
		}
		bits = bits * 10 + (unsigned)(text.at[i] - '0');
	}
	if (bits > most || (text.at[0] == '0' && text.len > 1)) {
		return false;
	}
	*ret = (uint8_t)bits;
	return true;
}

/** The length of the digits at the end of *text*. */
static size_t
digits_at_end(struct str text)
{
	size_t digits = 0;
	while (digits < text.len &&
	       char_is_digit(text.at[text.len - 1 - digits])) {
		digits++;
	}
	return digits;
}

/**
 * Cuts *slashes* ("/" or "//") and the prefix length after it off the end
 * of *text*. False if there is one and it is bad.
 */
static bool
prefix_cut(struct str *text, struct str slashes, uint8_t most, uint8_t *bits)
{
	const size_t digits = digits_at_end(*text);
	const struct str head = str_slice(*text, 0, text->len - digits);
	if (!str_ends(head, slashes)) {
		return true;
	}
	const struct str number = str_from(*text, head.len);
	*text = str_slice(head, 0, head.len - slashes.len);
	return bits_read(number, most, bits);
}

/** Reads [ ":" domain-spec ] [ dual-cidr-length ]. */
static enum spf_problem
domain_prefix_read(struct str text, size_t offset, struct spf_term *term)
{
	struct str rest = text;
	if (!prefix_cut(&rest, STR("//"), BITS6, &term->bits6) ||
	    !prefix_cut(&rest, STR("/"), BITS4, &term->bits4)) {
		return fault_at(term, SPF_PROBLEM_BAD_CIDR, offset + rest.len,
		    offset + text.len);
	}
	if (rest.len == 0) {
		return SPF_FINE;
	}
	if (rest.at[0] != ':') {
		return fault_at(
		    term, SPF_PROBLEM_UNKNOWN_TERM, 0, offset + text.len);
	}
	return domain_read(str_from(rest, 1), offset + 1, term);
}

/** Reads ":" address [ "/" length ]. */
static enum spf_problem
address_read(struct str text, size_t offset, enum addr_family family,
    struct spf_term *term)
{
	const size_t end = offset + text.len;
	if (text.len < 2 || text.at[0] != ':') {
		return fault_at(term, SPF_PROBLEM_BAD_ADDRESS, 0, end);
	}
	const struct str written = str_from(text, 1);
	const bool v4 = family == ADDR_V4;
	size_t cut = 1 + (v4 ? addr_read_v4(written, &term->addr)
			     : addr_read_v6(written, &term->addr));
	if (cut == 1) {
		/* What is of the other family is told by that. */
		cut += addr_read(written, &term->addr);
	}
	if (cut == 1 || (cut < text.len && text.at[cut] != '/')) {
		const ptrdiff_t slash = str_index(text, '/');
		term->addr.family = ADDR_NONE;
		return fault_at(term, SPF_PROBLEM_BAD_ADDRESS, offset + 1,
		    slash < 0 ? end : offset + (size_t)slash);
	}
	if (term->addr.family != family) {
		return fault_at(
		    term, SPF_PROBLEM_WRONG_FAMILY, 0, offset + cut);
	}
	if (cut < text.len &&
	    !bits_read(str_from(text, cut + 1), v4 ? BITS4 : BITS6,
		v4 ? &term->bits4 : &term->bits6)) {
		return fault_at(term, SPF_PROBLEM_BAD_CIDR, offset + cut, end);
	}
	return SPF_FINE;
}

/** Reads ":" domain-spec, which may be left out if *optional*. */
static enum spf_problem
colon_read(struct str text, size_t offset, bool optional, struct spf_term *term)
{
	if (text.len == 0 && optional) {
		return SPF_FINE;
	}
	if (text.len == 0 || text.at[0] != ':') {
		return fault_at(term,
		    text.len == 0 ? SPF_PROBLEM_EMPTY_DOMAIN
				  : SPF_PROBLEM_UNKNOWN_TERM,
		    0, offset + text.len);
	}
	return domain_read(str_from(text, 1), offset + 1, term);
}

/** Reads what follows the name of a mechanism at *offset*. */
static enum spf_problem
argument_read(struct str text, size_t offset, struct spf_term *term)
{
	switch (ARGUMENTS[term->kind]) {
	case ARGUMENT_NONE:
		return text.len == 0 ? SPF_FINE
				     : fault_at(term, SPF_PROBLEM_NO_ARGUMENT,
					   offset, offset + text.len);
	case ARGUMENT_DOMAIN:
		return colon_read(text, offset, false, term);
	case ARGUMENT_MAYBE_DOMAIN:
		return colon_read(text, offset, true, term);
	case ARGUMENT_DOMAIN_PREFIX:
		return domain_prefix_read(text, offset, term);
	case ARGUMENT_ADDR4:
		return address_read(text, offset, ADDR_V4, term);
	case ARGUMENT_ADDR6:
		return address_read(text, offset, ADDR_V6, term);
	case ARGUMENT_VALUE:
		break;
	}
	return fault_at(
	    term, SPF_PROBLEM_COLON_MODIFIER, offset, offset + (text.len > 0));
}

/**
 * Reads a modifier whose equals sign is at *equals* and whose name is that
 * of *kind*.
 */
static enum spf_problem
modifier_read(
    struct str text, size_t equals, enum spf_kind kind, struct spf_term *term)
{
	const struct str value = str_from(text, equals + 1);
	struct spf_piece bad;
	/* A mechanism with an equals sign is an unknown modifier. */
	term->kind =
	    kind == SPF_REDIRECT || kind == SPF_EXP ? kind : SPF_MODIFIER;
	if (term->kind != SPF_MODIFIER) {
		return domain_read(value, equals + 1, term);
	}
	if (!spf_macro_is_valid(value, SPF_MACRO_VALUE, &bad)) {
		return fault_at(term, SPF_PROBLEM_BAD_MACRO,
		    equals + 1 + bad.span.from, equals + 1 + bad.span.to);
	}
	term->domain = value;
	return SPF_FINE;
}

/**
 * Where the equals sign of *text* is, if that is a modifier; else 0. Its name
 * begins with the letters and digits up to *at*.
 */
static size_t
modifier_end(struct str text, size_t at)
{
	if (at == 0 || spf_byte(text, at) == ':' ||
	    !char_is_alpha(text.at[0])) {
		return 0;
	}
	while (at < text.len &&
	       (spf_is_alphanum(text.at[at]) || text.at[at] == '-' ||
		   text.at[at] == '_' || text.at[at] == '.')) {
		at++;
	}
	return spf_byte(text, at) == '=' ? at : 0;
}

static enum spf_problem
content_read(struct str text, struct spf_term *term)
{
	const bool sign = text.len > 0 && spf_is_qualifier(text.at[0]);
	if (sign) {
		term->qualifier = text.at[0];
	}
	const size_t at = spf_kind_read(text, sign, &term->kind);
	const size_t equals = sign ? 0 : modifier_end(text, at);
	if (equals > 0) {
		return modifier_read(
		    text, equals, at == equals ? term->kind : SPF_BROKEN, term);
	}
	if (term->kind == SPF_BROKEN) {
		return fault_at(term, SPF_PROBLEM_UNKNOWN_TERM, 0, text.len);
	}
	return argument_read(str_from(text, at), at, term);
}

enum spf_problem
spf_term_read(struct spf_term *term)
{
	assert(term->kind == SPF_BROKEN && term->domain.len == 0);
	term->qualifier = '+';
	term->bits4 = BITS4;
	term->bits6 = BITS6;
	const enum spf_problem problem = content_read(term->text, term);
	if (problem != SPF_FINE) {
		term->kind = SPF_BROKEN;
	}
	return problem;
}

bool
spf_is_term(struct str text)
{
	struct spf_term term = SPF_TERM(text);
	return text.len > 0 && spf_term_read(&term) == SPF_FINE;
}

bool
spf_is_domain_spec(struct str text)
{
	struct spf_term term = SPF_TERM(text);
	return domain_read(text, 0, &term) == SPF_FINE;
}

bool
spf_begins_as_term(struct str text)
{
	size_t at = 0;
	if (text.len > 0 && spf_is_qualifier(text.at[0])) {
		at = 1;
	}
	size_t end = at;
	while (end < text.len && char_is_alpha(text.at[end])) {
		end++;
	}
	/* ip4 and ip6 end in a digit. */
	if (end < text.len && (text.at[end] == '4' || text.at[end] == '6')) {
		end++;
	}
	const enum spf_kind kind = spf_kind_of(str_slice(text, at, end));
	const char next = spf_byte(text, end);
	if (kind == SPF_BROKEN) {
		return false;
	}
	if (spf_kind_is_modifier(kind)) {
		return at == 0 && next == '=';
	}
	return next == ':' || (kind == SPF_ALL && at == 1 && next == '\0');
}
