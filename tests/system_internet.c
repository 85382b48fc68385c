/* SPDX-License-Identifier: MIT */
/*
 * The main job with real delegations: from the command line, through a root,
 * to both servers of the zone and to a resolver.
 */
#include "base/arena.h"
#include "internet.h"
#include "program.h"
#include "published_zone.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#define DOMAIN "notifications.yourapp.com"
#define EXPECT SOURCE_DIR "/fixtures/demo/" DOMAIN ".json"

/* What was asked before a change must not be remembered after it. */
static const char *const forgetful[] = { "cache-max-ttl: 0",
	"cache-max-negative-ttl: 0", NULL };

static struct published_zone
demo_zone(struct arena *arena)
{
	return published_zone_read(arena, "yourapp.com",
	    source_file(arena, "fixtures/demo/yourapp.com.zone"));
}

static struct run
check(void)
{
	return RUN("@" INTERNET_RESOLVER, "--json", "--expect", EXPECT, DOMAIN);
}

static void
expect_says(const struct run *run, int code, const char *word)
{
	cr_expect(eq(int, run->code, code), "%s%s", run->out, run->err);
	cr_expect(strstr(run->out, word) != NULL, "%s in\n%s", word, run->out);
}

Test(internet, a_plan_carried_out_at_both_servers_makes_it_ready)
{
	struct arena *arena = arena_new();
	struct published_zone zone = demo_zone(arena);
	struct internet internet =
	    internet_start("yourapp.com", published_zone_text(&zone));
	internet_resolve(&internet, forgetful);
	const struct run before = check();
	expect_says(&before, 1, "\"verdict\": \"action_needed\"");
	expect_says(&before, 1, "\"plan_proven\": true");
	published_zone_apply(&zone, before.out);
	internet_publish(&internet, published_zone_text(&zone));
	const struct run after = check();
	expect_says(&after, 0, "\"verdict\": \"ready\"");
	expect_says(&after, 0, "\"serials_agree\": true");
	internet_stop(&internet);
	arena_free(&arena);
}

Test(internet, a_plan_carried_out_at_one_server_makes_them_disagree)
{
	struct arena *arena = arena_new();
	struct published_zone zone = demo_zone(arena);
	struct internet internet =
	    internet_start("yourapp.com", published_zone_text(&zone));
	internet_resolve(&internet, forgetful);
	const struct run before = check();
	published_zone_apply(&zone, before.out);
	server_zone(internet.first, "yourapp.com", published_zone_text(&zone));
	const struct run after = check();
	expect_says(&after, 1, "\"dkim-servers-disagree\"");
	internet_stop(&internet);
	arena_free(&arena);
}

Test(internet, a_dead_server_is_seen_and_two_break_the_delegation)
{
	struct arena *arena = arena_new();
	const char *mended = source_file(arena, "fixtures/demo/mended.zone");
	struct internet internet = internet_start("yourapp.com", mended);
	internet_resolve(&internet, forgetful);
	server_kill(internet.second);
	const struct run one = check();
	expect_says(&one, 0, "\"nameserver-failing\"");
	server_kill(internet.first);
	const struct run none = check();
	expect_says(&none, 1, "\"delegation-broken\"");
	internet_stop(&internet);
	arena_free(&arena);
}
