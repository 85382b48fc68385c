/* SPDX-License-Identifier: MIT */
/*
 * UDP sockets that many questions share, for a fleet: opening a socket a
 * question costs more than asking it. Each has a random port and one server,
 * carries at most POOL_SHARE questions at a time, and is given up after
 * POOL_USES of them, so that whoever finds a port out gains little (RFC 5452
 * 9.2). What is sent and what comes is handled many at a time.
 * Must never know what messages say, but for the id they begin with; nor
 * what the sockets are waited for with.
 */
#ifndef NET_POOL_H
#define NET_POOL_H

#include "dns/addr.h"
#include "dns/message.h"
#include "net/exchange.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	POOL_SOCKETS = 64, /* at most, those that are spent included */
	POOL_FRESH = 16,   /* that take new questions, in turn */
	POOL_SHARE = 64,   /* questions at a time on one: its buffer holds
			      some 160 answers */
	POOL_USES = 512,   /* questions until a socket is spent */
	POOL_BATCH = 32,   /* datagrams a call */
	POOL_STRAYS = 16,  /* more came than was sent: somebody guesses */
};

struct pool;

/** One of the sockets; *watch* belongs to who waits for it. */
struct pool_socket {
	struct pool *pool;
	int fd; /* -1: closed */
	void *watch;
	struct server_addr server;
	unsigned uses;     /* questions it was given */
	unsigned sent;     /* datagrams */
	unsigned received; /* datagrams, from whomever */
	bool refused;      /* sending has shown it, and nobody was told yet */
	size_t len;        /* questions on it now */
	uint16_t ids[POOL_SHARE];
	struct pool_place *places[POOL_SHARE];
};

/** Where a question is in the pool; zero is nowhere. */
struct pool_place {
	struct pool_socket *socket;
	size_t at;
};

/** What the pool tells. None of these may close the pool. */
struct pool_hooks {
	/** *socket* was opened, and is to be waited for. */
	void (*opened)(void *context, struct pool_socket *socket);
	/** It is about to be closed. */
	void (*closing)(void *context, struct pool_socket *socket);
	/** Something happened to the question at *place*, which may leave. */
	void (*event)(void *context, struct pool_place *place,
	    const struct exchange_event *event);
	void *context;
};

/** Opens a pool without sockets. */
struct pool *pool_open(const struct pool_hooks *hooks);

/** Closes all sockets; *pool* becomes NULL, which is allowed. */
void pool_close(struct pool **pool);

/**
 * Takes the question of *place*, which is nowhere, onto a socket to *server*,
 * under an id of its own there. False if the system has no socket to give.
 */
bool pool_join(struct pool *pool, struct server_addr server,
    struct pool_place *place, uint16_t *ret_id);

/** Sends the *len* octets of *query*, at the latest with pool_flush(). */
void pool_send(struct pool *pool, const struct pool_place *place,
    const uint8_t *query, size_t len);

/** Sends what pool_send() has collected. */
void pool_flush(struct pool *pool);

/** *socket* can be read: tells what came, or that the server is lost. */
void pool_ready(struct pool_socket *socket);

/** Now and then: tells what sending has shown. */
void pool_tick(struct pool *pool);

/** Takes the question of *place* off its socket, if it is on one. */
void pool_leave(struct pool_place *place);

#endif
