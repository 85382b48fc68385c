/* SPDX-License-Identifier: MIT */
/* Addresses as text: RFC 5952, and [address]:port as in RFC 3986 3.2.2. */
#include "dns/addr.h"

#include "base/arena.h"

#include <assert.h>
#include <string.h>

#include <arpa/inet.h>
#include <net/if.h>

enum {
	DEFAULT_PORT = 53,
	V6_SIZE = 16, /* bytes */
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
	size_t at = 0;
	for (size_t i = 0; i < 4; i++) {
		if (i > 0 && (at >= text.len || text.at[at++] != '.')) {
			return false;
		}
		const size_t from = at;
		unsigned octet = 0;
		while (at < text.len && char_is_digit(text.at[at]) &&
		       at - from < 4) {
			octet = octet * 10 + (unsigned)(text.at[at++] - '0');
		}
		if (at == from || octet > UINT8_MAX ||
		    (at - from > 1 && text.at[from] == '0')) {
			return false;
		}
		to[i] = (uint8_t)octet;
	}
	return at == text.len;
}

/** Reads one to four hexadecimal digits at *at*, which moves past them. */
static bool
hex_read(struct str text, size_t *at, uint8_t to[static 2])
{
	const size_t from = *at;
	unsigned value = 0;
	for (; *at < text.len && *at - from < 5; (*at)++) {
		const char c = char_lower(text.at[*at]);
		if (char_is_digit(c)) {
			value = value << 4 | (unsigned)(c - '0');
		} else if (c >= 'a' && c <= 'f') {
			value = value << 4 | (unsigned)(c - 'a' + 10);
		} else {
			break;
		}
	}
	to[0] = (uint8_t)(value >> 8);
	to[1] = (uint8_t)value;
	return *at > from && *at - from <= 4;
}

/** Moves what was written after the "::" at *gap* to the end. */
static bool
gap_open(uint8_t to[static V6_SIZE], size_t gap, size_t len)
{
	if (gap > len || len >= V6_SIZE) {
		/* Without "::" all must be there, with it something not. */
		return gap > len && len == V6_SIZE;
	}
	memmove(to + V6_SIZE - (len - gap), to + gap, len - gap);
	memset(to + gap, 0, V6_SIZE - len);
	return true;
}

/** Steps over the colon behind a group; "::" may stand once. */
static bool
colon_read(struct str text, size_t *at, size_t len, size_t *gap)
{
	if (++*at == text.len) {
		return false;
	}
	if (text.at[*at] != ':') {
		return true;
	}
	++*at;
	const bool first = *gap > V6_SIZE;
	*gap = len;
	return first;
}

/** RFC 4291 2.2: all three forms. */
static bool
v6_parse(struct str text, uint8_t to[static V6_SIZE])
{
	size_t gap = V6_SIZE + 1; /* where "::" stands; past the end: nowhere */
	size_t len = 0;
	size_t at = 0;
	if (str_starts(text, STR("::"))) {
		gap = 0;
		at = 2;
	}
	while (at < text.len) {
		const size_t from = at;
		if (len == V6_SIZE) {
			return false;
		}
		const bool group = hex_read(text, &at, to + len);
		if (group && (at == text.len || text.at[at] == ':')) {
			len += 2;
			if (at < text.len &&
			    !colon_read(text, &at, len, &gap)) {
				return false;
			}
			continue;
		}
		/* The last four bytes may be written as IPv4. */
		if (len + 4 > V6_SIZE ||
		    !v4_parse(str_from(text, from), to + len)) {
			return false;
		}
		len += 4;
		break;
	}
	return gap_open(to, gap, len);
}

bool
addr_parse(struct str text, struct addr *ret)
{
	struct addr addr = { .family = ADDR_V4 };
	if (!v4_parse(text, addr.bytes)) {
		addr.family = ADDR_V6;
		if (!v6_parse(text, addr.bytes)) {
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
