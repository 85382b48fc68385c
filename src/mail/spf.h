/* SPDX-License-Identifier: MIT */
/*
 * SPF records as text: the whole grammar of RFC 7208 section 12, with a
 * remark for everything that breaks it, where it stands and what was
 * probably meant.
 * Must never know what the names in a record answer.
 */
#ifndef MAIL_SPF_H
#define MAIL_SPF_H

#include "base/str.h"
#include "base/vec.h"
#include "dns/addr.h"
#include "dns/name.h"
#include "dns/rr.h"
#include "text/patterns.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/** The mechanisms, the modifiers, and what is neither. */
enum spf_kind {
	SPF_ALL,
	SPF_INCLUDE,
	SPF_A,
	SPF_MX,
	SPF_PTR,
	SPF_IP4,
	SPF_IP6,
	SPF_EXISTS,
	SPF_REDIRECT,
	SPF_EXP,
	SPF_MODIFIER, /* unknown, to be ignored (RFC 7208 6) */
	SPF_BROKEN,   /* no term of the grammar */
};

/** One directive or modifier. */
struct spf_term {
	enum spf_kind kind;
	char qualifier; /* '+', '-', '~' or '?'; '+' where none stands */
	bool has_macro; /* domain is to be expanded (RFC 7208 7) */
	uint8_t bits4;  /* prefix lengths; 32 and 128 where none stand */
	uint8_t bits6;
	struct span span; /* where it stands in the record's text */
	struct str text;  /* that part of the text */
	/* The domain-spec, or the value of a modifier; empty: none. */
	struct str domain;
	/*
	 * What domain is in DNS, if it has no macros; "no name" if DNS cannot
	 * have it (RFC 7208 4.8).
	 */
	struct name name;
	struct addr addr; /* of ip4 and ip6 */
};

/** What can be wrong with a record; row by row in spf_problems.def. */
enum spf_problem {
	SPF_FINE,
#define SPF_PROBLEM(constant, word, breaks, text) SPF_PROBLEM_##constant,
#include "mail/spf_problems.def"
#undef SPF_PROBLEM
	SPF_PROBLEMS, /* how many there are */
};

/** Something to say of a part of the text. */
struct spf_remark {
	enum spf_problem problem;
	struct span span;   /* bytes of the text */
	const char *meant;  /* "ip4:": our words, or NULL */
	bool mendable;      /* it is clear what to write in place of span */
	struct str instead; /* that, if it is clear */
};

/** A record that begins with the version, term by term. */
struct spf_record {
	struct str text;
	bool valid; /* it keeps the grammar */
	struct VEC(struct spf_term) terms;
	struct VEC(struct spf_remark) remarks;
	size_t all; /* the first "all" among terms; terms.len without one */
	size_t redirect; /* likewise */
	size_t exp;      /* likewise */
};

/** What a text of a TXT record is to SPF. */
enum spf_likeness {
	SPF_UNLIKE, /* something else */
	SPF_LEGACY, /* Sender ID (RFC 4406), which SPF ignores */
	SPF_NEAR,   /* meant as SPF, but no receiver takes it as such */
	SPF_RECORD, /* version and blank, or version alone (RFC 7208 4.5) */
};

/** True if receivers take *text* as an SPF record, valid or not. */
bool spf_is_record(struct str text);

/**
 * Reads *text*, which must be spf_is_record(). The work is linear in its
 * length; the record points into *text*.
 */
struct spf_record *spf_parse(struct arena *arena, struct str text);

/**
 * Tells what *text* is. For SPF_NEAR *ret_remark* says what is wrong with
 * its beginning; mended as it says it is a record.
 */
enum spf_likeness spf_recognise(
    struct arena *arena, struct str text, struct spf_remark *ret_remark);

/**
 * True if two terms, or the version and a term, became one because the
 * strings of *txt* were joined without a blank (RFC 7208 3.3); *ret_at* is
 * the offset where the first blank is missing.
 */
bool spf_is_glued(const struct rr_txt *txt, size_t *ret_at);

/** The text of *txt* with the blanks that spf_is_glued() misses. */
struct str spf_unglued(struct arena *arena, const struct rr_txt *txt);

/**
 * The text of *record* as its remarks would have it. What is broken and not
 * clear is left out; *ret_lost* counts the terms lost so.
 */
struct str spf_mended(
    struct arena *arena, const struct spf_record *record, size_t *ret_lost);

/** "include", "ip4", "redirect"...; "unknown" for what is none of them. */
const char *spf_kind_text(enum spf_kind kind);

/** True for redirect, exp and unknown modifiers. */
static inline bool
spf_kind_is_modifier(enum spf_kind kind)
{
	return kind == SPF_REDIRECT || kind == SPF_EXP || kind == SPF_MODIFIER;
}

/** True for terms that cost one of the ten lookups (RFC 7208 4.6.4). */
static inline bool
spf_kind_asks(enum spf_kind kind)
{
	switch (kind) {
	case SPF_INCLUDE:
	case SPF_A:
	case SPF_MX:
	case SPF_PTR:
	case SPF_EXISTS:
	case SPF_REDIRECT:
		return true;
	case SPF_ALL:
	case SPF_IP4:
	case SPF_IP6:
	case SPF_EXP:
	case SPF_MODIFIER:
	case SPF_BROKEN:
		break;
	}
	return false;
}

/** The word that stands for *problem* in reports: "bad-cidr". */
const char *spf_problem_word(enum spf_problem problem);

/** One sentence on *problem*. */
const char *spf_problem_text(enum spf_problem problem);

/** True if *problem* breaks the grammar; others are worth saying only. */
bool spf_problem_breaks(enum spf_problem problem);

/** True if *term* names a domain, and without macros: name is that. */
static inline bool
spf_term_is_named(const struct spf_term *term)
{
	return term->kind < SPF_MODIFIER && term->domain.len > 0 &&
	       !term->has_macro;
}

#endif
