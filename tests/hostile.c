/* SPDX-License-Identifier: MIT */
/* Sockets, and a thread a query; what it says is in the other files. */
#include "hostile.h"

#include "base/alloc.h"
#include "loopback.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	UDP,
	TCP,
	STOP,
	SOCKETS,
	SEEN = 256,
};

/** How often a question came by a way. */
struct seen {
	char name[256];
	unsigned type;
	bool tcp;
	unsigned times;
};

struct hostile {
	struct hostile_fault fault;
	struct server_addr at;
	char text[64];
	int fds[SOCKETS]; /* STOP is the end of a pipe */
	int stop;         /* its other end */
	pthread_t thread;
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t idle;
	unsigned threads; /* of queries */
	unsigned asked;
	struct seen seen[SEEN];
	size_t seen_len;
};

struct message
hostile_message(const struct hostile_query *query)
{
	return (struct message){ .at = query->wire, .len = query->len };
}

bool
hostile_has_edns(const struct hostile_query *query)
{
	return message_count(hostile_message(query), SECTION_ADDITIONAL) > 0;
}

void
hostile_begin(struct hostile_query *query, unsigned flags)
{
	packet_begin(&query->packet, message_u16(hostile_message(query), 0),
	    MESSAGE_QR | flags, query->name, query->type);
}

void
hostile_txt(struct hostile_query *query, const char *owner, const char *text)
{
	size_t left = strlen(text);
	packet_rr(&query->packet, SECTION_ANSWER, owner, 16);
	do {
		const size_t len = left < 255 ? left : 255;
		packet_u8(&query->packet, (unsigned)len);
		packet_bytes(&query->packet, text, len);
		text += len;
		left -= len;
	} while (left > 0);
	packet_end_rr(&query->packet);
}

void
hostile_opt(struct hostile_query *query, unsigned high)
{
	packet_count(&query->packet, SECTION_ADDITIONAL);
	packet_u8(&query->packet, 0);
	packet_u16(&query->packet, TYPE_OPT);
	packet_u16(&query->packet, 1232);
	packet_u8(&query->packet, high);
	packet_u8(&query->packet, 0);
	packet_u16(&query->packet, 0);
	packet_u16(&query->packet, 0);
	query->packet.rdata = query->packet.len;
}

void
hostile_send_raw(struct hostile_query *query, const uint8_t *octets, size_t len)
{
	while (len > 0) {
		const ssize_t sent =
		    send(query->tcp, octets, len, MSG_NOSIGNAL);
		if (sent <= 0) {
			return;
		}
		octets += sent;
		len -= (size_t)sent;
	}
}

static void
send_udp(struct hostile_query *query, int fd)
{
	(void)sendto(fd, query->packet.at, query->packet.len, 0,
	    (struct sockaddr *)&query->from, query->from_len);
}

void
hostile_send(struct hostile_query *query)
{
	const size_t len = query->packet.len;
	const uint8_t head[2] = { (uint8_t)(len >> 8), (uint8_t)len };
	if (query->tcp < 0) {
		send_udp(query, query->hostile->fds[UDP]);
		return;
	}
	hostile_send_raw(query, head, sizeof(head));
	hostile_send_raw(query, query->packet.at, len);
}

void
hostile_send_from(
    struct hostile_query *query, bool other_address, bool other_port)
{
	struct server_addr at = query->hostile->at;
	at.addr.bytes[3] ^= other_address;
	at.port = other_port ? 0 : at.port;
	const struct sockaddr_in name = loopback_socket(at);
	const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (bind(fd, (const struct sockaddr *)&name, sizeof(name)) == 0) {
		send_udp(query, fd);
	}
	(void)close(fd);
}

bool
hostile_wait(struct hostile_query *query, int ms)
{
	struct pollfd stop = { query->hostile->fds[STOP], POLLIN, 0 };
	return poll(&stop, 1, ms) > 0;
}

/** Takes the name and type out of the query. */
static bool
query_read(struct hostile_query *query)
{
	const struct message message = hostile_message(query);
	size_t at = MESSAGE_HEADER;
	size_t used = 0;
	const size_t end =
	    query->len > MESSAGE_HEADER ? message_name_end(message, at) : 0;
	if (end == 0 || end + 4 > query->len) {
		return false;
	}
	while (query->wire[at] != 0) {
		const size_t len = query->wire[at];
		used += (size_t)snprintf(query->name + used,
		    sizeof(query->name) - used, "%s%.*s", used > 0 ? "." : "",
		    (int)len, (const char *)query->wire + at + 1);
		at += len + 1;
	}
	query->type = message_u16(message, end);
	return true;
}

/** Counts the query among those like it. */
static void
query_count(struct hostile_query *query)
{
	struct hostile *hostile = query->hostile;
	const bool tcp = query->tcp >= 0;
	size_t i = 0;
	(void)pthread_mutex_lock(&hostile->lock);
	hostile->asked++;
	while (i < hostile->seen_len &&
	       (hostile->seen[i].type != query->type ||
		   hostile->seen[i].tcp != tcp ||
		   strcmp(hostile->seen[i].name, query->name) != 0)) {
		i++;
	}
	cr_assert(i < SEEN);
	if (i == hostile->seen_len) {
		struct seen *seen = &hostile->seen[hostile->seen_len++];
		memcpy(seen->name, query->name, sizeof(seen->name));
		seen->type = query->type;
		seen->tcp = tcp;
	}
	query->number = ++hostile->seen[i].times;
	(void)pthread_mutex_unlock(&hostile->lock);
}

static bool
is_played(const struct hostile_fault *fault, const struct hostile_query *query)
{
	const enum hostile_way way = query->tcp < 0 ? HOSTILE_UDP : HOSTILE_TCP;
	return fault->play && (fault->ways & way) &&
	       strncmp(query->name, fault->names, strlen(fault->names)) == 0;
}

