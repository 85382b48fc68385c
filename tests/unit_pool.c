/* SPDX-License-Identifier: MIT */
/* Sockets that many questions share, against a server that is the test. */
#include "net/pool.h"

#include "net/endpoint.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum {
	MOST = 2000,
	WAIT = 1000, /* milliseconds that nothing takes */
};

/** A question as the pool sees it, and what it was told. */
struct member {
	struct pool_place place;
	uint16_t id;
	unsigned messages;
	unsigned lost;
};

static struct pool *pool;
static int server;
static struct server_addr at;
static struct member members[MOST];
static struct pool_socket *opened[POOL_SOCKETS];
static size_t opened_len;
static size_t closed;

static void
on_opened(void *context, struct pool_socket *socket)
{
	(void)context;
	if (opened_len < POOL_SOCKETS) {
		opened[opened_len] = socket;
	}
	opened_len++;
}

static void
on_closing(void *context, struct pool_socket *socket)
{
	(void)context;
	(void)socket;
	closed++;
}

static void
on_event(
    void *context, struct pool_place *place, const struct exchange_event *event)
{
	struct member *member = (struct member *)place;
	(void)context;
	member->messages += event->kind == EXCHANGE_MESSAGE;
	member->lost += event->kind == EXCHANGE_LOST;
	pool_leave(place);
}

static void
begin(void)
{
	static const struct pool_hooks hooks = { on_opened, on_closing,
		on_event, NULL };
	union endpoint endpoint;
	socklen_t len = sizeof(endpoint);
	server = socket(AF_INET, SOCK_DGRAM, 0);
	cr_assert(server_addr_parse(STR("127.0.0.1:1"), &at));
	at.port = 0;
	len = endpoint_of(at, &endpoint);
	cr_assert(eq(int, bind(server, &endpoint.any, len), 0));
	cr_assert(eq(int, getsockname(server, &endpoint.any, &len), 0));
	at.port = ntohs(endpoint.v4.sin_port);
	pool = pool_open(&hooks);
}

static void
end(void)
{
	pool_close(&pool);
	close(server);
	cr_expect(eq(sz, opened_len, closed));
}

TestSuite(pool, .init = begin, .fini = end, .timeout = 20);

/** Puts *member* into the pool and sends its id twice as its query. */
static void
join(struct member *member)
{
	cr_assert(pool_join(pool, at, &member->place, &member->id));
	const uint8_t query[] = { (uint8_t)(member->id >> 8),
		(uint8_t)member->id, (uint8_t)(member->id >> 8),
		(uint8_t)member->id };
	pool_send(pool, &member->place, query, sizeof(query));
}

/** What the server got, and from which port. */
struct got {
	uint8_t octets[16];
	size_t len;
	union endpoint from;
};

static struct got
receive(void)
{
	struct got got = { .len = 0 };
	struct pollfd ready = { server, POLLIN, 0 };
	socklen_t from_len = sizeof(got.from);
	cr_assert(eq(int, poll(&ready, 1, WAIT), 1));
	const ssize_t len = recvfrom(server, got.octets, sizeof(got.octets), 0,
	    &got.from.any, &from_len);
	cr_assert(gt(int, (int)len, 0));
	got.len = (size_t)len;
	return got;
}

static void
reply(const struct got *got)
{
	const ssize_t sent = sendto(server, got->octets, got->len, 0,
	    &got->from.any, sizeof(got->from.v4));
	cr_assert(eq(int, (int)sent, (int)got->len));
}

/** Lets the pool read whatever has come. */
static void
pump(void)
{
	for (size_t i = 0; i < opened_len; i++) {
		struct pollfd ready = { opened[i]->fd, POLLIN, 0 };
		while (ready.fd >= 0 && poll(&ready, 1, 0) == 1) {
			pool_ready(opened[i]);
		}
	}
}

Test(pool, what_is_collected_goes_with_the_flush)
{
	struct pollfd ready = { server, POLLIN, 0 };
	join(&members[0]);
	cr_expect(eq(int, poll(&ready, 1, 20), 0));
	pool_flush(pool);
	const struct got got = receive();
	cr_expect(eq(sz, got.len, 4));
	cr_expect(eq(int, got.octets[0], members[0].id >> 8));
	cr_expect(eq(int, got.octets[3], members[0].id & 0xff));
}

Test(pool, each_answer_finds_its_question)
{
	for (size_t i = 0; i < 100; i++) {
		join(&members[i]);
	}
	pool_flush(pool);
	for (size_t i = 0; i < 100; i++) {
		const struct got got = receive();
		reply(&got);
	}
	pump();
	for (size_t i = 0; i < 100; i++) {
		cr_expect(eq(uint, members[i].messages, 1), "%zu", i);
		cr_expect(members[i].place.socket == NULL);
	}
}

Test(pool, ports_change_and_none_serves_for_long)
{
	uint8_t uses[65536 / 8] = { 0 };
	unsigned ports = 0;
	for (size_t i = 0; i < MOST; i++) {
		join(&members[i]);
		pool_flush(pool);
		const struct got got = receive();
		const uint16_t port = ntohs(got.from.v4.sin_port);
		ports += !(uses[port / 8] >> port % 8 & 1);
		uses[port / 8] |= (uint8_t)(1 << port % 8);
		pool_leave(&members[i].place);
	}
	/* As many as there are fresh ones, at least. */
	cr_expect(ge(uint, ports, POOL_FRESH));
	for (size_t i = 0; i < POOL_FRESH; i++) {
		cr_expect(le(uint, opened[i]->uses, POOL_USES));
	}
}

Test(pool, a_spent_socket_is_closed_once_nobody_waits)
{
	for (size_t i = 0; i < 12 * MOST; i++) {
		struct member member = { .id = 0 };
		join(&member);
		if (i % POOL_BATCH == 0) {
			pool_flush(pool);
		}
		pool_leave(&member.place);
	}
	cr_expect(gt(sz, closed, 0));
	cr_expect(le(sz, opened_len - closed, POOL_SOCKETS));
}

Test(pool, strangers_ids_reach_nobody_until_they_are_too_many)
{
	join(&members[0]);
	pool_flush(pool);
	struct got got = receive();
	got.octets[0] ^= 1;
	for (int i = 0; i <= POOL_STRAYS; i++) {
		reply(&got);
	}
	pump();
	cr_expect(eq(uint, members[0].messages, 0));
	reply(&got);
	pump();
	/* Now it is told, and sees by the id that somebody guesses. */
	cr_expect(eq(uint, members[0].messages, 1));
}

Test(pool, all_on_a_socket_hear_that_nobody_is_there)
{
	close(server);
	for (size_t i = 0; i < 20; i++) {
		join(&members[i]);
	}
	pool_flush(pool);
	(void)poll(NULL, 0, 50);
	pump();
	pool_tick(pool);
	for (size_t i = 0; i < 20; i++) {
		cr_expect(eq(uint, members[i].lost, 1), "%zu", i);
	}
	server = -1;
}

Test(pool, more_than_the_sockets_carry_are_turned_away)
{
	size_t joined = 0;
	for (size_t i = 0; i < MOST; i++) {
		uint16_t id;
		joined += pool_join(pool, at, &members[i].place, &id);
	}
	cr_expect(ge(sz, joined, POOL_FRESH * POOL_SHARE));
	for (size_t i = 0; i < MOST; i++) {
		pool_leave(&members[i].place);
	}
}
