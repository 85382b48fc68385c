/* SPDX-License-Identifier: MIT */
/*
 * The loop under the flights, and the only file that knows libevent. What
 * travels has a seat, with a socket of its own (RFC 5452 9.2: another port for
 * each); the others queue. One event a seat carries socket and time, from the
 * exchange's absolute time: nothing that arrives prolongs it. Answers are
 * delivered when the loop has returned: callbacks may start and cancel.
 */
#include "net/live.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/err.h"
#include "net/seats.h"
#include "source/source.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

#include <event2/event.h>
#include <sys/eventfd.h>

enum {
	SECOND = 1000000,
	PAST = 1,             /* a deadline that has passed */
	TICK = 20000,         /* microseconds between looks at the clock */
	TICKS_A_STEP = 5,     /* that a step of a pool may take */
	HELD_UP = 500000,     /* between two ticks: by who delivers, say */
	LOOP_DESCRIPTORS = 3, /* that libevent opens */
	LANDED_AT_ONCE = 16,  /* answers in memory before they are delivered */
};

static struct live *
live_of(struct source *source)
{
	return (struct live *)source;
}

static void on_wake(evutil_socket_t fd, short what, void *context);

/** Waits for the socket, if there is one, and for the time. */
static void
seat_watch(struct seat *seat)
{
	const struct flight *flight = &seat->flight;
	const int64_t rest = flight->exchange.wake_at - clock_monotonic();
	const struct timeval wait = {
		.tv_sec = rest > 0 ? rest / SECOND : 0,
		.tv_usec = rest > 0 ? rest % SECOND : 0,
	};
	const int fd = flight->channel.fd;
	struct event_base *base = seat->live->base;
	short what = fd >= 0 ? EV_READ : 0;
	if (channel_wants_write(&flight->channel)) {
		what = EV_WRITE;
	}
	if (!seat->event) {
		seat->event = event_new(base, -1, 0, on_wake, seat);
	}
	if (!seat->event ||
	    event_assign(seat->event, base, fd, what, on_wake, seat) != 0 ||
	    event_add(seat->event, &wait) != 0) {
		seat_strand(seat);
	}
}

static void
seat_follow(struct seat *seat, enum flight_state state)
{
	switch (state) {
	case FLIGHT_WAITS:
		if (!seat_is_pooled(seat)) {
			seat_watch(seat);
		}
		break;
	case FLIGHT_DONE:
		seat_land(seat);
		if (seat->live->landed.len >= LANDED_AT_ONCE) {
			(void)event_base_loopbreak(seat->live->base);
		}
		break;
	case FLIGHT_FULL:
		seat_requeue(seat);
		break;
	}
}

/** Called by the loop: the socket is ready, or the time has come. */
static void
on_wake(evutil_socket_t fd, short what, void *context)
{
	struct seat *seat = context;
	struct flight *flight = &seat->flight;
	const int64_t now = clock_monotonic();
	assert(fd == flight->channel.fd && seat->ticket);
	seat_follow(seat, what & (EV_READ | EV_WRITE)
			      ? flight_ready(flight, seat->live->room, now)
			      : seat_time(seat, now));
}

/* The pool: an event a socket, and one clock for all questions in it. */

static void
on_pool_ready(evutil_socket_t fd, short what, void *context)
{
	struct pool_socket *socket = context;
	(void)what;
	assert(fd == socket->fd);
	pool_ready(socket);
}

static void
pool_opened(void *context, struct pool_socket *socket)
{
	struct live *live = context;
	struct event *event = event_new(live->base, socket->fd,
	    EV_READ | EV_PERSIST, on_pool_ready, socket);
	/* Without it, the clock ends the questions. */
	if (event) {
		(void)event_add(event, NULL);
	}
	socket->watch = event;
}

static void
pool_closing(void *context, struct pool_socket *socket)
{
	(void)context;
	if (socket->watch) {
		event_free(socket->watch);
	}
}

