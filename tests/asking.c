/* SPDX-License-Identifier: MIT */
/* One question, one line. */
#include "asking.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <criterion/criterion.h>

struct zonefile
zone_of_text(struct arena *arena, const char *origin, const char *text)
{
	const struct zonefile_input input = {
		.name = STR("zone"),
		.content = str_of(text),
		.origin = name_of(arena, origin),
	};
	struct zonefile file;
	struct err err = { 0 };
	cr_assert(zonefile_read(arena, &input, &file, &err), "%s", err.text);
	return file;
}

struct asking {
	struct arena *arena;
	const char *line; /* NULL: no answer yet */
};

static void
answer_write(void *context, const struct answer *answer)
{
	struct asking *asking = context;
	struct arena *arena = asking->arena;
	struct buf to = buf_new(arena);
	const struct rr *rr;
	cr_assert(!asking->line, "a second answer to one question");
	buf_adds(&to, answer_status_word(answer->status));
	for (size_t i = 0; i < answer->chain_len; i++) {
		buf_adds(&to, " via ");
		buf_add(&to, name_text(arena, answer->chain[i].rdata.target));
	}
	answer_foreach_rr(rr, answer) {
		buf_addc(&to, ' ');
		buf_add(&to, name_text(arena, rr->owner));
		buf_addc(&to, '=');
		buf_add(&to, rr_value(arena, rr));
	}
	if (answer->soa) {
		buf_adds(&to, " soa ");
		buf_add(&to, name_text(arena, answer->soa->owner));
	}
	for (size_t i = 0; i < answer->referral_len; i++) {
		buf_adds(&to, " to ");
		buf_add(
		    &to, name_text(arena, answer->referral[i].rdata.target));
	}
	asking->line = buf_str(&to).at;
}

static const char *
ask_any(
    struct arena *arena, struct source *source, const struct question *question)
{
	struct asking asking = { .arena = arena };
	(void)source_start(source, question, answer_write, &asking);
	cr_assert(!asking.line, "an answer from inside start");
	while (!asking.line) {
		cr_assert(source_step(source), "no answer came");
	}
	return asking.line;
}

const char *
asked(struct arena *arena, struct source *source, const char *name,
    const char *type)
{
	struct question question = { .name = name_of(arena, name) };
	cr_assert(rrtype_parse(str_of(type), &question.type));
	return ask_any(arena, source, &question);
}

const char *
asked_server(struct arena *arena, struct source *source, const char *name,
    const char *type)
{
	struct question question = { .name = name_of(arena, name),
		.side = SIDE_AUTHORITATIVE };
	cr_assert(rrtype_parse(str_of(type), &question.type));
	cr_assert(server_addr_parse(STR("192.0.2.1"), &question.server));
	return ask_any(arena, source, &question);
}
