/* SPDX-License-Identifier: MIT */
/*
 * IP addresses, with the port and transport under which a server is asked.
 */
#ifndef DNS_ADDR_H
#define DNS_ADDR_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum addr_family {
	ADDR_NONE,
	ADDR_V4,
	ADDR_V6,
};

/** An address as A and AAAA records hold it. */
struct addr {
	enum addr_family family;
	uint8_t bytes[16]; /* network order; the first 4 for ADDR_V4 */
};

/** Where a DNS server listens; family ADDR_NONE means "none". */
struct server_addr {
	struct addr addr;
	uint16_t port;
	uint32_t scope; /* IPv6 interface index, or 0 */
	bool tcp;       /* ask by TCP only */
};

/**
 * Reads the IPv4 or IPv6 address that begins *text*, as far as it goes, and
 * gives its length; 0, and *ret* has no family, if there is none.
 */
size_t addr_read(struct str text, struct addr *ret);

/** The same for an IPv4 address alone. */
size_t addr_read_v4(struct str text, struct addr *ret);

/** The same for an IPv6 address alone. */
size_t addr_read_v6(struct str text, struct addr *ret);

/**
 * Reads an IPv4 or IPv6 address without port or scope; *ret* has no family
 * if *text* is none.
 */
bool addr_parse(struct str text, struct addr *ret);

/** Writes *addr* in *arena* (RFC 5952 for IPv6). */
struct str addr_text(struct arena *arena, struct addr addr);

/** True if both are the same address. */
bool addr_equal(struct addr a, struct addr b);

/**
 * Reads "1.2.3.4", "1.2.3.4:5353", "::1", "[::1]:53", "fe80::1%eth0" or any
 * of these after "tcp://" or "udp://"; the port is 53 if not given.
 */
bool server_addr_parse(struct str text, struct server_addr *ret);

/** Writes *server* as server_addr_parse() reads it; port 53 is left out. */
struct str server_addr_text(struct arena *arena, struct server_addr server);

/** True if both are the same server. */
bool server_addr_equal(struct server_addr a, struct server_addr b);

#endif
