/* SPDX-License-Identifier: MIT */
/*
 * RFC 5452 9.1 to 9.3 (what to believe, and TCP when somebody guesses), RFC
 * 1035 4.2 and 7.3, RFC 7766 5 and 6.2.4 (TCP), RFC 6891 7 (servers without
 * EDNS), RFC 1123 6.1.3.3 (finite, and slower each time).
 *
 * Nothing that anybody can send without having seen the query ends the wait.
 */
#include "net/exchange.h"

#include "dns/gate.h"
#include "dns/response.h"

#include <assert.h>

enum {
	MOST_LOSSES = 2, /* then a server is given up */
	MOST_DOUBLINGS = 20,
};

/** How much a failure tells; the most telling one is kept. */
static int
telling(enum answer_status status)
{
	static const int8_t worth[] = {
		[ANSWER_TIMEOUT] = 1,
		[ANSWER_UNREACHABLE] = 2,
		[ANSWER_MALFORMED] = 3,
		[ANSWER_LAME] = 4,
		[ANSWER_REFUSED] = 5,
		[ANSWER_ERROR] = 6,
		[ANSWER_SERVFAIL] = 7,
		[ANSWER_OUTSIDE] = 0,
	};
	assert((unsigned)status < sizeof(worth) / sizeof(*worth));
	return worth[status];
}

static struct exchange_server *
server_of(struct exchange *exchange)
{
	assert(exchange->current < exchange->servers_len);
	return &exchange->servers[exchange->current];
}

static void
note_answer(struct exchange *exchange, const struct answer *answer)
{
	if (!exchange->settled ||
	    telling(answer->status) > telling(exchange->answer.status)) {
		exchange->answer = *answer;
		exchange->settled = true;
	}
}

/** A failure of which no server spoke. */
static struct answer
failure(struct exchange *exchange, enum answer_status status)
{
	return (struct answer){
		.status = status,
		.server = server_of(exchange)->addr,
		.over_tcp = exchange->on_tcp,
	};
}

static void
note(struct exchange *exchange, enum answer_status status)
{
	const struct answer answer = failure(exchange, status);
	note_answer(exchange, &answer);
}

static enum exchange_act
finish(struct exchange *exchange)
{
	if (!exchange->settled && !exchange->routeless) {
		note(exchange, ANSWER_TIMEOUT);
	}
	exchange->open = false;
	return EXCHANGE_DONE;
}

static size_t
servers_left(const struct exchange *exchange)
{
	size_t left = 0;
	for (size_t i = 0; i < exchange->servers_len; i++) {
		left += !exchange->servers[i].finished;
	}
	return left;
}

/**
 * Each wait by UDP is twice the one before, and all of them fill the time
 * that is there.
 */
static int64_t
wait_udp(const struct exchange *exchange, int64_t now)
{
	const int64_t rest = exchange->deadline - now;
	const unsigned left = exchange->sends + 1;
	const unsigned doublings =
	    left < MOST_DOUBLINGS ? left : MOST_DOUBLINGS;
	const int64_t wait = rest / ((INT64_C(1) << doublings) - 1);
	int64_t least = rest / left;
	if (least > EXCHANGE_FIRST_WAIT) {
		least = EXCHANGE_FIRST_WAIT;
	}
	return wait > least ? wait : least;
}

/** TCP repeats by itself: it gets a share of the time, once. */
static int64_t
wait_tcp(struct exchange *exchange, int64_t now)
{
	size_t shares = servers_left(exchange);
	/* There is a way back to UDP. */
	shares += server_of(exchange)->suspected;
	assert(shares > 0);
	return (exchange->deadline - now) / (int64_t)shares;
}

/** Asks the current server. */
static enum exchange_act
ask(struct exchange *exchange, int64_t now)
{
	const bool again = exchange->open;
	exchange->noise = false;
	exchange->on_tcp = server_of(exchange)->tcp;
	exchange->open = !exchange->on_tcp;
	if (exchange->on_tcp) {
		exchange->wake_at = now + wait_tcp(exchange, now);
		return EXCHANGE_OPEN_TCP;
	}
	exchange->wake_at = now + wait_udp(exchange, now);
	return again ? EXCHANGE_SEND : EXCHANGE_OPEN_UDP;
}

