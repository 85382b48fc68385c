/* SPDX-License-Identifier: MIT */
/* Questions as keys of tables. */
#include "dns/question.h"

#include <string.h>

bool
question_equal(const struct question *a, const struct question *b)
{
	return a->type == b->type && a->side == b->side &&
	       a->checking_disabled == b->checking_disabled &&
	       a->again == b->again && name_equal(a->name, b->name) &&
	       server_addr_equal(a->server, b->server);
}

/** The first of *differences* that is one. */
static int
first_of(const int *differences, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (differences[i] != 0) {
			return differences[i];
		}
	}
	return 0;
}

int
question_cmp(const struct question *a, const struct question *b)
{
	const struct server_addr *from[] = { &a->server, &b->server };
	const int differences[] = {
		name_cmp(a->name, b->name),
		(int)a->type - (int)b->type,
		(int)a->side - (int)b->side,
		(int)from[0]->addr.family - (int)from[1]->addr.family,
		memcmp(from[0]->addr.bytes, from[1]->addr.bytes,
		    sizeof(from[0]->addr.bytes)),
		(int)from[0]->port - (int)from[1]->port,
		(from[0]->scope > from[1]->scope) -
		    (from[0]->scope < from[1]->scope),
		(int)from[0]->tcp - (int)from[1]->tcp,
		(int)a->checking_disabled - (int)b->checking_disabled,
		(int)a->again - (int)b->again,
	};
	return first_of(
	    differences, sizeof(differences) / sizeof(*differences));
}

/** *hash* with *word* in it. */
static uint64_t
hash_mixed(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ (hash >> 32);
}

uint32_t
question_hash(const struct question *question)
{
	uint64_t hash = hash_mixed(name_hash(question->name),
	    (uint64_t)question->type << 16 | (uint64_t)question->side << 8 |
		question->again);
	if (question->server.addr.family != ADDR_NONE) {
		uint64_t halves[2];
		memcpy(halves, question->server.addr.bytes, sizeof(halves));
		hash = hash_mixed(hash_mixed(hash, halves[0]), halves[1]);
	}
	return (uint32_t)hash;
}