static void
pool_event(
    void *context, struct pool_place *place, const struct exchange_event *event)
{
	struct seat *seat = seat_of(place);
	(void)context;
	seat_follow(seat, flight_told(&seat->flight, event, clock_monotonic()));
}

/** Called by the loop every now and then while a pool is open. */
static void
on_tick(evutil_socket_t fd, short what, void *context)
{
	struct live *live = context;
	const int64_t now = clock_monotonic();
	struct queue_link *next;
	const bool held_up = now - live->ticked > HELD_UP;
	(void)fd;
	(void)what;
	live->ticks++;
	live->ticked = now;
	for (struct queue_link *link = live->flying.first; link; link = next) {
		struct seat *seat = ticket_of(link)->seat;
		next = link->after;
		if (!seat_is_pooled(seat) ||
		    now < seat->flight.exchange.wake_at) {
			continue;
		}
		if (held_up) {
			/* The answer waits, or the question was not sent. */
			flight_prolong(
			    &seat->flight, now, live->config.timeout);
		} else {
			seat_follow(seat, seat_time(seat, now));
		}
	}
	if (live->pool) {
		pool_tick(live->pool);
	}
}

/** Opens the clock, and the pool; false if there is no memory for it. */
static bool
pool_open_with_clock(struct live *live)
{
	const struct timeval tick = { .tv_usec = TICK };
	const struct pool_hooks hooks = {
		.opened = pool_opened,
		.closing = pool_closing,
		.event = pool_event,
		.context = live,
	};
	live->pool = live->config.pooled ? pool_open(&hooks) : NULL;
	live->tick_event = event_new(live->base, -1, EV_PERSIST, on_tick, live);
	return live->tick_event && event_add(live->tick_event, &tick) == 0;
}

/** Sends on their way those for whom there is a seat. */
static void
live_fill(struct live *live)
{
	const int64_t now = clock_monotonic();
	struct ticket *ticket = ticket_next(live, now);
	while (ticket) {
		const enum flight_state state =
		    ticket_launch(live, ticket, now);
		seat_follow(ticket->seat, state);
		ticket = ticket_next(live, now);
	}
}

static struct ticket *
live_start(struct source *source, const struct question *question,
    source_done_fn *done, void *context)
{
	struct live *live = live_of(source);
	struct ticket *ticket = ticket_new(live, question, done, context);
	live_fill(live);
	return ticket;
}

static void
live_cancel(struct source *source, struct ticket *ticket)
{
	(void)source;
	/* The event goes before the socket; the other order is a trap. */
	if (ticket->seat && ticket->seat->event) {
		event_del(ticket->seat->event);
	}
	ticket_free(ticket);
}

/** Delivers what has landed, but not what lands meanwhile. */
static void
live_deliver(struct live *live)
{
	size_t left = live->landed.len;
	while (left-- > 0) {
		struct queue_link *link = queue_pop(&live->landed);
		if (!link) {
			return; /* callbacks have cancelled the rest */
		}
		struct ticket *ticket = ticket_of(link);
		ticket->done(
		    ticket->context, &ticket->seat->flight.exchange.answer);
		ticket_free(ticket);
		live_fill(live);
	}
}

static bool
live_step(struct source *source)
{
	struct live *live = live_of(source);
	const unsigned ticks = live->ticks;
	live_fill(live);
	while (live->landed.len == 0 && live->ticks - ticks < TICKS_A_STEP) {
		if (live->flying.len == 0 && live->queued.len == 0) {
			return false;
		}
		if (live->pool) {
			pool_flush(live->pool);
		}
		const int failed = event_base_loop(live->base, EVLOOP_ONCE);
		assert(!failed);
		live_fill(live);
	}
	live_deliver(live);
	return true;
}

