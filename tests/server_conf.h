/* SPDX-License-Identifier: MIT */
/*
 * The configurations of NSD, Knot and Unbound for servers.c: everything in
 * one folder, one address, nobody else's business.
 */
#ifndef TESTS_SERVER_CONF_H
#define TESTS_SERVER_CONF_H

#include "base/vec.h"
#include "dns/addr.h"

struct arena;
struct buf;

/** A zone that is served, or (Unbound) asked at an authority. */
struct conf_zone {
	const char *apex; /* without final dot; "" is the root */
	unsigned change;
	struct server_addr authority;
};

struct server_conf {
	struct arena *arena;
	const char *folder;
	struct server_addr at;
	struct VEC(struct conf_zone) zones;
	struct VEC(const char *) options;
};

/** Writes the configuration of NSD. */
void nsd_conf(const struct server_conf *conf, struct buf *to);

/** Writes the configuration of Knot. */
void knot_conf(const struct server_conf *conf, struct buf *to);

/** Writes the configuration of Unbound. */
void unbound_conf(const struct server_conf *conf, struct buf *to);

/** The name of the file that holds *zone*, in *arena*. */
const char *conf_zone_file(struct arena *arena, const struct conf_zone *zone);

/** The path of *program*, or NULL; servers are not in everyone's PATH. */
const char *conf_find_program(struct arena *arena, const char *program);

/** The path of a copy of the program at *path* in the server's folder. */
const char *conf_copy_program(const struct server_conf *conf, const char *path);

#endif
