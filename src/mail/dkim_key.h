/* SPDX-License-Identifier: MIT */
/*
 * The text of one DKIM key record: RFC 6376 3.6.1 (tags) and 3.2 (grammar),
 * RFC 8301 (hashes and lengths), RFC 8463 (ed25519). Amazon SES publishes a
 * bare p=, which is all that is required.
 * Must never know where the record stands.
 */
#ifndef MAIL_DKIM_KEY_H
#define MAIL_DKIM_KEY_H

#include "base/str.h"
#include "base/vec.h"
#include "text/patterns.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum {
	DKIM_LEAST_BITS = 1024,   /* RFC 8301 3.2 */
	DKIM_ADVISED_BITS = 2048, /* the same: should */
	DKIM_MOST_BITS = 4096,    /* the same: must be taken */
	DKIM_MAX_REMARKS = 16,    /* what goes beyond is not kept */
};

/** DKIM_VERSION and so on, as in dkim_problems.def. */
enum dkim_problem {
#define DKIM_PROBLEM(constant, word, weight, sentence) DKIM_##constant,
#include "mail/dkim_problems.def"
#undef DKIM_PROBLEM
	DKIM_PROBLEMS, /* how many there are; also "none" */
};

/** How much a remark weighs. */
enum dkim_weight {
	DKIM_MILD,    /* a verifier takes the key */
	DKIM_USELESS, /* the record is right, but of no use to a verifier */
	DKIM_INVALID, /* the record is not one */
};

struct dkim_remark {
	enum dkim_problem problem;
	struct span span; /* bytes of the text; may be empty */
};

enum dkim_key_type {
	DKIM_TYPE_RSA,
	DKIM_TYPE_ED25519,
	DKIM_TYPE_UNKNOWN,
};

/** The members of a list that colons separate. */
struct dkim_words VEC(struct str);

struct dkim_key {
	struct str text;
	bool meant; /* it has a p, v or k: it is meant as a key record */
	struct str version;   /* of v; empty if there is none */
	struct str type_text; /* of k; "rsa" if there is none */
	enum dkim_key_type type;
	unsigned bits;              /* 0: no key could be read */
	struct str data;            /* what p= holds, decoded */
	struct dkim_words hashes;   /* of h; none: all are allowed */
	struct dkim_words services; /* of s; none: all are meant */
	struct dkim_words flags;    /* of t */
	bool revoked;
	bool testing;
	bool valid;  /* the rules are kept; it may still be of no use */
	bool usable; /* a verifier takes signatures by it */
	struct VEC(struct dkim_remark) remarks; /* the form first */
};

/** Reads *text*, in whose memory words then stand. Never NULL. */
const struct dkim_key *dkim_key_parse(struct arena *arena, struct str text);

/** The first remark that leaves no usable key, or NULL. */
const struct dkim_remark *dkim_key_fault(const struct dkim_key *key);

/** True if both are records of the same key. */
bool dkim_key_same(const struct dkim_key *a, const struct dkim_key *b);

/** How much a remark about *problem* weighs. */
enum dkim_weight dkim_problem_weight(enum dkim_problem problem);

/** The stable word for *problem*: "key-cut". */
const char *dkim_problem_word(enum dkim_problem problem);

/** What is said of *problem*: one sentence. */
const char *dkim_problem_text(enum dkim_problem problem);

#endif
