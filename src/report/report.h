/* SPDX-License-Identifier: MIT */
/*
 * The finished report: all that any renderer needs, and nothing to decide.
 * Fields named value, found, expected, record and text below spf and dmarc
 * are raw text from DNS or from files and must go through text/escape; all
 * other text is our own or already safe.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/str.h"
#include "base/vec.h"
#include "diagnosis/verdict.h"
#include "dns/rr.h"
#include "findings/catalog.h"
#include "findings/finding.h"
#include "source/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Whether a row of the troubleshooting table applies. */
enum issue_state {
	ISSUE_CLEAR,
	ISSUE_DETECTED,
	ISSUE_UNKNOWN,
};

struct report_record {
	struct str id;
	enum rrtype type;
	struct str name; /* empty: not known (DKIM without a token) */
	struct str host; /* what to type in a panel; empty with name */
	bool has_expected;
	struct str expected; /* an MX as "10 host" */
	struct VEC(struct str) found;
	enum record_status status;
	bool left_out; /* by --only: nobody wanted to know */
	bool blocking;
	int64_t ttl;                     /* seconds; -1: nothing found */
	struct VEC(struct str) findings; /* codes */
};

struct report_finding {
	const struct finding *finding; /* evidence, args */
	struct str code;
	enum severity severity;
	int record; /* index of records[]; -1: the domain */
	enum issue issue;
	struct str title;
	struct str detail;
	bool waiting_helps;
	struct str fix;          /* empty: null */
	struct str provider_fix; /* the same in the panel's words, or empty */
	const char *reference;   /* "RFC 7208 4.5"; may be empty */
};

struct report_issue {
	enum issue_state state;
	struct VEC(struct str) findings; /* codes, each once */
	/* Indices of findings[] to be shown below the row. */
	struct VEC(size_t) shown;
};

/** One change to make. */
struct report_change {
	bool add; /* else remove */
	enum rrtype type;
	struct str name;
	struct str host;
	struct str zone;  /* that has it, if not report_zone.apex; or empty */
	struct str value; /* raw; an MX without its priority */
	bool has_priority;
	uint16_t priority;
};

struct report_not_checked {
	struct str what;
	struct str why;
	struct str option; /* what would check it; may be empty */
};

struct report_server {
	struct str name; /* the address when the name is not known */
	struct VEC(struct str) addresses;
	struct str state; /* "ok", "lame"... */
};

struct report_zone {
	struct str apex;        /* empty: not known */
	struct str provider_id; /* empty: not recognised */
	struct str provider_name;
	bool provider_certain;
	struct VEC(struct report_server) nameservers;
	enum maybe serials_agree;
	const char *dnssec;   /* "secure", "insecure", "bogus", "unknown" */
	int64_t negative_ttl; /* seconds; -1: not known */
};

struct report_spf_node;

struct report_spf_term {
	struct str text;
	const char *kind;                   /* "include", "ip4"... */
	unsigned lookups;                   /* with all below it */
	const struct report_spf_node *tree; /* of include and redirect */
};

struct report_spf_node {
	struct str domain;
	struct str record; /* raw; empty if there was none */
	struct VEC(struct report_spf_term) terms;
};

struct report_spf {
	bool has_record;
	struct str record; /* raw */
	unsigned lookups;
	unsigned void_lookups;
	const struct report_spf_node *tree; /* NULL without a record */
};

struct report_pair {
	const char *key;
	struct str value; /* raw */
};

struct report_dmarc {
	bool has_record;
	struct str record;                     /* raw */
	struct str found_at;                   /* a name */
	struct VEC(struct report_pair) policy; /* p, sp, ... as declared */
	struct VEC(
	    struct str) notes; /* sentences for -v: alignment, next step */
};

/** How a result stands to what --state remembers. */
enum report_change_kind {
	CHANGE_UNKNOWN, /* nothing is remembered */
	CHANGE_NONE,
	CHANGE_HELD, /* network trouble that counts if it is seen again */
	CHANGE_NEW,
	CHANGE_CHANGED,
	CHANGE_RECOVERED,
	CHANGE_REMINDER,
};

/** Findings as "record:code", those of the domain itself as "code". */
struct report_signs VEC(struct str);

/** What happened since the last run. */
struct report_history {
	enum report_change_kind kind;
	int64_t
	    since; /* when the result that counts began; -1: there is none */
	bool has_previous;
	enum verdict previous;  /* what was before */
	int64_t previous_since; /* when that began */
	struct report_signs appeared;
	struct report_signs gone;
};

/** One question as it went, for -vv. */
struct report_query {
	struct str question; /* "TXT _dmarc.example.com" */
	struct str server;   /* empty: the configured resolver, or a file */
	const char *outcome; /* "found", "no such name"... */
	struct VEC(struct str) values; /* raw */
	int64_t ttl;                   /* seconds; -1: none */
};

/** What one server answers for the records, in the order of records[]. */
struct report_view {
	struct str server;
	bool authoritative;   /* else a resolver */
	const char **answers; /* "ok", "missing", "wrong", "failed"; NULL: not
				asked */
};

struct report {
	struct str version;
	struct str domain;
	struct str input; /* as typed (raw), if that differs; else empty */
	int64_t generated_at;
	const char *source_kind; /* "live", "zone", "replay" */
	struct VEC(struct str) resolvers;
	struct VEC(struct str) zone_files; /* raw */
	enum verdict verdict;
	enum predicted predicted;
	struct str summary;
	struct report_history history;
	bool waiting_helps;
	int64_t retry_after; /* seconds; -1: null */
	struct VEC(struct report_record) records;
	struct VEC(struct report_finding) findings;
	struct report_issue issues[ISSUE_ROWS];
	struct VEC(struct report_change) plan;
	enum maybe plan_proven;
	struct report_zone zone;
	struct report_spf spf;
	struct report_dmarc dmarc;
	struct VEC(struct report_not_checked) not_checked;
	struct VEC(struct report_view) views;  /* propagation.servers */
	int64_t visible_by;                    /* since 1970; -1: null */
	struct VEC(struct report_query) asked; /* every question, for -vv */
	struct source_counts counts;           /* queries, in JSON */
	uint64_t elapsed_ms;
	struct str next_command; /* what to run after the change; our own */
};

/** "ready", "action_needed", "propagating", "unknown". */
const char *verdict_text(enum verdict verdict);

/** "verified", "pending", "unknown". */
const char *predicted_text(enum predicted predicted);

/** "none", "held", "new", "changed"; for a kind that is known. */
const char *change_kind_text(enum report_change_kind kind);

/** "clear", "detected", "unknown". */
const char *issue_state_text(enum issue_state state);

#endif
