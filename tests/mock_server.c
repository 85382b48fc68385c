/* SPDX-License-Identifier: MIT */
/* One thread, one query at a time. */
#include "mock_server.h"

#include "dns/query.h"

#include "packet.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

enum {
	UDP,
	TCP,
	STOP,
	SOCKETS,
	FORGERIES = 1000,
	BIG = 60000,
};

struct mock_server {
	struct server_addr addr;
	int fds[SOCKETS]; /* STOP is the end of a pipe */
	int stop;         /* its other end */
	pthread_t thread;
	atomic_uint by_udp;
	atomic_uint by_tcp;
};

/** One query, and how to answer it. */
struct inquiry {
	struct mock_server *mock;
	struct message query;
	unsigned number; /* 1 for the first that came by UDP */
	int tcp;         /* the connection; -1: it came by UDP */
	struct sockaddr_storage from;
	socklen_t from_len;
	char label[64]; /* of the name asked */
	char name[256];
	struct packet packet;
};

static void
send_udp(struct inquiry *inquiry)
{
	sendto(inquiry->mock->fds[UDP], inquiry->packet.at, inquiry->packet.len,
	    0, (struct sockaddr *)&inquiry->from, inquiry->from_len);
}

/** Waits; true if the server is to stop. */
static bool
wait_ms(struct inquiry *inquiry, int ms)
{
	struct pollfd stop = { .fd = inquiry->mock->fds[STOP],
		.events = POLLIN };
	return poll(&stop, 1, ms) > 0;
}

/** Begins a response to the query with these bits besides QR. */
static void
respond(struct inquiry *inquiry, unsigned flags)
{
	packet_begin(&inquiry->packet, message_u16(inquiry->query, 0),
	    MESSAGE_QR | MESSAGE_AA | MESSAGE_RA | flags, inquiry->name, 16);
}

static void
respond_txt(struct inquiry *inquiry, unsigned flags, const char *text)
{
	respond(inquiry, flags);
	packet_txt_rr(&inquiry->packet, SECTION_ANSWER, inquiry->name, text);
}

static void
respond_big(struct inquiry *inquiry)
{
	respond(inquiry, 0);
	packet_rr(&inquiry->packet, SECTION_ANSWER, inquiry->name, 16);
	for (size_t i = 0; i < BIG / 250; i++) {
		packet_u8(&inquiry->packet, 249);
		for (int j = 0; j < 249; j++) {
			packet_u8(&inquiry->packet, 'k');
		}
	}
	packet_end_rr(&inquiry->packet);
}

static void
forge(struct inquiry *inquiry)
{
	for (unsigned i = 1; i <= FORGERIES; i++) {
		respond_txt(inquiry, 0, "forged");
		inquiry->packet.at[0] ^= (uint8_t)(i >> 8);
		inquiry->packet.at[1] ^= (uint8_t)i;
		send_udp(inquiry);
	}
}

/** What no gate lets through, one kind after the other. */
static void
send_broken(struct inquiry *inquiry)
{
	respond_txt(inquiry, 0, "broken");
	inquiry->packet.len--;
	send_udp(inquiry);
	respond_txt(inquiry, 0, "broken");
	packet_u8(&inquiry->packet, 0);
	send_udp(inquiry);
	respond_txt(inquiry, 0, "broken");
	packet_count(&inquiry->packet, SECTION_ANSWER);
	send_udp(inquiry);
	inquiry->packet.len = 5;
	send_udp(inquiry);
	inquiry->packet.len = 0;
	send_udp(inquiry);
}

static bool
is(const struct inquiry *inquiry, const char *label)
{
	return strcmp(inquiry->label, label) == 0;
}

/** True where UDP only sends people to TCP. */
static bool
is_truncated(const struct inquiry *inquiry)
{
	static const char *const labels[] = { "tc", "drip", "stall", "flood",
		"cut", "big" };
	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
		if (is(inquiry, labels[i])) {
			return true;
		}
	}
	return false;
}

