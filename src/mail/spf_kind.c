/* SPDX-License-Identifier: MIT */
/* The mechanisms and modifiers by name, and the names they speak of. */
#include "mail/spf.h"
#include "mail/spf_parts.h"

#include <assert.h>
#include <string.h>

struct kind_row {
	struct str name;
	bool modifier;
	bool asks; /* RFC 7208 4.6.4 */
};

/* clang-format off */
static const struct kind_row KINDS[] = {
	[SPF_ALL]      = { STR("all"),      false, false },
	[SPF_INCLUDE]  = { STR("include"),  false, true },
	[SPF_A]        = { STR("a"),        false, true },
	[SPF_MX]       = { STR("mx"),       false, true },
	[SPF_PTR]      = { STR("ptr"),      false, true },
	[SPF_IP4]      = { STR("ip4"),      false, false },
	[SPF_IP6]      = { STR("ip6"),      false, false },
	[SPF_EXISTS]   = { STR("exists"),   false, true },
	[SPF_REDIRECT] = { STR("redirect"), true,  true },
	[SPF_EXP]      = { STR("exp"),      true,  false },
	[SPF_MODIFIER] = { STR("unknown"),  true,  false },
	[SPF_BROKEN]   = { STR("unknown"),  false, false },
};
/* clang-format on */

static const struct kind_row *
kind_row(enum spf_kind kind)
{
	assert((unsigned)kind < sizeof(KINDS) / sizeof(*KINDS));
	return &KINDS[kind];
}

const char *
spf_kind_text(enum spf_kind kind)
{
	return kind_row(kind)->name.at;
}

bool
spf_kind_is_modifier(enum spf_kind kind)
{
	return kind_row(kind)->modifier;
}

bool
spf_kind_asks(enum spf_kind kind)
{
	return kind_row(kind)->asks;
}

enum spf_kind
spf_kind_of(struct str name)
{
	for (enum spf_kind kind = SPF_ALL; kind < SPF_MODIFIER; kind++) {
		if (str_eq_nocase(name, KINDS[kind].name)) {
			return kind;
		}
	}
	return SPF_BROKEN;
}

bool
spf_char_in(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

char
spf_byte(struct str text, size_t at)
{
	if (at >= text.len) {
		return '\0';
	}
	return text.at[at];
}

bool
spf_term_is_named(const struct spf_term *term)
{
	return term->kind < SPF_MODIFIER && term->domain.len > 0 &&
	       !term->has_macro;
}

struct name
spf_domain_name(struct arena *arena, struct str domain)
{
	return name_unescaped(arena, domain);
}
