/* SPDX-License-Identifier: MIT */
/* Chains in slots that double when there are as many things as slots. */
#include "base/table.h"

#include "base/arena.h"

#include <assert.h>
#include <stdint.h>

enum {
	FIRST_SLOTS = 64
};

static uint32_t
hash_of(struct str text)
{
	uint32_t hash = 2166136261U; /* FNV-1a */
	for (size_t i = 0; i < text.len; i++) {
		hash = (hash ^ (unsigned char)text.at[i]) * 16777619U;
	}
	return hash;
}

static struct table_node **
slot_of(const struct table *table, struct str key)
{
	return &table->slots[hash_of(key) & (table->slots_len - 1)];
}

struct table
table_new(struct arena *arena)
{
	return (struct table){
		.arena = arena,
		.slots = ARENA_ARRAY(arena, struct table_node *, FIRST_SLOTS),
		.slots_len = FIRST_SLOTS,
	};
}

struct table_node *
table_find(const struct table *table, struct str key)
{
	struct table_node *node = *slot_of(table, key);
	while (node && !str_eq(node->key, key)) {
		node = node->next;
	}
	return node;
}

static void
node_put(struct table *table, struct table_node *node)
{
	struct table_node **slot = slot_of(table, node->key);
	node->next = *slot;
	*slot = node;
}

static void
slots_double(struct table *table)
{
	struct table_node **old = table->slots;
	const size_t old_len = table->slots_len;
	table->slots_len *= 2;
	table->slots =
	    ARENA_ARRAY(table->arena, struct table_node *, table->slots_len);
	for (size_t i = 0; i < old_len; i++) {
		while (old[i]) {
			struct table_node *node = old[i];
			old[i] = node->next;
			node_put(table, node);
		}
	}
}

void
table_add(struct table *table, struct table_node *node, struct str key)
{
	assert(!table_find(table, key));
	if (table->len++ >= table->slots_len) {
		slots_double(table);
	}
	node->key = key;
	node_put(table, node);
}

struct table_node **
table_all(const struct table *table, struct arena *arena)
{
	struct table_node **all =
	    ARENA_ARRAY(arena, struct table_node *, table->len + 1);
	size_t len = 0;
	for (size_t i = 0; i < table->slots_len; i++) {
		struct table_node *node = table->slots[i];
		for (; node; node = node->next) {
			all[len++] = node;
		}
	}
	assert(len == table->len);
	return all;
}
