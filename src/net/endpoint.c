/* SPDX-License-Identifier: MIT */
#include "net/endpoint.h"

#include "net/entropy.h"

#include <assert.h>
#include <string.h>

enum {
	FIRST_PORT = 1024,
	PORT_TRIES = 8,
};

socklen_t
endpoint_of(struct server_addr server, union endpoint *ret)
{
	*ret = (union endpoint){ 0 };
	if (server.addr.family == ADDR_V4) {
		ret->v4.sin_family = AF_INET;
		ret->v4.sin_port = htons(server.port);
		memcpy(&ret->v4.sin_addr, server.addr.bytes, 4);
		return sizeof(ret->v4);
	}
	assert(server.addr.family == ADDR_V6);
	ret->v6.sin6_family = AF_INET6;
	ret->v6.sin6_port = htons(server.port);
	ret->v6.sin6_scope_id = server.scope;
	memcpy(&ret->v6.sin6_addr, server.addr.bytes, 16);
	return sizeof(ret->v6);
}

void
endpoint_bind_random(int fd, enum addr_family family)
{
	for (int i = 0; i < PORT_TRIES; i++) {
		struct server_addr any = { .addr.family = family };
		do {
			any.port = entropy_u16();
		} while (any.port < FIRST_PORT);
		union endpoint endpoint;
		const socklen_t len = endpoint_of(any, &endpoint);
		if (bind(fd, &endpoint.any, len) == 0) {
			return;
		}
	}
}
