/* SPDX-License-Identifier: MIT */
/*
 * From what people write to a name: what is around the host of a URL
 * (RFC 3986 3) or a mail address (RFC 5322 3.4) is taken off, then the rules
 * for host names in mail apply (RFC 5321 4.1.2, RFC 1123 2.1).
 */
#include "dns/domain.h"

#include "base/arena.h"
#include "base/err.h"
#include "dns/addr.h"
#include "dns/idn.h"
#include "dns/suffix.h"

#include <assert.h>

enum {
	SHOWN = 80, /* how much of a long text a message repeats */
};

/** *text* as messages repeat it, in quotes. In *arena*. */
static struct str
shown(struct arena *arena, struct str text)
{
	const char *more = text.len > SHOWN ? "..." : "";
	const struct str start = str_slice(text, 0, SHOWN);
	return str_print(arena, "\"%.*s%s\"", STR_ARG(start), more);
}

/** Sets *reterr* to "*text* *what*". */
static bool
fail(struct arena *arena, struct str text, const char *what, struct err *reterr)
{
	const struct str quoted = shown(arena, text);
	return err_set(reterr, ERR_DOMAIN, "%.*s %s", STR_ARG(quoted), what);
}

/** Where the first of the characters of *set* stands in *text*; or its end. */
static size_t
find_any(struct str text, const char *set)
{
	size_t at = text.len;
	for (; *set; set++) {
		const ptrdiff_t here = str_index(text, *set);
		if (here >= 0 && (size_t)here < at) {
			at = (size_t)here;
		}
	}
	return at;
}

/** "Name <you@host>" without what is around the address. */
static struct str
inside_angles(struct str text)
{
	const ptrdiff_t open = str_index(text, '<');
	const ptrdiff_t close = str_index(text, '>');
	if (open < 0 || close < open) {
		return text;
	}
	return str_slice(text, (size_t)open + 1, (size_t)close);
}

/** The host with what is before and behind it in a URL taken off. */
static struct str
without_url(struct str text)
{
	const ptrdiff_t scheme = str_find(text, STR("://"));
	if (scheme >= 0 && (size_t)scheme < find_any(text, "/?#@")) {
		text = str_from(text, (size_t)scheme + 3);
	} else if (str_starts_nocase(text, STR("mailto:"))) {
		text = str_from(text, 7);
	}
	text = str_slice(text, 0, find_any(text, "/?#"));
	ptrdiff_t at;
	while ((at = str_index(text, '@')) >= 0) {
		text = str_from(text, (size_t)at + 1);
	}
	return text;
}

static struct str
without_port(struct str text)
{
	unsigned long port = 0;
	const ptrdiff_t colon = str_index(text, ':');
	if (colon < 0 ||
	    !str_number(str_from(text, (size_t)colon + 1), 65535, &port)) {
		return text;
	}
	return str_slice(text, 0, (size_t)colon);
}

static struct str
host_of(struct str text)
{
	text = str_trim(inside_angles(str_trim(text)));
	text = without_port(without_url(text));
	if (str_starts(text, STR("*."))) {
		text = str_from(text, 2);
	}
	return text;
}

static bool
is_address(struct str host)
{
	struct addr addr;
	if (str_starts(host, STR("["))) {
		const ptrdiff_t end = str_index(host, ']');
		host = str_slice(host, 1, end < 0 ? host.len : (size_t)end);
	}
	return addr_parse(host, &addr);
}

/** A-labels and lower case. */
static bool
to_name(struct arena *arena, struct str text, struct str host, struct name *ret,
    struct err *reterr)
{
	struct err why;
	if (idn_is_needed(host) && !idn_to_ascii(arena, host, &host, &why)) {
		(void)fail(arena, text, why.text, reterr);
		return *why.hint ? err_hint(reterr, "%s", why.hint) : false;
	}
	const enum name_fault fault = name_parse(arena, host, ret);
	if (fault != NAME_OK) {
		return fail(arena, text, name_fault_text(fault), reterr);
	}
	return true;
}

