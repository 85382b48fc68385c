/* SPDX-License-Identifier: MIT */
/*
 * The main job against real servers: NSD for the zones, Unbound as the
 * resolver before it.
 */
#include "base/arena.h"
#include "loopback.h"
#include "program.h"
#include "published_zone.h"
#include "servers.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#define DOMAIN "notifications.yourapp.com"
#define EXPECT SOURCE_DIR "/fixtures/demo/notifications.yourapp.com.json"
#define T1     "kq3vd2t7xw5n6hjzr4mcyb1fae8gups9"
#define T2     "w8r5zc4hn2fytq7mj6xbd3vlk1pgsea9"
#define T3     "n4hy6bqz2sd7wkvr5xtm3jcfl8pg1uea"

/* What SES publishes, with a key of the right size made for this test. */
static const char SES[] =
    "@ SOA ns hostmaster 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 127.0.0.1\n"
    "@ TXT \"v=spf1 ip4:199.255.192.0/22 ip4:54.240.0.0/18 -all\"\n"
    "feedback-smtp.eu-west-1 A 192.0.2.25\n";

/** NSD with the zones and Unbound before it. */
struct net {
	struct arena *arena;
	struct server *nsd;
	struct server *unbound;
};

static const char *
ses_zone(struct arena *arena)
{
	const char *key = source_file(arena, "fixtures/system/key.txt");
	return str_print(arena,
	    "%s" T1 ".dkim TXT %s" T2 ".dkim TXT %s" T3 ".dkim TXT %s", SES,
	    key, key, key)
	    .at;
}

static struct net
net_start(const char *zone)
{
	struct net net = { .arena = arena_new() };
	net.nsd = server_new(SERVER_NSD);
	server_zone(net.nsd, "yourapp.com", zone);
	server_zone(net.nsd, "amazonses.com", ses_zone(net.arena));
	server_start(net.nsd);
	net.unbound = server_new(SERVER_UNBOUND);
	server_stub(net.unbound, "yourapp.com", net.nsd);
	server_stub(net.unbound, "amazonses.com", net.nsd);
	server_start(net.unbound);
	return net;
}

static void
net_stop(struct net *net)
{
	server_stop(&net->unbound);
	server_stop(&net->nsd);
	arena_free(&net->arena);
}

/** Checks the domain at the resolver, in JSON. */
static struct run
check(const struct net *net)
{
	return RUN("-n", server_text(net->unbound), "--view", "resolver",
	    "--expect", EXPECT, "--json", DOMAIN);
}

static void
expect_says(const struct run *run, int code, const char *word)
{
	cr_expect(eq(int, run->code, code), "%s%s", run->out, run->err);
	cr_expect(strstr(run->out, word) != NULL, "%s", run->out);
}

static const char HEALTHY[] =
    "@ SOA ns hostmaster 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 127.0.0.1\n"
    "_ivymail.notifications TXT \"ivymail-verify=iv7f3a9c2e51b84d06\"\n"
    "notifications TXT \"v=spf1 include:amazonses.com ~all\"\n" T1
    "._domainkey.notifications CNAME " T1 ".dkim.amazonses.com.\n" T2
    "._domainkey.notifications CNAME " T2 ".dkim.amazonses.com.\n" T3
    "._domainkey.notifications CNAME " T3 ".dkim.amazonses.com.\n"
    "_dmarc.notifications TXT \"v=DMARC1; p=none; "
    "rua=mailto:dmarc@notifications.yourapp.com\"\n"
    "mail.notifications MX 10 feedback-smtp.eu-west-1.amazonses.com.\n"
    "mail.notifications TXT \"v=spf1 include:amazonses.com ~all\"\n";

Test(check, a_correct_domain_is_ready)
{
	struct net net = net_start(HEALTHY);
	const struct run run = check(&net);
	expect_says(&run, 0, "\"verdict\": \"ready\"");
	expect_says(&run, 0, "\"predicted_status\": \"verified\"");
	net_stop(&net);
}

Test(check, the_plan_of_the_demo_makes_it_ready)
{
	struct arena *arena = arena_new();
	struct published_zone zone = published_zone_read(arena, "yourapp.com",
	    source_file(arena, "fixtures/demo/yourapp.com.zone"));
	struct net net = net_start(published_zone_text(&zone));
	const struct run before = check(&net);
	expect_says(&before, 1, "\"verdict\": \"action_needed\"");
	expect_says(&before, 1, "\"plan_proven\": true");
	published_zone_apply(&zone, before.out);
	server_zone(net.nsd, "yourapp.com", published_zone_text(&zone));
	/* A resolver that remembers nothing. */
	server_kill(net.unbound);
	server_start(net.unbound);
	const struct run after = check(&net);
	expect_says(&after, 0, "\"verdict\": \"ready\"");
	net_stop(&net);
	arena_free(&arena);
}

Test(check, a_resolver_that_is_not_there_makes_it_unknown)
{
	struct server_addr nobody = loopback_free();
	struct arena *arena = arena_new();
	const struct str text = server_addr_text(arena, nobody);
	const struct run run = RUN("-n", text.at, "--json", "-t", "1s", DOMAIN);
	expect_says(&run, 3, "\"resolver-failing\"");
	arena_free(&arena);
}

Test(check, a_saved_run_is_judged_the_same_again)
{
	struct net net = net_start(HEALTHY);
	const struct str path =
	    str_print(net.arena, "%s/saved-run.json", BUILD_DIR);
	const struct run live = RUN("-n", server_text(net.unbound), "--view",
	    "resolver", "--expect", EXPECT, "--save", path.at, DOMAIN);
	const struct run again = RUN("--replay", path.at, "--view", "resolver",
	    "--expect", EXPECT, DOMAIN);
	cr_expect(eq(int, live.code, 0), "%s", live.err);
	cr_expect(str_eq(str_of(live.out), str_of(again.out)), "%s\n%s",
	    live.out, again.out);
	(void)remove(path.at);
	net_stop(&net);
}
