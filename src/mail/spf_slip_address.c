/* SPDX-License-Identifier: MIT */
/* Slips about addresses and names: each where the other belongs. */
#include "mail/spf_slip.h"

#include "base/arena.h"
#include "mail/spf_parts.h"
#include "text/distance.h"

const char *
slip_address_mechanism(struct str text)
{
	struct addr addr;
	const ptrdiff_t slash = str_index(text, '/');
	if (slash >= 0) {
		text = str_slice(text, 0, (size_t)slash);
	}
	if (!addr_parse(text, &addr)) {
		return NULL;
	}
	return addr.family == ADDR_V6 ? "ip6" : "ip4";
}

/** An address under the wrong mechanism, or under none. */
bool
slip_address(const struct slip *slip)
{
	struct slip_parts parts = slip_parts(slip->word);
	struct str value = str_from(parts.rest, 1);
	enum spf_problem problem = SPF_PROBLEM_ADDRESS_AS_NAME;
	const struct str bare = str_from(slip->word, parts.sign.len);
	if (slip_address_mechanism(bare)) {
		problem = SPF_PROBLEM_BARE_ADDRESS;
		value = bare;
	} else if (slip->fault == SPF_PROBLEM_WRONG_FAMILY) {
		problem = SPF_PROBLEM_WRONG_FAMILY;
	} else if (spf_kind_of(parts.name) == SPF_BROKEN ||
		   slip->fault == SPF_PROBLEM_BAD_CIDR) {
		return false;
	}
	const char *name = slip_address_mechanism(value);
	return name && slip_says(slip, problem, slip_meant(name),
			   slip_made(slip, parts.sign, name, value));
}

/** ip4: with a host name. */
bool
slip_name(const struct slip *slip)
{
	const struct slip_parts parts = slip_parts(slip->word);
	return slip->fault == SPF_PROBLEM_BAD_ADDRESS && parts.rest.len > 1 &&
	       parts.rest.at[0] == ':' &&
	       slip_says(slip, SPF_PROBLEM_NAME_AS_ADDRESS,
		   "a:", slip_made(slip, parts.sign, "a", parts.rest));
}

/** How many bits the netmask *text* has set; -1 if it is none. */
static int
netmask_bits(struct str text)
{
	struct addr mask;
	int bits = 0;
	if (!addr_parse(text, &mask) || mask.family != ADDR_V4) {
		return -1;
	}
	while (bits < 32 && (mask.bytes[bits / 8] << (bits % 8) & 0x80)) {
		bits++;
	}
	for (int i = bits; i < 32; i++) {
		if (mask.bytes[i / 8] << (i % 8) & 0x80) {
			return -1;
		}
	}
	return bits;
}

/** A netmask, or zeros in front of the length. */
bool
slip_cidr(const struct slip *slip)
{
	const ptrdiff_t slash = str_index(slip->word, '/');
	unsigned long number = 0;
	if (slip->fault != SPF_PROBLEM_BAD_CIDR || slash < 0) {
		return false;
	}
	const struct str length = str_from(slip->word, (size_t)slash + 1);
	int bits = netmask_bits(length);
	if (bits < 0 && str_number(length, 128, &number)) {
		bits = (int)number;
	}
	if (bits < 0) {
		return false;
	}
	const struct str head = str_slice(slip->word, 0, (size_t)slash);
	const struct str term =
	    str_print(slip->arena, "%.*s/%d", STR_ARG(head), bits);
	return spf_is_term(term) &&
	       slip_says(slip, SPF_PROBLEM_BAD_CIDR, NULL, term);
}

/** True for letters, digits, dots, hyphens and underscores with a dot. */
static bool
is_plain_domain(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.at[i];
		if (!char_is_alpha(c) && !char_is_digit(c) &&
		    !spf_char_in(c, ".-_")) {
			return false;
		}
	}
	return spf_is_domain_spec(text);
}

/** A domain alone. Only what looks like an include is taken for one. */
bool
slip_domain(const struct slip *slip)
{
	const struct slip_parts parts = slip_parts(slip->word);
	const struct str domain = str_from(slip->word, parts.sign.len);
	if (!is_plain_domain(domain)) {
		return false;
	}
	slip->said->problem = SPF_PROBLEM_BARE_DOMAIN;
	slip->said->meant = "include:";
	if (str_ends_nocase(domain, STR("amazonses.com")) ||
	    str_starts_nocase(domain, STR("_spf.")) ||
	    str_starts_nocase(domain, STR("spf."))) {
		return slip_says(slip, SPF_PROBLEM_BARE_DOMAIN,
		    "include:", slip_made(slip, parts.sign, "include", domain));
	}
	return true;
}

/** "include:amazonses": the top-level label was left out. */
bool
slip_toplabel(const struct slip *slip)
{
	const struct slip_parts parts = slip_parts(slip->word);
	const struct str domain = str_from(parts.rest, 1);
	return slip->fault == SPF_PROBLEM_BAD_DOMAIN &&
	       str_index(domain, '.') < 0 &&
	       text_distance(domain, STR("amazonses"), 1) <= 1 &&
	       slip_says(slip, SPF_PROBLEM_BAD_DOMAIN, "amazonses.com",
		   slip_made(
		       slip, parts.sign, "include", STR("amazonses.com")));
}
