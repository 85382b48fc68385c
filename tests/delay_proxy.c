/* SPDX-License-Identifier: MIT */
/*
 * A process of its own with one poll loop, quick enough for tens of thousands
 * of questions a second: all of them share a socket to the server, under ids
 * that tell them apart; each TCP connection is left to a child. It ends when
 * the test does: the pipe to it closes.
 */
#include "delay_proxy.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/queue.h"
#include "loopback.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	FLIGHTS = 4096,  /* a power of two; more questions at a time are lost */
	ROOM = 4096,     /* octets of a message */
	QUEUE = 4 << 20, /* octets that may wait to be read */
	PATIENCE = 10000, /* milliseconds for the server */
};

/* What is watched. */
enum {
	PIPE,
	UDP,
	TCP,
	SERVER,
	WATCHED
};

/* What happens to questions; those of a lane have the same delay. */
enum {
	USUAL,
	SLOW,
	LATE, /* the server takes longer than the line */
	LANES
};

struct delay_proxy {
	struct server_addr at;
	pid_t pid;
	int pipe;
	atomic_uint *questions; /* shared with the process */
};

/* One question over UDP on its way. */
struct flight {
	struct queue_link link; /* in its lane, or of the free ones; first */
	unsigned turn;          /* counts how often the flight was used */
	uint8_t id[2];          /* that the client gave */
	int64_t due;            /* when the answer goes to the client */
	struct sockaddr_in client;
	size_t len; /* of the answer; 0: it has not come */
	uint8_t answer[ROOM];
};

/* Flights in the order in which they are due. */
struct lane {
	int64_t delay; /* microseconds */
	struct queue flights;
};

struct loop {
	struct sockaddr_in server;
	int64_t burst; /* microseconds; 0: each answer goes alone */
	unsigned lose;
	const char *slow; /* part of a name; NULL: none */
	uint32_t dice;
	struct pollfd watch[WATCHED];
	atomic_uint *questions;
	struct lane lanes[LANES];
	struct queue free;
	struct flight flights[FLIGHTS];
};

/* A line loses what it is told to lose, nothing for want of a buffer. */
static void
make_room(int fd)
{
	const int size = QUEUE;
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) !=
	    0) {
		/* As much as the system gives. */
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	}
}

static int
open_socket(struct server_addr at, int kind)
{
	const struct sockaddr_in name = loopback_socket(at);
	const int fd = socket(AF_INET, kind | SOCK_CLOEXEC, 0);
	const int on = 1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	cr_assert(
	    eq(int, bind(fd, (const struct sockaddr *)&name, sizeof(name)), 0));
	if (kind == SOCK_STREAM) {
		cr_assert(eq(int, listen(fd, 64), 0));
	}
	return fd;
}

