/* SPDX-License-Identifier: MIT */
/* Routing questions to the server that they name. */
#include "world.h"

#include "asking.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/vec.h"
#include "source/ready.h"
#include "source/zone.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

enum {
	MOST_ZONES = 16
};

struct server {
	struct server_addr address;
	enum answer_status failure;
	const struct world_failure *some; /* NULL: nothing else fails */
	struct source *zones;
	struct source *old; /* NULL: nothing old is remembered */
};

struct world {
	struct source source;
	struct arena *arena;
	struct ready ready;
	struct server *servers;
	size_t servers_len;
	struct VEC(struct str) asked; /* names, of the resolver */
};

static struct server *
server_of(const struct world *world, struct server_addr address)
{
	for (size_t i = 0; i < world->servers_len; i++) {
		if (server_addr_equal(world->servers[i].address, address)) {
			return &world->servers[i];
		}
	}
	return NULL;
}

struct relay {
	struct arena *arena;
	const struct answer *answer;
};

static void
relay_take(void *context, const struct answer *answer)
{
	struct relay *relay = context;
	relay->answer = answer_copy(relay->arena, answer);
}

static const struct answer *
ask_zones(
    struct source *zones, const struct question *question, struct arena *arena)
{
	struct relay relay = { .arena = arena };
	(void)source_start(zones, question, relay_take, &relay);
	while (!relay.answer) {
		cr_assert(source_step(zones));
	}
	return relay.answer;
}

static const struct answer *
failed(struct arena *arena, enum answer_status status,
    const struct question *question)
{
	struct answer *answer = ARENA_NEW(arena, struct answer);
	answer->status = status;
	answer->server = question->server;
	return answer;
}

/** How *server* fails to answer *question*; ANSWER_FOUND: it does not. */
static enum answer_status
failure_of(struct arena *arena, const struct server *server,
    const struct question *question)
{
	if (!server) {
		return ANSWER_UNREACHABLE;
	}
	const struct world_failure *some = server->some;
	if (!some || (some->bogus && question->checking_disabled)) {
		return server->failure;
	}
	const struct str asked = name_text(arena, question->name);
	const struct str type = rrtype_text(arena, question->type);
	const struct str both =
	    str_print(arena, "%.*s/%.*s", STR_ARG(asked), STR_ARG(type));
	struct str names = str_of(some->names);
	struct str name;
	bool fails = names.len == 0;
	while (!fails && str_split(&names, ' ', &name)) {
		fails = str_eq(name, asked) || str_eq(name, both);
	}
	return fails ? some->status : server->failure;
}

static const struct answer *
world_answer(
    struct source *source, const struct question *question, struct arena *arena)
{
	struct world *world = (struct world *)source;
	const struct server *server = server_of(world, question->server);
	if (question->side == SIDE_RESOLVER) {
		vec_push(world->arena, &world->asked,
		    name_text(world->arena, question->name));
	}
	const enum answer_status failure = failure_of(arena, server, question);
	if (failure != ANSWER_FOUND) {
		return failed(arena, failure, question);
	}
	if (server->old) {
		const struct answer *old =
		    ask_zones(server->old, question, arena);
		if (old->status == ANSWER_FOUND ||
		    old->status == ANSWER_NXDOMAIN) {
			return old;
		}
	}
	const struct answer *answer = ask_zones(server->zones, question, arena);
	/* A resolver knows the whole world, or fails. */
	return answer->status == ANSWER_OUTSIDE
		   ? failed(arena, ANSWER_SERVFAIL, question)
		   : answer;
}

static struct ticket *
world_start(struct source *source, const struct question *question,
    source_done_fn *done, void *context)
{
	struct world *world = (struct world *)source;
	return ready_start(&world->ready, question, done, context);
}

static bool
world_step(struct source *source)
{
	struct world *world = (struct world *)source;
	return ready_step(&world->ready, source, world_answer);
}

static void
world_cancel(struct source *source, struct ticket *ticket)
{
	ready_cancel(&((struct world *)source)->ready, ticket);
}

static void
world_close(struct source *source)
{
	struct world *world = (struct world *)source;
	for (size_t i = 0; i < world->servers_len; i++) {
		source_close(&world->servers[i].zones);
		source_close(&world->servers[i].old);
	}
	ready_close(&world->ready);
	free(world);
}

/** The zones of *text*: each begins at an $ORIGIN. */
static struct source *
zones_open(struct arena *arena, const char *text)
{
	static const char mark[] = "$ORIGIN";
	struct zonefile *files =
	    ARENA_ARRAY(arena, struct zonefile, MOST_ZONES);
	size_t len = 0;
	const char *from = strstr(text, mark);
	while (from) {
		const char *next = strstr(from + 1, mark);
		const size_t size = next ? (size_t)(next - from) : strlen(from);
		cr_assert(len < MOST_ZONES);
		files[len++] = zone_of_text(
		    arena, ".", str_z(arena, (struct str){ from, size }));
		from = next;
	}
	cr_assert(len > 0, "no zone in \"%s\"", text);
	return zone_source_open(files, len);
}

struct source *
world_open(
    struct arena *arena, const struct world_server *servers, size_t servers_len)
{
	static const struct source_ops ops = {
		.start = world_start,
		.step = world_step,
		.cancel = world_cancel,
		.close = world_close,
	};
	struct world *world = xcalloc(1, sizeof(*world));
	world->source.ops = &ops;
	world->arena = arena;
	ready_open(&world->ready);
	world->servers = ARENA_ARRAY(arena, struct server, servers_len);
	world->servers_len = servers_len;
	for (size_t i = 0; i < servers_len; i++) {
		struct server *server = &world->servers[i];
		server->failure = servers[i].failure;
		if (servers[i].address) {
			cr_assert(server_addr_parse(
			    str_of(servers[i].address), &server->address));
		}
		if (servers[i].zone) {
			server->zones = zones_open(arena, servers[i].zone);
		}
		if (servers[i].old) {
			server->old = zones_open(arena, servers[i].old);
		}
	}
	return &world->source;
}

void
world_fail(struct source *source, const struct world_failure *failure)
{
	const struct world *world = (const struct world *)source;
	struct server_addr address = { 0 };
	cr_assert(!failure->address ||
		  server_addr_parse(str_of(failure->address), &address));
	struct server *server = server_of(world, address);
	cr_assert(server, "no server %s", failure->address);
	server->some = failure;
}

size_t
world_asked_resolver(const struct source *source, const char *name)
{
	const struct world *world = (const struct world *)source;
	const struct str *asked;
	size_t count = 0;
	vec_foreach(asked, &world->asked) {
		count += str_eq(*asked, str_of(name));
	}
	return count;
}
