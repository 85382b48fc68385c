/* SPDX-License-Identifier: MIT */
/*
 * The source that asks live servers. It drives one exchange a question over
 * sockets of its own; what the answers mean is none of its business.
 */
#ifndef NET_LIVE_H
#define NET_LIVE_H

#include "dns/addr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct source;

enum {
	LIVE_MAX_RESOLVERS = 8,
	LIVE_TIMEOUT = 5000000, /* microseconds for a question */
	LIVE_TRIES = 6, /* a way that loses one datagram in twenty, there and
			   back, fails one question in a million */
	LIVE_IN_FLIGHT = 256, /* questions with a socket at the same time */
	LIVE_POOLED = 1024,   /* and with sockets that they share */
};

/** How to ask; zero means the usual where nothing else is said. */
struct live_config {
	const struct server_addr *resolvers; /* at least one; copied */
	size_t resolvers_len;
	int64_t timeout;  /* microseconds for a question, all tries included */
	unsigned tries;   /* how often each server is asked */
	int64_t deadline; /* of the run, by clock_monotonic(); 0: none */
	int64_t era;      /* of the run: clock_era(), to date the answers */
	bool tcp;         /* never ask by UDP */
	bool only_v4;     /* servers of the other family are "unreachable" */
	bool only_v6;
	unsigned rate; /* questions a second to one server; 0: no limit */
	bool rotate;   /* begin each question at another resolver */
	bool pooled;   /* questions to the resolvers share sockets */
};

/**
 * Opens a source on libevent that asks live servers: the configured
 * resolvers, or the one server that a question names. Any number of
 * questions may be started; those beyond LIVE_IN_FLIGHT or LIVE_POOLED, or
 * what the limit on file descriptors allows, wait their turn without using up
 * their time. NULL with *reterr* if there is no resolver to ask, or no
 * descriptor left. source_close() frees it.
 */
struct source *live_open(const struct live_config *config, struct err *reterr);

/**
 * Sets another deadline of the run, by clock_monotonic(); 0 takes it away.
 * From then on what is under way and what is started later is answered
 * ANSWER_TIMEOUT, or with the failure that is known by then, once the
 * deadline has passed.
 */
void live_set_deadline(struct source *source, int64_t deadline);

/**
 * Lets the deadline pass for everything outstanding or started later, from the
 * next source_step() on; one that waits is woken. May be called from a signal
 * handler, and cannot be undone.
 */
void live_stop(struct source *source);

#endif
