/* SPDX-License-Identifier: MIT */
/*
 * Which resolvers this system uses: resolv.conf, as glibc reads it. The
 * search list is never applied: whoever checks example.com must not be told
 * about example.com.corp.example.
 */
#ifndef NET_SERVERS_H
#define NET_SERVERS_H

#include "base/str.h"
#include "base/vec.h"
#include "dns/addr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

#define SERVERS_FILE "/etc/resolv.conf"

enum {
	SERVERS_MAX = 3,             /* more are ignored, as everywhere */
	SERVERS_MAX_FILE = 64 << 10, /* octets that are read of a file */
	SERVERS_MAX_LINE = 1024,
};

/** What resolv.conf says. */
struct servers {
	struct server_addr at[SERVERS_MAX];
	size_t len;      /* at least 1 */
	int64_t timeout; /* microseconds for a question; 0: nothing is said */
	unsigned tries;  /* for each server; 0: nothing is said */
	bool rotate;
	bool tcp;                        /* "use-vc" */
	struct VEC(struct str) warnings; /* sentences about lines skipped */
};

/**
 * Reads the file *path*; NULL means SERVERS_FILE. Never fails: what cannot
 * be read gives a warning, and without any server it is 127.0.0.1.
 */
void servers_read(struct arena *arena, const char *path, struct servers *ret);

/** Reads *content*; *file* is the name for the warnings. */
void servers_parse(struct arena *arena, struct str file, struct str content,
    struct servers *ret);

#endif
