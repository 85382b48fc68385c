/* SPDX-License-Identifier: MIT */
/*
 * Both sides of DNS, in a network of its own: authoritative servers at port
 * 53 and a caching resolver, all of them real.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "loopback.h"
#include "program.h"
#include "servers.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DOMAIN "news.yourapp.com"
#define TOKEN  "ivymail-verify=abc123"

/** A zone with two servers, and a resolver that knows where it is. */
struct stage {
	struct arena *arena;
	struct server *first;
	struct server *second;
	struct server *unbound;
};

/** The zone with *serial*, a "no" kept for *negative* seconds, and *more*. */
static const char *
zone_text(const struct stage *stage, unsigned serial, unsigned negative,
    const char *more)
{
	struct arena *arena = stage->arena;
	const struct server_addr a = server_at(stage->first);
	const struct server_addr b = server_at(stage->second);
	return str_print(arena,
	    "@ %u SOA ns1 hostmaster %u 3600 600 86400 %u\n"
	    "@ NS ns1\n@ NS ns2\n"
	    "ns1 A %.*s\nns2 A %.*s\n"
	    "news TXT \"v=spf1 include:amazonses.com ~all\"\n"
	    "_dmarc.news TXT \"v=DMARC1; p=none\"\n%s",
	    negative, serial, negative, STR_ARG(addr_text(arena, a.addr)),
	    STR_ARG(addr_text(arena, b.addr)), more)
	    .at;
}

/** A "no" of this zone is kept for *negative* seconds. */
static void
publish_for(
    struct stage *stage, unsigned serial, unsigned negative, const char *more)
{
	const char *text = zone_text(stage, serial, negative, more);
	server_zone(stage->first, "yourapp.com", text);
	server_zone(stage->second, "yourapp.com", text);
}

static void
publish(struct stage *stage, unsigned serial, const char *more)
{
	publish_for(stage, serial, 5, more);
}

static const char OWNERSHIP[] = "_ivymail.news 5 TXT \"" TOKEN "\"\n";

static struct stage
stage_set(const char *more)
{
	struct stage stage = { .arena = arena_new() };
	loopback_alone();
	stage.first = server_new(SERVER_NSD);
	stage.second = server_new(SERVER_KNOT);
	server_move(stage.first, loopback_at(1, 53));
	server_move(stage.second, loopback_at(2, 53));
	publish(&stage, 1, more);
	server_zone(stage.first, "amazonses.com",
	    "@ SOA ns hostmaster 1 3600 600 86400 60\n@ NS ns\n"
	    "ns A 127.0.0.1\n@ TXT \"v=spf1 ip4:199.255.192.0/22 -all\"\n");
	server_start(stage.first);
	server_start(stage.second);
	stage.unbound = server_new(SERVER_UNBOUND);
	server_stub(stage.unbound, "yourapp.com", stage.first);
	server_stub(stage.unbound, "amazonses.com", stage.first);
	server_start(stage.unbound);
	return stage;
}

static void
stage_strike(struct stage *stage)
{
	server_stop(&stage->unbound);
	server_stop(&stage->second);
	server_stop(&stage->first);
	arena_free(&stage->arena);
}

/** Checks the records that the stage is about, from both sides. */
static struct run
check(const struct stage *stage, const char *view)
{
	return RUN("-n", server_text(stage->unbound), "--view", view, "--only",
	    "ownership,spf,dmarc", "--token", TOKEN, "-t", "2s", "--tries", "1",
	    "--json", DOMAIN);
}

static void
expect_finds(const struct run *run, int code, const char *finding)
{
	cr_expect(eq(int, run->code, code), "%s%s", run->out, run->err);
	cr_expect(strstr(run->out, finding) != NULL, "%s", run->out);
}

Test(sides, right_on_both_sides_is_ready)
{
	struct stage stage = stage_set(OWNERSHIP);
	const struct run run = check(&stage, "both");
	expect_finds(&run, 0, "\"verdict\": \"ready\"");
	expect_finds(&run, 0, "\"kind\": \"authoritative\"");
	stage_strike(&stage);
}

/** What goes to the MAIL FROM name. */
static const char MAIL_FROM[] =
    "mail.news MX 10 feedback-smtp.eu-west-1.amazonses.com.\n"
    "mail.news TXT \"v=spf1 include:amazonses.com ~all\"\n";

