/* SPDX-License-Identifier: MIT */
/*
 * What the files that find out slips share. Each slip is a function that
 * tries to make good terms out of a bad word. None guesses: what does not
 * become a term of the grammar is left as broken as it is.
 */
#ifndef MAIL_SPF_SLIP_H
#define MAIL_SPF_SLIP_H

#include "base/str.h"
#include "mail/spf.h"

#include <stdbool.h>

struct arena;

enum {
	SLIP_LONGEST_WORD = 512, /* bytes; nobody means anything by more */
	SLIP_DEEPEST = 2,        /* a slip inside a slip, and no further */
};

/** A word that is no term, while it is looked at. */
struct slip {
	struct arena *arena;
	struct str word;
	struct str next; /* the word after it, or empty */
	enum spf_problem fault;
	struct spf_remark *said;
	int depth;
};

/** True if *slip* was found out and its remark says so. */
typedef bool slip_fn(const struct slip *slip);

/* spf_slip_text.c: what stands in, between and around words. */
slip_fn slip_bytes;
slip_fn slip_torn;
slip_fn slip_dot;
slip_fn slip_quotes;
slip_fn slip_separator;
slip_fn slip_glued;

/* spf_slip_address.c: addresses and names in the wrong place. */
slip_fn slip_address;
slip_fn slip_name;
slip_fn slip_cidr;
slip_fn slip_domain;
slip_fn slip_toplabel;

/* spf_slip_word.c: names, signs and values. */
slip_fn slip_modifier;
slip_fn slip_spelling;
slip_fn slip_colon;
slip_fn slip_sign;
slip_fn slip_argument;

/** *text* as it should be if it is a term or becomes one; else empty. */
struct str slip_term(const struct slip *slip, struct str text);

/** The words of *text*, each as slip_term() has it; empty if one fails. */
struct str slip_terms(const struct slip *slip, struct str text);

/**
 * Says *problem*, with *meant* and with *instead*, the terms to write. False
 * and nothing said if *instead* is empty.
 */
bool slip_says(const struct slip *slip, enum spf_problem problem,
    const char *meant, struct str instead);

/** The terms of the word with blanks for commas, as slip_terms() has them. */
struct str slip_uncomma(const struct slip *slip);

/** A word taken apart: sign, name, and what follows it with its mark. */
struct slip_parts {
	struct str sign;
	struct str name;
	struct str rest;
};

/** Takes *word* apart. */
struct slip_parts slip_parts(struct str word);

/** A term out of *sign*, *name* and *rest*; empty if it is none. */
struct str slip_made(const struct slip *slip, struct str sign, const char *name,
    struct str rest);

/** ip4 or ip6, whichever *text*, an address with or without length, is. */
const char *slip_address_mechanism(struct str text);

/** *name* as a remark calls it, with the mark that follows it: "ip4:". */
const char *slip_meant(const char *name);

#endif
