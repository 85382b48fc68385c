/* SPDX-License-Identifier: MIT */
/* sendmmsg() and recvmmsg(), and who is meant by an id. */
#include "net/pool.h"

#include "base/alloc.h"
#include "net/endpoint.h"
#include "net/entropy.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/uio.h>

enum {
	ROOM = 4096,        /* a datagram; none is longer than was allowed */
	IDS_AHEAD = 256,    /* random numbers drawn at a time */
	FULL_BUFFER_MS = 5, /* to wait until there is room to send again */
};

struct pool {
	struct pool_hooks hooks;
	struct pool_socket sockets[POOL_SOCKETS];
	size_t current;              /* the socket that takes questions */
	struct pool_socket *reading; /* its datagrams are handed out */
	struct pool_socket *out;     /* whose datagrams are collected */
	size_t out_len;
	uint16_t ids[IDS_AHEAD];
	size_t ids_left;
	struct iovec out_parts[POOL_BATCH];
	struct mmsghdr out_heads[POOL_BATCH];
	uint8_t out_room[POOL_BATCH][QUERY_MAX];
	struct iovec in_parts[POOL_BATCH];
	struct mmsghdr in_heads[POOL_BATCH];
	uint8_t in_room[POOL_BATCH][ROOM];
};

struct pool *
pool_open(const struct pool_hooks *hooks)
{
	struct pool *pool = xcalloc(1, sizeof(*pool));
	pool->hooks = *hooks;
	for (size_t i = 0; i < POOL_SOCKETS; i++) {
		pool->sockets[i].fd = -1;
	}
	for (size_t i = 0; i < POOL_BATCH; i++) {
		pool->out_parts[i].iov_base = pool->out_room[i];
		pool->out_heads[i].msg_hdr.msg_iov = &pool->out_parts[i];
		pool->out_heads[i].msg_hdr.msg_iovlen = 1;
		pool->in_parts[i] = (struct iovec){ pool->in_room[i], ROOM };
		pool->in_heads[i].msg_hdr.msg_iov = &pool->in_parts[i];
		pool->in_heads[i].msg_hdr.msg_iovlen = 1;
	}
	return pool;
}

static void
socket_close(struct pool *pool, struct pool_socket *socket)
{
	if (pool->out == socket) {
		pool->out = NULL;
		pool->out_len = 0;
	}
	pool->hooks.closing(pool->hooks.context, socket);
	close(socket->fd);
	socket->fd = -1;
}

void
pool_close(struct pool **pool)
{
	for (size_t i = 0; *pool && i < POOL_SOCKETS; i++) {
		if ((*pool)->sockets[i].fd >= 0) {
			socket_close(*pool, &(*pool)->sockets[i]);
		}
	}
	free(*pool);
	*pool = NULL;
}

static bool
socket_open(
    struct pool *pool, struct pool_socket *slot, struct server_addr server)
{
	union endpoint endpoint;
	const socklen_t len = endpoint_of(server, &endpoint);
	const int fd = socket(endpoint.any.sa_family,
	    SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0) {
		return false;
	}
	endpoint_bind_random(fd, server.addr.family);
	/* From now on the system drops what comes from elsewhere. */
	if (connect(fd, &endpoint.any, len) != 0) {
		close(fd);
		return false;
	}
	*slot = (struct pool_socket){
		.pool = pool,
		.fd = fd,
		.server = server,
	};
	pool->hooks.opened(pool->hooks.context, slot);
	return true;
}

static bool
is_fresh(const struct pool_socket *socket)
{
	return socket->fd >= 0 && socket->uses < POOL_USES;
}

/** Closes what is spent and empty; gives how many fresh ones there are. */
static size_t
sockets_tidy(struct pool *pool)
{
	size_t fresh = 0;
	for (size_t i = 0; i < POOL_SOCKETS; i++) {
		struct pool_socket *socket = &pool->sockets[i];
		if (is_fresh(socket)) {
			fresh++;
		} else if (socket->fd >= 0 && socket->len == 0 &&
			   socket != pool->reading) {
			socket_close(pool, socket);
		}
	}
	return fresh;
}

/** True if *socket* has room for a question to *server*. */
static bool
has_room(const struct pool_socket *socket, struct server_addr server)
{
	return socket->fd >= 0 && socket->len < POOL_SHARE &&
	       server_addr_equal(socket->server, server);
}

/**
 * The next socket for *server*, in turn: a fresh one, else one that is spent
 * but still waits for somebody. NULL if there is none to be had.
 */
static struct pool_socket *
socket_pick(struct pool *pool, struct server_addr server)
{
	struct pool_socket *spent = NULL;
	struct pool_socket *now = &pool->sockets[pool->current];
	if (is_fresh(now) && has_room(now, server)) {
		return now;
	}
	const bool may_open = sockets_tidy(pool) < POOL_FRESH;
	for (size_t i = 0; i < POOL_SOCKETS; i++) {
		const size_t at = (pool->current + i) % POOL_SOCKETS;
		struct pool_socket *socket = &pool->sockets[at];
		const bool opened = socket->fd < 0 && may_open &&
				    socket_open(pool, socket, server);
		if (opened || (is_fresh(socket) && has_room(socket, server))) {
			pool->current = at;
			return socket;
		}
		if (has_room(socket, server)) {
			spent = socket;
		}
	}
	return spent;
}

