/* SPDX-License-Identifier: MIT */
/* Addresses as text: RFC 5952, and [address]:port as in RFC 3986 3.2.2. */
#include "dns/addr.h"

#include "base/arena.h"

#include <assert.h>
#include <string.h>

#include <arpa/inet.h>
#include <net/if.h>

enum {
	DEFAULT_PORT = 53
};

/** Copies *text* to *to* of *room* bytes with a zero byte; false if too long.
 */
static bool
to_z(struct str text, char *to, size_t room)
{
	if (text.len == 0 || text.len >= room || str_index(text, '\0') >= 0) {
		return false;
	}
	memcpy(to, text.at, text.len);
	to[text.len] = '\0';
	return true;
}

/** Four numbers without leading zeros: RFC 3986 3.2.2. */
static bool
v4_parse(struct str text, uint8_t to[static 4])
{
	for (size_t i = 0; i < 4; i++) {
		struct str part;
		unsigned long octet = 0;
		if (!str_split(&text, '.', &part) ||
		    !str_number(part, UINT8_MAX, &octet) ||
		    (part.len > 1 && part.at[0] == '0')) {
			return false;
		}
		to[i] = (uint8_t)octet;
	}
	return !text.at;
}

bool
addr_parse(struct str text, struct addr *ret)
{
	char z[INET6_ADDRSTRLEN];
	struct addr addr = { .family = ADDR_V4 };
	if (str_index(text, ':') < 0) {
		if (!v4_parse(text, addr.bytes)) {
			return false;
		}
	} else {
		addr.family = ADDR_V6;
		if (!to_z(text, z, sizeof(z)) ||
		    inet_pton(AF_INET6, z, addr.bytes) != 1) {
			return false;
		}
	}
	*ret = addr;
	return true;
}

struct str
addr_text(struct arena *arena, struct addr addr)
{
	char z[INET6_ADDRSTRLEN];
	assert(addr.family != ADDR_NONE);
	const int family = addr.family == ADDR_V4 ? AF_INET : AF_INET6;
	if (!inet_ntop(family, addr.bytes, z, sizeof(z))) {
		assert(false && "an address that has no text");
	}
	return str_copy(arena, str_of(z));
}

bool
addr_equal(struct addr a, struct addr b)
{
	const size_t size = a.family == ADDR_V6 ? 16 : 4;
	return a.family == b.family &&
	       (a.family == ADDR_NONE || memcmp(a.bytes, b.bytes, size) == 0);
}

static bool
port_parse(struct str text, uint16_t *ret)
{
	unsigned long port = 0;
	if (!str_number(text, 65535, &port) || port == 0) {
		return false;
	}
	*ret = (uint16_t)port;
	return true;
}

static bool
scope_parse(struct str text, uint32_t *ret)
{
	unsigned long index = 0;
	char z[IF_NAMESIZE];
	if (str_number(text, UINT32_MAX, &index)) {
		*ret = (uint32_t)index;
		return true;
	}
	if (!to_z(text, z, sizeof(z))) {
		return false;
	}
	*ret = if_nametoindex(z);
	return *ret != 0;
}

static bool
host_parse(struct str text, struct server_addr *server)
{
	const ptrdiff_t percent = str_index(text, '%');
	if (percent >= 0) {
		if (!scope_parse(
			str_from(text, (size_t)percent + 1), &server->scope)) {
			return false;
		}
		text = str_slice(text, 0, (size_t)percent);
	}
	return addr_parse(text, &server->addr) &&
	       (percent < 0 || server->addr.family == ADDR_V6);
}

static bool
bracketed_parse(struct str text, struct server_addr *server)
{
	const ptrdiff_t end = str_index(text, ']');
	if (end < 0 || !host_parse(str_slice(text, 1, (size_t)end), server) ||
	    server->addr.family != ADDR_V6) {
		return false;
	}
	const struct str rest = str_from(text, (size_t)end + 1);
	return rest.len == 0 ||
	       (rest.at[0] == ':' &&
		   port_parse(str_from(rest, 1), &server->port));
}

bool
server_addr_parse(struct str text, struct server_addr *ret)
{
	struct server_addr server = { .port = DEFAULT_PORT };
	if (str_starts(text, STR("tcp://"))) {
		server.tcp = true;
		text = str_from(text, 6);
	} else if (str_starts(text, STR("udp://"))) {
		text = str_from(text, 6);
	}
	bool good;
	const ptrdiff_t colon = str_index(text, ':');
	if (text.len > 0 && text.at[0] == '[') {
		good = bracketed_parse(text, &server);
	} else if (colon >= 0 &&
		   str_index(str_from(text, (size_t)colon + 1), ':') < 0) {
		good =
		    host_parse(str_slice(text, 0, (size_t)colon), &server) &&
		    port_parse(str_from(text, (size_t)colon + 1), &server.port);
	} else {
		good = host_parse(text, &server);
	}
	if (good) {
		*ret = server;
	}
	return good;
}

struct str
server_addr_text(struct arena *arena, struct server_addr server)
{
	const struct str host = addr_text(arena, server.addr);
	const char *const scheme = server.tcp ? "tcp://" : "";
	char scope[16] = "";
	if (server.scope != 0) {
		const struct str text =
		    str_print(arena, "%%%u", (unsigned)server.scope);
		memcpy(scope, text.at, text.len + 1);
	}
	if (server.port == DEFAULT_PORT) {
		return str_print(
		    arena, "%s%.*s%s", scheme, STR_ARG(host), scope);
	}
	const bool v6 = server.addr.family == ADDR_V6;
	return str_print(arena, "%s%s%.*s%s%s:%u", scheme, v6 ? "[" : "",
	    STR_ARG(host), scope, v6 ? "]" : "", server.port);
}

bool
server_addr_equal(struct server_addr a, struct server_addr b)
{
	return addr_equal(a.addr, b.addr) && a.port == b.port &&
	       a.scope == b.scope && a.tcp == b.tcp;
}
