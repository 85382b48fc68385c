/* SPDX-License-Identifier: MIT */
/*
 * One socket to one server, which never blocks: UDP from a random port, or
 * TCP with its two octets of length (RFC 1035 4.2.2, RFC 7766 8).
 * Must never know what the messages say, nor who waits for them.
 */
#ifndef NET_CHANNEL_H
#define NET_CHANNEL_H

#include "dns/addr.h"
#include "dns/message.h"
#include "dns/query.h"
#include "net/exchange.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What came of a call, or what to wait for before the next. */
enum channel_state {
	CHANNEL_WANTS_READ,
	CHANNEL_WANTS_WRITE,
	CHANNEL_HAS_MESSAGE,
	CHANNEL_LOST, /* channel->loss says how; only to be closed */
	CHANNEL_FULL, /* the system has no descriptor or memory left */
};

struct channel {
	int fd; /* -1: closed */
	bool tcp;
	struct server_addr server;
	enum exchange_loss loss;
	bool connected; /* TCP */
	uint8_t out[2 + QUERY_MAX];
	size_t out_len;
	size_t out_sent;
	uint8_t head[2]; /* TCP: the length as it comes */
	uint8_t *in;     /* TCP: the message, once its length is known */
	size_t in_got;   /* octets, head included */
};

/** A closed channel. */
void channel_init(struct channel *channel);

/** Opens a closed channel to *server*; begins to connect if it is TCP. */
enum channel_state channel_open(
    struct channel *channel, struct server_addr server, bool tcp);

/** Sends the *len* octets of *query*, or begins to. */
enum channel_state channel_send(
    struct channel *channel, const uint8_t *query, size_t len);

/**
 * Goes on when the socket is ready. With CHANNEL_HAS_MESSAGE *ret* is valid
 * until the next call; by UDP it lies in *room*.
 */
enum channel_state channel_go(struct channel *channel,
    uint8_t room[static MESSAGE_MAX], struct message *ret);

/** True if the socket is to be waited for until it can be written to. */
bool channel_wants_write(const struct channel *channel);

/** Closes the channel, if it is open. */
void channel_close(struct channel *channel);

#endif
