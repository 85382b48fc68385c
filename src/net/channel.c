/* SPDX-License-Identifier: MIT */
/* Sockets: RFC 5452 9.2 (ports), RFC 7766 8 (length and message at once). */
#include "net/channel.h"

#include "base/alloc.h"
#include "net/endpoint.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <netinet/in.h>
#include <sys/socket.h>

static bool
is_from(const union endpoint *from, struct server_addr server)
{
	if (server.addr.family == ADDR_V4) {
		return from->any.sa_family == AF_INET &&
		       from->v4.sin_port == htons(server.port) &&
		       memcmp(&from->v4.sin_addr, server.addr.bytes, 4) == 0;
	}
	return from->any.sa_family == AF_INET6 &&
	       from->v6.sin6_port == htons(server.port) &&
	       memcmp(&from->v6.sin6_addr, server.addr.bytes, 16) == 0;
}

static enum channel_state
lost(struct channel *channel, enum exchange_loss loss)
{
	channel->loss = loss;
	return CHANNEL_LOST;
}

/** What *error* of opening a socket means. */
static enum channel_state
not_opened(struct channel *channel, int error)
{
	if (error == EMFILE || error == ENFILE || error == ENOBUFS ||
	    error == ENOMEM || error == EAGAIN) {
		return CHANNEL_FULL;
	}
	return lost(
	    channel, error == ECONNREFUSED ? LOSS_REFUSED : LOSS_NO_ROUTE);
}

void
channel_init(struct channel *channel)
{
	*channel = (struct channel){ .fd = -1 };
}

enum channel_state
channel_open(struct channel *channel, struct server_addr server, bool tcp)
{
	union endpoint endpoint;
	const socklen_t len = endpoint_of(server, &endpoint);
	assert(channel->fd < 0);
	channel_init(channel);
	channel->tcp = tcp;
	channel->server = server;
	channel->fd = socket(endpoint.any.sa_family,
	    (tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (channel->fd < 0) {
		return not_opened(channel, errno);
	}
	if (!tcp) {
		endpoint_bind_random(channel->fd, server.addr.family);
	}
	if (connect(channel->fd, &endpoint.any, len) == 0) {
		channel->connected = true;
		return CHANNEL_WANTS_READ;
	}
	return errno == EINPROGRESS ? CHANNEL_WANTS_WRITE
				    : not_opened(channel, errno);
}

bool
channel_wants_write(const struct channel *channel)
{
	return channel->out_sent < channel->out_len;
}

/** What the failure *error* of an open socket means. */
static enum channel_state
failed(struct channel *channel, int error)
{
	const enum channel_state wait = channel_wants_write(channel)
					    ? CHANNEL_WANTS_WRITE
					    : CHANNEL_WANTS_READ;
	if (error == EAGAIN || error == EWOULDBLOCK || error == EINTR) {
		return wait;
	}
	if (error == EPERM || error == EACCES) {
		return lost(channel, LOSS_NO_ROUTE); /* a filter here */
	}
	if (channel->in_got > 0) {
		return lost(channel, LOSS_CUT);
	}
	return lost(channel, LOSS_REFUSED);
}

static enum channel_state
write_udp(struct channel *channel)
{
	const ssize_t sent = send(
	    channel->fd, channel->out + 2, channel->out_len - 2, MSG_NOSIGNAL);
	channel->out_sent = channel->out_len;
	if (sent >= 0 || errno == ENOBUFS) {
		return CHANNEL_WANTS_READ; /* or dropped, as on the way */
	}
	return failed(channel, errno);
}

static enum channel_state
write_tcp(struct channel *channel)
{
	if (!channel->connected) {
		int error = 0;
		socklen_t len = sizeof(error);
		if (getsockopt(
			channel->fd, SOL_SOCKET, SO_ERROR, &error, &len) != 0 ||
		    error != 0) {
			return lost(channel, LOSS_REFUSED);
		}
		channel->connected = true;
	}
	const ssize_t sent = send(channel->fd, channel->out + channel->out_sent,
	    channel->out_len - channel->out_sent, MSG_NOSIGNAL);
	if (sent < 0) {
		return failed(channel, errno);
	}
	channel->out_sent += (size_t)sent;
	return channel_wants_write(channel) ? CHANNEL_WANTS_WRITE
					    : CHANNEL_WANTS_READ;
}

enum channel_state
channel_send(struct channel *channel, const uint8_t *query, size_t len)
{
	assert(channel->fd >= 0 && len <= QUERY_MAX);
	channel->out[0] = (uint8_t)(len >> 8);
	channel->out[1] = (uint8_t)(len & 0xff);
	memcpy(channel->out + 2, query, len);
	channel->out_len = len + 2;
	channel->out_sent = 0;
	if (!channel->tcp) {
		return write_udp(channel);
	}
	return channel->connected ? write_tcp(channel) : CHANNEL_WANTS_WRITE;
}

static enum channel_state
read_udp(struct channel *channel, uint8_t room[static MESSAGE_MAX],
    struct message *ret)
{
	union endpoint from = { 0 };
	socklen_t len = sizeof(from);
	const ssize_t got =
	    recvfrom(channel->fd, room, MESSAGE_MAX, 0, &from.any, &len);
	if (got < 0) {
		return failed(channel, errno);
	}
	/* What came before the socket was connected may be from anybody. */
	if (!is_from(&from, channel->server)) {
		return CHANNEL_WANTS_READ;
	}
	*ret = (struct message){ .at = room, .len = (size_t)got };
	return CHANNEL_HAS_MESSAGE;
}

static size_t
length_of(const struct channel *channel)
{
	return (size_t)channel->head[0] << 8 | channel->head[1];
}

/** Reads *len* octets at most; CHANNEL_HAS_MESSAGE stands for some. */
static enum channel_state
read_some(struct channel *channel, uint8_t *to, size_t len)
{
	const ssize_t got = recv(channel->fd, to, len, 0);
	if (got == 0) {
		return lost(
		    channel, channel->in_got > 0 ? LOSS_CUT : LOSS_CLOSED);
	}
	if (got < 0) {
		return errno == ECONNRESET && channel->in_got == 0
			   ? lost(channel, LOSS_CLOSED)
			   : failed(channel, errno);
	}
	channel->in_got += (size_t)got;
	return CHANNEL_HAS_MESSAGE;
}

static enum channel_state
read_tcp(struct channel *channel, struct message *ret)
{
	enum channel_state state = CHANNEL_HAS_MESSAGE;
	while (state == CHANNEL_HAS_MESSAGE && channel->in_got < 2) {
		state = read_some(channel, channel->head + channel->in_got,
		    2 - channel->in_got);
	}
	if (state == CHANNEL_HAS_MESSAGE && !channel->in) {
		channel->in = xmalloc(length_of(channel));
	}
	while (state == CHANNEL_HAS_MESSAGE &&
	       channel->in_got < 2 + length_of(channel)) {
		state = read_some(channel, channel->in + channel->in_got - 2,
		    2 + length_of(channel) - channel->in_got);
	}
	*ret = (struct message){ channel->in, length_of(channel) };
	return state;
}

enum channel_state
channel_go(struct channel *channel, uint8_t room[static MESSAGE_MAX],
    struct message *ret)
{
	assert(channel->fd >= 0);
	if (!channel->tcp) {
		return read_udp(channel, room, ret);
	}
	if (channel_wants_write(channel)) {
		return write_tcp(channel);
	}
	return read_tcp(channel, ret);
}

void
channel_close(struct channel *channel)
{
	if (channel->fd >= 0) {
		close(channel->fd);
	}
	free(channel->in);
	channel_init(channel);
}
