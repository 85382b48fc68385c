/* SPDX-License-Identifier: MIT */
/* What an exchange says, done with a channel. */
#include "net/flight.h"

#include "net/entropy.h"
#include "source/source.h"

#include <assert.h>

enum {
	DATAGRAMS_A_WAKE = 32, /* so that a flood starves nobody */
};

static void
count(struct flight *flight, bool tcp)
{
	struct source_counts *counts = flight->counts;
	counts->sent++;
	counts->retried += flight->sent;
	counts->tcp += tcp && !flight->tcp;
	flight->sent = true;
	flight->tcp = flight->tcp || tcp;
}

/** Sends the query as *act* says; true if that went well. */
static bool
send_query(
    struct flight *flight, enum exchange_act act, enum channel_state *ret_state)
{
	struct exchange *exchange = &flight->exchange;
	const bool tcp = act == EXCHANGE_OPEN_TCP;
	enum channel_state state = CHANNEL_WANTS_READ;
	uint8_t query[QUERY_MAX];
	const size_t len = exchange_query(exchange, act, entropy_u16(), query);
	if (act != EXCHANGE_SEND) {
		channel_close(&flight->channel);
		state = channel_open(&flight->channel,
		    exchange->servers[exchange->current].addr, tcp);
	}
	if (state == CHANNEL_WANTS_READ || state == CHANNEL_WANTS_WRITE) {
		count(flight, tcp);
		state = channel_send(&flight->channel, query, len);
	}
	*ret_state = state;
	return state == CHANNEL_WANTS_READ || state == CHANNEL_WANTS_WRITE;
}

/** Does what the exchange says, and what it says to that, until it waits. */
static enum flight_state
follow(struct flight *flight, enum exchange_act act, int64_t now)
{
	struct exchange_event lost = { .kind = EXCHANGE_LOST };
	enum channel_state state;
	while (act == EXCHANGE_SEND || act == EXCHANGE_OPEN_UDP ||
	       act == EXCHANGE_OPEN_TCP) {
		if (send_query(flight, act, &state)) {
			return FLIGHT_WAITS;
		}
		if (state == CHANNEL_FULL && !flight->sent) {
			return FLIGHT_FULL;
		}
		lost.loss =
		    state == CHANNEL_FULL ? LOSS_REFUSED : flight->channel.loss;
		act = exchange_step(&flight->exchange, &lost, now);
	}
	if (act != EXCHANGE_WAIT) {
		channel_close(&flight->channel);
	}
	return act == EXCHANGE_DONE ? FLIGHT_DONE : FLIGHT_WAITS;
}

enum flight_state
flight_begin(struct flight *flight, int64_t now)
{
	const struct exchange_event event = { .kind = EXCHANGE_BEGIN };
	channel_init(&flight->channel);
	return follow(
	    flight, exchange_step(&flight->exchange, &event, now), now);
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
flight_time(struct flight *flight, int64_t now)
{
	const struct exchange_event event = { .kind = EXCHANGE_TIME };
	return follow(
	    flight, exchange_step(&flight->exchange, &event, now), now);
}
