/* SPDX-License-Identifier: MIT */
/*
 * The zone that holds a domain, and its own servers: found from above
 * through referrals, never by counting labels, and without asking a
 * resolver for names that may not be there yet (RFC 2308: it would remember
 * the "no").
 * Must never know what records are looked for.
 */
#ifndef WALKS_AUTHORITY_H
#define WALKS_AUTHORITY_H

#include "dns/addr.h"
#include "dns/answer.h"
#include "dns/name.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct look;

enum {
	AUTHORITY_MAX = 13, /* servers that are asked; as in a full referral */
};

/** How a server answers for the zone. */
enum server_state {
	SERVER_OK,
	SERVER_LAME,        /* it does not serve the zone */
	SERVER_REFUSED,     /* it serves the zone, but not to us */
	SERVER_NO_ANSWER,   /* nothing came in time */
	SERVER_UNREACHABLE, /* no address, or no way to it */
	SERVER_ERROR,       /* SERVFAIL, or nothing readable */
};

/** One of the zone's servers. */
struct authority_server {
	struct name name;        /* "no name" if it was given as an address */
	struct server_addr addr; /* family ADDR_NONE: it has none */
	enum server_state state;
	const struct answer *answer; /* to SOA at the domain; may be NULL */
	bool has_serial;
	uint32_t serial;
};

/** The servers that were given in the place of the delegated ones. */
struct authority_given {
	const struct server_addr *at;
	size_t len;
};

/** The zone's own side. */
struct authority {
	bool settled;     /* zone and servers are known, as far as they can */
	struct name apex; /* "no name": nobody could tell */
	struct authority_server at[AUTHORITY_MAX]; /* by name, then address */
	size_t len;
	size_t left_out;      /* servers beyond AUTHORITY_MAX */
	size_t sound;         /* how many have SERVER_OK */
	bool denied;          /* the domain's name does not exist in the zone */
	int64_t negative_ttl; /* seconds a "no" is kept; -1: not known */
	const struct answer *above; /* the NS set at the parent, or NULL */
	const struct answer *own;   /* the zone's own NS set, or NULL */
};

/**
 * Finds the zone of *domain* and how its servers answer. False while not all
 * is known; *ret* then holds the servers to ask in the meantime, if any.
 */
bool authority_find(struct look *look, struct name domain,
    struct authority_given given, struct authority *ret);

/** The first sound server; len if there is none. */
size_t authority_first_sound(const struct authority *authority);

/** True if the sound servers have different serials. */
bool authority_serials_differ(const struct authority *authority);

/** True if the NS sets at the parent and in the zone are not the same. */
bool authority_sets_differ(const struct authority *authority);

/** "ok", "lame", "no-answer"... as in JSON. */
const char *server_state_text(enum server_state state);

#endif
