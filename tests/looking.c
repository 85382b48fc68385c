/* SPDX-License-Identifier: MIT */
/* Looking at zones made up for one test. */
#include "looking.h"

#include "asking.h"
#include "base/arena.h"
#include "look/ledger.h"
#include "source/ready.h"
#include "source/zone.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/** The source of a look: the zone, but for the faults. */
struct faulty {
	struct source source;
	struct ready ready;
	struct looking *looking;
};

/** Where the answer of the zone is copied to: it lives in the call alone. */
struct relay {
	struct arena *arena;
	const struct answer *answer;
};

static void
take(void *context, const struct answer *answer)
{
	struct relay *relay = context;
	relay->answer = answer_copy(relay->arena, answer);
}

static const struct answer *
faulty_answer(
    struct source *source, const struct question *question, struct arena *arena)
{
	const struct looking *looking = ((struct faulty *)source)->looking;
	struct relay relay = { .arena = arena };
	for (size_t i = 0; i < looking->faults_len; i++) {
		const struct looking_fault *fault = &looking->faults[i];
		if (fault->type == question->type &&
		    name_equal(fault->name, question->name)) {
			struct answer *failed = ARENA_NEW(arena, struct answer);
			failed->status = fault->status;
			return failed;
		}
	}
	(void)source_start(looking->zones, question, take, &relay);
	while (!relay.answer) {
		cr_assert(source_step(looking->zones));
	}
	return relay.answer;
}

static struct ticket *
faulty_start(struct source *source, const struct question *question,
    source_done_fn *done, void *context)
{
	struct faulty *faulty = (struct faulty *)source;
	return ready_start(&faulty->ready, question, done, context);
}

static bool
faulty_step(struct source *source)
{
	return ready_step(
	    &((struct faulty *)source)->ready, source, faulty_answer);
}

static void
faulty_cancel(struct source *source, struct ticket *ticket)
{
	ready_cancel(&((struct faulty *)source)->ready, ticket);
}

static void
faulty_close(struct source *source)
{
	ready_close(&((struct faulty *)source)->ready);
}

static struct source *
faulty_open(struct looking *looking)
{
	static const struct source_ops ops = {
		.start = faulty_start,
		.step = faulty_step,
		.cancel = faulty_cancel,
		.close = faulty_close,
	};
	struct faulty *faulty = ARENA_NEW(looking->arena, struct faulty);
	faulty->source.ops = &ops;
	faulty->looking = looking;
	ready_open(&faulty->ready);
	return &faulty->source;
}

void
looking_open_zone(struct looking *looking, const char *origin, const char *text)
{
	*looking = (struct looking){ .arena = arena_new() };
	const struct str whole = str_print(looking->arena,
	    "@ 300 SOA ns.invalid. admin.invalid. 1 2 3 4 300\n%s", text);
	looking->zone = zone_of_text(looking->arena, origin, whole.at);
	looking->zones = zone_source_open(&looking->zone, 1);
	looking->source = faulty_open(looking);
	looking->look = look_open(looking->arena, looking->source, 1000);
}

void
looking_fail(struct looking *looking, const char *name, const char *type,
    enum answer_status status)
{
	struct looking_fault *fault = &looking->faults[looking->faults_len++];
	cr_assert(le(sz, looking->faults_len, LOOKING_MAX_FAULTS));
	fault->name = name_of(looking->arena, name);
	fault->status = status;
	cr_assert(rrtype_parse(str_of(type), &fault->type));
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
	source_close(&looking->zones);
	arena_free(&looking->arena);
}
