/* SPDX-License-Identifier: MIT */
/*
 * Macros of SPF (RFC 7208 7): scanning a macro-string piece by piece, and
 * expanding it.
 * Must never know where the values come from.
 */
#ifndef MAIL_SPF_MACRO_H
#define MAIL_SPF_MACRO_H

#include "base/str.h"
#include "dns/addr.h"
#include "text/patterns.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/** Where a macro-string stands, which decides what may be in it. */
enum spf_macro_place {
	SPF_MACRO_DOMAIN, /* a domain-spec */
	SPF_MACRO_VALUE,  /* the value of an unknown modifier */
	SPF_MACRO_TEXT,   /* an explanation: blanks, and %{c} %{r} %{t} too */
};

/** A piece of a macro-string. */
enum spf_piece_kind {
	SPF_PIECE_LITERAL, /* bytes that stand for themselves */
	SPF_PIECE_ESCAPE,  /* %%, %_ or %-: literal is what it stands for */
	SPF_PIECE_MACRO,   /* %{...} */
	SPF_PIECE_BAD,     /* a percent sign or byte that may not be there */
};

struct spf_piece {
	enum spf_piece_kind kind;
	struct span span; /* bytes of the macro-string */
	struct str literal;
	char letter;           /* of the macro, lower case */
	bool url;              /* the letter was upper case: escape for URLs */
	bool reverse;          /* the transformer r */
	unsigned parts;        /* right-hand parts to keep; 0: all */
	struct str delimiters; /* to split at; "." where none stand */
};

/**
 * Gives the piece of *text* that begins at *at* and moves *at* past it;
 * false at the end.
 */
bool spf_piece_next(struct str text, enum spf_macro_place place, size_t *at,
    struct spf_piece *ret);

/** True if all pieces of *text* are good; else *ret_bad* is the first bad. */
bool spf_macro_is_valid(
    struct str text, enum spf_macro_place place, struct spf_piece *ret_bad);

/** True if the valid *text* has a macro %{*letter*}, of either case. */
bool spf_macro_uses(struct str text, char letter);

/** True if all macros of the valid *text* are among *letters*. */
bool spf_macro_uses_only(struct str text, struct str letters);

/** What the macros stand for; empty strs expand to nothing. */
struct spf_values {
	struct str sender;    /* s: local-part@domain */
	struct str local;     /* l */
	struct str origin;    /* o: the sender's domain */
	struct str domain;    /* d: the domain that is evaluated now */
	struct addr ip;       /* i, v, c */
	struct str validated; /* p */
	struct str helo;      /* h */
	struct str receiver;  /* r */
	int64_t now;          /* t: seconds since 1970 */
};

/**
 * Expands *text* in *arena*; false if it has a bad piece or the result
 * would be longer than 64 KiB.
 */
bool spf_macro_expand(struct arena *arena, struct str text,
    enum spf_macro_place place, const struct spf_values *values,
    struct str *ret);

/**
 * *domain*, an expanded domain-spec, without as many of its first labels as
 * make it longer than 253 characters (RFC 7208 7.3).
 */
struct str spf_domain_cut(struct str domain);

#endif
