/* SPDX-License-Identifier: MIT */
/*
 * Things that are found by a text. What is kept begins with a table_node, so
 * the table itself takes no memory but its slots. Nothing is ever taken out.
 */
#ifndef BASE_TABLE_H
#define BASE_TABLE_H

#include "base/str.h"

#include <stddef.h>

struct arena;

/** The first member of what is kept in a table. */
struct table_node {
	struct table_node *next; /* in the same slot */
	struct str key;
};

struct table {
	struct arena *arena;
	struct table_node **slots; /* a power of two */
	size_t slots_len;
	size_t len; /* how many are kept */
};

/** An empty table in *arena*. */
struct table table_new(struct arena *arena);

/** What is kept under *key*; NULL if there is nothing. */
struct table_node *table_find(const struct table *table, struct str key);

/**
 * Keeps *node* under *key*, under which there must be nothing; both must
 * live as long as the table.
 */
void table_add(struct table *table, struct table_node *node, struct str key);

/** All that is kept, in no order, in an array of table->len in *arena*. */
struct table_node **table_all(const struct table *table, struct arena *arena);

#endif
