/* SPDX-License-Identifier: MIT */
/*
 * The lists of tag=value with semicolons between them in which DKIM keys
 * (RFC 6376 3.2) and DMARC records (RFC 9989 4.8) are written.
 * Must never know what the tags mean.
 */
#ifndef MAIL_TAGLIST_H
#define MAIL_TAGLIST_H

#include "base/str.h"
#include "base/vec.h"
#include "text/patterns.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum {
	TAGLIST_MAX = 256, /* tags that are read; no honest list has more */
};

/** Whose grammar counts. */
enum taglist_grammar {
	TAGLIST_DKIM,  /* letters, digits and _ in names; values may be empty */
	TAGLIST_DMARC, /* only letters in names; no empty value */
};

/** What is wrong with the form of one tag. */
enum tag_fault {
	TAG_SOUND,
	TAG_EMPTY,     /* nothing between two semicolons */
	TAG_NO_EQUALS, /* no "=" */
	TAG_NO_NAME,   /* nothing in front of "=" */
	TAG_BAD_NAME,  /* a name that is none */
	TAG_NO_VALUE,  /* nothing after "=" */
	TAG_BAD_VALUE, /* a character that no value may have */
};

/** One tag; spans are bytes of the whole text, end exclusive. */
struct tag {
	struct str name;  /* without the blanks around it */
	struct str value; /* without the blanks around it */
	struct span span; /* the whole tag, without the blanks around it */
	struct span value_span;
	enum tag_fault fault;
	struct span fault_span;
};

struct taglist {
	struct VEC(struct tag) tags;
	bool cut; /* there are more than TAGLIST_MAX */
};

/** Reads *text*, in whose memory names and values then stand. */
struct taglist taglist_read(
    struct arena *arena, struct str text, enum taglist_grammar grammar);

/** The first sound tag called *name* (its case counts), or NULL. */
const struct tag *taglist_find(const struct taglist *list, struct str name);

#endif
