/* SPDX-License-Identifier: MIT */
/* Looking at zones made up for one test. */
#include "looking.h"

#include "asking.h"
#include "base/arena.h"
#include "look/ledger.h"
#include "source/zone.h"

#include <criterion/criterion.h>

void
looking_open_zone(struct looking *looking, const char *origin, const char *text)
{
	*looking = (struct looking){ .arena = arena_new() };
	const struct str whole = str_print(looking->arena,
	    "@ 300 SOA ns.invalid. admin.invalid. 1 2 3 4 300\n%s", text);
	looking->zones[looking->zones_len++] =
	    zone_of_text(looking->arena, origin, whole.at);
	looking->source = zone_source_open(looking->zones, looking->zones_len);
	looking->look = look_open(looking->arena, looking->source, 1000);
}

void
looking_open(struct looking *looking, const char *text)
{
	looking_open_zone(looking, ".", text);
}

void
looking_run(struct looking *looking,
    void (*run)(struct look *look, void *context), void *context)
{
	const struct task task = { .run = run, .context = context };
	look_add(looking->look, &task);
	look_run(looking->look);
}

size_t
looking_asked(const struct looking *looking)
{
	return ledger_count(look_ledger(looking->look));
}

bool
looking_did_ask(
    const struct looking *looking, const char *name, const char *type)
{
	struct question question = { .name = name_of(looking->arena, name) };
	const bool known = rrtype_parse(str_of(type), &question.type);
	cr_assert(known, "%s", type);
	return ledger_find(look_ledger(looking->look), &question) != NULL;
}

void
looking_close(struct looking *looking)
{
	look_close(looking->look);
	source_close(&looking->source);
	arena_free(&looking->arena);
}