Test(sides, records_makes_no_resolver_remember_that_there_was_nothing)
{
	struct stage stage = stage_set("");
	const char *resolver = server_text(stage.unbound);
	publish_for(&stage, 2, 3600, "");
	const struct run told = RUN("records", "-n", resolver, "--region",
	    "eu-west-1", "--only", "mail-from,spf", DOMAIN);
	cr_expect(eq(int, told.code, 0), "%s%s", told.out, told.err);
	expect_finds(&told, 0, "in the zone yourapp.com");
	expect_finds(&told, 0, "(stands there already)");
	publish_for(&stage, 3, 3600, MAIL_FROM);
	const struct run seen = RUN("-n", resolver, "--view", "resolver",
	    "--only", "mail-from", "--region", "eu-west-1", DOMAIN);
	cr_expect(eq(int, seen.code, 0), "%s%s", seen.out, seen.err);
	stage_strike(&stage);
}

/* An anchor that no key of the zone fits. */
#define WRONG_ANCHOR                                           \
	"trust-anchor: \"yourapp.com. DS 1 13 2 "              \
	"0000000000000000000000000000000000000000000000000000" \
	"000000000000\""

Test(sides, a_zone_that_does_not_validate_is_bogus)
{
	struct stage stage = { .arena = arena_new() };
	loopback_alone();
	stage.first = server_new(SERVER_KNOT);
	stage.second = stage.first;
	server_move(stage.first, loopback_at(1, 53));
	server_option(stage.first, "dnssec-signing: on");
	server_zone(
	    stage.first, "yourapp.com", zone_text(&stage, 1, 5, OWNERSHIP));
	server_start(stage.first);
	stage.unbound = server_new(SERVER_UNBOUND);
	server_stub(stage.unbound, "yourapp.com", stage.first);
	server_option(stage.unbound, WRONG_ANCHOR);
	server_start(stage.unbound);
	const struct run run = check(&stage, "both");
	expect_finds(&run, 1, "\"dnssec-bogus\"");
	expect_finds(&run, 1, "\"dnssec\": \"bogus\"");
	const struct run seen = check(&stage, "resolver");
	expect_finds(&seen, 1, "\"dnssec-bogus\"");
	server_stop(&stage.unbound);
	server_stop(&stage.first);
	arena_free(&stage.arena);
}

/** The number behind *key* in *text*. */
static long
number_at(const char *text, const char *key)
{
	const char *at = strstr(text, key);
	cr_assert(at != NULL, "no %s in %s", key, text);
	return strtol(at + strlen(key), NULL, 10);
}

Test(sides, a_no_that_is_remembered_is_propagating)
{
	struct stage stage = stage_set("");
	const struct run before = check(&stage, "resolver");
	expect_finds(&before, 1, "\"ownership-missing\"");
	const int64_t planted = clock_monotonic();
	publish(&stage, 2, OWNERSHIP);
	const struct run run = check(&stage, "both");
	expect_finds(&run, 4, "\"ownership-propagating\"");
	expect_finds(&run, 4, "measured at the resolver");
	const long left = number_at(run.out, "\"retry_after_seconds\": ");
	cr_expect(le(long, left, 65));
	/* Just as long as the SOA says, the resolver keeps to its no. */
	while (clock_monotonic() - planted < 6000000) {
		(void)loopback_ask(server_at(stage.first), DOMAIN, 16, 200);
	}
	const struct run after = check(&stage, "both");
	expect_finds(&after, 0, "\"verdict\": \"ready\"");
	stage_strike(&stage);
}

Test(sides, looking_too_early_plants_nothing)
{
	struct stage stage = stage_set("");
	const struct run before = check(&stage, "both");
	expect_finds(&before, 1, "\"ownership-missing\"");
	publish(&stage, 2, OWNERSHIP);
	const struct run after = check(&stage, "both");
	expect_finds(&after, 0, "\"verdict\": \"ready\"");
	stage_strike(&stage);
}

Test(sides, a_secondary_that_lags_disagrees)
{
	struct stage stage = stage_set("");
	server_zone(
	    stage.first, "yourapp.com", zone_text(&stage, 2, 5, OWNERSHIP));
	const struct run run = check(&stage, "both");
	expect_finds(&run, 1, "\"ownership-servers-disagree\"");
	expect_finds(&run, 1, "\"serials-differ\"");
	expect_finds(&run, 1, "\"serials_agree\": false");
	stage_strike(&stage);
}

