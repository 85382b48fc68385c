/* SPDX-License-Identifier: MIT */
/* Sockets: whose messages they take, and from where they send. */
#include "net/channel.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

static uint8_t room[MESSAGE_MAX];

/** A socket bound to 127.0.0.1, and where it is. */
static int
bound(int type, struct server_addr *ret)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(at);
	const int fd = socket(AF_INET, type, 0);
	cr_assert(bind(fd, (struct sockaddr *)&at, len) == 0);
	cr_assert(getsockname(fd, (struct sockaddr *)&at, &len) == 0);
	*ret = (struct server_addr){ .addr = { .family = ADDR_V4,
					 .bytes = { 127, 0, 0, 1 } },
		.port = ntohs(at.sin_port) };
	return fd;
}

static struct sockaddr_in
own_address(const struct channel *channel)
{
	struct sockaddr_in at;
	socklen_t len = sizeof(at);
	cr_assert(getsockname(channel->fd, (struct sockaddr *)&at, &len) == 0);
	return at;
}

/** Waits for the socket and goes on. */
static enum channel_state
go(struct channel *channel, struct message *ret)
{
	struct pollfd wait = { .fd = channel->fd,
		.events = channel_wants_write(channel) ? POLLOUT : POLLIN };
	poll(&wait, 1, 5000);
	return channel_go(channel, room, ret);
}

Test(channel, each_socket_has_a_port_of_its_own)
{
	struct channel channels[4];
	struct server_addr at;
	const int server = bound(SOCK_DGRAM, &at);
	unsigned same = 0;
	for (size_t i = 0; i < 4; i++) {
		channel_init(&channels[i]);
		cr_assert(eq(int, channel_open(&channels[i], at, false),
		    CHANNEL_WANTS_READ));
		const uint16_t port = own_address(&channels[i]).sin_port;
		const uint16_t first = own_address(&channels[0]).sin_port;
		cr_expect(ge(uint, ntohs(port), 1024));
		same += port == first;
	}
	cr_expect(eq(uint, same, 1));
	for (size_t i = 0; i < 4; i++) {
		channel_close(&channels[i]);
	}
	close(server);
}

Test(channel, nobody_but_the_server_is_heard)
{
	struct channel channel;
	struct server_addr at;
	struct server_addr elsewhere;
	struct message message;
	const int server = bound(SOCK_DGRAM, &at);
	const int other = bound(SOCK_DGRAM, &elsewhere);
	channel_init(&channel);
	channel_open(&channel, at, false);
	const struct sockaddr_in to = own_address(&channel);
	sendto(other, "other", 5, 0, (const struct sockaddr *)&to, sizeof(to));
	cr_expect(
	    eq(int, channel_go(&channel, room, &message), CHANNEL_WANTS_READ));
	sendto(server, "right", 5, 0, (const struct sockaddr *)&to, sizeof(to));
	cr_assert(eq(int, go(&channel, &message), CHANNEL_HAS_MESSAGE));
	cr_expect(memcmp(message.at, "right", 5) == 0);
	channel_close(&channel);
	close(other);
	close(server);
}

Test(channel, what_came_before_the_connection_is_from_anybody)
{
	struct channel channel;
	struct server_addr at;
	struct server_addr elsewhere;
	struct message message;
	const int server = bound(SOCK_DGRAM, &at);
	const int other = bound(SOCK_DGRAM, &elsewhere);
	channel_init(&channel);
	channel_open(&channel, elsewhere, false);
	const struct sockaddr_in to = own_address(&channel);
	sendto(other, "other", 5, 0, (const struct sockaddr *)&to, sizeof(to));
	/* As if it had been sent to the port before the server was set. */
	channel.server = at;
	cr_expect(eq(int, go(&channel, &message), CHANNEL_WANTS_READ));
	channel_close(&channel);
	close(other);
	close(server);
}

Test(channel, tcp_messages_may_come_in_any_pieces)
{
	static const uint8_t bytes[] = { 0, 5, 'h', 'e', 'l', 'l', 'o' };
	struct channel channel;
	struct server_addr at;
	struct message message;
	const int server = bound(SOCK_STREAM, &at);
	cr_assert(listen(server, 1) == 0);
	channel_init(&channel);
	channel_open(&channel, at, true);
	channel_send(&channel, (const uint8_t *)"query", 5);
	const int peer = accept(server, NULL, NULL);
	cr_assert(eq(int, go(&channel, &message), CHANNEL_WANTS_READ));
	for (size_t i = 0; i < sizeof(bytes); i++) {
		cr_expect(eq(int, channel_go(&channel, room, &message),
		    CHANNEL_WANTS_READ));
		cr_assert(send(peer, bytes + i, 1, 0) == 1);
	}
	cr_assert(eq(int, go(&channel, &message), CHANNEL_HAS_MESSAGE));
	cr_expect(eq(sz, message.len, 5));
	cr_expect(memcmp(message.at, "hello", 5) == 0);
	char query[16];
	cr_expect(recv(peer, query, sizeof(query), 0) == 7);
	cr_expect(memcmp(query, "\0\5query", 7) == 0);
	channel_close(&channel);
	close(peer);
	close(server);
}

/** How a TCP channel ends whose peer sends *bytes* and closes. */
static enum exchange_loss
loss_after(const char *bytes, size_t len)
{
	struct channel channel;
	struct server_addr at;
	struct message message;
	const int server = bound(SOCK_STREAM, &at);
	listen(server, 1);
	channel_init(&channel);
	channel_open(&channel, at, true);
	channel_send(&channel, (const uint8_t *)"query", 5);
	const int peer = accept(server, NULL, NULL);
	char query[16];
	go(&channel, &message);
	recv(peer, query, sizeof(query), 0);
	send(peer, bytes, len, 0);
	close(peer);
	enum channel_state state = CHANNEL_WANTS_READ;
	while (state == CHANNEL_WANTS_READ) {
		state = go(&channel, &message);
	}
	const enum exchange_loss loss = channel.loss;
	cr_expect(eq(int, state, CHANNEL_LOST));
	channel_close(&channel);
	close(server);
	return loss;
}

Test(channel, an_end_before_and_within_a_message_differ)
{
	cr_expect(eq(int, loss_after("", 0), LOSS_CLOSED));
	cr_expect(eq(int, loss_after("\0", 1), LOSS_CUT));
	cr_expect(eq(int, loss_after("\0\5hell", 6), LOSS_CUT));
}
