/* SPDX-License-Identifier: MIT */
/*
 * A question on its way over a socket of its own: an exchange, and a channel
 * that does what it says. The caller waits for the socket and the time, and
 * must not watch the socket while it calls these: they may close it.
 * Must never know what it is waited with.
 */
#ifndef NET_FLIGHT_H
#define NET_FLIGHT_H

#include "net/channel.h"
#include "net/exchange.h"

#include <stdbool.h>
#include <stdint.h>

struct source_counts;

struct flight {
	struct exchange exchange;
	struct channel channel;
	struct source_counts *counts; /* of the source */
	bool sent;                    /* something went out */
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

/** The time has come, or it is just another look at the clock. */
enum flight_state flight_time(struct flight *flight, int64_t now);

#endif