/** Asks the current server, if there is a send left for it. */
static enum exchange_act
attempt(struct exchange *exchange, int64_t now)
{
	if (now >= exchange->deadline || exchange->sends == 0 ||
	    server_of(exchange)->finished) {
		return finish(exchange);
	}
	exchange->sends--;
	return ask(exchange, now);
}

/** Leaves what is open. */
static void
leave(struct exchange *exchange)
{
	exchange->open = false;
	exchange->on_tcp = false;
}

/** Turns to the next server, or stays where there is no other. */
static void
turn(struct exchange *exchange)
{
	const size_t len = exchange->servers_len;
	for (size_t i = 1; i < len; i++) {
		const size_t next = (exchange->current + i) % len;
		if (!exchange->servers[next].finished) {
			exchange->current = next;
			leave(exchange);
			return;
		}
	}
}

/** Goes on with the next server, after a pause if it was lost before. */
static enum exchange_act
go_on(struct exchange *exchange, int64_t now)
{
	turn(exchange);
	const struct exchange_server *server = server_of(exchange);
	if (server->losses == 0 || server->finished || exchange->sends == 0) {
		return attempt(exchange, now);
	}
	leave(exchange);
	exchange->wake_at = now + EXCHANGE_PAUSE;
	if (exchange->wake_at > exchange->deadline) {
		exchange->wake_at = exchange->deadline;
	}
	return EXCHANGE_REST;
}

/** Asks the same server by TCP, which costs no send: it happens once. */
static enum exchange_act
to_tcp(struct exchange *exchange, bool suspected, int64_t now)
{
	struct exchange_server *server = server_of(exchange);
	assert(!server->tcp);
	server->tcp = true;
	server->suspected = suspected;
	exchange->open = false;
	return ask(exchange, now);
}

/**
 * TCP has failed. If it was only for safety there is a way back, with a
 * socket nobody has guessed at yet.
 */
static enum exchange_act
tcp_failed(struct exchange *exchange, bool for_good, int64_t now)
{
	struct exchange_server *server = server_of(exchange);
	leave(exchange);
	if (server->suspected) {
		server->suspected = false;
		server->guarded = true;
		server->tcp = false;
		return attempt(exchange, now);
	}
	server->losses++;
	server->finished = for_good || server->losses >= MOST_LOSSES;
	return go_on(exchange, now);
}

/** Somebody who does not know the id spoke (RFC 5452 9.3). */
static enum exchange_act
on_guess(struct exchange *exchange, int64_t now)
{
	note(exchange, ANSWER_MALFORMED);
	if (!server_of(exchange)->guarded) {
		return to_tcp(exchange, true, now);
	}
	/* Each guess costs a socket, so there is one guess a socket. */
	leave(exchange);
	return attempt(exchange, now);
}

/** What came is no answer. By UDP, the answer may still come. */
static enum exchange_act
on_noise(struct exchange *exchange, int64_t now)
{
	note(exchange, ANSWER_MALFORMED);
	if (exchange->on_tcp) {
		return tcp_failed(exchange, true, now);
	}
	const int64_t half = now + (exchange->deadline - now) / 2;
	if (!exchange->noise && exchange->wake_at > half) {
		exchange->wake_at = half; /* leave time for TCP */
	}
	exchange->noise = true;
	return EXCHANGE_WAIT;
}

/** True if the server may only have stumbled over EDNS (RFC 6891 7). */
static bool
stumbled(const struct exchange_server *server, const struct answer *answer)
{
	return !server->plain && (answer->rcode == RCODE_FORMERR ||
				     answer->rcode == RCODE_NOTIMP ||
				     answer->rcode == RCODE_BADVERS);
}

