/* SPDX-License-Identifier: MIT */
/*
 * Whom to ask, as the options say it: the source behind everything that is
 * asked, the sides of DNS to look at, and how findings count.
 */
#ifndef CMD_ASKING_H
#define CMD_ASKING_H

#include "base/str.h"
#include "cli/options.h"
#include "diagnosis/record.h"
#include "diagnosis/verdict.h"
#include "dns/addr.h"
#include "dns/name.h"
#include "report/assemble.h"
#include "walks/zone_view.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct err;
struct ledger;
struct outcome;
struct recording;
struct session;
struct source;

/** A source that was opened, and what reports say of it. */
struct asked {
	struct source *source;
	struct source *shared;   /* a cache over it for a fleet; else NULL */
	const char *kind;        /* "live", "zone", "replay" */
	bool offline;            /* no network: questions cost nothing */
	struct words resolvers;  /* addresses as text */
	struct words zone_files; /* as they were given */
	struct words domains;    /* that a replay is about */
	struct recording *saved; /* what was kept for --save; else NULL */
};

/**
 * Opens the source that the options ask for: zone files, saved answers or
 * live servers. With saved answers session->now becomes their time.
 * asking_close() must follow if it gave true.
 */
bool asking_open(
    struct session *session, struct asked *ret, struct err *reterr);

/** Reads the address of a server that was given with *option*. */
bool asking_address(struct str text, const char *option,
    struct server_addr *ret, struct err *reterr);

/**
 * The sides of DNS that --view, --authoritative and --compare name; *otherwise*
 * is the view of the command, if there are two sides to see. After
 * asking_open().
 */
bool asking_sides(struct session *session, enum view otherwise,
    struct sides *ret, struct err *reterr);

/** How findings count, by --fail-on and --ignore. */
bool asking_policy(
    struct session *session, struct policy *ret, struct err *reterr);

/**
 * Keeps the answers of *ledger* about *domain* for --save; nothing without
 * it. The ledger must live until asking_close().
 */
void asking_keep(struct session *session, struct asked *asked,
    struct name domain, const struct ledger *ledger);

/**
 * The same of all that examining *domain* took, so that its plan can be
 * proven again. The outcome must live until asking_close().
 */
void asking_keep_outcome(struct session *session, struct asked *asked,
    struct name domain, const struct outcome *outcome);

/** Closes the source, and writes what was kept for --save. */
bool asking_close(
    struct session *session, struct asked *asked, struct err *reterr);

/** What reports say of the run, as far as the source tells it; in *arena*. */
struct run_facts asking_facts(const struct session *session,
    struct arena *arena, const struct asked *asked);

#endif
