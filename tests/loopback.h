/* SPDX-License-Identifier: MIT */
/*
 * Addresses of this machine for tests, and one question over UDP without
 * any code of the program.
 */
#ifndef TESTS_LOOPBACK_H
#define TESTS_LOOPBACK_H

#include "dns/addr.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What came back, as it stood on the wire. */
struct reply {
	bool came; /* false: nothing within the time */
	unsigned rcode;
	bool authoritative;
	bool authenticated;
	unsigned answers; /* records in the answer section */
	uint8_t wire[4096];
	size_t len;
};

/**
 * An address of 127.0.0.0/8 that other tests do not use, with a port that is
 * free for UDP and TCP.
 */
struct server_addr loopback_free(void);

/** The address number *n* of this test, at *port*. */
struct server_addr loopback_at(uint8_t n, uint16_t port);

/** *server*, an IPv4 one, as the socket calls want it. */
struct sockaddr_in loopback_socket(struct server_addr server);

/** Asks *server* once, RD set, and waits *ms* milliseconds at most. */
struct reply loopback_ask(
    struct server_addr server, const char *name, unsigned type, int ms);

/** True if these bytes stand somewhere in *reply*. */
bool reply_holds(const struct reply *reply, const char *text);

/**
 * Gives this process, which must have one thread, the rights that
 * loopback_alone() needs: in a user namespace of its own if it is not run by
 * root. False if the system does not allow it.
 */
bool loopback_rights(void);

/**
 * Moves this test into a network of its own that has nothing but loopback,
 * where every port is free and may be used: servers can stand at port 53.
 */
void loopback_alone(void);

#endif