static int
connect_to(const struct sockaddr_in *server, int kind)
{
	const int fd = socket(AF_INET, kind | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (const struct sockaddr *)server,
			   sizeof(*server)) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* True for one datagram in so many, as the dice have it. */
static bool
is_lost(struct loop *loop)
{
	loop->dice = loop->dice * 1664525 + 1013904223;
	return loop->lose > 0 && (loop->dice >> 8) % loop->lose == 0;
}

/* The id under which *flight* asks; others had it before. */
static uint16_t
id_of(const struct loop *loop, const struct flight *flight)
{
	const unsigned place = (unsigned)(flight - loop->flights);
	return (uint16_t)(place | flight->turn * FLIGHTS);
}

static void
ask_server(struct loop *loop, struct lane *lane, uint8_t *question, size_t len,
    const struct sockaddr_in *client)
{
	struct flight *flight = (struct flight *)queue_pop(&loop->free);
	if (flight == NULL) {
		return;
	}
	const int64_t due = clock_monotonic() + lane->delay;
	flight->due =
	    loop->burst > 0 ? (due / loop->burst + 1) * loop->burst : due;
	flight->client = *client;
	flight->len = 0;
	memcpy(flight->id, question, sizeof(flight->id));
	question[0] = (uint8_t)(id_of(loop, flight) >> 8);
	question[1] = (uint8_t)id_of(loop, flight);
	send(loop->watch[SERVER].fd, question, len, 0);
	queue_push(&lane->flights, &flight->link);
}

static void
take_questions(struct loop *loop)
{
	uint8_t question[ROOM];
	struct sockaddr_in client;
	for (;;) {
		socklen_t client_len = sizeof(client);
		const ssize_t len =
		    recvfrom(loop->watch[UDP].fd, question, sizeof(question),
			MSG_DONTWAIT, (struct sockaddr *)&client, &client_len);
		if (len < 0) {
			return;
		}
		atomic_fetch_add(loop->questions, 1);
		if (len < 2 || is_lost(loop)) {
			continue;
		}
		const bool slow =
		    loop->slow && memmem(question, (size_t)len, loop->slow,
				      strlen(loop->slow)) != NULL;
		ask_server(loop, &loop->lanes[slow ? SLOW : USUAL], question,
		    (size_t)len, &client);
	}
}

/* Sends the answer of *flight*, if there is one; others may have it then. */
static void
flight_end(struct loop *loop, struct flight *flight)
{
	if (flight->len > 0 && !is_lost(loop)) {
		sendto(loop->watch[UDP].fd, flight->answer, flight->len, 0,
		    (struct sockaddr *)&flight->client, sizeof(flight->client));
	}
	queue_remove(&flight->link);
	flight->turn++;
	queue_push_front(&loop->free, &flight->link);
}

static void
take_answers(struct loop *loop)
{
	uint8_t answer[ROOM];
	for (;;) {
		const ssize_t len = recv(loop->watch[SERVER].fd, answer,
		    sizeof(answer), MSG_DONTWAIT);
		if (len < 2) {
			return;
		}
		const unsigned id = (unsigned)(answer[0] << 8 | answer[1]);
		struct flight *flight = &loop->flights[id % FLIGHTS];
		if (flight->link.queue == &loop->free ||
		    id != id_of(loop, flight)) {
			continue;
		}
		memcpy(flight->answer, answer, (size_t)len);
		memcpy(flight->answer, flight->id, sizeof(flight->id));
		flight->len = (size_t)len;
		if (flight->link.queue == &loop->lanes[LATE].flights) {
			flight_end(loop, flight);
		}
	}
}

/* *flight* is due in *lane*. */
static void
flight_due(struct loop *loop, const struct lane *lane, struct flight *flight)
{
	struct lane *late = &loop->lanes[LATE];
	if (flight->len > 0 || lane == late) {
		flight_end(loop, flight);
		return;
	}
	flight->due += late->delay;
	queue_remove(&flight->link);
	queue_push(&late->flights, &flight->link);
}

/* Gives the answers that are due; microseconds until the next, or -1. */
static int64_t
give_answers(struct loop *loop)
{
	const int64_t now = clock_monotonic();
	int64_t next = -1;
	for (size_t i = 0; i < LANES; i++) {
		const struct lane *lane = &loop->lanes[i];
		struct flight *first;
		while ((first = (struct flight *)lane->flights.first) != NULL &&
		       first->due <= now) {
			flight_due(loop, lane, first);
		}
		if (first != NULL && (next < 0 || first->due - now < next)) {
			next = first->due - now;
		}
	}
	return next;
}

/* Carries one connection, then ends. */
static void
carry_stream(const struct loop *loop, int client)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	const int64_t usual = loop->lanes[USUAL].delay;
	const struct timespec delay = { usual / 1000000,
		usual % 1000000 * 1000 };
	const int server = connect_to(&loop->server, SOCK_STREAM);
	struct pollfd both[2] = { { .fd = client, .events = POLLIN },
		{ .fd = server, .events = POLLIN } };
	uint8_t data[65538];
	nanosleep(&delay, NULL); /* the handshake */
	while (server >= 0 && poll(both, 2, -1) > 0) {
		const bool from_client = both[0].revents != 0;
		const ssize_t len =
		    read(from_client ? client : server, data, sizeof(data));
		if (len <= 0) {
			break;
		}
		if (!from_client) {
			nanosleep(&delay, NULL);
		}
		if (write(from_client ? server : client, data, (size_t)len) !=
		    len) {
			break;
		}
	}
	_exit(0);
}

static void
take_connection(struct loop *loop)
{
	const int client = accept(loop->watch[TCP].fd, NULL, NULL);
	if (client >= 0 && fork() == 0) {
		carry_stream(loop, client);
	}
	close(client);
}

