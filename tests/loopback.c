/* SPDX-License-Identifier: MIT */
/* Loopback addresses, and a question made by hand (RFC 1035 4.1). */
#include "loopback.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

struct server_addr
loopback_at(uint8_t n, uint16_t port)
{
	/* Each process has 127.p.p.p, so ports are taken by nobody else. */
	const unsigned pid = (unsigned)getpid();
	return (struct server_addr){
		.addr = { .family = ADDR_V4,
		    .bytes = { 127, (uint8_t)(64 + (pid >> 13) % 128),
			(uint8_t)(pid >> 5), (uint8_t)((pid << 3) + n % 8) } },
		.port = port,
	};
}

struct sockaddr_in
loopback_socket(struct server_addr server)
{
	cr_assert(eq(int, server.addr.family, ADDR_V4));
	struct sockaddr_in name = { .sin_family = AF_INET,
		.sin_port = htons(server.port) };
	memcpy(&name.sin_addr, server.addr.bytes, sizeof(name.sin_addr));
	return name;
}

/* True if *server* can be bound; port 0 gets a free one. */
static bool
is_free(struct server_addr *server, int kind)
{
	struct sockaddr_in name = loopback_socket(*server);
	socklen_t len = sizeof(name);
	const int fd = socket(AF_INET, kind | SOCK_CLOEXEC, 0);
	cr_assert(ge(int, fd, 0));
	const bool bound = bind(fd, (struct sockaddr *)&name, len) == 0 &&
			   getsockname(fd, (struct sockaddr *)&name, &len) == 0;
	close(fd);
	server->port = ntohs(name.sin_port);
	return bound;
}

struct server_addr
loopback_free(void)
{
	for (int i = 0; i < 100; i++) {
		struct server_addr server = loopback_at(0, 0);
		if (is_free(&server, SOCK_DGRAM) &&
		    is_free(&server, SOCK_STREAM)) {
			return server;
		}
	}
	cr_fatal("no port is free on loopback");
}

static size_t
write_question(uint8_t *wire, const char *name, unsigned type)
{
	/* The id is the type's own: one question a socket. RD, AD. */
	const uint8_t header[12] = { 0x17, (uint8_t)type, 0x01, 0x20, 0, 1 };
	memcpy(wire, header, sizeof(header));
	size_t at = sizeof(header);
	while (*name != '\0') {
		const size_t len = strcspn(name, ".");
		wire[at++] = (uint8_t)len;
		memcpy(wire + at, name, len);
		at += len;
		name += len + (name[len] == '.');
	}
	const uint8_t tail[5] = { 0, (uint8_t)(type >> 8), (uint8_t)type, 0,
		1 };
	memcpy(wire + at, tail, sizeof(tail));
	return at + sizeof(tail);
}

static void
read_reply(struct reply *reply, const uint8_t *question)
{
	const uint8_t *wire = reply->wire;
	reply->came = reply->len >= 12 && memcmp(wire, question, 2) == 0;
	reply->authoritative = (wire[2] & 0x04) != 0;
	reply->authenticated = (wire[3] & 0x20) != 0;
	reply->rcode = wire[3] & 0x0f;
	reply->answers = (unsigned)(wire[6] << 8 | wire[7]);
}

struct reply
loopback_ask(struct server_addr server, const char *name, unsigned type, int ms)
{
	struct reply reply = { .came = false };
	uint8_t question[300];
	cr_assert(lt(sz, strlen(name), 255));
	const size_t len = write_question(question, name, type);
	const struct sockaddr_in to = loopback_socket(server);
	const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	cr_assert(ge(int, fd, 0));
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	if (connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0 &&
	    send(fd, question, len, 0) == (ssize_t)len &&
	    poll(&wait, 1, ms) == 1) {
		const ssize_t got = recv(fd, reply.wire, sizeof(reply.wire), 0);
		reply.len = got > 0 ? (size_t)got : 0;
		read_reply(&reply, question);
	}
	close(fd);
	return reply;
}

bool
reply_holds(const struct reply *reply, const char *text)
{
	return memmem(reply->wire, reply->len, text, strlen(text)) != NULL;
}

static bool
write_text(const char *path, const char *text)
{
	const int fd = open(path, O_WRONLY | O_CLOEXEC);
	const ssize_t len = (ssize_t)strlen(text);
	const bool written = fd >= 0 && write(fd, text, (size_t)len) == len;
	close(fd);
	return written;
}

bool
loopback_rights(void)
{
	char map[64];
	const unsigned uid = geteuid();
	const unsigned gid = getegid();
	if (uid == 0) {
		return true;
	}
	if (unshare(CLONE_NEWUSER) != 0) {
		return false;
	}
	snprintf(map, sizeof(map), "0 %u 1", uid);
	bool mapped = write_text("/proc/self/setgroups", "deny") &&
		      write_text("/proc/self/uid_map", map);
	snprintf(map, sizeof(map), "0 %u 1", gid);
	return mapped && write_text("/proc/self/gid_map", map);
}

void
loopback_alone(void)
{
	cr_assert(eq(int, unshare(CLONE_NEWNET), 0),
	    "no network namespace: run it as root, or allow user namespaces");
	struct ifreq request = { .ifr_name = "lo" };
	const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	cr_assert(eq(int, ioctl(fd, SIOCGIFFLAGS, &request), 0));
	request.ifr_flags |= IFF_UP | IFF_RUNNING;
	cr_assert(eq(int, ioctl(fd, SIOCSIFFLAGS, &request), 0));
	close(fd);
}