static void
live_close(struct source *source)
{
	struct live *live = live_of(source);
	for (size_t i = 0; i < live->seats_len; i++) {
		if (live->seats[i].event) {
			event_free(live->seats[i].event);
		}
	}
	seats_clear(live);
	pool_close(&live->pool);
	if (live->tick_event) {
		event_free(live->tick_event);
	}
	if (live->stop_event) {
		event_free(live->stop_event);
	}
	if (live->base) {
		event_base_free(live->base);
	}
	if (live->stop_fd >= 0) {
		close(live->stop_fd);
	}
	free(live);
}

static const struct source_ops OPS = {
	.start = live_start,
	.step = live_step,
	.cancel = live_cancel,
	.close = live_close,
	.is_full = tickets_are_waiting,
	.is_out = ticket_is_out,
};

void
live_set_deadline(struct source *source, int64_t deadline)
{
	assert(source->ops == &OPS);
	struct live *live = live_of(source);
	const int64_t now = clock_monotonic();
	struct queue_link *next;
	live->config.deadline = live->stopped ? PAST : deadline;
	for (struct queue_link *link = live->flying.first; link; link = next) {
		struct seat *seat = ticket_of(link)->seat;
		struct exchange *exchange = &seat->flight.exchange;
		next = link->after;
		if (deadline == 0 || deadline >= exchange->deadline) {
			continue;
		}
		exchange->deadline = deadline;
		if (deadline < exchange->wake_at) {
			exchange->wake_at = deadline;
		}
		if (seat->event) {
			event_del(seat->event);
		}
		seat_follow(seat, seat_time(seat, now));
	}
}

void
live_stop(struct source *source)
{
	const uint64_t one = 1;
	assert(source->ops == &OPS);
	/* It can only fail when it was stopped very often already. */
	const ssize_t written =
	    write(live_of(source)->stop_fd, &one, sizeof(one));
	(void)written;
}

/** Called by the loop, once: live_stop() was called. */
static void
on_stop(evutil_socket_t fd, short what, void *context)
{
	struct live *live = context;
	(void)fd;
	(void)what;
	live->stopped = true;
	live_set_deadline(&live->source, PAST);
}

/** Called by libevent where it would end the program as if all were well. */
static void
on_fatal(int error)
{
	(void)error;
	assert(false && "the event loop cannot go on");
}

static bool
loop_open(struct live *live, struct err *reterr)
{
	struct event_config *config = event_config_new();
	event_set_fatal_callback(on_fatal);
	event_set_mem_functions(xmalloc, xrealloc, free);
	if (config) {
		/* The time is asked for when it is needed, not before. */
		event_config_set_flag(config, EVENT_BASE_FLAG_NO_CACHE_TIME);
		live->base = event_base_new_with_config(config);
		event_config_free(config);
	}
	if (live->base) {
		live->stop_event = event_new(
		    live->base, live->stop_fd, EV_READ, on_stop, live);
	}
	if (!live->stop_event || event_add(live->stop_event, NULL) != 0) {
		return err_set(
		    reterr, ERR_SYSTEM, "the event loop cannot be opened");
	}
	return (!live->config.pooled && live->config.rate == 0) ||
	       pool_open_with_clock(live) ||
	       err_set(reterr, ERR_SYSTEM, "the event loop has no room");
}

struct source *
live_open(const struct live_config *config, struct err *reterr)
{
	struct live *live = xcalloc(1, sizeof(*live));
	live->source.ops = &OPS;
	seats_init(live, config->pooled ? LIVE_POOLED : LIVE_IN_FLIGHT);
	live->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	/* Descriptors are given out from below; -1 counts as the limit. */
	const size_t used = live->stop_fd < 0
				? SIZE_MAX / 2
				: (size_t)live->stop_fd + 1 + LOOP_DESCRIPTORS;
	if (!seats_configure(live, config, reterr) ||
	    !seats_count(live, used, reterr) || !loop_open(live, reterr)) {
		live_close(&live->source);
		return NULL;
	}
	return &live->source;
}
