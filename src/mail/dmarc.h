/* SPDX-License-Identifier: MIT */
/*
 * The text of one DMARC record: RFC 9989 4.7 (tags), 4.8 (grammar), 4.10.1
 * (what a receiver makes of what is wrong).
 * Must never know where the record stands, nor what stands beside it.
 */
#ifndef MAIL_DMARC_H
#define MAIL_DMARC_H

#include "base/str.h"
#include "base/vec.h"
#include "dns/name.h"
#include "text/patterns.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum {
	DMARC_MAX_REMARKS = 32, /* what goes beyond is not kept */
};

/** DMARC_TAG_P and so on, as in dmarc_tags.def. */
enum dmarc_tag {
#define DMARC_TAG(constant, name, reader) DMARC_TAG_##constant,
#include "mail/dmarc_tags.def"
#undef DMARC_TAG
	DMARC_TAGS, /* how many there are; also "an unknown one" */
};

/** DMARC_VERSION_CASE and so on, as in dmarc_remarks.def. */
enum dmarc_problem {
#define DMARC_REMARK(constant, word, class, sentence) DMARC_##constant,
#include "mail/dmarc_remarks.def"
#undef DMARC_REMARK
	DMARC_PROBLEMS, /* how many there are */
};

/** What becomes of a remark. The first three are errors. */
enum dmarc_class {
	DMARC_CLASS_UNRECOGNISED, /* the whole record is ignored */
	DMARC_CLASS_SYNTAX,       /* the form of a tag is wrong */
	DMARC_CLASS_VALUE,        /* a tag has a value it does not take */
	DMARC_CLASS_ADDRESS,      /* a report address gets no reports */
	DMARC_CLASS_REPEATED,
	DMARC_CLASS_UNKNOWN,
	DMARC_CLASS_REMOVED,
	DMARC_CLASS_NO_POLICY,
};

struct dmarc_remark {
	enum dmarc_problem problem;
	enum dmarc_tag tag;  /* DMARC_TAGS: none that is known */
	struct span span;    /* bytes of the text; may be empty */
	const char *meaning; /* what was probably meant, or NULL */
};

enum dmarc_policy {
	DMARC_POLICY_ABSENT,
	DMARC_POLICY_NONE,
	DMARC_POLICY_QUARANTINE,
	DMARC_POLICY_REJECT,
	DMARC_POLICY_INVALID,
};

/** Whether the domain is a public suffix, as it says itself. */
enum dmarc_suffix {
	DMARC_SUFFIX_UNSAID, /* psd=u, the default */
	DMARC_SUFFIX_YES,
	DMARC_SUFFIX_NO,
};

/** A tag as it is declared; the first one counts if it is repeated. */
struct dmarc_field {
	bool present;
	struct str value;
	struct span span; /* of the value */
};

/** One address to which reports are to be sent. */
struct dmarc_uri {
	struct str text; /* without the size */
	struct span span;
	struct str size;  /* "10m", which nobody heeds any more; or empty */
	bool valid;       /* a mailto: URI with a mailbox */
	struct name host; /* the mailbox's domain; "no name" if not valid */
};

/** The addresses of one tag, in their order. */
struct dmarc_uris VEC(struct dmarc_uri);

struct dmarc {
	struct str text;
	bool recognised; /* v=DMARC1, exactly and first */
	bool meant;      /* not recognised, but clearly meant as DMARC */
	struct dmarc_field fields[DMARC_TAGS];
	enum dmarc_policy p;
	enum dmarc_policy sp;
	enum dmarc_policy np;
	bool strict_dkim; /* adkim=s */
	bool strict_spf;  /* aspf=s */
	bool testing;     /* t=y: one level less is asked for */
	enum dmarc_suffix suffix;
	struct dmarc_uris rua;
	struct dmarc_uris ruf;
	struct VEC(struct dmarc_remark) remarks; /* in order of the text */
};

/** Reads *text*, in whose memory values then stand. Never NULL. */
const struct dmarc *dmarc_parse(struct arena *arena, struct str text);

/** True if nothing breaks the rules: no remark of the first three classes. */
bool dmarc_is_valid(const struct dmarc *dmarc);

/**
 * True if a receiver applies a policy by it: recognised, and p, sp and np
 * are right or there is an address for reports (RFC 9989 4.10.1).
 */
bool dmarc_is_usable(const struct dmarc *dmarc);

/** Whose mail a policy is wanted for. */
enum dmarc_author {
	DMARC_AUTHOR_SELF,    /* the domain at which the record stands */
	DMARC_AUTHOR_BELOW,   /* a sub-domain that exists */
	DMARC_AUTHOR_NOWHERE, /* a sub-domain that does not exist */
};

/**
 * The policy that a receiver applies to mail of *author*, before t is
 * heeded; DMARC_POLICY_ABSENT if it applies none (RFC 9989 4.10.1).
 */
enum dmarc_policy dmarc_effect(
    const struct dmarc *dmarc, enum dmarc_author author);

/** The first remark of *class*, or NULL. */
const struct dmarc_remark *dmarc_remark_of(
    const struct dmarc *dmarc, enum dmarc_class class);

/** What becomes of remarks about *problem*. */
enum dmarc_class dmarc_problem_class(enum dmarc_problem problem);

/** The stable word for *problem*: "policy-value". */
const char *dmarc_problem_word(enum dmarc_problem problem);

/** What is said of *problem*: one sentence. */
const char *dmarc_problem_text(enum dmarc_problem problem);

/** "p", "rua"...; "" for DMARC_TAGS. */
const char *dmarc_tag_text(enum dmarc_tag tag);

/** The tag called *name* (small letters); DMARC_TAGS if there is none. */
enum dmarc_tag dmarc_tag_of(struct str name);

/** "none", "quarantine", "reject"; "" for absent and invalid. */
const char *dmarc_policy_text(enum dmarc_policy policy);

/** The policy that *text* is, case aside; DMARC_POLICY_INVALID if none. */
enum dmarc_policy dmarc_policy_of(struct str text);

#endif
