/* SPDX-License-Identifier: MIT */
/*
 * The engine alone: asks a resolver the questions of a file ("name type" a
 * line, as dnsperf reads it), and puts each answer into a ledger. For a
 * comparison of what a question costs.
 *
 *	bench_engine ADDRESS:PORT FILE
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "dns/name.h"
#include "look/ledger.h"
#include "net/live.h"
#include "source/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	IN_FLIGHT = 1000,
	A_LEDGER = 11, /* questions about a domain */
};

/** Some questions that share a ledger, as those of one domain do. */
struct group {
	struct group *next; /* of the free ones */
	struct arena *arena;
	struct ledger *ledger;
	size_t open;
};

struct slot {
	struct run *run;
	struct group *group;
	struct ledger_entry *entry;
	struct slot *next;
};

struct run {
	struct source *source;
	FILE *file;
	struct group *group; /* that takes questions */
	struct slot slots[IN_FLIGHT];
	struct slot *free;
	size_t flying;
	size_t answered;
	size_t failed;
};

static void
group_close(struct group **group)
{
	if (*group && (*group)->open == 0) {
		arena_free(&(*group)->arena);
		free(*group);
	}
	*group = NULL;
}

static struct group *
group_new(void)
{
	struct group *group = calloc(1, sizeof(*group));
	if (!group) {
		abort();
	}
	group->arena = arena_new();
	group->ledger = ledger_new(group->arena);
	return group;
}

static void
landed(void *context, const struct answer *answer)
{
	struct slot *slot = context;
	struct run *run = slot->run;
	struct group *group = slot->group;
	ledger_settle(group->ledger, slot->entry, answer);
	run->answered++;
	run->failed += answer_failed(answer);
	run->flying--;
	group->open--;
	if (group->open == 0 && group != run->group) {
		group_close(&group);
	}
	slot->next = run->free;
	run->free = slot;
}

/** Asks what the next line says; false at the end. */
static bool
ask_next(struct run *run)
{
	char line[512];
	char *type;
	struct question question = { .side = SIDE_RESOLVER };
	if (!fgets(line, sizeof(line), run->file)) {
		return false;
	}
	type = strchr(line, ' ');
	if (!type) {
		return true;
	}
	*type++ = '\0';
	question.type = strncmp(type, "MX", 2) == 0 ? RRTYPE_MX : RRTYPE_TXT;
	if (ledger_count(run->group->ledger) == A_LEDGER) {
		group_close(&run->group);
		run->group = group_new();
	}
	struct slot *slot = run->free;
	run->free = slot->next;
	slot->run = run;
	slot->group = run->group;
	if (name_parse(slot->group->arena, str_of(line), &question.name) !=
	    NAME_OK) {
		abort();
	}
	slot->entry = ledger_add(slot->group->ledger, &question);
	slot->group->open++;
	run->flying++;
	(void)source_start(run->source, &question, landed, slot);
	return true;
}

int
main(int argc, char **argv)
{
	static struct run run;
	struct server_addr at;
	struct err err = { 0 };
	if (argc != 3 || !server_addr_parse(str_of(argv[1]), &at)) {
		return 2;
	}
	const struct live_config config = {
		.resolvers = &at, .resolvers_len = 1, .pooled = true
	};
	run.source = live_open(&config, &err);
	run.file = fopen(argv[2], "r");
	if (!run.source || !run.file) {
		return 2;
	}
	run.group = group_new();
	for (size_t i = 0; i < IN_FLIGHT; i++) {
		run.slots[i].next = run.free;
		run.free = &run.slots[i];
	}
	const int64_t begun = clock_monotonic();
	bool more = true;
	do {
		while (more && run.free && !source_is_full(run.source)) {
			more = ask_next(&run);
		}
	} while (run.flying > 0 && source_step(run.source));
	printf("%zu answered, %zu failed, %.0f a second, %llu sent again\n",
	    run.answered, run.failed,
	    (double)run.answered * 1e6 / (double)(clock_monotonic() - begun),
	    (unsigned long long)run.source->counts.retried);
	group_close(&run.group);
	(void)fclose(run.file);
	source_close(&run.source);
	return run.failed > 0;
}
