/* SPDX-License-Identifier: MIT */
/*
 * DNS hosts: which one holds a zone, seen from the names of its servers, and
 * what its panel wants to have typed. The table is providers.def.
 * Must never know what is wrong with a record.
 */
#ifndef DIAGNOSIS_PROVIDERS_H
#define DIAGNOSIS_PROVIDERS_H

#include "base/str.h"
#include "dns/name.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/** When the facts of the table were last looked at: panels change. */
#define PROVIDERS_DATE "2026-08-29"

/** The hosts of the table, in its order. */
enum provider_index {
#define PROVIDER(constant, ...) PROVIDER_##constant,
#include "diagnosis/providers.def"
	PROVIDERS, /* how many there are */
};

/** How the panel takes the name of a record. */
enum host_habit {
	HOST_UNKNOWN,
	HOST_RELATIVE,           /* and appends the zone to whatever it is */
	HOST_RELATIVE_OR_FULL,   /* but knows a full name when it sees one */
	HOST_RELATIVE_OR_DOTTED, /* or full with the final dot */
	HOST_FULL_DOTTED,        /* only full with the final dot */
};

/** How the panel writes the zone itself. */
enum apex_habit {
	APEX_UNKNOWN,
	APEX_AT,     /* @ */
	APEX_BLANK,  /* nothing typed */
	APEX_EITHER, /* one or the other */
};

/** What the panel makes of the final dot of a CNAME's or MX's target. */
enum dot_habit {
	DOT_UNKNOWN,
	DOT_NEEDED,    /* else the zone is appended, or the target refused */
	DOT_LEAVE_OUT, /* not to be typed */
	DOT_REFUSED,
	DOT_EITHER, /* makes no difference */
	DOT_API,    /* needed through the API; the panel is not known */
};

/** How the panel takes a TXT value. */
enum txt_habit {
	TXT_UNKNOWN,
	TXT_PLAIN,  /* as it is */
	TXT_QUOTED, /* with quotation marks around it */
};

/** Where the priority of an MX is typed. */
enum mx_habit {
	MX_UNKNOWN,
	MX_SEPARATE, /* a field of its own */
	MX_INSIDE,   /* before the target, in the same field */
};

struct provider {
	const char *id;   /* "godaddy": for --provider and reports */
	const char *name; /* "GoDaddy": for sentences */
	enum host_habit host;
	enum apex_habit apex;
	enum dot_habit dot;
	enum txt_habit txt;
	enum mx_habit mx;
	const char *mx_field; /* what the priority's field is called, or "" */
};

/** For which changes a rule of a host is told. */
enum provider_when {
	WHEN_NOTE,     /* for none: only in the list of rules */
	WHEN_CNAME,    /* adding a CNAME */
	WHEN_MX,       /* adding an MX */
	WHEN_MX_BELOW, /* adding an MX below the zone: it cannot be done */
	WHEN_SET,      /* adding or removing one of several values */
	WHEN_WILDCARD, /* adding a record that a wildcard stands in for */
};

/** What else is known of a host, in words. */
struct provider_rule {
	const struct provider *provider;
	enum provider_when when;
	const char *text; /* sentences */
};

/** What has a greatest length. */
enum provider_limited {
	LIMITED_HOST,
	LIMITED_TXT, /* the value, its strings joined */
};

struct provider_limit {
	const struct provider *provider;
	enum provider_limited what;
	size_t most;     /* characters */
	const char *who; /* "panel", "API" */
};

enum {
	PROVIDER_MAX_OTHERS = 4
}; /* hosts that share their servers with another */

/** Who holds a zone, as far as the names of its servers tell. */
struct provider_match {
	const struct provider *provider; /* NULL: not known */
	bool certain;                    /* false: probably */
	bool mixed; /* the servers belong to several hosts; provider is NULL */
	/* Those who answer from the same servers, likeliest first. */
	const struct provider *others[PROVIDER_MAX_OTHERS];
	size_t others_len;
};

/**
 * Finds the host that all of *nameservers* belong to. One that belongs to
 * nobody in the table is enough for no provider: the table may not know all.
 */
struct provider_match provider_match_find(
    const struct name *nameservers, size_t len);

/** The host called *id*, case aside; NULL if there is none. */
const struct provider *provider_by_id(struct str id);

/** The row of *index*. */
const struct provider *provider_at(enum provider_index index);

/** The index of *provider*, which is a row of the table. */
enum provider_index provider_index_of(const struct provider *provider);

/** The first rule of *provider* after *after* (NULL: of all), or NULL. */
const struct provider_rule *provider_rule_next(
    const struct provider *provider, const struct provider_rule *after);

/** The first limit of *provider* after *after* (NULL: of all), or NULL. */
const struct provider_limit *provider_limit_next(
    const struct provider *provider, const struct provider_limit *after);

/**
 * How a sentence calls who was found: "GoDaddy", "probably NS1 (or Netlify,
 * Squarespace or Wix)"; "the DNS host" if nobody was.
 */
struct str provider_match_text(
    struct arena *arena, const struct provider_match *match);

#endif
