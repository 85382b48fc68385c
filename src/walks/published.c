/* SPDX-License-Identifier: MIT */
/* Asking for records, with a closer look at chains on which servers fail. */
#include "walks/published.h"

#include "base/arena.h"
#include "dns/question.h"
#include "look/look.h"

#include <assert.h>

/**
 * Follows the CNAMEs from *name* one by one, as the resolver would not.
 * Gives *failed* back if *name* has no CNAME, NULL while not all is known.
 */
static const struct answer *
chain_walk(struct look *look, const struct question *question,
    const struct answer *failed)
{
	struct arena *arena = look_scratch(look);
	struct rr *chain = ARENA_ARRAY(arena, struct rr, ANSWER_MAX_CHAIN);
	struct name name = question->name;
	size_t len = 0;
	const struct answer *last = failed;
	while (len < ANSWER_MAX_CHAIN) {
		const struct answer *link = ask(look, name, RRTYPE_CNAME);
		if (!link) {
			return NULL;
		}
		if (link->status != ANSWER_FOUND) {
			break;
		}
		chain[len++] = link->rrs[0];
		name = link->rrs[0].rdata.target;
		last = NULL;
	}
	if (len == 0) {
		return failed;
	}
	if (len < ANSWER_MAX_CHAIN) {
		last = ask(look, name, question->type);
	}
	struct answer *answer = ARENA_NEW(arena, struct answer);
	if (last) {
		*answer = *last;
	} else if (len == ANSWER_MAX_CHAIN) {
		answer->status = ANSWER_LOOP;
	} else {
		return NULL;
	}
	answer->chain = chain;
	answer->chain_len = len;
	return answer;
}

const struct answer *
published(struct look *look, const struct sight *sight, struct name name,
    enum rrtype type)
{
	assert(sight);
	const struct answer *answer = ask(look, name, type);
	if (!answer || answer->status != ANSWER_SERVFAIL ||
	    type == RRTYPE_CNAME) {
		return answer;
	}
	const struct question question = { .name = name, .type = type };
	return chain_walk(look, &question, answer);
}
