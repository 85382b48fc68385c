/* SPDX-License-Identifier: MIT */
/*
 * What should be published for one domain: IvyMail's eight records, and the
 * other records of the list that was given. Which of them are known, from
 * where, and which are to be judged.
 * Must never know what is published.
 */
#ifndef EXPECT_EXPECT_H
#define EXPECT_EXPECT_H

#include "base/str.h"
#include "dns/name.h"
#include "dns/rr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct err;

/** The families of records; a finding code "X-missing" stands for each. */
enum record_kind {
	RECORD_OWNERSHIP,
	RECORD_SPF,
	RECORD_DKIM,
	RECORD_DMARC,
	RECORD_MAIL_FROM_MX,
	RECORD_MAIL_FROM_SPF,
	RECORD_OTHER, /* of the list, but none of the eight */
};

/** The eight records in the order of every report. */
enum record_index {
	INDEX_OWNERSHIP,
	INDEX_SPF,
	INDEX_DKIM, /* the first of three */
	INDEX_DMARC = 5,
	INDEX_MAIL_FROM_MX,
	INDEX_MAIL_FROM_SPF,
	INDEX_OTHER, /* the first of those after the eight */
};

enum {
	DKIM_RECORDS = 3,
	EXPECT_MAX_OTHER = 32, /* further records of a list that are checked */
	EXPECT_MAX_FILE = 1 << 20, /* octets of a list */
};

/** One record that should be there. */
struct expected {
	enum record_kind kind;
	struct str id; /* "ownership", "dkim-2", "other-1" */
	enum rrtype type;
	struct name name; /* "no name" for DKIM without a token */
	bool blocking;    /* IvyMail does not verify without it */
	bool judged;      /* false: not checked, why and option say more */
	bool left_out;    /* of !judged: by --only, so nothing depends on it */
	const char *why;  /* of !judged: "no DKIM token was given" */
	const char *option; /* of !judged: "--dkim-token" */
	/*
	 * The value, as far as it is known:
	 * TXT: text, empty if any value of the right shape will do. For SPF
	 * and DMARC it is what to publish where nothing is, not what must be.
	 * CNAME and MX: target, "no name" if any of the right shape will do.
	 */
	struct str text;
	struct name target;
	uint16_t preference; /* MX */
	/*
	 * DKIM: the token. target may then be set without zone_given: either
	 * of SES's two zones is right (target is the likelier one).
	 */
	struct str token;
	bool zone_given;
	struct str opaque; /* RECORD_OTHER of other types: the value as given */
};

/** All that should be there. */
struct expect {
	struct name domain;       /* D */
	struct name mail_from;    /* the MAIL FROM name, mail.D unless given */
	struct str region;        /* "eu-west-1"; empty if not known */
	struct expected *records; /* the eight, then the others */
	size_t records_len;
};

/** What the options say; empty strs and false where nothing was given. */
struct expect_flags {
	struct str token; /* with or without "ivymail-verify=" */
	struct str dkim_tokens[DKIM_RECORDS];
	size_t dkim_tokens_len;
	struct str region;
	struct str mail_from_domain;
	struct str only; /* "ownership,dkim": judge these alone */
};

/** A list of records as it was read, before it is known what they are for. */
struct expect_list;

/** A file with a list of records; it must live as long as the list. */
struct expect_file {
	struct str name; /* for messages, safe to print */
	struct str content;
	bool is_line; /* of a file with many: messages name columns only */
};

/**
 * Reads a list of records: IvyMail's API response, a bare JSON array, a zone
 * file or a CSV; which of them is seen from the content. False with *reterr*
 * naming file, line and column.
 */
bool expect_read(struct arena *arena, const struct expect_file *file,
    struct expect_list **ret_list, struct err *reterr);

/** The domain that the list names itself (the envelope's); or "no name". */
struct name expect_list_domain(const struct expect_list *list);

/** What expect_build() is made from. */
struct expect_parts {
	struct name domain;
	const struct expect_flags *flags;
	const struct expect_list *list; /* may be NULL */
};

/**
 * Puts the flags over the list and makes out of both what should be
 * published. False with *reterr* if they contradict each other or the list
 * is another domain's.
 */
bool expect_build(struct arena *arena, const struct expect_parts *parts,
    struct expect *ret_expect, struct err *reterr);

/**
 * The DKIM zone of *region* ("dkim.amazonses.com" or
 * "dkim.REGION.amazonses.com") as far as known; the global one for the
 * empty region.
 */
struct name expect_dkim_zone(struct arena *arena, struct str region);

/** True if *text* has the shape of a region: xx-word-N, xx-gov-word-N. */
bool region_is_shaped(struct str text);

/** What every ownership value begins with. */
#define OWNERSHIP_PREFIX "ivymail-verify="

#endif
