/* SPDX-License-Identifier: MIT */
/*
 * SPF over a made-up DNS (tests/byte_source.h): the walk through the tree of
 * records and what a receiver makes of a mail end, keep the limits of RFC
 * 7208 4.6.4, and agree on what costs nothing but lookups.
 */
#include "byte_source.h"
#include "fuzz.h"

#include "look/ledger.h"
#include "look/look.h"
#include "look/run.h"
#include "walks/spf_eval.h"
#include "walks/spf_ses.h"
#include "walks/spf_tree.h"

#include <assert.h>

enum {
	NAMES = 8,
	NOW = 1790000000, /* seconds since 1970 */
};

static const char *const NAMES_TEXT[NAMES] = { "a.b", "c.d", "e.f", "g.h",
	"amazonses.com", "x.a.b", "1.2.0.192.in-addr.arpa", "192.0.2.1.a.b" };

/** What was asked for, in one task. */
struct inquiry {
	struct name domain;
	struct spf_walk *walk;
	struct spf_ses ses;
	struct spf_verdict verdict;
};

static void
inquire(struct look *look, void *context)
{
	static const struct sight sight = { .authority = NULL };
	struct inquiry *inquiry = context;
	const struct spf_start start = { .domain = inquiry->domain };
	const struct spf_mail mail = {
		.ip = { .family = ADDR_V4, .bytes = { 192, 0, 2, 1 } },
		.domain = STR("a.b"),
		.sender = STR("l-m+n@a.b"),
		.helo = STR("x.a.b"),
	};
	inquiry->walk = spf_walk(look, &sight, &start);
	inquiry->ses = spf_ses_find(look, &sight, inquiry->walk);
	inquiry->verdict = spf_check_host(look, &sight, &mail);
}

static void
check_walk(const struct spf_walk *walk)
{
	const struct spf_trouble *trouble;
	struct spf_node *const *node;
	assert(walk->nodes.len <= SPF_MOST_NODES + 1);
	assert(walk->asked <= SPF_MOST_TERMS);
	vec_foreach(node, &walk->nodes) {
		assert((*node)->state != SPF_STATE_PENDING);
		assert(((*node)->state == SPF_STATE_RECORD) ==
		       ((*node)->record != NULL));
	}
	vec_foreach(trouble, &walk->troubles) {
		assert(trouble->node);
		(void)spf_trouble_origin(trouble);
	}
}

static void
check_verdict(const struct spf_verdict *verdict)
{
	assert(verdict->known);
	if (verdict->result != SPF_RESULT_PERMERROR) {
		assert(verdict->lookups <= SPF_MOST_LOOKUPS);
		assert(verdict->voids <= SPF_MOST_VOIDS);
	}
	assert(verdict->explanation.len == 0 ||
	       verdict->result == SPF_RESULT_FAIL);
	assert(spf_result_text(verdict->result) != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	struct name names[NAMES];
	for (size_t i = 0; i < NAMES; i++) {
		names[i] = name_of(arena, NAMES_TEXT[i]);
	}
	const struct byte_world world = {
		.names = names,
		.names_len = NAMES,
		.base = "",
		.bytes = { (const char *)data, size },
	};
	struct source *source = byte_source_open(arena, &world);
	struct look *look = look_open(arena, source, NOW);
	struct inquiry inquiry = { .domain = names[0] };
	const struct task task = { .run = inquire, .context = &inquiry };
	look_add(look, &task);
	look_run(look);
	assert(ledger_count(look_ledger(look)) <= LOOK_MAX_QUESTIONS);
	check_walk(inquiry.walk);
	check_verdict(&inquiry.verdict);
	look_close(look);
	source_close(&source);
	return 0;
}