Test(sides, one_dead_server_is_failing)
{
	struct stage stage = stage_set(OWNERSHIP);
	server_kill(stage.second);
	const struct run run = check(&stage, "both");
	expect_finds(&run, 0, "\"nameserver-failing\"");
	stage_strike(&stage);
}

Test(sides, all_dead_servers_break_the_delegation)
{
	struct stage stage = stage_set(OWNERSHIP);
	/* The resolver still knows who they are. */
	const struct run before = check(&stage, "both");
	expect_finds(&before, 0, "\"verdict\": \"ready\"");
	server_kill(stage.first);
	server_kill(stage.second);
	const struct run run = check(&stage, "both");
	expect_finds(&run, 1, "\"delegation-broken\"");
	stage_strike(&stage);
}

/** When the resolver gives the record, asking it 20 times a second. */
static int64_t
visible_at(const struct stage *stage)
{
	const struct server_addr unbound = server_at(stage->unbound);
	const int64_t begun = clock_monotonic();
	struct reply reply;
	do {
		cr_assert(lt(i64, clock_monotonic() - begun, 20000000));
		(void)poll(NULL, 0, 50);
		reply = loopback_ask(unbound, "_ivymail." DOMAIN, 16, 500);
	} while (!reply_holds(&reply, TOKEN));
	return clock_wall_exact();
}

/** The moment "2026-01-31T12:00:00Z" behind *key* in *text*. */
static int64_t
moment_at(const char *text, const char *key)
{
	struct tm utc = { 0 };
	const char *at = strstr(text, key);
	cr_assert(at != NULL, "no %s in %s", key, text);
	const int read = sscanf(at + strlen(key), "%d-%d-%dT%d:%d:%dZ",
	    &utc.tm_year, &utc.tm_mon, &utc.tm_mday, &utc.tm_hour, &utc.tm_min,
	    &utc.tm_sec);
	cr_assert(eq(int, read, 6));
	utc.tm_year -= 1900;
	utc.tm_mon--;
	return (int64_t)timegm(&utc) * 1000000;
}

Test(sides, wait_ends_when_the_record_becomes_visible, .timeout = 40)
{
	enum {
		NEGATIVE = 12, /* seconds that the resolver keeps its "no" */
		POLLS = NEGATIVE / 5 + 1,
	};
	struct stage stage = stage_set("");
	publish_for(&stage, 2, NEGATIVE, "");
	const struct run before = check(&stage, "resolver");
	expect_finds(&before, 1, "\"ownership-missing\"");
	publish_for(&stage, 3, NEGATIVE, OWNERSHIP);
	const struct run look = check(&stage, "both");
	expect_finds(&look, 4, "\"ownership-propagating\"");
	const int64_t promised = moment_at(look.out, "\"visible_by\": \"");

	const struct running waiting = program_start(NULL,
	    (const char *const[]){ "wait", "-n", server_text(stage.unbound),
		"--only", "ownership,spf,dmarc", "--token", TOKEN, "--json",
		DOMAIN, NULL });
	const int64_t visible = visible_at(&stage);
	const struct run run = program_finish(&waiting);
	const int64_t late = clock_wall_exact() - visible;
	cr_expect(eq(int, run.code, 0), "%s%s", run.out, run.err);
	cr_expect(le(i64, late, 2000000), "%lld us", (long long)late);
	/* The promise is kept, and is no more than rounded up to the minute. */
	cr_expect(le(i64, visible, promised));
	cr_expect(lt(i64, promised - visible, 62000000));
	const long a_poll = number_at(look.out, "\"sent\": ");
	cr_expect(lt(long, number_at(run.out, "\"sent\": "), POLLS *a_poll));
	stage_strike(&stage);
}

Test(sides, wait_stops_at_once_when_waiting_cannot_help)
{
	struct stage stage = stage_set("");
	const int64_t begun = clock_monotonic();
	const struct run run = RUN("wait", "-n", server_text(stage.unbound),
	    "--only", "ownership,spf,dmarc", "--token", TOKEN, DOMAIN);
	cr_expect(eq(int, run.code, 1), "%s%s", run.out, run.err);
	cr_expect(le(i64, clock_monotonic() - begun, 3000000));
	stage_strike(&stage);
}