/** Makes the response of those that answer once; false for silence. */
static bool
make_response(struct inquiry *inquiry)
{
	const bool opt = message_count(inquiry->query, SECTION_ADDITIONAL) > 0;
	if (is(inquiry, "silent") ||
	    (is(inquiry, "lost") && inquiry->number < 3)) {
		return false;
	}
	if (is(inquiry, "servfail") || is(inquiry, "refused")) {
		respond(inquiry,
		    is(inquiry, "servfail") ? RCODE_SERVFAIL : RCODE_REFUSED);
	} else if (is(inquiry, "plain") && opt) {
		respond(inquiry, RCODE_FORMERR);
	} else if (is(inquiry, "lame")) {
		respond(inquiry, 0);
		inquiry->packet.at[2] &= (uint8_t) ~(MESSAGE_AA >> 8);
		inquiry->packet.at[3] = 0;
	} else if (is(inquiry, "big") || is(inquiry, "flood")) {
		respond_big(inquiry);
	} else {
		respond_txt(inquiry, 0, "here");
	}
	return true;
}

static void
answer_udp(struct inquiry *inquiry)
{
	if (is_truncated(inquiry)) {
		respond_txt(inquiry, MESSAGE_TC, "cut off");
		inquiry->packet.len -= 4;
		send_udp(inquiry);
		return;
	}
	if (is(inquiry, "broken")) {
		send_broken(inquiry);
		return;
	}
	if (is(inquiry, "forged")) {
		forge(inquiry);
	}
	if (is(inquiry, "question")) {
		respond_txt(inquiry, 0, "forged");
		inquiry->packet.at[MESSAGE_HEADER + 1] = 'Q' + 1;
		send_udp(inquiry);
	}
	if (is(inquiry, "slow") && wait_ms(inquiry, 250)) {
		return;
	}
	if (make_response(inquiry)) {
		send_udp(inquiry);
	}
	if (is(inquiry, "double")) {
		send_udp(inquiry);
	}
}

/** Sends octet by octet with *ms* between them, *len* of them. */
static void
drip(struct inquiry *inquiry, const uint8_t *octets, size_t len, int ms)
{
	for (size_t i = 0; i < len; i++) {
		if (send(inquiry->tcp, octets + i, 1, MSG_NOSIGNAL) != 1 ||
		    wait_ms(inquiry, ms)) {
			return;
		}
	}
}

static void
answer_tcp(struct inquiry *inquiry)
{
	uint8_t *octets = malloc(MESSAGE_MAX + 2);
	if (!make_response(inquiry)) {
		wait_ms(inquiry, -1);
	}
	const size_t len = inquiry->packet.len;
	octets[0] = (uint8_t)(len >> 8);
	octets[1] = (uint8_t)len;
	memcpy(octets + 2, inquiry->packet.at, len);
	if (is(inquiry, "drip")) {
		drip(inquiry, octets, len + 2, 1);
	} else if (is(inquiry, "flood")) {
		drip(inquiry, octets, len + 2, 20);
		wait_ms(inquiry, -1);
	} else if (is(inquiry, "stall")) {
		drip(inquiry, octets, 1, -1);
	} else {
		const size_t part = is(inquiry, "cut") ? len / 2 : len + 2;
		send(inquiry->tcp, octets, part, MSG_NOSIGNAL);
	}
	free(octets);
}

/** Takes the name out of the query in *octets*. */
static bool
read_query(struct inquiry *inquiry, const uint8_t *octets, ssize_t len)
{
	size_t at = MESSAGE_HEADER;
	inquiry->query = (struct message){ octets, len < 0 ? 0 : (size_t)len };
	inquiry->name[0] = '\0';
	inquiry->label[0] = '\0';
	if (len < 0 || message_name_end(inquiry->query, at) == 0) {
		return false;
	}
	while (octets[at] != 0) {
		char label[64] = "";
		memcpy(label, octets + at + 1, octets[at]);
		const size_t used = strlen(inquiry->name);
		snprintf(inquiry->name + used, sizeof(inquiry->name) - used,
		    "%s.", label);
		if (at == MESSAGE_HEADER) {
			memcpy(inquiry->label, label, sizeof(label));
		}
		at += (size_t)octets[at] + 1;
	}
	return true;
}

