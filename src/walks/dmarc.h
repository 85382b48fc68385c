/* SPDX-License-Identifier: MIT */
/*
 * Where the DMARC policy of a domain comes from: the DNS Tree Walk of RFC
 * 9989 4.10, policy discovery (4.10.1) and the organisational domain
 * (4.10.2).
 * Must never know what is thought of the record that is found.
 */
#ifndef WALKS_DMARC_H
#define WALKS_DMARC_H

#include "base/vec.h"
#include "dns/answer.h"
#include "dns/name.h"
#include "dns/rr.h"
#include "mail/dmarc.h"

#include <stdbool.h>
#include <stddef.h>

struct look;
struct sight;

enum {
	DMARC_WALK_MAX = 8, /* names that are asked, RFC 9989 4.10 */
};

/** What stands at one name of the walk. */
struct dmarc_stop {
	struct name domain;
	struct name name; /* _dmarc.*domain*; "no name": it would be too long */
	const struct answer *answer; /* NULL: none, or not known yet */
	size_t records;              /* how many of the TXT are DMARC */
	const struct rr *rr;         /* the only one; NULL: none or several */
	const struct dmarc *dmarc;   /* of rr */
};

/** How far up the walk goes if the domain has a record of its own. */
enum dmarc_reach {
	DMARC_REACH_OWN,    /* no further: it decides */
	DMARC_REACH_LISTED, /* to see what it hides: as far as the public
			       suffix list lets expect anything */
	DMARC_REACH_ROOT,   /* by the rules, to know the organisation too */
};

/** Where the walk ended. */
enum dmarc_end {
	DMARC_END_OWN,     /* at the domain's own record */
	DMARC_END_RULES,   /* where the rules say */
	DMARC_END_OUTSIDE, /* where the zone files do */
	DMARC_END_FAILED,  /* something on the way could not be asked */
};

/** Whether reports may go to somebody else's domain (RFC 9990 4). */
enum dmarc_consent {
	DMARC_CONSENT_NOT_NEEDED, /* it is the same organisation */
	DMARC_CONSENT_GIVEN,
	DMARC_CONSENT_NONE,
	DMARC_CONSENT_ELSEWHERE, /* it names an address at a third domain */
	DMARC_CONSENT_UNKNOWN,
};

/** Whether the domain of a report address takes mail (RFC 5321 5.1). */
enum dmarc_mailbox {
	DMARC_MAILBOX_NOT_ASKED,
	DMARC_MAILBOX_OPEN,
	DMARC_MAILBOX_REFUSING, /* a null MX, RFC 7505 */
	DMARC_MAILBOX_NO_NAME,  /* there is no such domain */
	DMARC_MAILBOX_NO_SERVER,
	DMARC_MAILBOX_UNKNOWN,
};

/** A domain to which reports go. */
struct dmarc_target {
	struct name host;
	bool related; /* one organisation by the public suffix list */
	enum dmarc_consent consent;
	struct name consent_name; /* "no name": not needed, or too long */
	const struct answer *consent_answer; /* may be NULL */
	enum dmarc_mailbox mailbox;
	const struct answer *mailbox_answer; /* to MX; may be NULL */
};

struct dmarc_walk {
	struct name domain;
	struct dmarc_stop stops[DMARC_WALK_MAX]; /* from the domain upwards */
	size_t stops_len;
	enum dmarc_end end;
	const struct dmarc_stop *failed; /* the first that could not be asked */
	const struct dmarc_stop *found;  /* whose record applies, or NULL */
	/* What the own record hides, or NULL. */
	const struct dmarc_stop *hidden;
	/* Whose record applies to names below without one; may be NULL. */
	const struct dmarc_stop *below;
	struct name organizational; /* by the walk; "no name": not known */
	struct name listed; /* by the public suffix list, or "no name" */
	bool exists;        /* the domain's name does */
	enum dmarc_policy
	    effect; /* for the domain's mail, see dmarc_effect() */
	struct VEC(struct dmarc_target) targets; /* of rua and ruf */
	size_t targets_left_out; /* domains beyond those that are asked */
};

/** Where a walk starts. */
struct dmarc_start {
	struct name domain;
	/* What stands there, in the place of what DNS says; may be NULL. */
	const struct answer *instead;
	enum dmarc_reach reach;
};

/**
 * Walks from *start*; false while not all is known. All but the targets of
 * *ret* is filled.
 */
bool dmarc_walk_find(struct look *look, const struct sight *sight,
    const struct dmarc_start *start, struct dmarc_walk *ret);

#endif