/* What the process does; never returns. */
static void
run(struct loop *loop)
{
	struct pollfd watch[WATCHED];
	memcpy(watch, loop->watch, sizeof(watch));
	signal(SIGCHLD, SIG_IGN);
	for (;;) {
		const int64_t wait = give_answers(loop);
		const struct timespec at_most = { wait / 1000000,
			wait % 1000000 * 1000 };
		ppoll(watch, WATCHED, wait < 0 ? NULL : &at_most, NULL);
		if (watch[PIPE].revents != 0) {
			_exit(0);
		}
		if (watch[SERVER].revents != 0) {
			take_answers(loop);
		}
		if (watch[UDP].revents != 0) {
			take_questions(loop);
		}
		if (watch[TCP].revents != 0) {
			take_connection(loop);
		}
	}
}

/* Keeps only what the process needs of what the test has open. */
static void
start_loop(struct loop *loop)
{
	setpgid(0, 0);
	for (int i = 0; i < WATCHED; i++) {
		loop->watch[i].fd = dup2(loop->watch[i].fd, i);
		loop->watch[i].events = i == PIPE ? 0 : POLLIN;
	}
	close_range(WATCHED, ~0U, 0);
	run(loop);
}

/* How *line* treats what is asked. */
static struct loop *
loop_new(struct sockaddr_in server, struct delay_line line)
{
	struct loop *loop = xcalloc(1, sizeof(*loop));
	const unsigned delays[LANES] = {
		[USUAL] = line.ms,
		[SLOW] = line.slow_ms,
		[LATE] = PATIENCE,
	};
	loop->server = server;
	loop->burst = (int64_t)line.burst * 1000;
	loop->lose = line.lose;
	loop->slow = line.slow;
	for (size_t i = 0; i < LANES; i++) {
		loop->lanes[i].delay = (int64_t)delays[i] * 1000;
	}
	for (size_t i = 0; i < FLIGHTS; i++) {
		queue_push(&loop->free, &loop->flights[i].link);
	}
	return loop;
}

struct delay_proxy *
delay_proxy_open(struct server_addr server, struct delay_line line)
{
	struct delay_proxy *proxy = xcalloc(1, sizeof(*proxy));
	struct loop *loop = loop_new(loopback_socket(server), line);
	int ends[2];
	proxy->questions = mmap(NULL, sizeof(*proxy->questions),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	cr_assert(ne(ptr, proxy->questions, MAP_FAILED));
	proxy->at = loopback_free();
	cr_assert(eq(int, pipe2(ends, O_CLOEXEC), 0));
	loop->questions = proxy->questions;
	loop->watch[PIPE].fd = ends[0];
	loop->watch[UDP].fd = open_socket(proxy->at, SOCK_DGRAM);
	loop->watch[TCP].fd = open_socket(proxy->at, SOCK_STREAM);
	loop->watch[SERVER].fd = connect_to(&loop->server, SOCK_DGRAM);
	make_room(loop->watch[UDP].fd);
	make_room(loop->watch[SERVER].fd);
	proxy->pid = fork();
	cr_assert(ge(int, proxy->pid, 0));
	if (proxy->pid == 0) {
		start_loop(loop);
	}
	for (size_t i = 0; i < WATCHED; i++) {
		close(loop->watch[i].fd);
	}
	free(loop);
	proxy->pipe = ends[1];
	return proxy;
}

struct delay_proxy *
delay_proxy_start(struct server_addr server, unsigned ms)
{
	return delay_proxy_open(server, (struct delay_line){ .ms = ms });
}

struct server_addr
delay_proxy_at(const struct delay_proxy *proxy)
{
	return proxy->at;
}

unsigned
delay_proxy_questions(const struct delay_proxy *proxy)
{
	return atomic_load(proxy->questions);
}

void
delay_proxy_stop(struct delay_proxy **proxy)
{
	if (*proxy == NULL) {
		return;
	}
	close((*proxy)->pipe);
	waitpid((*proxy)->pid, NULL, 0);
	munmap((*proxy)->questions, sizeof(*(*proxy)->questions));
	free(*proxy);
	*proxy = NULL;
}
