/* SPDX-License-Identifier: MIT */
/* The servers of the tests themselves: do they do what tests rely on? */
#include "base/clock.h"
#include "delay_proxy.h"
#include "internet.h"
#include "loopback.h"
#include "servers.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>

enum {
	TXT = 16,
	WAIT = 5000,
	SERVFAIL = 2,
	REFUSED = 5,
};

#define SOA "@ SOA ns hostmaster 1 3600 600 86400 60\n@ NS ns\n"

/* Asks until *text* is in the answer, as caches let it go; false: never. */
static bool
says(struct server_addr server, const char *name, const char *text)
{
	const struct reply reply = loopback_ask(server, name, TXT, WAIT);
	return reply.came && reply_holds(&reply, text);
}

static struct server *
started(enum server_kind kind, const char *apex, const char *zone)
{
	struct server *server = server_new(kind);
	server_zone(server, apex, zone);
	server_start(server);
	return server;
}

static struct server *
unbound_before(
    const struct server *authority, const char *apex, const char *option)
{
	struct server *unbound = server_new(SERVER_UNBOUND);
	server_stub(unbound, apex, authority);
	if (option != NULL) {
		server_option(unbound, option);
	}
	server_start(unbound);
	return unbound;
}

Test(servers, nsd_and_knot_serve_and_change_their_zones)
{
	const enum server_kind kinds[] = { SERVER_NSD, SERVER_KNOT };
	for (size_t i = 0; i < 2; i++) {
		struct server *server =
		    started(kinds[i], "example.com", SOA "a TXT \"before\"\n");
		cr_expect(says(server_at(server), "a.example.com", "before"));
		server_zone(server, "example.com", SOA "a TXT \"after\"\n");
		cr_expect(says(server_at(server), "a.example.com", "after"));
		server_stop(&server);
	}
}

Test(servers, unbound_asks_them_and_caches)
{
	struct server *nsd =
	    started(SERVER_NSD, "example.com", SOA "a TXT \"before\"\n");
	struct server *unbound = unbound_before(nsd, "example.com", NULL);
	cr_expect(says(server_at(unbound), "a.example.com", "before"));
	server_zone(nsd, "example.com", SOA "a TXT \"after\"\n");
	cr_expect(says(server_at(unbound), "a.example.com", "before"));
	const struct reply other =
	    loopback_ask(server_at(unbound), "a.example.net", TXT, WAIT);
	cr_expect(eq(uint, other.rcode, REFUSED), "it asked elsewhere");
	server_stop(&unbound);
	server_stop(&nsd);
}

Test(servers, a_signed_zone_is_secure_or_bogus_by_its_anchor)
{
	struct server *knot = server_new(SERVER_KNOT);
	server_zone(knot, "example.com", SOA "a TXT \"signed\"\n");
	server_option(knot, "dnssec-signing: on");
	server_start(knot);
	const char *ds = server_ds(knot, "example.com");
	char good[600];
	snprintf(good, sizeof(good), "trust-anchor: \"%s\"", ds);
	struct server *right = unbound_before(knot, "example.com", good);
	struct server *wrong = unbound_before(knot, "example.com",
	    "trust-anchor: \"example.com. DS 1 13 2 0000000000000000000000000"
	    "000000000000000000000000000000000000000\"");
	cr_expect(loopback_ask(server_at(right), "a.example.com", TXT, WAIT)
		      .authenticated);
	cr_expect(eq(uint,
	    loopback_ask(server_at(wrong), "a.example.com", TXT, WAIT).rcode,
	    SERVFAIL));
	server_stop(&wrong);
	server_stop(&right);
	server_stop(&knot);
}

Test(servers, a_killed_server_is_silent_and_may_come_back)
{
	struct server *nsd =
	    started(SERVER_NSD, "example.com", SOA "a TXT \"here\"\n");
	server_kill(nsd);
	cr_expect(not(says(server_at(nsd), "a.example.com", "here")));
	server_start(nsd);
	cr_expect(says(server_at(nsd), "a.example.com", "here"));
	server_stop(&nsd);
}

Test(servers, a_network_of_its_own_has_port_53)
{
	loopback_alone();
	struct server *nsd = server_new(SERVER_NSD);
	server_move(nsd, loopback_at(1, 53));
	server_zone(nsd, "example.com", SOA "a TXT \"here\"\n");
	server_start(nsd);
	cr_expect(says(loopback_at(1, 53), "a.example.com", "here"));
	server_stop(&nsd);
}

Test(servers, a_delayed_answer_comes_after_the_delay)
{
	struct server *nsd =
	    started(SERVER_NSD, "example.com", SOA "a TXT \"here\"\n");
	struct delay_proxy *proxy = delay_proxy_start(server_at(nsd), 40);
	const int64_t start = clock_monotonic();
	cr_expect(says(delay_proxy_at(proxy), "a.example.com", "here"));
	cr_expect(ge(i64, clock_monotonic() - start, 40000));
	cr_expect(eq(uint, delay_proxy_questions(proxy), 1));
	delay_proxy_stop(&proxy);
	server_stop(&nsd);
}

Test(servers, a_small_internet_is_resolved_from_its_root)
{
	const char *zone = "@ SOA ns1.dns-host.example. h 1 60 60 60 60\n"
			   "@ NS ns1.dns-host.example.\n"
			   "@ NS ns2.dns-host.example.\n"
			   "news TXT \"here\"\n";
	struct internet internet = internet_start("yourapp.com", zone);
	internet_resolve(&internet, NULL);
	const struct server_addr resolver = server_at(internet.resolver);
	cr_expect(says(resolver, "news.yourapp.com", "here"));
	cr_expect(says(resolver, "any.dkim.amazonses.com", "p=MIG"));
	internet_stop(&internet);
}
