/* SPDX-License-Identifier: MIT */
/* Seats: few, kept, and used again; tickets: many, made and freed. */
#include "net/seats.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <sys/resource.h>

enum {
	ARENA_KEPT = 64 << 10, /* memory that a free seat may hold */
	FILES_KEPT = 12,       /* descriptors for the rest of the program */
	LOOK_AHEAD = 32,       /* tickets that may pass one that must wait */
};

struct ticket *
ticket_of(struct queue_link *link)
{
	return (struct ticket *)link;
}

struct seat *
seat_of(struct pool_place *place)
{
	return (
	    struct seat *)((char *)place - offsetof(struct seat, flight.place));
}

struct ticket *
ticket_new(struct live *live, const struct question *question,
    source_done_fn *done, void *context)
{
	struct ticket *ticket = xcalloc(1, sizeof(*ticket));
	assert(question->name.len <= sizeof(ticket->wire));
	ticket->question = *question;
	memcpy(ticket->wire, question->name.wire, question->name.len);
	ticket->question.name.wire = ticket->wire;
	ticket->done = done;
	ticket->context = context;
	queue_push(&live->queued, &ticket->link);
	return ticket;
}

/** Takes the seat of *ticket* from it. */
static void
seat_free(struct ticket *ticket)
{
	struct seat *seat = ticket->seat;
	struct live *live = seat->live;
	flight_close(&seat->flight);
	pace_end(seat->pace);
	if (arena_size(seat->arena) > ARENA_KEPT) {
		arena_free(&seat->arena);
	} else {
		arena_reset(seat->arena);
	}
	seat->ticket = NULL;
	ticket->seat = NULL;
	assert(live->free_len < live->seats_len);
	live->free[live->free_len++] = seat;
}

void
ticket_free(struct ticket *ticket)
{
	queue_remove(&ticket->link);
	if (ticket->seat) {
		seat_free(ticket);
	}
	free(ticket);
}

/** True if no server is named. */
static bool
is_for_resolvers(const struct ticket *ticket)
{
	return ticket->question.server.addr.family == ADDR_NONE;
}

/** The server that *ticket* is asked of first. */
static struct server_addr
first_server(const struct live *live, const struct ticket *ticket)
{
	return is_for_resolvers(ticket)
		   ? live->resolvers[live->preferred %
				     live->config.resolvers_len]
		   : ticket->question.server;
}

/** The pace of *server*; few share one, which only makes them slower. */
static struct pace *
pace_of(struct live *live, struct server_addr server)
{
	unsigned hash = server.port;
	for (size_t i = 0; i < sizeof(server.addr.bytes); i++) {
		hash = hash * 31 + server.addr.bytes[i];
	}
	return &live->paces[hash % LIVE_PACES];
}

struct ticket *
ticket_next(struct live *live, int64_t now)
{
	bool full = false; /* the resolver has enough to do */
	struct queue_link *link = live->queued.first;
	if (live->seats_len - live->free_len >= live->most) {
		return NULL;
	}
	for (int i = 0; link && i < LOOK_AHEAD; i++, link = link->after) {
		struct ticket *ticket = ticket_of(link);
		if (is_for_resolvers(ticket) && full) {
			continue;
		}
		const struct pace *pace =
		    pace_of(live, first_server(live, ticket));
		if (pace_allows(pace, now)) {
			return ticket;
		}
		full = full || is_for_resolvers(ticket);
	}
	return NULL;
}

bool
tickets_are_waiting(const struct source *source)
{
	return ((const struct live *)source)->queued.len > 0;
}

bool
ticket_is_out(const struct source *source, const struct ticket *ticket)
{
	(void)source;
	return ticket->seat != NULL;
}

bool
seat_is_pooled(const struct seat *seat)
{
	return seat->flight.pool && seat->flight.channel.fd < 0;
}

