/* SPDX-License-Identifier: MIT */
/*
 * What the live source remembers: the questions, those that wait as well as
 * those that travel, and the seats for these. For net/live.c alone.
 * Must never know the loop: a seat's event is never pending in here.
 */
#ifndef NET_SEATS_H
#define NET_SEATS_H

#include "base/queue.h"
#include "net/flight.h"
#include "net/live.h"
#include "net/pace.h"
#include "net/pool.h"
#include "source/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	LIVE_PACES = 64, /* servers beyond that share them */
};

struct arena;
struct err;
struct event;
struct event_base;

struct ticket {
	struct queue_link link; /* first: a link is its ticket */
	struct seat *seat;      /* NULL while it waits */
	struct question question;
	source_done_fn *done;
	void *context;
	uint8_t wire[NAME_MAX_WIRE]; /* question.name lives here */
};

struct seat {
	struct live *live;
	struct ticket *ticket; /* NULL: the seat is free */
	struct flight flight;
	struct pace *pace;   /* of the server that was asked first */
	struct event *event; /* of a socket of its own; pending only between
				two steps */
	struct arena *arena; /* where the answer is made */
	bool at_resolvers;   /* not at one server that the question names */
	size_t first;        /* the resolver at which it began */
};

struct live {
	struct source source;
	struct live_config config;
	struct server_addr resolvers[LIVE_MAX_RESOLVERS];
	size_t preferred; /* the resolver at which to begin */
	struct event_base *base;
	struct event *stop_event;
	int stop_fd; /* -1: none */
	bool stopped;
	struct pool *pool;        /* NULL: each question has its own socket */
	struct event *tick_event; /* looks at the clock for all in the pool */
	unsigned ticks;           /* how often it did */
	int64_t ticked;           /* when it did last */
	struct queue queued;      /* tickets without a seat */
	struct queue flying;
	struct queue landed; /* with a seat, and the answer in it */
	struct pace paces[LIVE_PACES];
	size_t most; /* seats that may be taken */
	size_t free_len;
	size_t seats_len;
	struct seat *seats;
	struct seat **free;
	uint8_t room[MESSAGE_MAX];
};

/** The ticket whose link *link* is. */
struct ticket *ticket_of(struct queue_link *link);

/** Takes a question in, at the end of the queue. */
struct ticket *ticket_new(struct live *live, const struct question *question,
    source_done_fn *done, void *context);

/** Forgets *ticket*, and gives its seat back if it has one. */
void ticket_free(struct ticket *ticket);

/** Does what source_ops.is_full must. */
bool tickets_are_waiting(const struct source *source);

/** Does what source_ops.is_out must. */
bool ticket_is_out(const struct source *source, const struct ticket *ticket);

/** The next ticket that may go at *now* and has a seat to go, or NULL. */
struct ticket *ticket_next(struct live *live, int64_t now);

/** Takes a seat for *ticket* and begins its flight at *now*. */
enum flight_state ticket_launch(
    struct live *live, struct ticket *ticket, int64_t now);

/** True if there is nothing to wait for but the pool and its clock. */
bool seat_is_pooled(const struct seat *seat);

/** The time of the seat's flight has come, perhaps. */
enum flight_state seat_time(struct seat *seat, int64_t now);

/** The flight is over: its answer waits for the delivery. */
void seat_land(struct seat *seat);

/** Ends the flight as unreachable. */
void seat_strand(struct seat *seat);

/**
 * There was no descriptor for this flight: its question waits again, and
 * fewer travel from now on.
 */
void seat_requeue(struct seat *seat);

/** Takes *config* over, with what it leaves open. */
bool seats_configure(
    struct live *live, const struct live_config *config, struct err *reterr);

/**
 * Finds how many seats the limit on descriptors allows, when *used* of them
 * are used already; false if it is not one.
 */
bool seats_count(struct live *live, size_t used, struct err *reterr);

/** The seat in which *place* is. */
struct seat *seat_of(struct pool_place *place);

/** Makes *len* free seats. */
void seats_init(struct live *live, size_t len);

/** Frees all tickets and what the seats hold but for their events. */
void seats_clear(struct live *live);

#endif
