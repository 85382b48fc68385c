/* SPDX-License-Identifier: MIT */
/* A shared cache: asked once a TTL, joined while on its way, bounded. */
#include "asking.h"
#include "base/arena.h"
#include "base/buf.h"
#include "source/cache.h"
#include "source/zone.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static const char ZONE[] = "@ SOA ns admin 1 2 3 4 20\n"
			   "a 60 TXT one\n"
			   "zero 0 TXT none\n"
			   "c CNAME a\n";

/* The clock of these tests stands still until it is moved. */
static int64_t now;

static int64_t
still_clock(void)
{
	return now;
}

struct set_up {
	struct arena *arena;
	struct zonefile file;
	struct source *zone;
	struct source *cache;
};

static struct set_up
set_up(size_t bytes)
{
	struct set_up up = { .arena = arena_new() };
	struct zonefile *file = ARENA_NEW(up.arena, struct zonefile);
	*file = zone_of_text(up.arena, "example.test", ZONE);
	up.zone = zone_source_open(file, 1);
	up.cache = cache_open(up.zone, bytes, still_clock);
	return up;
}

static void
tear_down(struct set_up *up)
{
	source_close(&up->cache);
	source_close(&up->zone);
	arena_free(&up->arena);
}

/** Asks, and expects that the zone was asked *times* in all. */
static void
expect_asked(
    struct set_up *up, const char *name, const char *want, unsigned times)
{
	const char *got = asked(up->arena, up->cache, name, "TXT");
	cr_expect(str_eq(str_of(got), str_of(want)), "%s, not %s", got, want);
	cr_expect(eq(u64, up->zone->counts.answered, times), "%s", name);
}

Test(cache, an_answer_is_asked_for_once_a_ttl)
{
	struct set_up up = set_up(CACHE_BYTES);
	const char *const one = "found a.example.test=one";
	expect_asked(&up, "a.example.test", one, 1);
	now = 59 * INT64_C(1000000);
	expect_asked(&up, "A.example.test", one, 1);
	now = 60 * INT64_C(1000000);
	expect_asked(&up, "a.example.test", one, 2);
	cr_expect(eq(u64, up.cache->counts.cached, 1));
	tear_down(&up);
}

Test(cache, a_no_is_kept_as_long_as_the_soa_says)
{
	struct set_up up = set_up(CACHE_BYTES);
	const char *const no = "nxdomain soa example.test";
	expect_asked(&up, "b.example.test", no, 1);
	now = 19 * INT64_C(1000000);
	expect_asked(&up, "b.example.test", no, 1);
	now = 20 * INT64_C(1000000);
	expect_asked(&up, "b.example.test", no, 2);
	tear_down(&up);
}

Test(cache, a_ttl_of_zero_is_not_kept)
{
	struct set_up up = set_up(CACHE_BYTES);
	const char *const none = "found zero.example.test=none";
	expect_asked(&up, "zero.example.test", none, 1);
	expect_asked(&up, "zero.example.test", none, 2);
	tear_down(&up);
}

static void
count_up(void *context, const struct answer *answer)
{
	unsigned *count = context;
	cr_expect(eq(int, answer->status, ANSWER_FOUND));
	++*count;
}

static void
note_ttl(void *context, const struct answer *answer)
{
	*(uint32_t *)context = answer->rrs[0].ttl;
}

Test(cache, what_comes_from_memory_has_aged)
{
	struct set_up up = set_up(CACHE_BYTES);
	const struct question question = {
		.name = name_of(up.arena, "a.example.test"),
		.type = RRTYPE_TXT,
	};
	uint32_t ttl = 0;
	(void)asked(up.arena, up.cache, "a.example.test", "TXT");
	now = 45 * INT64_C(1000000);
	(void)source_start(up.cache, &question, note_ttl, &ttl);
	cr_expect(source_step(up.cache));
	cr_expect(eq(u32, ttl, 15));
	tear_down(&up);
}

Test(cache, a_question_on_its_way_is_joined)
{
	struct set_up up = set_up(CACHE_BYTES);
	const struct question question = {
		.name = name_of(up.arena, "a.example.test"),
		.type = RRTYPE_TXT,
	};
	unsigned count = 0;
	struct ticket *tickets[3];
	for (size_t i = 0; i < 3; i++) {
		tickets[i] =
		    source_start(up.cache, &question, count_up, &count);
	}
	source_cancel(up.cache, tickets[1]);
	while (source_step(up.cache)) {
	}
	cr_expect(eq(uint, count, 2));
	cr_expect(eq(u64, up.zone->counts.answered, 1));
	tear_down(&up);
}

Test(cache, the_last_who_gives_up_takes_the_question_along)
{
	struct set_up up = set_up(CACHE_BYTES);
	const struct question question = {
		.name = name_of(up.arena, "a.example.test"),
		.type = RRTYPE_TXT,
	};
	unsigned count = 0;
	source_cancel(
	    up.cache, source_start(up.cache, &question, count_up, &count));
	cr_expect(not(source_step(up.cache)));
	cr_expect(not(source_step(up.zone)));
	tear_down(&up);
}

Test(cache, it_does_not_outgrow_its_bounds)
{
	struct set_up up = set_up(64 << 10);
	for (unsigned i = 0; i < 1000; i++) {
		const struct str name =
		    str_print(up.arena, "n%u.example.test", i);
		(void)asked(up.arena, up.cache, name.at, "TXT");
	}
	/* The newest are there still, the oldest are not. */
	expect_asked(
	    &up, "n999.example.test", "nxdomain soa example.test", 1000);
	expect_asked(&up, "n0.example.test", "nxdomain soa example.test", 1001);
	tear_down(&up);
}
