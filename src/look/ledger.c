/* SPDX-License-Identifier: MIT */
/* Questions in the order of asking, found through an open hash table. */
#include "look/ledger.h"

#include "base/arena.h"
#include "base/vec.h"

#include <assert.h>

enum {
	FIRST_SLOTS = 64
};

struct ledger {
	struct arena *arena;
	struct VEC(struct ledger_entry *) entries;
	struct ledger_entry **slots; /* a power of two of them */
	size_t slots_len;
};

struct ledger *
ledger_new(struct arena *arena)
{
	struct ledger *ledger = ARENA_NEW(arena, struct ledger);
	ledger->arena = arena;
	ledger->slots_len = FIRST_SLOTS;
	ledger->slots = ARENA_ARRAY(arena, struct ledger_entry *, FIRST_SLOTS);
	return ledger;
}

/** The slot where *question* is, or the free one where it belongs. */
static struct ledger_entry **
slot_of(const struct ledger *ledger, const struct question *question)
{
	const size_t mask = ledger->slots_len - 1;
	size_t at = question_hash(question) & mask;
	while (ledger->slots[at] &&
	       !question_equal(&ledger->slots[at]->question, question)) {
		at = (at + 1) & mask;
	}
	return &ledger->slots[at];
}

static void
slots_double(struct ledger *ledger)
{
	struct ledger_entry **entry;
	ledger->slots_len *= 2;
	ledger->slots = ARENA_ARRAY(
	    ledger->arena, struct ledger_entry *, ledger->slots_len);
	vec_foreach(entry, &ledger->entries) {
		*slot_of(ledger, &(*entry)->question) = *entry;
	}
}

struct ledger_entry *
ledger_find(const struct ledger *ledger, const struct question *question)
{
	return *slot_of(ledger, question);
}

struct ledger_entry *
ledger_add(struct ledger *ledger, const struct question *question)
{
	if ((ledger->entries.len + 1) * 2 > ledger->slots_len) {
		slots_double(ledger);
	}
	struct ledger_entry **slot = slot_of(ledger, question);
	assert(!*slot);
	struct ledger_entry *entry =
	    ARENA_NEW(ledger->arena, struct ledger_entry);
	entry->question = *question;
	entry->question.name = name_copy(ledger->arena, question->name);
	*slot = entry;
	vec_push(ledger->arena, &ledger->entries, entry);
	return entry;
}

void
ledger_settle(struct ledger *ledger, struct ledger_entry *entry,
    const struct answer *answer)
{
	assert(!entry->answer);
	entry->answer = answer_copy(ledger->arena, answer);
}

void
ledger_unwant(struct ledger *ledger, uint64_t tasks)
{
	struct ledger_entry **entry;
	vec_foreach(entry, &ledger->entries) {
		(*entry)->wanted &= ~tasks;
	}
}

bool
ledger_entry_counts(const struct ledger_entry *entry)
{
	return entry->answer && entry->wanted;
}

size_t
ledger_count(const struct ledger *ledger)
{
	return ledger->entries.len;
}

struct ledger_entry *
ledger_at(const struct ledger *ledger, size_t index)
{
	assert(index < ledger->entries.len);
	return ledger->entries.at[index];
}
