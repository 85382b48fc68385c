/* SPDX-License-Identifier: MIT */
/* Addresses as the socket calls want them, and ports nobody can foresee. */
#ifndef NET_ENDPOINT_H
#define NET_ENDPOINT_H

#include "dns/addr.h"

#include <netinet/in.h>
#include <sys/socket.h>

/** Room for the address of either family. */
union endpoint {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

/** Writes *server* to *ret* and gives its length there. */
socklen_t endpoint_of(struct server_addr server, union endpoint *ret);

/**
 * Gives the socket *fd* a port that nobody can foresee (RFC 5452 9.2), from a
 * larger range than the system's own choice; if that fails the system
 * chooses.
 */
void endpoint_bind_random(int fd, enum addr_family family);

#endif
