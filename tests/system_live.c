/* SPDX-License-Identifier: MIT */
/* The live source against real servers: NSD, Knot and Unbound. */
#include "net/live.h"

#include "base/arena.h"
#include "base/err.h"
#include "dns/answer.h"
#include "source/source.h"

#include "servers.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>

enum {
	SECOND = 1000000,
};

#define SOA "@ SOA ns hostmaster 1 3600 600 86400 60\n@ NS ns\n"
#define K100                                       \
	"0123456789012345678901234567890123456789" \
	"0123456789012345678901234567890123456789" \
	"01234567890123456789"

static const char ZONE[] =
    SOA "ns A 127.0.0.1\n"
	"txt TXT \"v=spf1 \" \"-all\"\n"
	"mx MX 20 b\nmx MX 10 a\n"
	"alias CNAME txt\n"
	"away CNAME mail.example.net.\n"
	"loop CNAME pool\npool CNAME loop\n"
	"big TXT \"" K100 K100 "\"\n"
	"big TXT \"1" K100 K100 "\"\nbig TXT \"2" K100 K100 "\"\n"
	"big TXT \"3" K100 K100 "\"\nbig TXT \"4" K100 K100 "\"\n"
	"big TXT \"5" K100 K100 "\"\nbig TXT \"6" K100 K100 "\"\n"
	"below NS ns1.below\nbelow NS ns2.below\n"
	"ns1.below A 127.0.0.1\nns2.below A 127.0.0.1\n";

static struct arena *arena;
static struct server *nsd;
static struct server *unbound;
static struct source *source;
static struct answer *answer;

static void
begin(void)
{
	arena = arena_new();
	nsd = server_new(SERVER_NSD);
	server_zone(nsd, "example.com", ZONE);
	server_start(nsd);
	unbound = server_new(SERVER_UNBOUND);
	server_stub(unbound, "example.com", nsd);
	server_start(unbound);
}

static void
end(void)
{
	source_close(&source);
	server_stop(&unbound);
	server_stop(&nsd);
	arena_free(&arena);
}

TestSuite(live, .init = begin, .fini = end);

static void
landed(void *context, const struct answer *from)
{
	(void)context;
	cr_assert(answer == NULL, "answered twice");
	answer = answer_copy(arena, from);
}

static void
ask(struct question question)
{
	const struct server_addr at = server_at(unbound);
	const struct live_config config = { .resolvers = &at,
		.resolvers_len = 1,
		.timeout = 2 * (int64_t)SECOND };
	struct err err;
	source = live_open(&config, &err);
	cr_assert(source != NULL);
	answer = NULL;
	source_start(source, &question, landed, NULL);
	while (source_step(source)) {
	}
	cr_assert(answer != NULL);
	source_close(&source);
}

static void
ask_resolver(const char *name, enum rrtype type)
{
	ask((struct question){ .name = name_of(arena, name), .type = type });
}

static void
ask_server(const char *name, enum rrtype type)
{
	ask((struct question){ .name = name_of(arena, name),
	    .type = type,
	    .side = SIDE_AUTHORITATIVE,
	    .server = server_at(nsd) });
}

static void
expect_status(enum answer_status want)
{
	cr_expect(answer->status == want, "%s, not %s",
	    answer_status_word(answer->status), answer_status_word(want));
}

static void
expect_value(const struct rr *rr, const char *want)
{
	const struct str value = rr_value(arena, rr);
	cr_expect(str_eq(value, str_of(want)), "%.*s", STR_ARG(value));
}

Test(live, real_servers_give_records)
{
	ask_resolver("txt.example.com", RRTYPE_TXT);
	expect_status(ANSWER_FOUND);
	expect_value(answer->rrs, "v=spf1 -all");
	cr_expect(not(answer->authoritative));
	ask_server("mx.example.com", RRTYPE_MX);
	expect_status(ANSWER_FOUND);
	cr_assert(eq(sz, answer->rrs_len, 2));
	expect_value(&answer->rrs[0], "10 a.example.com");
	expect_value(&answer->rrs[1], "20 b.example.com");
	cr_expect(answer->authoritative);
}

