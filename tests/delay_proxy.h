/* SPDX-License-Identifier: MIT */
/*
 * Stands before a server and gives each answer a fixed time after its
 * question, over UDP and TCP: a network with a known round trip.
 */
#ifndef TESTS_DELAY_PROXY_H
#define TESTS_DELAY_PROXY_H

#include "dns/addr.h"

struct delay_proxy;

/** What the way to the server is like. */
struct delay_line {
	unsigned ms;      /* that an answer takes at least */
	unsigned lose;    /* one UDP datagram in so many; 0: none */
	unsigned burst;   /* milliseconds; answers go together, that often */
	const char *slow; /* part of a label; NULL: none */
	unsigned slow_ms; /* that answers about names with it take */
};

/** Starts one before *server*. */
struct delay_proxy *delay_proxy_open(
    struct server_addr server, struct delay_line line);

/** Starts one before *server*, whose answers come after *ms* milliseconds. */
struct delay_proxy *delay_proxy_start(struct server_addr server, unsigned ms);

/** Where it listens. */
struct server_addr delay_proxy_at(const struct delay_proxy *proxy);

/** How many questions came over UDP so far. */
unsigned delay_proxy_questions(const struct delay_proxy *proxy);

/** Ends it and sets *proxy* to NULL; NULL is allowed. */
void delay_proxy_stop(struct delay_proxy **proxy);

#endif
