/* SPDX-License-Identifier: MIT */
/*
 * Real DNS servers on loopback, each with a folder of its own: NSD and Knot
 * with zones that are given as text, Unbound as the caching resolver before
 * them. A server that cannot be started fails the test. Whatever becomes of
 * the test, its servers end and their folders go.
 *
 *	struct server *nsd = server_new(SERVER_NSD);
 *	server_zone(nsd, "example.com", "@ SOA ns a 1 60 60 60 60\n@ NS ns\n");
 *	server_start(nsd);
 *	struct server *unbound = server_new(SERVER_UNBOUND);
 *	server_stub(unbound, "example.com", nsd);
 *	server_start(unbound);
 */
#ifndef TESTS_SERVERS_H
#define TESTS_SERVERS_H

#include "dns/addr.h"

enum server_kind {
	SERVER_NSD,
	SERVER_KNOT,
	SERVER_UNBOUND,
};

struct server;

/** A server that is not running yet, at a free port of loopback. */
struct server *server_new(enum server_kind kind);

/** Puts it, before it starts, at another address (see loopback_at()). */
void server_move(struct server *server, struct server_addr at);

/** Where it listens. */
struct server_addr server_at(const struct server *server);

/** The same as text: "127.80.3.9:40312"; lives as long as *server*. */
const char *server_text(const struct server *server);

/**
 * Serves the zone *apex* (without final dot) with *text* in master format;
 * $ORIGIN is the apex and $TTL 300. While it runs, a zone that it has is
 * replaced, and the call returns when the new one is served.
 */
void server_zone(struct server *server, const char *apex, const char *text);

/** Unbound: asks *authority* for *apex* and what is below it. */
void server_stub(
    struct server *unbound, const char *apex, const struct server *authority);

/**
 * Adds a line to the configuration before it starts: to "server:" of NSD and
 * Unbound, to each zone of Knot ("dnssec-signing: on").
 */
void server_option(struct server *server, const char *line);

/** Starts it; returns when it answers. */
void server_start(struct server *server);

/** Ends it at once, as if its machine had died; it may be started again. */
void server_kill(struct server *server);

/** Makes it silent, as if its machine hung, until server_resume(). */
void server_pause(struct server *server);

/** Lets it go on after server_pause(). */
void server_resume(struct server *server);

/**
 * The DS record of a zone that Knot signs, as one line of master format, for
 * Unbound's "trust-anchor:"; lives as long as *knot*.
 */
const char *server_ds(struct server *knot, const char *apex);

/** Ends it, removes its folder, and sets *server* to NULL; NULL is allowed. */
void server_stop(struct server **server);

#endif
