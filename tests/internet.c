/* SPDX-License-Identifier: MIT */
/* The zones above and beside the customer's, as small as they can be. */
#include "internet.h"

#include "base/clock.h"
#include "loopback.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <poll.h>
#include <stdio.h>

#define SOA(server) "@ SOA " server " hostmaster.example. 1 3600 600 86400 60\n"

/* Of a 1,024 bit RSA key that nobody has. */
#define KEY                                                                 \
	"TXT \"p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC5N3lnvvrYgPCRSoqn"  \
	"+awTpE+iGYcKBPpo8HHbcFfCIIV10Hwo4PhCoGZSaKVHOjDm4yefKXhQjM7iKzEPu" \
	"BatE7O47hAx1CJpNuIdLxhILSbEmbMxJrJAG0HZVn8z6EAoOHZNaPHmK2h4UUrjOG" \
	"8zA5BHfzJf7tGwI+K619fFUwIDAQAB\"\n"

#define ROOT_ZONE                          \
	SOA("a.root-servers.example.")     \
	"@ NS a.root-servers.example.\n"   \
	"com NS a.root-servers.example.\n" \
	"example NS a.root-servers.example.\n"

#define COM_ZONE                                 \
	SOA("a.root-servers.example.")           \
	"@ NS a.root-servers.example.\n"         \
	"amazonses NS a.root-servers.example.\n" \
	"%s. NS ns1.dns-host.example.\n"         \
	"%s. NS ns2.dns-host.example.\n"

#define EXAMPLE_ZONE                           \
	SOA("a.root-servers")                  \
	"@ NS a.root-servers\n"                \
	"a.root-servers A " INTERNET_ROOT "\n" \
	"ns1.dns-host A " INTERNET_FIRST "\n"  \
	"ns2.dns-host A " INTERNET_SECOND "\n" \
	"_spf.mail-host TXT \"v=spf1 ip4:192.0.2.128/25 -all\"\n"

/* Keys for every token, as only tests can afford. */
const char internet_ses_zone[] = SOA(
    "a.root-servers.example.") "@ NS a.root-servers.example.\n"
			       "@ TXT \"v=spf1 ip4:199.255.192.0/22 -all\"\n"
			       "*.dkim " KEY
			       "feedback-smtp.eu-west-1 A 192.0.2.25\n"
			       "feedback-smtp.us-east-1 A 192.0.2.26\n";

static struct server *
server_for(enum server_kind kind, const char *address)
{
	struct server_addr at;
	struct server *server = server_new(kind);
	cr_assert(server_addr_parse(str_of(address), &at));
	server_move(server, at);
	return server;
}

struct internet
internet_start(const char *apex, const char *zone)
{
	char com[512];
	loopback_alone();
	struct internet internet = {
		.apex = apex,
		.root = server_for(SERVER_NSD, INTERNET_ROOT),
		.first = server_for(SERVER_NSD, INTERNET_FIRST),
		.second = server_for(SERVER_KNOT, INTERNET_SECOND),
	};
	snprintf(com, sizeof(com), COM_ZONE, apex, apex);
	server_zone(internet.root, "", ROOT_ZONE);
	server_zone(internet.root, "com", com);
	server_zone(internet.root, "example", EXAMPLE_ZONE);
	server_zone(internet.root, "amazonses.com", internet_ses_zone);
	server_start(internet.root);
	server_zone(internet.first, apex, zone);
	server_start(internet.first);
	server_zone(internet.second, apex, zone);
	server_start(internet.second);
	return internet;
}

void
internet_resolve(struct internet *internet, const char *const *options)
{
	internet->resolver = server_for(SERVER_UNBOUND, INTERNET_RESOLVER);
	server_stub(internet->resolver, "", internet->root);
	while (options != NULL && *options != NULL) {
		server_option(internet->resolver, *options++);
	}
	server_start(internet->resolver);
}

void
internet_publish(struct internet *internet, const char *zone)
{
	const int64_t begun = clock_wall();
	server_zone(internet->first, internet->apex, zone);
	server_zone(internet->second, internet->apex, zone);
	/*
	 * Unbound counts in whole seconds: what it learned in this one it may
	 * still say in it, even if nothing is to be cached at all.
	 */
	while (clock_wall() <= begun) {
		(void)poll(NULL, 0, 10);
	}
}

void
internet_stop(struct internet *internet)
{
	server_stop(&internet->resolver);
	server_stop(&internet->second);
	server_stop(&internet->first);
	server_stop(&internet->root);
}
