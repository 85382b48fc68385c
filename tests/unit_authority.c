/* SPDX-License-Identifier: MIT */
/* The zone of a domain and its servers, found from above. */
#include "base/arena.h"
#include "look/run.h"
#include "walks/zone_view.h"
#include "world.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#define HINTS                               \
	"$ORIGIN test.\n"                   \
	"@ SOA ns.test. admin 1 2 3 4 60\n" \
	"@ NS ns.test.\n"                   \
	"ns A 192.0.2.9\n"
#define DELEGATION                  \
	"example NS ns1.example\n"  \
	"example NS ns2.example\n"  \
	"ns1.example A 192.0.2.1\n" \
	"ns2.example A 192.0.2.2\n"
#define APEX(serial)                             \
	"$ORIGIN example.test.\n"                \
	"@ SOA ns1 admin " serial " 2 3 4 300\n" \
	"@ NS ns1\n"                             \
	"@ NS ns2\n"                             \
	"ns1 A 192.0.2.1\n"                      \
	"ns2 A 192.0.2.2\n"
#define RESOLVER                                          \
	{                                                 \
		NULL, HINTS APEX("7"), ANSWER_FOUND, NULL \
	}
#define PARENT                                                    \
	{                                                         \
		"192.0.2.9", HINTS DELEGATION, ANSWER_FOUND, NULL \
	}

struct finding_out {
	const char *domain;
	enum view view;
	struct zone_view zone;
};

static void
find_run(struct look *look, void *context)
{
	struct finding_out *out = context;
	const struct authority_given none = { 0 };
	(void)zone_view_find(look, name_of(look_scratch(look), out->domain),
	    out->view, none, &out->zone);
}

/** A world, and what is found in it. */
struct seen {
	struct arena *arena;
	struct source *source;
	struct look *look;
	struct zone_view zone;
};

static struct seen
see_failing(const struct world_server *servers, size_t len, const char *domain,
    const struct world_failure *failure)
{
	struct finding_out out = { .domain = domain, .view = VIEW_BOTH };
	struct seen seen = { .arena = arena_new() };
	const struct task task = { find_run, &out };
	seen.source = world_open(seen.arena, servers, len);
	if (failure) {
		world_fail(seen.source, failure);
	}
	seen.look = look_open(seen.arena, seen.source, 1000);
	look_add(seen.look, &task);
	look_run(seen.look);
	seen.zone = out.zone;
	return seen;
}

static struct seen
see(const struct world_server *servers, size_t len, const char *domain)
{
	return see_failing(servers, len, domain, NULL);
}

static void
close_all(struct seen *seen)
{
	look_close(seen->look);
	source_close(&seen->source);
	arena_free(&seen->arena);
}

static void
expect_apex(const struct seen *seen, const char *want)
{
	const struct name apex = seen->zone.cut.apex;
	cr_assert(name_is_set(apex));
	const struct str text = name_text(seen->arena, apex);
	cr_expect(str_eq(text, str_of(want)), "%s, not %s", text.at, want);
}

Test(authority, the_zone_is_where_the_soa_says)
{
	const struct world_server servers[] = {
		RESOLVER,
		PARENT,
		{ "192.0.2.1", APEX("7"), ANSWER_FOUND, NULL },
		{ "192.0.2.2", APEX("7"), ANSWER_FOUND, NULL },
	};
	struct seen seen = see(servers, 4, "a.b.example.test");
	expect_apex(&seen, "example.test");
	cr_expect(seen.zone.own_side);
	cr_expect(eq(sz, seen.zone.authority.sound, 2));
	cr_expect(not(authority_serials_differ(&seen.zone.authority)));
	cr_expect(not(authority_sets_differ(&seen.zone.authority)));
	close_all(&seen);
}

Test(authority, no_resolver_is_asked_for_a_name_that_may_not_exist)
{
	const struct world_server servers[] = {
		RESOLVER,
		PARENT,
		{ "192.0.2.1", APEX("7"), ANSWER_FOUND, NULL },
		{ "192.0.2.2", APEX("7"), ANSWER_FOUND, NULL },
	};
	struct seen seen = see(servers, 4, "a.b.example.test");
	cr_expect(
	    eq(sz, world_asked_resolver(seen.source, "a.b.example.test"), 0));
	cr_expect(
	    eq(sz, world_asked_resolver(seen.source, "b.example.test"), 0));
	close_all(&seen);
}

#define SUB_ZONE                      \
	"$ORIGIN sub.example.test.\n" \
	"@ SOA ns admin 1 2 3 4 60\n" \
	"@ NS ns\n"                   \
	"ns A 192.0.2.5\n"

Test(authority, a_delegated_sub_domain_is_a_zone_of_its_own)
{
	const struct world_server servers[] = {
		{ NULL, HINTS APEX("7") SUB_ZONE, ANSWER_FOUND, NULL },
		PARENT,
		{ "192.0.2.1", APEX("7") "sub NS ns.sub\nns.sub A 192.0.2.5\n",
		    ANSWER_FOUND, NULL },
		{ "192.0.2.2", APEX("7") "sub NS ns.sub\nns.sub A 192.0.2.5\n",
		    ANSWER_FOUND, NULL },
		{ "192.0.2.5", SUB_ZONE, ANSWER_FOUND, NULL },
	};
	struct seen seen = see(servers, 5, "mail.sub.example.test");
	expect_apex(&seen, "sub.example.test");
	cr_expect(eq(sz, seen.zone.authority.len, 1));
	cr_expect(not(authority_sets_differ(&seen.zone.authority)));
	close_all(&seen);
}

