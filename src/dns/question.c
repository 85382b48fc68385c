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

uint32_t
question_hash(const struct question *question)
{
	uint32_t hash = name_hash(question->name);
	hash = (hash ^ (uint32_t)question->type) * 16777619U;
	hash = (hash ^ (uint32_t)question->side) * 16777619U;
	hash = (hash ^ question->again) * 16777619U;
	for (size_t i = 0; i < sizeof(question->server.addr.bytes); i++) {
		hash = (hash ^ question->server.addr.bytes[i]) * 16777619U;
	}
	return hash ^ (hash >> 15);
}