enum flight_state
seat_time(struct seat *seat, int64_t now)
{
	struct flight *flight = &seat->flight;
	const unsigned sends = flight->sends;
	const bool waited = flight->place.socket || flight->channel.fd >= 0;
	const enum flight_state state = flight_time(flight, now);
	if (waited && (flight->sends != sends || state == FLIGHT_DONE)) {
		seat->live->source.counts.slowed += pace_lost(seat->pace);
	}
	return state;
}

void
seat_land(struct seat *seat)
{
	struct live *live = seat->live;
	const struct exchange *exchange = &seat->flight.exchange;
	const unsigned sends = seat->flight.sends;
	seat->flight.exchange.answer.at =
	    clock_in_era(live->config.era) / CLOCK_SECOND;
	seat->flight.exchange.answer.sends =
	    (uint8_t)(sends < UINT8_MAX ? sends : UINT8_MAX);
	if (answer_is_said(&exchange->answer)) {
		live->source.counts.answered++;
		pace_answered(
		    seat->pace, seat->flight.sends == 1 && !seat->flight.tcp
				    ? clock_monotonic() - seat->flight.sent_at
				    : -1);
	}
	if (seat->at_resolvers && !answer_failed(&exchange->answer) &&
	    !live->config.rotate) {
		/* The next question need not find out who is dead. */
		live->preferred = seat->first + exchange->current;
	}
	queue_remove(&seat->ticket->link);
	queue_push(&live->landed, &seat->ticket->link);
}

/** The outcome for a question that has not been anywhere. */
static struct answer
unreachable(const struct seat *seat)
{
	return (struct answer){
		.status = ANSWER_UNREACHABLE,
		.server = seat->ticket->question.server,
	};
}

void
seat_strand(struct seat *seat)
{
	seat->flight.exchange.answer = unreachable(seat);
	flight_close(&seat->flight);
	seat_land(seat);
}

void
seat_requeue(struct seat *seat)
{
	struct live *live = seat->live;
	struct ticket *ticket = seat->ticket;
	if (live->flying.len == 1) {
		seat_strand(seat); /* nobody will make room */
		return;
	}
	queue_remove(&ticket->link);
	seat_free(ticket);
	queue_push_front(&live->queued, &ticket->link);
	live->most = live->flying.len;
}

static struct seat *
seat_take(struct live *live, struct ticket *ticket)
{
	assert(live->free_len > 0);
	struct seat *seat = live->free[--live->free_len];
	seat->ticket = ticket;
	ticket->seat = seat;
	if (!seat->arena) {
		seat->arena = arena_new();
	}
	return seat;
}

/** True if *server* is of a family that may be used. */
static bool
is_allowed(const struct live_config *config, struct server_addr server)
{
	return server.addr.family == ADDR_V4 ? !config->only_v6
					     : !config->only_v4;
}

/** Sets up whom to ask. */
static void
servers_set(struct seat *seat, struct exchange *exchange)
{
	struct live *live = seat->live;
	const struct server_addr one = seat->ticket->question.server;
	const size_t len = live->config.resolvers_len;
	seat->at_resolvers = one.addr.family == ADDR_NONE;
	seat->first = live->preferred;
	live->preferred += seat->at_resolvers && live->config.rotate;
	exchange->servers_len = seat->at_resolvers ? len : 1;
	for (size_t i = 0; i < exchange->servers_len; i++) {
		struct exchange_server *server = &exchange->servers[i];
		server->addr = seat->at_resolvers
				   ? live->resolvers[(seat->first + i) % len]
				   : one;
		server->tcp = server->addr.tcp || live->config.tcp;
	}
}

/** The end of a question that begins at *now*. */
static int64_t
deadline_of(const struct live_config *config, int64_t now)
{
	const int64_t deadline = now + config->timeout;
	return config->deadline != 0 && config->deadline < deadline
		   ? config->deadline
		   : deadline;
}

