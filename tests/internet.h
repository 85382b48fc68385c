/* SPDX-License-Identifier: MIT */
/*
 * A small Internet of real servers, all at port 53 of a network that the
 * test has for itself: a root with com, example and amazonses.com below it,
 * two servers of the customer's zone under com, and a resolver.
 */
#ifndef TESTS_INTERNET_H
#define TESTS_INTERNET_H

#include "servers.h"

/** Where they are. */
#define INTERNET_ROOT     "127.0.1.1"
#define INTERNET_FIRST    "127.0.1.2"
#define INTERNET_SECOND   "127.0.1.3"
#define INTERNET_RESOLVER "127.0.0.53"

/** What amazonses.com says there: keys for every token. */
extern const char internet_ses_zone[];

/** Its servers; each may be killed, paused, changed. */
struct internet {
	const char *apex;        /* of the customer's zone: "yourapp.com" */
	struct server *root;     /* NSD */
	struct server *first;    /* NSD: ns1.dns-host.example */
	struct server *second;   /* Knot: ns2.dns-host.example */
	struct server *resolver; /* Unbound */
};

/**
 * Starts all but the resolver with *zone* at *apex*, whose NS records must
 * name ns1 and ns2.dns-host.example.
 */
struct internet internet_start(const char *apex, const char *zone);

/**
 * Starts the resolver with *options*, ended by NULL, or NULL for none; see
 * server_option().
 */
void internet_resolve(struct internet *internet, const char *const *options);

/**
 * Replaces the zone at both of its servers, and waits until a resolver that
 * caches nothing has forgotten what was there before.
 */
void internet_publish(struct internet *internet, const char *zone);

/** Ends all servers. */
void internet_stop(struct internet *internet);

#endif