static uint16_t
id_draw(struct pool *pool)
{
	if (pool->ids_left == 0) {
		entropy_fill(pool->ids, sizeof(pool->ids));
		pool->ids_left = IDS_AHEAD;
	}
	return pool->ids[--pool->ids_left];
}

/** The question under *id*, or NULL. */
static struct pool_place *
place_find(const struct pool_socket *socket, uint16_t id)
{
	for (size_t i = 0; i < socket->len; i++) {
		if (socket->ids[i] == id) {
			return socket->places[i];
		}
	}
	return NULL;
}

bool
pool_join(struct pool *pool, struct server_addr server,
    struct pool_place *place, uint16_t *ret_id)
{
	assert(!place->socket);
	struct pool_socket *socket = socket_pick(pool, server);
	if (!socket) {
		return false;
	}
	do {
		*ret_id = id_draw(pool);
	} while (place_find(socket, *ret_id));
	place->socket = socket;
	place->at = socket->len++;
	socket->uses++;
	socket->ids[place->at] = *ret_id;
	socket->places[place->at] = place;
	return true;
}

void
pool_leave(struct pool_place *place)
{
	struct pool_socket *socket = place->socket;
	if (!socket) {
		return;
	}
	const size_t last = --socket->len;
	socket->ids[place->at] = socket->ids[last];
	socket->places[place->at] = socket->places[last];
	socket->places[place->at]->at = place->at;
	*place = (struct pool_place){ 0 };
}

void
pool_flush(struct pool *pool)
{
	struct pool_socket *socket = pool->out;
	size_t sent = 0;
	while (sent < pool->out_len) {
		const int now = sendmmsg(socket->fd, pool->out_heads + sent,
		    (unsigned)(pool->out_len - sent), MSG_NOSIGNAL);
		if (now > 0) {
			sent += (size_t)now;
		} else if (errno == EAGAIN) {
			struct pollfd full = { socket->fd, POLLOUT, 0 };
			sent += poll(&full, 1, FULL_BUFFER_MS) <= 0;
		} else if (errno == ECONNREFUSED) {
			socket->refused = true; /* of an earlier one */
		} else if (errno != EINTR) {
			sent++; /* lost, as on the way */
		}
	}
	if (socket) {
		/* The next ones go from another port. */
		const size_t at = (size_t)(socket - pool->sockets);
		pool->current = (at + 1) % POOL_SOCKETS;
	}
	pool->out = NULL;
	pool->out_len = 0;
}

void
pool_send(struct pool *pool, const struct pool_place *place,
    const uint8_t *query, size_t len)
{
	assert(place->socket && len <= QUERY_MAX);
	if (pool->out != place->socket || pool->out_len == POOL_BATCH) {
		pool_flush(pool);
	}
	pool->out = place->socket;
	pool->out_parts[pool->out_len].iov_len = len;
	memcpy(pool->out_room[pool->out_len], query, len);
	pool->out_len++;
	place->socket->sent++;
}

/** Tells all questions of *socket* the same. */
static void
tell_all(struct pool *pool, const struct pool_socket *socket,
    const struct exchange_event *event)
{
	struct pool_place *places[POOL_SHARE];
	const size_t len = socket->len;
	memcpy(places, socket->places, len * sizeof(*places));
	for (size_t i = 0; i < len; i++) {
		/* None is forgotten without having been told. */
		assert(places[i]->socket == socket);
		pool->hooks.event(pool->hooks.context, places[i], event);
	}
}

static void
take(struct pool *pool, struct pool_socket *socket, struct message message)
{
	const struct exchange_event event = {
		.kind = EXCHANGE_MESSAGE,
		.message = message,
	};
	struct pool_place *place =
	    message.len >= 2 ? place_find(socket, message_u16(message, 0))
			     : NULL;
	socket->received++;
	if (place) {
		pool->hooks.event(pool->hooks.context, place, &event);
	} else if (socket->received > socket->sent + POOL_STRAYS) {
		/* More than late answers: all on it go on by TCP. */
		socket->uses = POOL_USES;
		tell_all(pool, socket, &event);
	}
}

static void
tell_refused(struct pool *pool, struct pool_socket *socket)
{
	static const struct exchange_event refused = {
		.kind = EXCHANGE_LOST,
		.loss = LOSS_REFUSED,
	};
	socket->refused = false;
	tell_all(pool, socket, &refused);
}

void
pool_tick(struct pool *pool)
{
	for (size_t i = 0; i < POOL_SOCKETS; i++) {
		if (pool->sockets[i].fd >= 0 && pool->sockets[i].refused) {
			tell_refused(pool, &pool->sockets[i]);
		}
	}
}

/** Reads some datagrams; false when no more are there. */
static bool
receive(struct pool *pool, struct pool_socket *socket)
{
	const int got = recvmmsg(
	    socket->fd, pool->in_heads, POOL_BATCH, MSG_DONTWAIT, NULL);
	if (got < 0) {
		if (errno == ECONNREFUSED) {
			tell_refused(pool, socket);
		}
		return false;
	}
	for (int i = 0; i < got; i++) {
		const struct mmsghdr *head = &pool->in_heads[i];
		/* A longer one than was allowed is cut, and so no message. */
		take(pool, socket,
		    (struct message){ pool->in_room[i], head->msg_len });
	}
	return got == POOL_BATCH;
}

void
pool_ready(struct pool_socket *socket)
{
	struct pool *pool = socket->pool;
	pool->reading = socket;
	if (receive(pool, socket)) {
		(void)receive(pool, socket); /* the rest the next time */
	}
	pool->reading = NULL;
}