/** Reads the one query of a connection. */
static bool
tcp_read(struct hostile_query *query)
{
	uint8_t head[2];
	if (recv(query->tcp, head, 2, MSG_WAITALL) != 2) {
		return false;
	}
	query->len = (size_t)head[0] << 8 | head[1];
	return query->len <= sizeof(query->wire) &&
	       recv(query->tcp, query->wire, query->len, MSG_WAITALL) ==
		   (ssize_t)query->len;
}

static void *
answer(void *context)
{
	struct hostile_query *query = context;
	struct hostile *hostile = query->hostile;
	if ((query->tcp < 0 || tcp_read(query)) && query_read(query)) {
		query_count(query);
		if (is_played(&hostile->fault, query)) {
			hostile->fault.play(query);
		} else {
			hostile_truth(query);
			hostile_send(query);
		}
	}
	if (query->tcp >= 0) {
		(void)close(query->tcp);
	}
	free(query);
	(void)pthread_mutex_lock(&hostile->lock);
	hostile->threads--;
	(void)pthread_cond_signal(&hostile->idle);
	(void)pthread_mutex_unlock(&hostile->lock);
	return NULL;
}

/** Takes a query in, or the connection on which it will come. */
static void
take(struct hostile *hostile, bool tcp)
{
	pthread_t thread;
	struct hostile_query *query = xcalloc(1, sizeof(*query));
	query->hostile = hostile;
	query->fault = &hostile->fault;
	query->from_len = sizeof(query->from);
	if (tcp) {
		query->tcp = accept(hostile->fds[TCP], NULL, NULL);
		cr_assert(query->tcp >= 0);
	} else {
		const ssize_t len = recvfrom(hostile->fds[UDP], query->wire,
		    sizeof(query->wire), 0, (struct sockaddr *)&query->from,
		    &query->from_len);
		query->tcp = -1;
		query->len = len > 0 ? (size_t)len : 0;
	}
	(void)pthread_mutex_lock(&hostile->lock);
	hostile->threads++;
	(void)pthread_mutex_unlock(&hostile->lock);
	cr_assert(pthread_create(&thread, NULL, answer, query) == 0);
	(void)pthread_detach(thread);
}

static void *
serve(void *context)
{
	struct hostile *hostile = context;
	struct pollfd polls[SOCKETS];
	for (int i = 0; i < SOCKETS; i++) {
		polls[i] = (struct pollfd){ hostile->fds[i], POLLIN, 0 };
	}
	while (poll(polls, SOCKETS, -1) > 0 && polls[STOP].revents == 0) {
		if (polls[UDP].revents & POLLIN) {
			take(hostile, false);
		}
		if (polls[TCP].revents & POLLIN) {
			take(hostile, true);
		}
	}
	return NULL;
}

static int
listen_at(struct server_addr at, int kind)
{
	const struct sockaddr_in name = loopback_socket(at);
	const int fd = socket(AF_INET, kind | SOCK_CLOEXEC, 0);
	const int on = 1;
	cr_assert(fd >= 0);
	if (kind == SOCK_STREAM) {
		(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	}
	cr_assert(bind(fd, (const struct sockaddr *)&name, sizeof(name)) == 0);
	cr_assert(kind == SOCK_DGRAM || listen(fd, 64) == 0);
	return fd;
}

struct hostile *
hostile_start(const struct hostile_fault *fault)
{
	struct hostile *hostile = xcalloc(1, sizeof(*hostile));
	int ends[2];
	hostile->fault = *fault;
	hostile->at = loopback_free();
	const uint8_t *bytes = hostile->at.addr.bytes;
	(void)snprintf(hostile->text, sizeof(hostile->text), "%d.%d.%d.%d:%d",
	    bytes[0], bytes[1], bytes[2], bytes[3], hostile->at.port);
	hostile->fds[UDP] = listen_at(hostile->at, SOCK_DGRAM);
	hostile->fds[TCP] =
	    fault->no_tcp ? -1 : listen_at(hostile->at, SOCK_STREAM);
	cr_assert(pipe2(ends, O_CLOEXEC) == 0);
	hostile->fds[STOP] = ends[0];
	hostile->stop = ends[1];
	(void)pthread_mutex_init(&hostile->lock, NULL);
	(void)pthread_cond_init(&hostile->idle, NULL);
	cr_assert(pthread_create(&hostile->thread, NULL, serve, hostile) == 0);
	return hostile;
}

struct server_addr
hostile_at(const struct hostile *hostile)
{
	return hostile->at;
}

const char *
hostile_text(const struct hostile *hostile)
{
	return hostile->text;
}

unsigned
hostile_asked(struct hostile *hostile)
{
	(void)pthread_mutex_lock(&hostile->lock);
	const unsigned asked = hostile->asked;
	(void)pthread_mutex_unlock(&hostile->lock);
	return asked;
}

void
hostile_stop(struct hostile **hostile_at_end)
{
	struct hostile *hostile = *hostile_at_end;
	*hostile_at_end = NULL;
	if (!hostile) {
		return;
	}
	(void)close(hostile->stop); /* all who wait see it */
	(void)pthread_join(hostile->thread, NULL);
	(void)pthread_mutex_lock(&hostile->lock);
	while (hostile->threads > 0) {
		(void)pthread_cond_wait(&hostile->idle, &hostile->lock);
	}
	(void)pthread_mutex_unlock(&hostile->lock);
	for (int i = 0; i < SOCKETS; i++) {
		if (hostile->fds[i] >= 0) {
			(void)close(hostile->fds[i]);
		}
	}
	free(hostile);
}
