/* SPDX-License-Identifier: MIT */
/*
 * A process of its own with one poll loop. Each UDP question has a socket to
 * the server, so that an answer is known by where it comes in; each TCP
 * connection is left to a child. It ends when the test does: the pipe to it
 * closes.
 */
#include "delay_proxy.h"

#include "base/alloc.h"
#include "base/clock.h"
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
	FLIGHTS = 1024,
	FIXED = 3, /* descriptors that are always watched */
};

struct delay_proxy {
	struct server_addr at;
	pid_t pid;
	int pipe;
	atomic_uint *questions; /* shared with the process */
};

/* One question over UDP on its way. */
struct flight {
	int fd;      /* to the server; -1: none, this flight is over */
	int64_t due; /* when the answer goes to the client */
	struct sockaddr_in client;
	size_t len; /* of the answer; 0: it has not come */
	uint8_t answer[4096];
};

struct loop {
	struct sockaddr_in server;
	int64_t delay; /* microseconds */
	int64_t burst; /* microseconds; 0: each answer goes alone */
	unsigned lose;
	const char *slow; /* part of a name; NULL: none */
	int64_t slow_delay;
	uint32_t dice;
	int udp;
	int tcp;
	int pipe;
	atomic_uint *questions;
	struct flight flights[FLIGHTS];
};

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

static struct flight *
free_flight(struct loop *loop)
{
	for (size_t i = 0; i < FLIGHTS; i++) {
		if (loop->flights[i].fd < 0) {
			return &loop->flights[i];
		}
	}
	return NULL;
}

/* True for one datagram in so many, as the dice have it. */
static bool
is_lost(struct loop *loop)
{
	loop->dice = loop->dice * 1664525 + 1013904223;
	return loop->lose > 0 && (loop->dice >> 8) % loop->lose == 0;
}

/* When an answer to the *len* octets that came now is due. */
static int64_t
due_after(const struct loop *loop, const uint8_t *question, size_t len)
{
	const bool slow = loop->slow && memmem(question, len, loop->slow,
					    strlen(loop->slow)) != NULL;
	const int64_t due =
	    clock_monotonic() + (slow ? loop->slow_delay : loop->delay);
	return loop->burst > 0 ? (due / loop->burst + 1) * loop->burst : due;
}

static void
take_question(struct loop *loop)
{
	uint8_t question[4096];
	struct sockaddr_in client;
	socklen_t client_len = sizeof(client);
	const ssize_t len = recvfrom(loop->udp, question, sizeof(question), 0,
	    (struct sockaddr *)&client, &client_len);
	struct flight *flight = free_flight(loop);
	if (len <= 0 || flight == NULL) {
		return;
	}
	atomic_fetch_add(loop->questions, 1);
	if (is_lost(loop)) {
		return;
	}
	flight->fd = connect_to(&loop->server, SOCK_DGRAM);
	flight->due = due_after(loop, question, (size_t)len);
	flight->client = client;
	flight->len = 0;
	send(flight->fd, question, (size_t)len, 0);
}

static void
take_answer(struct flight *flight)
{
	const ssize_t len =
	    recv(flight->fd, flight->answer, sizeof(flight->answer), 0);
	if (len <= 0) {
		close(flight->fd);
		flight->fd = -1;
		return;
	}
	flight->len = (size_t)len;
}

/* Carries one connection, then ends. */
static void
carry_stream(const struct loop *loop, int client)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	const struct timespec delay = { loop->delay / 1000000,
		loop->delay % 1000000 * 1000 };
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
	const int client = accept(loop->tcp, NULL, NULL);
	if (client >= 0 && fork() == 0) {
		carry_stream(loop, client);
	}
	close(client);
}

/* Gives the answers that are due; milliseconds until the next, or -1. */
static int
give_answers(struct loop *loop)
{
	const int64_t now = clock_monotonic();
	int64_t next = INT64_MAX;
	for (size_t i = 0; i < FLIGHTS; i++) {
		struct flight *flight = &loop->flights[i];
		if (flight->fd < 0 || flight->len == 0) {
			continue;
		}
		if (flight->due > now) {
			next = flight->due < next ? flight->due : next;
			continue;
		}
		if (!is_lost(loop)) {
			sendto(loop->udp, flight->answer, flight->len, 0,
			    (struct sockaddr *)&flight->client,
			    sizeof(flight->client));
		}
		close(flight->fd);
		flight->fd = -1;
	}
	return next == INT64_MAX ? -1 : (int)((next - now + 999) / 1000);
}

/* What the process does; never returns. */
static void
run(struct loop *loop)
{
	struct pollfd watch[FIXED + FLIGHTS] = {
		{ .fd = loop->pipe },
		{ .fd = loop->udp, .events = POLLIN },
		{ .fd = loop->tcp, .events = POLLIN },
	};
	signal(SIGCHLD, SIG_IGN);
	for (;;) {
		const int wait = give_answers(loop);
		for (size_t i = 0; i < FLIGHTS; i++) {
			const struct flight *flight = &loop->flights[i];
			watch[FIXED + i] =
			    (struct pollfd){ .fd = flight->len == 0 ? flight->fd
								    : -1,
				    .events = POLLIN };
		}
		poll(watch, FIXED + FLIGHTS, wait);
		if (watch[0].revents != 0) {
			_exit(0);
		}
		for (size_t i = 0; i < FLIGHTS; i++) {
			if (watch[FIXED + i].revents != 0) {
				take_answer(&loop->flights[i]);
			}
		}
		if (watch[1].revents != 0) {
			take_question(loop);
		}
		if (watch[2].revents != 0) {
			take_connection(loop);
		}
	}
}

/* Keeps only what the process needs of what the test has open. */
static void
start_loop(struct loop *loop, int pipe)
{
	setpgid(0, 0);
	loop->pipe = dup2(pipe, 0);
	loop->udp = dup2(loop->udp, 1);
	loop->tcp = dup2(loop->tcp, 2);
	close_range(3, ~0U, 0);
	for (size_t i = 0; i < FLIGHTS; i++) {
		loop->flights[i].fd = -1;
	}
	run(loop);
}

struct delay_proxy *
delay_proxy_open(struct server_addr server, struct delay_line line)
{
	struct delay_proxy *proxy = xcalloc(1, sizeof(*proxy));
	struct loop *loop = xcalloc(1, sizeof(*loop));
	proxy->questions = mmap(NULL, sizeof(*proxy->questions),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	cr_assert(ne(ptr, proxy->questions, MAP_FAILED));
	proxy->at = loopback_free();
	loop->server = loopback_socket(server);
	loop->delay = (int64_t)line.ms * 1000;
	loop->burst = (int64_t)line.burst * 1000;
	loop->lose = line.lose;
	loop->slow = line.slow;
	loop->slow_delay = (int64_t)line.slow_ms * 1000;
	loop->questions = proxy->questions;
	loop->udp = open_socket(proxy->at, SOCK_DGRAM);
	loop->tcp = open_socket(proxy->at, SOCK_STREAM);
	int ends[2];
	cr_assert(eq(int, pipe2(ends, O_CLOEXEC), 0));
	proxy->pid = fork();
	cr_assert(ge(int, proxy->pid, 0));
	if (proxy->pid == 0) {
		start_loop(loop, ends[0]);
	}
	close(ends[0]);
	close(loop->udp);
	close(loop->tcp);
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