Test(authority, servers_that_fail_are_told_apart)
{
	const struct world_server servers[] = {
		RESOLVER,
		PARENT,
		{ "192.0.2.1", NULL, ANSWER_TIMEOUT, NULL },
		{ "192.0.2.2", APEX("7"), ANSWER_FOUND, NULL },
	};
	struct seen seen = see(servers, 4, "example.test");
	const struct authority *authority = &seen.zone.authority;
	cr_assert(eq(sz, authority->len, 2));
	cr_expect(eq(int, authority->at[0].state, SERVER_NO_ANSWER));
	cr_expect(eq(int, authority->at[1].state, SERVER_OK));
	cr_expect(seen.zone.own_side);
	cr_expect(eq(sz, authority_first_sound(authority), 1));
	close_all(&seen);
}

Test(authority, a_server_without_the_zone_is_lame)
{
	const struct world_server servers[] = {
		RESOLVER,
		PARENT,
		{ "192.0.2.1", APEX("7"), ANSWER_FOUND, NULL },
		{ "192.0.2.2", "$ORIGIN other.test.\n@ SOA a b 1 2 3 4 5\n",
		    ANSWER_FOUND, NULL },
	};
	struct seen seen = see(servers, 4, "example.test");
	cr_expect(eq(int, seen.zone.authority.at[1].state, SERVER_REFUSED));
	cr_expect(eq(sz, seen.zone.authority.sound, 1));
	close_all(&seen);
}

Test(authority, different_serials_are_seen)
{
	const struct world_server servers[] = {
		RESOLVER,
		PARENT,
		{ "192.0.2.1", APEX("8"), ANSWER_FOUND, NULL },
		{ "192.0.2.2", APEX("7"), ANSWER_FOUND, NULL },
	};
	struct seen seen = see(servers, 4, "example.test");
	cr_expect(authority_serials_differ(&seen.zone.authority));
	close_all(&seen);
}

Test(authority, a_parent_with_another_ns_set_is_seen)
{
	const struct world_server servers[] = {
		RESOLVER,
		{ "192.0.2.9",
		    HINTS DELEGATION "example NS ns3.example\n"
				     "ns3.example A 192.0.2.3\n",
		    ANSWER_FOUND, NULL },
		{ "192.0.2.1", APEX("7"), ANSWER_FOUND, NULL },
		{ "192.0.2.2", APEX("7"), ANSWER_FOUND, NULL },
	};
	struct seen seen = see(servers, 4, "example.test");
	cr_expect(authority_sets_differ(&seen.zone.authority));
	close_all(&seen);
}

Test(authority, when_nobody_answers_the_delegation_is_broken)
{
	const struct world_server servers[] = {
		{ NULL, HINTS, ANSWER_FOUND,
		    "$ORIGIN example.test.\n@ NS ns1\n@ NS ns2\n"
		    "ns1 A 192.0.2.1\nns2 A 192.0.2.2\n"
		    "ivycheck-no-such-name NS elsewhere.invalid.\n" },
		PARENT,
		{ "192.0.2.1", NULL, ANSWER_REFUSED, NULL },
		{ "192.0.2.2", NULL, ANSWER_TIMEOUT, NULL },
	};
	struct seen seen = see(servers, 4, "example.test");
	cr_expect(seen.zone.broken);
	cr_expect(not(seen.zone.filtered));
	close_all(&seen);
}

Test(authority, a_zone_that_no_resolver_can_ask_is_known_above_it)
{
	static const struct world_failure dead = { .status = ANSWER_SERVFAIL,
		.names = "example.test "
			 "ivycheck-no-such-name.example.test" };
	const struct world_server servers[] = {
		RESOLVER,
		PARENT,
		{ "192.0.2.1", NULL, ANSWER_TIMEOUT, NULL },
		{ "192.0.2.2", NULL, ANSWER_TIMEOUT, NULL },
	};
	struct seen seen = see_failing(servers, 4, "example.test", &dead);
	cr_expect(seen.zone.broken);
	cr_expect(eq(sz, seen.zone.authority.len, 2));
	close_all(&seen);
}

Test(authority, when_only_we_cannot_reach_them_they_are_filtered)
{
	const struct world_server servers[] = {
		RESOLVER,
		{ "192.0.2.9", NULL, ANSWER_TIMEOUT, NULL },
		{ "192.0.2.1", NULL, ANSWER_TIMEOUT, NULL },
		{ "192.0.2.2", NULL, ANSWER_UNREACHABLE, NULL },
	};
	struct seen seen = see(servers, 4, "example.test");
	cr_expect(seen.zone.filtered);
	cr_expect(not(seen.zone.broken));
	cr_expect(not(seen.zone.own_side));
	expect_apex(&seen, "example.test");
	close_all(&seen);
}
