/* SPDX-License-Identifier: MIT */
/* Which zone holds a name, where some are handed on to others. */
#include "asking.h"
#include "base/arena.h"
#include "look/run.h"
#include "walks/published.h"
#include "walks/zone_cut.h"
#include "walks/zone_view.h"
#include "world.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#define ABOVE                               \
	"$ORIGIN test.\n"                   \
	"@ SOA ns.test. admin 1 2 3 4 60\n" \
	"@ NS ns.test.\n"                   \
	"ns A 192.0.2.9\n"                  \
	"example NS ns1.example\n"          \
	"ns1.example A 192.0.2.1\n"
#define OWN                                    \
	"$ORIGIN example.test.\n"              \
	"@ SOA ns1 admin 1 2 3 4 300\n"        \
	"@ NS ns1\n"                           \
	"ns1 A 192.0.2.1\n"                    \
	"www CNAME web.example.org.\n"         \
	"mail TXT \"v=spf1 -all\"\n"           \
	"_domainkey NS ns.keykeeper.example\n" \
	"_ivymail NS ns.keykeeper.example\n"
#define HANDED_ON(name)                         \
	"$ORIGIN " name ".example.test.\n"      \
	"@ SOA ns.example. admin 1 2 3 4 300\n" \
	"@ NS ns.keykeeper.example.\n"          \
	"@ TXT text\n"                          \
	"there CNAME key.example.org.\n"

/** What is asked, on which side, and the zone that is told. */
struct asking {
	enum view view;
	const char *name;
	enum rrtype type;
	struct name zone;
};

static void
hold_run(struct look *look, void *context)
{
	struct asking *asking = context;
	const struct authority_given none = { 0 };
	struct zone_view view;
	struct sight sight = { .authority = NULL };
	if (!zone_view_find(look, name_of(look_scratch(look), "example.test"),
		asking->view, none, &view)) {
		return;
	}
	if (view.own_side) {
		sight.authority = &view.authority;
	}
	(void)zone_holding(look, &sight,
	    name_of(look_scratch(look), asking->name), asking->type,
	    &asking->zone);
}

static void
expect_zone(struct asking *asking, const char *want)
{
	const struct world_server servers[] = {
		{ NULL, ABOVE OWN HANDED_ON("_domainkey") HANDED_ON("_ivymail"),
		    ANSWER_FOUND, NULL },
		{ "192.0.2.9", ABOVE, ANSWER_FOUND, NULL },
		{ "192.0.2.1", OWN, ANSWER_FOUND, NULL },
	};
	struct arena *arena = arena_new();
	struct source *source = world_open(arena, servers, 3);
	struct look *look = look_open(arena, source, 1000);
	const struct task task = { hold_run, asking };
	look_add(look, &task);
	look_run(look);
	cr_assert(name_is_set(asking->zone), "%s", asking->name);
	const struct str got = name_text(arena, asking->zone);
	cr_expect(str_eq(got, str_of(want)), "%s: %s, not %s", asking->name,
	    got.at, want);
	look_close(look);
	source_close(&source);
	arena_free(&arena);
}

Test(zone_cut, a_name_is_held_by_the_zone_it_was_handed_on_to)
{
	static const struct {
		const char *name;
		enum rrtype type;
		const char *zone;
	} rows[] = {
		{ "x._domainkey.example.test", RRTYPE_TXT,
		    "_domainkey.example.test" },
		{ "there._domainkey.example.test", RRTYPE_TXT,
		    "_domainkey.example.test" },
		{ "_ivymail.example.test", RRTYPE_TXT,
		    "_ivymail.example.test" },
		{ "_dmarc.example.test", RRTYPE_TXT, "example.test" },
		{ "mail.example.test", RRTYPE_TXT, "example.test" },
		{ "www.example.test", RRTYPE_TXT, "example.test" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct asking asking = { .view = VIEW_BOTH,
			.name = rows[i].name,
			.type = rows[i].type };
		expect_zone(&asking, rows[i].zone);
		asking.view = VIEW_RESOLVER;
		expect_zone(&asking, rows[i].zone);
	}
}