enum flight_state
ticket_launch(struct live *live, struct ticket *ticket, int64_t now)
{
	struct seat *seat = seat_take(live, ticket);
	struct flight *flight = &seat->flight;
	*flight = (struct flight){ .counts = &live->source.counts };
	channel_init(&flight->channel);
	queue_remove(&ticket->link);
	queue_push(&live->flying, &ticket->link);
	flight->exchange.question = &ticket->question;
	flight->exchange.arena = seat->arena;
	flight->exchange.tries = live->config.tries;
	flight->exchange.deadline = deadline_of(&live->config, now);
	seat->pace = pace_of(live, first_server(live, ticket));
	pace_begin(seat->pace, now);
	servers_set(seat, &flight->exchange);
	flight->pool = seat->at_resolvers ? live->pool : NULL;
	if (!is_allowed(&live->config, flight->exchange.servers[0].addr)) {
		flight->exchange.answer = unreachable(seat);
		return FLIGHT_DONE;
	}
	return flight_begin(flight, now);
}

bool
seats_configure(
    struct live *live, const struct live_config *config, struct err *reterr)
{
	size_t len = 0;
	if (config->resolvers_len > LIVE_MAX_RESOLVERS) {
		return err_set(reterr, ERR_USAGE,
		    "%zu resolvers are given, but at most %d are asked",
		    config->resolvers_len, LIVE_MAX_RESOLVERS);
	}
	for (size_t i = 0; i < config->resolvers_len; i++) {
		if (is_allowed(config, config->resolvers[i])) {
			live->resolvers[len++] = config->resolvers[i];
		}
	}
	live->config = *config;
	live->config.resolvers = live->resolvers;
	live->config.resolvers_len = len;
	if (live->config.timeout == 0) {
		live->config.timeout = LIVE_TIMEOUT;
	}
	for (size_t i = 0; i < LIVE_PACES; i++) {
		pace_init(&live->paces[i], live->config.rate);
	}
	if (live->config.tries == 0) {
		live->config.tries = LIVE_TRIES;
	}
	return len > 0 || err_set(reterr, ERR_USAGE,
			      "no resolver has an address that may be used");
}

bool
seats_count(struct live *live, size_t used, struct err *reterr)
{
	struct rlimit limit;
	const int failed = getrlimit(RLIMIT_NOFILE, &limit);
	assert(!failed);
	const rlim_t left = limit.rlim_cur > used ? limit.rlim_cur - used : 0;
	if (left < 2) {
		err_set(
		    reterr, ERR_SYSTEM, "too few files may be open to ask DNS");
		return err_hint(reterr,
		    "Raise the limit, for instance with \"ulimit -n 256\".");
	}
	if (left >= live->seats_len + FILES_KEPT ||
	    (live->config.pooled && left >= POOL_SOCKETS + FILES_KEPT)) {
		live->most = live->seats_len;
	} else if (left > (rlim_t)FILES_KEPT * 2) {
		live->most = (size_t)left - FILES_KEPT;
	} else {
		live->most = (size_t)left / 2;
	}
	return true;
}

void
seats_init(struct live *live, size_t len)
{
	live->seats = xcalloc(len, sizeof(*live->seats));
	live->free = xcalloc(len, sizeof(struct seat *));
	live->seats_len = len;
	for (size_t i = 0; i < len; i++) {
		live->seats[i].live = live;
		channel_init(&live->seats[i].flight.channel);
		live->free[live->free_len++] = &live->seats[i];
	}
}

static void
tickets_clear(struct queue *queue)
{
	struct queue_link *link = queue_pop(queue);
	while (link) {
		ticket_free(ticket_of(link));
		link = queue_pop(queue);
	}
}

void
seats_clear(struct live *live)
{
	tickets_clear(&live->queued);
	tickets_clear(&live->flying);
	tickets_clear(&live->landed);
	for (size_t i = 0; i < live->seats_len; i++) {
		arena_free(&live->seats[i].arena);
	}
	free(live->seats);
	free(live->free);
}
