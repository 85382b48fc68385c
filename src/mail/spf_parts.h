/* SPDX-License-Identifier: MIT */
/* What the files of the SPF parser share; for these alone. */
#ifndef MAIL_SPF_PARTS_H
#define MAIL_SPF_PARTS_H

#include "base/str.h"
#include "mail/spf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* What a record begins with, case aside (RFC 7208 4.5, 12). */
#define SPF_VERSION STR("v=spf1")

/** True if *c* is one of *set*; a zero byte is in none. */
bool spf_char_in(char c, const char *set);

/** The byte of *text* at *at*; zero past the end. */
static inline char
spf_byte(struct str text, size_t at)
{
	return (char)(at < text.len ? text.at[at] : '\0');
}

/**
 * Reads the text of *term*, a word without blanks, by the grammar; the rest
 * of *term* must be as in SPF_TERM(). If something is wrong its kind becomes
 * SPF_BROKEN and its span the part of the text that is wrong.
 */
enum spf_problem spf_term_read(struct spf_term *term);

/** A term that spf_term_read() has not read yet. */
#define SPF_TERM(word) ((struct spf_term){ .kind = SPF_BROKEN, .text = (word) })

/** True if *text* is one term of the grammar. */
bool spf_is_term(struct str text);

/** True if *text* begins as only a term does: "include:", "-all", "ip4:". */
bool spf_begins_as_term(struct str text);

/** The kind of mechanism or modifier that is called *name*, case aside. */
enum spf_kind spf_kind_of(struct str name);

/**
 * Reads the letters and digits of *text* from *at* on as the name of *ret*
 * and gives where they end.
 */
size_t spf_kind_read(struct str text, size_t at, enum spf_kind *ret);

/** True for what may stand in front of a mechanism (RFC 7208 4.6.2). */
static inline bool
spf_is_qualifier(char c)
{
	return c == '+' || c == '-' || c == '~' || c == '?';
}

/** True for letters and digits. */
static inline bool
spf_is_alphanum(char c)
{
	return char_is_alpha(c) || char_is_digit(c);
}

/** True if *text* keeps the grammar of a domain-spec. */
bool spf_is_domain_spec(struct str text);

/**
 * Finds out what was meant by the broken word *term*, which is followed by
 * the word *next* (empty at the end). *said* comes with the fault of the
 * term and is made more exact if possible. True if *next* belongs to it.
 */
bool spf_slip_find(struct arena *arena, struct str term, struct str next,
    struct spf_remark *said);

/** True if *term* is one of the grammar, but a blank tore *next* off it. */
bool spf_is_torn(struct arena *arena, struct str term, struct str next);

/** A hint on *term*, which keeps the grammar; SPF_FINE if there is none. */
struct spf_remark spf_hint_find(
    struct arena *arena, const struct spf_term *term);

/**
 * Puts a blank in front of each term that begins inside *text*; false if
 * the parts are not all terms.
 */
bool spf_unglue(struct arena *arena, struct str text, struct str *ret);

#endif
