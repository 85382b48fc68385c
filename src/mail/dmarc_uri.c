/* SPDX-License-Identifier: MIT */
/*
 * Report addresses. RFC 9989 4.8: commas and exclamation marks must be
 * encoded in them; what follows a "!" is the size of RFC 7489 6.2, which
 * reporters ignore.
 */
#include "mail/dmarc_uri.h"

#include "base/arena.h"

#include <assert.h>
#include <string.h>

static const struct str MAILTO = { .at = "mailto:", .len = 7 };

static bool
is_hex(char c)
{
	const char low = char_lower(c);
	return char_is_digit(c) || (low >= 'a' && low <= 'f');
}

/** True for what may stand in a URI as it is (RFC 3986 2.2, 2.3). */
static bool
is_uri_char(char c)
{
	return char_is_alpha(c) || char_is_digit(c) ||
	       (c != '\0' && strchr("-._~:/?#[]@$&'()*+,;=", c));
}

/** The offset of what must be encoded in *uri*; its length if nothing. */
static size_t
bad_char(struct str uri)
{
	for (size_t i = 0; i < uri.len; i++) {
		const bool encoded = uri.at[i] == '%' && i + 2 < uri.len &&
				     is_hex(uri.at[i + 1]) &&
				     is_hex(uri.at[i + 2]);
		if (!encoded && !is_uri_char(uri.at[i])) {
			return i;
		}
	}
	return uri.len;
}

/** True for digits and perhaps one of k, m, g, t. */
static bool
is_size(struct str text)
{
	size_t digits = 0;
	while (digits < text.len && char_is_digit(text.at[digits])) {
		digits++;
	}
	if (digits == 0 || digits + 1 < text.len) {
		return false;
	}
	return digits == text.len ||
	       strchr("kmgt", char_lower(text.at[digits])) != NULL;
}

/** Cuts the size off *ret*, if there is one. */
static void
size_cut(struct dmarc_uri *ret)
{
	const ptrdiff_t mark = str_index(ret->text, '!');
	if (mark < 0 || !is_size(str_from(ret->text, (size_t)mark + 1))) {
		return;
	}
	ret->size = str_from(ret->text, (size_t)mark + 1);
	ret->text = str_slice(ret->text, 0, (size_t)mark);
}

/** A host name as mail uses it: letters, digits, hyphens, dots. */
static bool
is_host(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.at[i];
		if (!char_is_alpha(c) && !char_is_digit(c) && c != '-' &&
		    c != '.' && c != '_') {
			return false;
		}
	}
	return text.len > 0 && !str_ends(text, STR("."));
}

/** The domain of the mailbox *text* ("name@domain"), or "no name". */
static struct name
mailbox_host(struct arena *arena, struct str text)
{
	struct name host = { 0 };
	const ptrdiff_t query = str_index(text, '?');
	if (query >= 0) {
		text = str_slice(text, 0, (size_t)query);
	}
	const ptrdiff_t at = str_index(text, '@');
	if (at <= 0 || str_starts(text, STR("//"))) {
		return host;
	}
	const struct str domain = str_from(text, (size_t)at + 1);
	if (!is_host(domain) || name_parse(arena, domain, &host) != NAME_OK) {
		return (struct name){ 0 };
	}
	return host;
}

/** True if there are two addresses in *uri*, with something else between. */
static bool
holds_two(struct str uri)
{
	const ptrdiff_t blank = str_index(uri, ' ');
	if (str_find_nocase(str_from(uri, 1), MAILTO) > 0) {
		return true;
	}
	return blank > 0 &&
	       str_index(str_slice(uri, 0, (size_t)blank), '@') >= 0 &&
	       str_index(str_from(uri, (size_t)blank), '@') >= 0;
}

/** What is wrong with *uri*, or DMARC_PROBLEMS; *ret* gets its host. */
static enum dmarc_problem
uri_problem(struct arena *arena, struct str uri, struct name *ret_host)
{
	if (uri.len == 0) {
		return DMARC_URI_EMPTY;
	}
	if (holds_two(uri)) {
		return DMARC_URI_SEPARATOR;
	}
	if (!str_starts_nocase(uri, MAILTO)) {
		const bool scheme = str_find(uri, STR("://")) > 0;
		return !scheme && str_index(uri, '@') >= 0 ? DMARC_URI_NO_SCHEME
							   : DMARC_URI_NO_MAIL;
	}
	if (bad_char(uri) < uri.len) {
		return DMARC_URI_CHARACTER;
	}
	*ret_host = mailbox_host(arena, str_from(uri, MAILTO.len));
	return name_is_set(*ret_host) ? DMARC_PROBLEMS : DMARC_URI_MAILBOX;
}

bool
dmarc_uri_read(struct arena *arena, struct str text, struct span span,
    struct dmarc_uri *ret, struct dmarc_remark *reterr_remark)
{
	assert(span.from <= span.to && span.to <= text.len);
	*ret = (struct dmarc_uri){
		.text = str_slice(text, span.from, span.to),
		.span = span,
	};
	size_cut(ret);
	const enum dmarc_problem problem =
	    uri_problem(arena, ret->text, &ret->host);
	ret->valid = problem == DMARC_PROBLEMS;
	if (problem == DMARC_URI_CHARACTER) {
		span.from += bad_char(ret->text);
		span.to = span.from + 1;
	}
	*reterr_remark = (struct dmarc_remark){
		.problem = problem,
		.tag = DMARC_TAG_RUA,
		.span = span,
	};
	return ret->valid;
}
