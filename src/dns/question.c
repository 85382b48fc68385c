/* SPDX-License-Identifier: MIT */
/* Questions as keys of tables. */
#include "dns/question.h"

bool
question_equal(const struct question *a, const struct question *b)
{
	return a->type == b->type && a->side == b->side &&
	       a->checking_disabled == b->checking_disabled &&
	       a->again == b->again && name_equal(a->name, b->name) &&
	       server_addr_equal(a->server, b->server);
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
