/* SPDX-License-Identifier: MIT */
/*
 * An SPF record with all that it includes and redirects to, as a tree: what
 * every term costs a receiver, and which of them break the limits of RFC
 * 7208 4.6.4. Counted as for mail that no mechanism matches, so that every
 * term that can be reached is.
 * Must never know whose mail is to be sent.
 */
#ifndef WALKS_SPF_TREE_H
#define WALKS_SPF_TREE_H

#include "base/str.h"
#include "base/vec.h"
#include "dns/answer.h"
#include "dns/name.h"
#include "dns/rr.h"
#include "mail/spf.h"
#include "walks/published.h"

#include <stdbool.h>
#include <stddef.h>

struct look;

enum {
	SPF_MOST_LOOKUPS = 10, /* terms that ask: RFC 7208 4.6.4 */
	SPF_MOST_VOIDS = 2,    /* of them, those that find nothing */
	SPF_MOST_NAMES = 10,   /* names that one mx or ptr stands for */
	SPF_MOST_NODES = 30,   /* records that are asked for */
	SPF_MOST_TERMS = 20,   /* a, mx and exists that are asked for */
};

/** What stands at a name that is included or redirected to. */
enum spf_state {
	SPF_STATE_PENDING, /* the answer is not there yet */
	SPF_STATE_RECORD,  /* one SPF record, valid or not */
	SPF_STATE_NONE,    /* none: for receivers a permanent error */
	SPF_STATE_SEVERAL, /* more than one: likewise */
	SPF_STATE_FAILED,  /* DNS does not say */
	SPF_STATE_OUTSIDE, /* not asked: outside the zone files */
	SPF_STATE_LOOP,    /* a name whose record is open already */
	SPF_STATE_LEFT,    /* not asked: there are too many */
};

/** One term of a record, in the order of the text. */
struct spf_step {
	const struct spf_term *term;
	/*
	 * False for what no receiver comes to: terms behind "all", redirect
	 * beside "all", modifiers.
	 */
	bool reached;
	bool is_void;     /* it asks and finds nothing */
	unsigned lookups; /* what it costs with all below it */
	unsigned total;   /* what was spent when it is done */
	/* The name it asks for; "no name" if that depends on the mail. */
	struct name name;
	const struct answer *answer; /* A of a and exists, MX of mx; or NULL */
	const struct answer *more;   /* AAAA of a, or NULL */
	/* Of include and redirect; NULL without a name. */
	struct spf_node *node;
};

/** One record of the tree. */
struct spf_node {
	struct name domain;
	enum spf_state state;
	const struct answer *answer; /* to TXT; NULL for a given text */
	const struct rr *rr;         /* of SPF_STATE_RECORD; NULL likewise */
	const struct spf_record *record; /* of SPF_STATE_RECORD */
	size_t records;                  /* how many there are */
	struct spf_step *steps;
	size_t steps_len;
	const struct spf_node *above; /* NULL at the root */
	struct spf_step *origin;      /* the term of *above* that leads here */
	unsigned lookups;             /* of all its terms */
	bool idle; /* below a term that no receiver comes to */
};

/** What is wrong for receivers, or keeps us from knowing. */
enum spf_trouble_kind {
	SPF_TROUBLE_LOOKUPS, /* the eleventh term that asks */
	SPF_TROUBLE_VOIDS,   /* the third that finds nothing */
	SPF_TROUBLE_NAMES,   /* an mx with more than ten names */
	SPF_TROUBLE_RECORD,  /* a name without exactly one record */
	SPF_TROUBLE_GRAMMAR, /* an included record that is not valid */
	SPF_TROUBLE_LOOP,    /* back to a name that is open */
	SPF_TROUBLE_FAILED,  /* DNS does not say */
	SPF_TROUBLE_OUTSIDE, /* outside the zone files */
	SPF_TROUBLE_HIDDEN,  /* the name depends on the mail */
	SPF_TROUBLE_OPEN,    /* an "all" that lets everybody pass */
};

struct spf_trouble {
	enum spf_trouble_kind kind;
	const struct spf_node *node; /* in whose record the term stands */
	const struct spf_step *step;
};

/** A record and all below it. */
struct spf_walk {
	const struct spf_node *root;
	unsigned lookups; /* in all; more than was counted if cut */
	unsigned voids;
	unsigned asked; /* a, mx and exists that were asked for */
	bool cut;       /* the tree is larger than what was asked for */
	struct VEC(struct spf_node *) nodes; /* level by level */
	/* In the order in which a receiver comes to them. */
	struct VEC(struct spf_trouble) troubles;
};

/** What to walk. */
struct spf_start {
	struct name domain; /* "no name" if a text's owner is not known */
	/* A record to walk in the place of the published one, or no text. */
	struct str text;
};

/**
 * Walks *start*. Never NULL; while answers are missing it is what is known
 * so far (see look/look.h).
 */
struct spf_walk *spf_walk(struct look *look, const struct sight *sight,
    const struct spf_start *start);

/**
 * Looks behind the terms that no receiver comes to as well, in the root's
 * record and those it redirects to. They cost nothing and make no trouble.
 */
void spf_walk_idle(
    struct look *look, const struct sight *sight, struct spf_walk *walk);

/** The first trouble of *kind*, or NULL. */
const struct spf_trouble *spf_walk_trouble(
    const struct spf_walk *walk, enum spf_trouble_kind kind);

/** The term of the root's record below which *trouble* is. */
const struct spf_step *spf_trouble_origin(const struct spf_trouble *trouble);

#endif
