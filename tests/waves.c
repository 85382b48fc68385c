/* SPDX-License-Identifier: MIT */
#include "waves.h"

#include "asking.h"
#include "base/arena.h"
#include "base/err.h"
#include "expect/expect.h"
#include "published_zone.h"
#include "sample_keys.h"
#include "source/source.h"
#include "source/zone.h"
#include "text/patterns.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#define DOMAIN      "notifications.yourapp.com"
#define EXPECT_FILE "fixtures/demo/" DOMAIN ".json"
#define MENDED_FILE "fixtures/demo/mended.zone"

static const char SES_ZONE[] = "@ SOA ns hostmaster 1 3600 600 86400 60\n"
			       "@ TXT \"v=spf1 ip4:199.255.192.0/22 -all\"\n"
			       "*.dkim TXT \"v=DKIM1; p=" KEY_RSA_1024 "\"\n"
			       "feedback-smtp.eu-west-1 A 192.0.2.25\n"
			       "feedback-smtp.us-east-1 A 192.0.2.26\n";

/* A source that counts what was begun. */
struct counting {
	struct source source;
	struct source *inner;
	size_t begun;
};

static struct ticket *
counting_start(struct source *source, const struct question *question,
    source_done_fn *done, void *context)
{
	struct counting *counting = (struct counting *)source;
	counting->begun++;
	return source_start(counting->inner, question, done, context);
}

static bool
counting_step(struct source *source)
{
	return source_step(((struct counting *)source)->inner);
}

static void
counting_cancel(struct source *source, struct ticket *ticket)
{
	source_cancel(((struct counting *)source)->inner, ticket);
}

static void
counting_close(struct source *source)
{
	source_close(&((struct counting *)source)->inner);
}

static const struct source_ops counting_ops = {
	.start = counting_start,
	.step = counting_step,
	.cancel = counting_cancel,
	.close = counting_close,
};

static struct expect
expected(struct arena *arena)
{
	const struct expect_file file = { .name = STR("expect"),
		.content = str_of(source_file(arena, EXPECT_FILE)) };
	struct expect_list *list;
	struct expect expect;
	struct err err;
	cr_assert(expect_read(arena, &file, &list, &err));
	const struct expect_flags flags = { .dkim_tokens_len = 0 };
	const struct expect_parts parts = { name_of(arena, DOMAIN), &flags,
		list };
	cr_assert(expect_build(arena, &parts, &expect, &err));
	return expect;
}

unsigned
waves_of(const struct sides *sides)
{
	struct arena *arena = arena_new();
	struct patterns *patterns = patterns_new();
	const struct expect expect = expected(arena);
	const struct zonefile files[] = {
		zone_of_text(arena, ".", source_file(arena, MENDED_FILE)),
		zone_of_text(arena, "amazonses.com", SES_ZONE),
		zone_of_text(arena, "dns-host.example",
		    "ns1 A 127.0.1.2\nns2 A 127.0.1.3\n"),
	};
	struct counting counting = { .source.ops = &counting_ops,
		.inner = zone_source_open(files, 3) };
	const struct order order = { .expect = &expect,
		.patterns = patterns,
		.policy = { .fail_on = SEVERITY_ERROR },
		.sides = *sides,
		.now = 1800000000 };
	struct examination *examination =
	    examination_open(arena, &counting.source, &order);
	unsigned waves = 0;
	size_t stepped = 0;
	while (!examination_advance(examination)) {
		const size_t begun = counting.begun;
		while (stepped < begun && source_step(&counting.source)) {
			stepped++;
		}
		waves++;
	}
	cr_expect(
	    eq(int, examination_outcome(examination)->verdict, VERDICT_READY));
	examination_close(examination);
	source_close(&counting.inner);
	patterns_free(&patterns);
	arena_free(&arena);
	return waves;
}