/** A readable response to the question. */
static enum exchange_act
on_answer(struct exchange *exchange, struct answer *answer, int64_t now)
{
	struct exchange_server *server = server_of(exchange);
	answer->server = server->addr;
	answer->over_tcp = exchange->on_tcp;
	if (stumbled(server, answer)) {
		server->plain = true;
		/* Elsewhere, so that no double of this is taken for it. */
		exchange->open = false;
		return ask(exchange, now);
	}
	if (answer_failed(answer)) {
		note_answer(exchange, answer);
		server->finished = true;
		return go_on(exchange, now);
	}
	exchange->answer = *answer;
	exchange->settled = true;
	return finish(exchange);
}

static enum exchange_act
on_message(struct exchange *exchange, struct message message, int64_t now)
{
	struct answer answer;
	const enum query_match match =
	    query_match(message, exchange->question, exchange->id);
	if (match == QUERY_OTHER_ID && !exchange->on_tcp) {
		return on_guess(exchange, now);
	}
	if (match != QUERY_MATCHES) {
		return on_noise(exchange, now);
	}
	/* Before the body: it may be cut anywhere. */
	if (!exchange->on_tcp && message_is_truncated(message)) {
		return to_tcp(exchange, false, now);
	}
	if (gate_check(message) != GATE_OK ||
	    !response_read(
		exchange->arena, message, exchange->question, &answer)) {
		return on_noise(exchange, now);
	}
	return on_answer(exchange, &answer, now);
}

static enum exchange_act
on_lost(struct exchange *exchange, enum exchange_loss loss, int64_t now)
{
	struct exchange_server *server = server_of(exchange);
	const bool for_good = loss == LOSS_NO_ROUTE;
	if (!for_good) {
		note(exchange,
		    loss == LOSS_CUT ? ANSWER_MALFORMED : ANSWER_UNREACHABLE);
	} else if (!exchange->settled) {
		/* Whatever comes of another server tells more. */
		exchange->answer = failure(exchange, ANSWER_UNREACHABLE);
		exchange->routeless = true;
	}
	if (exchange->on_tcp) {
		return tcp_failed(exchange, for_good, now);
	}
	leave(exchange);
	server->losses++;
	server->finished = for_good || server->losses >= MOST_LOSSES;
	return go_on(exchange, now);
}

static enum exchange_act
on_time(struct exchange *exchange, int64_t now)
{
	if (now < exchange->wake_at && now < exchange->deadline) {
		return EXCHANGE_WAIT;
	}
	if (!exchange->open && !exchange->on_tcp) {
		return attempt(exchange, now); /* it was a pause */
	}
	note(exchange, ANSWER_TIMEOUT);
	if (now >= exchange->deadline) {
		return finish(exchange);
	}
	if (exchange->on_tcp) {
		return tcp_failed(exchange, true, now);
	}
	if (exchange->noise) {
		return to_tcp(exchange, false, now);
	}
	return go_on(exchange, now);
}

enum exchange_act
exchange_step(
    struct exchange *exchange, const struct exchange_event *event, int64_t now)
{
	assert(exchange->servers_len > 0);
	assert(exchange->servers_len <= EXCHANGE_MAX_SERVERS);
	switch (event->kind) {
	case EXCHANGE_BEGIN:
		assert(exchange->tries > 0 && exchange->sends == 0);
		exchange->sends =
		    exchange->tries * (unsigned)exchange->servers_len;
		return attempt(exchange, now);
	case EXCHANGE_MESSAGE:
		return on_message(exchange, event->message, now);
	case EXCHANGE_LOST:
		return on_lost(exchange, event->loss, now);
	case EXCHANGE_TIME:
		return on_time(exchange, now);
	}
	return EXCHANGE_WAIT;
}

size_t
exchange_query(struct exchange *exchange, enum exchange_act act, uint16_t id,
    uint8_t to[static QUERY_MAX])
{
	if (act != EXCHANGE_SEND) {
		exchange->id = id;
	}
	const struct query_form form = {
		.id = exchange->id,
		.edns = !server_of(exchange)->plain,
	};
	return query_write(exchange->question, form, to);
}
