/* SPDX-License-Identifier: MIT */
/*
 * check_host(): what a receiver makes of a mail by SPF, RFC 7208 4 to 7.
 */
#ifndef WALKS_SPF_EVAL_H
#define WALKS_SPF_EVAL_H

#include "base/str.h"
#include "dns/addr.h"
#include "mail/spf.h"
#include "walks/published.h"

#include <stdbool.h>

struct look;

/** RFC 7208 2.6. */
enum spf_result {
	SPF_RESULT_NONE,
	SPF_RESULT_NEUTRAL,
	SPF_RESULT_PASS,
	SPF_RESULT_FAIL,
	SPF_RESULT_SOFTFAIL,
	SPF_RESULT_TEMPERROR,
	SPF_RESULT_PERMERROR,
};

/** The mail, as far as SPF looks at it. */
struct spf_mail {
	struct addr ip;      /* of the client */
	struct str domain;   /* whose record is asked: text of any kind */
	struct str sender;   /* "local@domain", of MAIL FROM or made of HELO */
	struct str helo;     /* may be empty */
	struct str receiver; /* who asks, for %{r}; empty: "unknown" */
	/* A record to take in the place of the domain's, or no text. */
	struct str text;
};

struct spf_verdict {
	bool known; /* false: answers are missing, see look/look.h */
	enum spf_result result;
	struct str explanation; /* of a fail, raw; empty: none is given */
	/* The mechanism that decided, and in whose record; NULL: none. */
	const struct spf_term *term;
	struct str domain;
	unsigned lookups;
	unsigned voids;
};

/** Evaluates *mail*. */
struct spf_verdict spf_check_host(
    struct look *look, const struct sight *sight, const struct spf_mail *mail);

/**
 * The sender by whom SPF goes: *mail_from*, or postmaster at *helo* if that
 * is empty (RFC 7208 2.4, 4.3). *ret_domain* is its domain.
 */
struct str spf_sender(struct arena *arena, struct str mail_from,
    struct str helo, struct str *ret_domain);

/** "pass", "permerror"... */
const char *spf_result_text(enum spf_result result);

#endif
