/* SPDX-License-Identifier: MIT */
/* Addresses as text: RFC 5952, and [address]:port as in RFC 3986 3.2.2. */
#include "dns/addr.h"

#include "base/arena.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

#include <arpa/inet.h>
#include <net/if.h>

enum {
	DEFAULT_PORT = 53,
	V6_SIZE = 16, /* bytes */
	NO_GAP = V6_SIZE + 1,
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

/**
 * Reads a number of up to 255; NULL if there is none. A zero ends it, so that
 * what has leading zeros does not go on as an address does.
 */
static inline const char *
octet_read(const char *at, const char *end, uint8_t *ret)
{
	if (at == end || !char_is_digit(*at)) {
		return NULL;
	}
	unsigned octet = (unsigned)(*at++ - '0');
	while (octet > 0 && at < end && char_is_digit(*at)) {
		octet = octet * 10 + (unsigned)(*at++ - '0');
		if (octet > UINT8_MAX) {
			return NULL;
		}
	}
	*ret = (uint8_t)octet;
	return at;
}

/** Four numbers with dots between them (RFC 3986 3.2.2); NULL if not. */
static const char *
v4_read(const char *at, const char *end, uint8_t to[static 4])
{
	for (size_t i = 0; i < 4; i++) {
		if (i > 0 && (at == end || *at++ != '.')) {
			return NULL;
		}
		at = octet_read(at, end, &to[i]);
		if (!at) {
			return NULL;
		}
	}
	return at;
}

/* clang-format off */
/* The value of a hexadecimal digit, and one; zero for what is none. */
static const uint8_t HEX[UCHAR_MAX + 1] = {
	['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5,
	['5'] = 6, ['6'] = 7, ['7'] = 8, ['8'] = 9, ['9'] = 10,
	['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
	['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};
/* clang-format on */

/** What HEX has of *c*. */
static inline unsigned
hex_read(char c)
{
	return HEX[(unsigned char)c];
}

/** Reads one to four hexadecimal digits; NULL if there are others. */
static const char *
group_read(const char *at, const char *end, uint8_t to[static 2])
{
	const char *const from = at;
	unsigned value = 0;
	for (; at < end; at++) {
		const unsigned digit = hex_read(*at);
		if (digit == 0) {
			break;
		}
		value = value << 4 | (digit - 1);
	}
	to[0] = (uint8_t)(value >> 8);
	to[1] = (uint8_t)value;
	return at == from || at - from > 4 ? NULL : at;
}

/** An IPv6 address while it is read. */
struct v6 {
	uint8_t *to;
	size_t len; /* bytes so far */
	size_t gap; /* the bytes in front of "::"; NO_GAP: there is none */
};

/** The last four bytes of *v6*, written as IPv4; NULL if they are not. */
static const char *
tail_read(struct v6 *v6, const char *at, const char *end)
{
	if (v6->len + 4 > V6_SIZE) {
		return NULL;
	}
	v6->len += 4;
	return v4_read(at, end, v6->to + v6->len - 4);
}

/** Moves *at* past ":" or "::"; true if a group must follow. */
static bool
colons_read(struct v6 *v6, const char **at, const char *end)
{
	if (*at == end || **at != ':' || v6->len == V6_SIZE) {
		return false;
	}
	++*at;
	if (*at == end || **at != ':') {
		return true;
	}
	++*at;
	if (v6->gap != NO_GAP) {
		*at = NULL;
		return false;
	}
	v6->gap = v6->len;
	return *at < end && hex_read(**at) > 0;
}

/** Reads groups up to a byte that can go on none; NULL if they are bad. */
static const char *
groups_read(struct v6 *v6, const char *at, const char *end)
{
	do {
		const char *const from = at;
		if (v6->len == V6_SIZE) {
			return NULL;
		}
		at = group_read(at, end, v6->to + v6->len);
		if (at && at < end && *at == '.') {
			return tail_read(v6, from, end);
		}
		v6->len += 2;
	} while (at && colons_read(v6, &at, end));
	return at;
}

/** RFC 4291 2.2: all three forms; *to* must be all zero. */
static const char *
v6_read(const char *at, const char *end, uint8_t to[static V6_SIZE])
{
	struct v6 v6 = { .to = to, .gap = NO_GAP };
	if (end - at >= 2 && at[0] == ':' && at[1] == ':') {
		v6.gap = 0;
		at += 2;
	}
	if (v6.gap == NO_GAP || (at < end && hex_read(*at) > 0)) {
		at = groups_read(&v6, at, end);
	}
	if (!at || (v6.gap == NO_GAP) != (v6.len == V6_SIZE)) {
		return NULL;
	}
	if (v6.len > v6.gap) {
		const size_t behind = v6.len - v6.gap;
		memmove(to + V6_SIZE - behind, to + v6.gap, behind);
		memset(to + v6.gap, 0, V6_SIZE - v6.len);
	}
	return at;
}

size_t
addr_read_v4(struct str text, struct addr *ret)
{
	*ret = (struct addr){ .family = ADDR_V4 };
	const char *at = v4_read(text.at, text.at + text.len, ret->bytes);
	if (!at) {
		ret->family = ADDR_NONE;
		return 0;
	}
	return (size_t)(at - text.at);
}

size_t
addr_read_v6(struct str text, struct addr *ret)
{
	*ret = (struct addr){ .family = ADDR_V6 };
	const char *at = v6_read(text.at, text.at + text.len, ret->bytes);
	if (!at) {
		ret->family = ADDR_NONE;
		return 0;
	}
	return (size_t)(at - text.at);
}

size_t
addr_read(struct str text, struct addr *ret)
{
	const size_t len = addr_read_v4(text, ret);
	return len > 0 ? len : addr_read_v6(text, ret);
}

bool
addr_parse(struct str text, struct addr *ret)
{
	if (text.len > 0 && addr_read(text, ret) == text.len) {
		return true;
	}
	*ret = (struct addr){ .family = ADDR_NONE };
	return false;
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
