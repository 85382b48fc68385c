/* SPDX-License-Identifier: MIT */
/* What an exchange says, done with a channel or the pool. */
#include "net/flight.h"

#include "net/entropy.h"
#include "source/source.h"

#include <assert.h>

enum {
	DATAGRAMS_A_WAKE = 32, /* so that a flood starves nobody */
};

static void
count(struct flight *flight, bool tcp, int64_t now)
{
	struct source_counts *counts = flight->counts;
	counts->sent++;
	counts->retried += flight->sends > 0;
	counts->tcp += tcp && !flight->tcp;
	flight->sent_at = flight->sends > 0 ? flight->sent_at : now;
	flight->sends++;
	flight->tcp = flight->tcp || tcp;
}

static struct server_addr
server_of(const struct flight *flight)
{
	return flight->exchange.servers[flight->exchange.current].addr;
}

/** Sends the query from a socket of its own. */
static enum channel_state
send_alone(struct flight *flight, enum exchange_act act, int64_t now)
{
	struct exchange *exchange = &flight->exchange;
	const bool tcp = act == EXCHANGE_OPEN_TCP;
	enum channel_state state = CHANNEL_WANTS_READ;
	uint8_t query[QUERY_MAX];
	const size_t len = exchange_query(exchange, act, entropy_u16(), query);
	if (act != EXCHANGE_SEND) {
		flight_close(flight);
		state = channel_open(&flight->channel, server_of(flight), tcp);
	}
	if (state == CHANNEL_WANTS_READ || state == CHANNEL_WANTS_WRITE) {
		count(flight, tcp, now);
		state = channel_send(&flight->channel, query, len);
	}
	return state;
}

/** Sends the query from one of the pool's sockets. */
static enum channel_state
send_pooled(struct flight *flight, enum exchange_act act, int64_t now)
{
	uint8_t query[QUERY_MAX];
	uint16_t id = 0;
	if (act != EXCHANGE_SEND) {
		flight_close(flight);
		if (!pool_join(
			flight->pool, server_of(flight), &flight->place, &id)) {
			return CHANNEL_FULL;
		}
	}
	const size_t len = exchange_query(&flight->exchange, act, id, query);
	count(flight, false, now);
	pool_send(flight->pool, &flight->place, query, len);
	return CHANNEL_WANTS_READ;
}

/** Sends the query as *act* says. */
static enum channel_state
send_query(struct flight *flight, enum exchange_act act, int64_t now)
{
	return flight->pool && act != EXCHANGE_OPEN_TCP
		   ? send_pooled(flight, act, now)
		   : send_alone(flight, act, now);
}

/** Does what the exchange says, and what it says to that, until it waits. */
static enum flight_state
follow(struct flight *flight, enum exchange_act act, int64_t now)
{
	struct exchange_event lost = { .kind = EXCHANGE_LOST };
	while (act == EXCHANGE_SEND || act == EXCHANGE_OPEN_UDP ||
	       act == EXCHANGE_OPEN_TCP) {
		const enum channel_state state = send_query(flight, act, now);
		if (state == CHANNEL_WANTS_READ ||
		    state == CHANNEL_WANTS_WRITE) {
			return FLIGHT_WAITS;
		}
		if (state == CHANNEL_FULL && flight->sends == 0) {
			return FLIGHT_FULL;
		}
		lost.loss =
		    state == CHANNEL_FULL ? LOSS_REFUSED : flight->channel.loss;
		act = exchange_step(&flight->exchange, &lost, now);
	}
	if (act != EXCHANGE_WAIT) {
		flight_close(flight);
	}
	return act == EXCHANGE_DONE ? FLIGHT_DONE : FLIGHT_WAITS;
}

void
flight_close(struct flight *flight)
{
	pool_leave(&flight->place);
	channel_close(&flight->channel);
}

void
flight_prolong(struct flight *flight, int64_t now, int64_t timeout)
{
	const int64_t least =
	    timeout < EXCHANGE_FIRST_WAIT ? timeout : EXCHANGE_FIRST_WAIT;
	flight->exchange.wake_at = now + least;
	flight->exchange.deadline = now + timeout;
}

enum flight_state
flight_begin(struct flight *flight, int64_t now)
{
	const struct exchange_event event = { .kind = EXCHANGE_BEGIN };
	channel_init(&flight->channel);
	return flight_told(flight, &event, now);
}

enum flight_state
flight_ready(
    struct flight *flight, uint8_t room[static MESSAGE_MAX], int64_t now)
{
	struct exchange_event event = { .kind = EXCHANGE_MESSAGE };
	enum exchange_act act = EXCHANGE_WAIT;
	for (int i = 0; act == EXCHANGE_WAIT && i < DATAGRAMS_A_WAKE; i++) {
		const enum channel_state state =
		    channel_go(&flight->channel, room, &event.message);
		assert(state != CHANNEL_FULL);
		if (state == CHANNEL_LOST) {
			event.kind = EXCHANGE_LOST;
			event.loss = flight->channel.loss;
		} else if (state != CHANNEL_HAS_MESSAGE) {
			return FLIGHT_WAITS;
		}
		act = exchange_step(&flight->exchange, &event, now);
	}
	return follow(flight, act, now);
}

enum flight_state
flight_told(
    struct flight *flight, const struct exchange_event *event, int64_t now)
{
	return follow(
	    flight, exchange_step(&flight->exchange, event, now), now);
}

enum flight_state
flight_time(struct flight *flight, int64_t now)
{
	const struct exchange_event event = { .kind = EXCHANGE_TIME };
	return flight_told(flight, &event, now);
}