bool
domain_read_name(struct arena *arena, struct str text, struct domain *ret,
    struct err *reterr)
{
	assert(arena && ret && reterr);
	const struct str host = host_of(text);
	struct domain domain = { 0 };
	if (is_address(host)) {
		(void)fail(
		    arena, text, "is an IP address, not a domain", reterr);
		return err_hint(
		    reterr, "Give the domain that mail is sent from.");
	}
	if (!to_name(arena, text, host, &domain.name, reterr)) {
		return false;
	}
	if (name_is_root(domain.name)) {
		return fail(arena, text, "is no domain", reterr);
	}
	if (!str_eq(name_text(arena, domain.name), text)) {
		domain.input = str_copy(arena, text);
	}
	*ret = domain;
	return true;
}

/** What keeps *label* from being part of a host name; NULL if nothing. */
static const char *
label_fault(struct str label)
{
	for (size_t i = 0; i < label.len; i++) {
		const char c = label.at[i];
		if (c == ' ' || c == '\t') {
			return "has a blank in it";
		}
		if (c == '_') {
			return "has an underscore, which no mail domain has";
		}
		if (c != '-' && !char_is_alpha(c) && !char_is_digit(c)) {
			return "has a character that no mail domain has";
		}
	}
	if (label.at[0] == '-' || label.at[label.len - 1] == '-') {
		return "has a label that begins or ends with a hyphen";
	}
	return NULL;
}

static bool
is_number(struct str label)
{
	for (size_t i = 0; i < label.len; i++) {
		if (!char_is_digit(label.at[i])) {
			return false;
		}
	}
	return true;
}

/** What keeps *name* from being a host name; NULL if nothing. */
static const char *
host_fault(struct name name)
{
	const size_t labels = name_labels(name);
	for (size_t i = 0; i < labels; i++) {
		const char *fault = label_fault(name_label(name, i));
		if (fault) {
			return fault;
		}
	}
	if (is_number(name_label(name, labels - 1))) {
		return "ends in a number, which is no top-level domain";
	}
	if (name.len > DOMAIN_MAX_WIRE) {
		return "is so long that no DKIM record fits below it";
	}
	return NULL;
}

/** Names the domain when the name of one of its records was given. */
static void
hint_domain(struct arena *arena, struct name name, struct err *reterr)
{
	struct name above = name;
	const size_t labels = name_labels(name);
	for (size_t i = 0; i < labels; i++) {
		if (str_starts(name_label(name, i), STR("_"))) {
			above = name_suffix(name, labels - i - 1);
		}
	}
	if (!name_equal(above, name) && name_labels(above) > 1) {
		const struct str text = name_text(arena, above);
		(void)err_hint(reterr, "Give the domain: %.*s", STR_ARG(text));
	}
}

bool
domain_read(struct arena *arena, struct str text, struct domain *ret,
    struct err *reterr)
{
	struct domain domain = { 0 };
	if (!domain_read_name(arena, text, &domain, reterr)) {
		return false;
	}
	const char *fault = host_fault(domain.name);
	if (fault) {
		(void)fail(arena, text, fault, reterr);
		hint_domain(arena, domain.name, reterr);
		return false;
	}
	const struct str read = name_text(arena, domain.name);
	if (name_labels(domain.name) == 1) {
		(void)fail(arena, text, "is one label, not a domain", reterr);
		return err_hint(
		    reterr, "A domain has a dot: example.%.*s", STR_ARG(read));
	}
	if (suffix_is_public(arena, domain.name)) {
		(void)fail(arena, text,
		    "is a public suffix, not anybody's domain", reterr);
		return err_hint(reterr, "Give a domain below it: example.%.*s",
		    STR_ARG(read));
	}
	*ret = domain;
	return true;
}
