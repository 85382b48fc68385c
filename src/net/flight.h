/* SPDX-License-Identifier: MIT */
/*
 * A question on its way: an exchange, and what it says done over a socket of
 * its own or, by UDP, over those of a pool. The caller waits for the socket
 * and the time, and must not watch the socket of its own while it calls
 * these: they may close it.
 * Must never know what it is waited with.
 */
#ifndef NET_FLIGHT_H
#define NET_FLIGHT_H

#include "net/channel.h"
#include "net/exchange.h"
#include "net/pool.h"

#include <stdbool.h>
#include <stdint.h>

struct source_counts;

struct flight {
	struct exchange exchange;
	struct channel channel;
	struct pool *pool; /* whose sockets are used by UDP; or NULL */
	struct pool_place place;
	struct source_counts *counts; /* of the source */
	unsigned sends;               /* how often something went out */
	int64_t sent_at;              /* when it did first */
	bool tcp;                     /* something went out by TCP */
};

enum flight_state {
	FLIGHT_WAITS, /* for channel.fd, if it is open, and exchange.wake_at */
	FLIGHT_DONE,  /* exchange.answer is the outcome; nothing is open */
	FLIGHT_FULL,  /* nothing was sent, as there is no descriptor left */
};

/** Begins what is set up in flight->exchange. */
enum flight_state flight_begin(struct flight *flight, int64_t now);

/** The socket is ready; *room* is for what comes by UDP. */
enum flight_state flight_ready(
    struct flight *flight, uint8_t room[static MESSAGE_MAX], int64_t now);

/** Something happened to the question in the pool. */
enum flight_state flight_told(
    struct flight *flight, const struct exchange_event *event, int64_t now);

/**
 * Nobody could look at it until *now*: it is not due, and has *timeout* from
 * now on.
 */
void flight_prolong(struct flight *flight, int64_t now, int64_t timeout);

/** Leaves the pool and closes the channel. */
void flight_close(struct flight *flight);

/** The time has come, or it is just another look at the clock. */
enum flight_state flight_time(struct flight *flight, int64_t now);

#endif
