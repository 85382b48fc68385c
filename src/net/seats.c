/* SPDX-License-Identifier: MIT */
/* Seats: few, kept, and used again; tickets: many, made and freed. */
#include "net/seats.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <sys/resource.h>

enum {
	ARENA_KEPT = 64 << 10, /* memory that a free seat may hold */
	FILES_KEPT = 12,       /* descriptors for the rest of the program */
};

struct ticket *
ticket_of(struct queue_link *link)
{
	return (struct ticket *)link;
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
	channel_close(&seat->flight.channel);
	if (arena_size(seat->arena) > ARENA_KEPT) {
		arena_free(&seat->arena);
	} else {
		arena_reset(seat->arena);
	}
	seat->ticket = NULL;
	ticket->seat = NULL;
	assert(live->free_len < LIVE_IN_FLIGHT);
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

struct ticket *
ticket_next(struct live *live)
{
	const size_t taken = LIVE_IN_FLIGHT - live->free_len;
	return live->queued.first && taken < live->most
		   ? ticket_of(live->queued.first)
		   : NULL;
}

/** True if a server said something. */
static bool
was_answered(const struct answer *answer)
{
	return answer->status != ANSWER_TIMEOUT &&
	       answer->status != ANSWER_UNREACHABLE &&
	       answer->status != ANSWER_MALFORMED;
}

void
seat_land(struct seat *seat)
{
	struct live *live = seat->live;
	const struct exchange *exchange = &seat->flight.exchange;
	seat->flight.exchange.answer.at = clock_wall();
	if (was_answered(&exchange->answer)) {
		live->source.counts.answered++;
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
	channel_close(&seat->flight.channel);
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
	servers_set(seat, &flight->exchange);
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
	if (left >= LIVE_IN_FLIGHT + FILES_KEPT) {
		live->most = LIVE_IN_FLIGHT;
	} else if (left > (rlim_t)FILES_KEPT * 2) {
		live->most = (size_t)left - FILES_KEPT;
	} else {
		live->most = (size_t)left / 2;
	}
	return true;
}

void
seats_init(struct live *live)
{
	for (size_t i = 0; i < LIVE_IN_FLIGHT; i++) {
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
	for (size_t i = 0; i < LIVE_IN_FLIGHT; i++) {
		arena_free(&live->seats[i].arena);
	}
}