static void
serve_udp(struct mock_server *mock, struct inquiry *inquiry)
{
	uint8_t octets[QUERY_MAX];
	inquiry->from_len = sizeof(inquiry->from);
	const ssize_t len = recvfrom(mock->fds[UDP], octets, sizeof(octets), 0,
	    (struct sockaddr *)&inquiry->from, &inquiry->from_len);
	inquiry->tcp = -1;
	if (read_query(inquiry, octets, len)) {
		inquiry->number = atomic_fetch_add(&mock->by_udp, 1) + 1;
		answer_udp(inquiry);
	}
}

static void
serve_tcp(struct mock_server *mock, struct inquiry *inquiry)
{
	uint8_t octets[2 + QUERY_MAX];
	inquiry->tcp = accept(mock->fds[TCP], NULL, NULL);
	const ssize_t len = recv(inquiry->tcp, octets, sizeof(octets), 0);
	inquiry->number = 99;
	if (len > 2 && read_query(inquiry, octets + 2, len - 2)) {
		atomic_fetch_add(&mock->by_tcp, 1);
		answer_tcp(inquiry);
	}
	close(inquiry->tcp);
}

static void *
serve(void *context)
{
	struct mock_server *mock = context;
	struct inquiry *inquiry = calloc(1, sizeof(*inquiry));
	struct pollfd polls[SOCKETS];
	inquiry->mock = mock;
	for (int i = 0; i < SOCKETS; i++) {
		polls[i] = (struct pollfd){ mock->fds[i], POLLIN, 0 };
	}
	while (polls[STOP].revents == 0) {
		if (poll(polls, SOCKETS, -1) < 0) {
			break;
		}
		if (polls[UDP].revents != 0) {
			serve_udp(mock, inquiry);
		}
		if (polls[TCP].revents != 0) {
			serve_tcp(mock, inquiry);
		}
	}
	free(inquiry);
	return NULL;
}

/** Binds UDP and TCP at the same port; false if that is not possible. */
static bool
bind_both(struct mock_server *mock)
{
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	memcpy(&v6.sin6_addr, mock->addr.addr.bytes, 16);
	memcpy(&v4.sin_addr, mock->addr.addr.bytes, 4);
	const bool is_v4 = mock->addr.addr.family == ADDR_V4;
	const int family = is_v4 ? AF_INET : AF_INET6;
	struct sockaddr *at =
	    is_v4 ? (struct sockaddr *)&v4 : (struct sockaddr *)&v6;
	socklen_t len = is_v4 ? sizeof(v4) : sizeof(v6);
	mock->fds[TCP] = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	mock->fds[UDP] = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (bind(mock->fds[TCP], at, len) != 0 ||
	    getsockname(mock->fds[TCP], at, &len) != 0 ||
	    bind(mock->fds[UDP], at, len) != 0) {
		close(mock->fds[TCP]);
		close(mock->fds[UDP]);
		return false;
	}
	mock->addr.port = ntohs(is_v4 ? v4.sin_port : v6.sin6_port);
	return true;
}

struct mock_server *
mock_start(const char *host, bool tcp)
{
	struct mock_server *mock = calloc(1, sizeof(*mock));
	struct str text = { host, strlen(host) };
	int pipes[2];
	bool bound = false;
	addr_parse(text, &mock->addr.addr);
	for (int i = 0; i < 10 && !bound; i++) {
		bound = bind_both(mock);
	}
	if (!bound || pipe(pipes) != 0) {
		free(mock);
		return NULL;
	}
	mock->fds[STOP] = pipes[0];
	mock->stop = pipes[1];
	if (tcp) {
		listen(mock->fds[TCP], 64);
	} else {
		close(mock->fds[TCP]);
		mock->fds[TCP] = -1;
	}
	pthread_create(&mock->thread, NULL, serve, mock);
	return mock;
}

struct server_addr
mock_at(const struct mock_server *mock)
{
	return mock->addr;
}

unsigned
mock_by_udp(const struct mock_server *mock)
{
	return atomic_load(&mock->by_udp);
}

unsigned
mock_by_tcp(const struct mock_server *mock)
{
	return atomic_load(&mock->by_tcp);
}

void
mock_stop(struct mock_server *mock)
{
	if (!mock) {
		return;
	}
	close(mock->stop); /* the other end sees it */
	pthread_join(mock->thread, NULL);
	for (int i = 0; i < SOCKETS; i++) {
		if (mock->fds[i] >= 0) {
			close(mock->fds[i]);
		}
	}
	free(mock);
}