Test(live, real_servers_say_no)
{
	ask_resolver("none.example.com", RRTYPE_TXT);
	expect_status(ANSWER_NXDOMAIN);
	cr_expect(eq(i64, answer_negative_ttl(answer), 60));
	ask_server("none.example.com", RRTYPE_TXT);
	expect_status(ANSWER_NXDOMAIN);
	ask_server("txt.example.com", RRTYPE_MX);
	expect_status(ANSWER_NODATA);
	cr_expect(eq(i64, answer_negative_ttl(answer), 60));
	ask_server("example.org", RRTYPE_TXT);
	expect_status(ANSWER_REFUSED);
}

Test(live, real_servers_follow_a_cname_as_far_as_they_can)
{
	ask_resolver("alias.example.com", RRTYPE_TXT);
	expect_status(ANSWER_FOUND);
	cr_expect(eq(sz, answer->chain_len, 1));
	ask_server("away.example.com", RRTYPE_TXT);
	expect_status(ANSWER_NODATA);
	cr_expect(answer->soa == NULL);
	cr_assert(eq(sz, answer->chain_len, 1));
	expect_value(answer->chain, "mail.example.net");
	ask_server("loop.example.com", RRTYPE_TXT);
	expect_status(ANSWER_LOOP);
}

Test(live, real_servers_refer)
{
	ask_server("a.below.example.com", RRTYPE_TXT);
	expect_status(ANSWER_LAME);
	cr_assert(eq(sz, answer->referral_len, 2));
	expect_value(&answer->referral[0], "ns1.below.example.com");
}

Test(live, real_servers_truncate)
{
	ask_server("big.example.com", RRTYPE_TXT);
	expect_status(ANSWER_FOUND);
	cr_expect(answer->over_tcp);
	cr_expect(eq(sz, answer->rrs_len, 7));
	ask_resolver("big.example.com", RRTYPE_TXT);
	cr_expect(answer->over_tcp);
	cr_expect(eq(sz, answer->rrs_len, 7));
}

Test(live, real_servers_die_and_hang)
{
	server_pause(nsd);
	ask_server("txt.example.com", RRTYPE_TXT);
	expect_status(ANSWER_TIMEOUT);
	server_resume(nsd);
	ask_server("txt.example.com", RRTYPE_TXT);
	expect_status(ANSWER_FOUND);
	server_kill(nsd);
	ask_server("txt.example.com", RRTYPE_TXT);
	expect_status(ANSWER_UNREACHABLE);
}

/** Unbound that trusts *ds* for what *knot* has signed. */
static void
trust(struct server *knot, const char *ds)
{
	char line[512];
	snprintf(line, sizeof(line), "trust-anchor: \"%s\"", ds);
	server_stop(&unbound);
	unbound = server_new(SERVER_UNBOUND);
	server_stub(unbound, "example.org", knot);
	server_option(unbound, line);
	server_start(unbound);
}

Test(live, real_servers_vouch_for_what_is_signed)
{
	struct server *knot = server_new(SERVER_KNOT);
	server_option(knot, "dnssec-signing: on");
	server_zone(knot, "example.org", SOA "txt TXT \"signed\"\n");
	server_start(knot);
	trust(knot, server_ds(knot, "example.org"));
	ask_resolver("txt.example.org", RRTYPE_TXT);
	expect_status(ANSWER_FOUND);
	cr_expect(answer->authenticated);
	trust(knot,
	    "example.org. DS 1 13 2 "
	    "0000000000000000000000000000000000000000000000000000000000000000");
	ask_resolver("txt.example.org", RRTYPE_TXT);
	expect_status(ANSWER_SERVFAIL);
	ask((struct question){ .name = name_of(arena, "txt.example.org"),
	    .type = RRTYPE_TXT,
	    .checking_disabled = true });
	expect_status(ANSWER_FOUND);
	cr_expect(not(answer->authenticated));
	server_stop(&knot);
}
