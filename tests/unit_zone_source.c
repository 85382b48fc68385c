/* SPDX-License-Identifier: MIT */
/* Zone files answer as a resolver would. */
#include "asking.h"
#include "base/arena.h"
#include "source/zone.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static const char ZONE[] =
    "@ SOA ns.example.test. admin.example.test. 1 2 3 4 300\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "@ TXT \"v=spf1 \" \"-all\"\n"
    "www CNAME web\n"
    "web A 192.0.2.2\n"
    "out CNAME there.elsewhere.test.\n"
    "loop1 CNAME loop2\n"
    "loop2 CNAME loop1\n"
    "gone CNAME nothing\n"
    "a.b.c TXT deep\n"
    "*.wild TXT star\n"
    "mail.wild MX 10 mx\n"
    "both CNAME web\n"
    "both TXT beside\n"
    "sub NS ns.sub\n"
    "ns.sub A 192.0.2.3\n"
    "below.sub TXT glueless\n";

static const char OTHER[] = "@ SOA ns.other.test. admin.other.test. 1 2 3 4 5\n"
			    "back CNAME web.example.test.\n";

/** A question and the answer to it. */
struct row {
	const char *name;
	const char *type;
	const char *want;
};

static void
expect_rows(const struct row *rows, size_t len,
    const char *ask_it(
	struct arena *, struct source *, const char *, const char *))
{
	struct arena *arena = arena_new();
	const struct zonefile files[] = {
		zone_of_text(arena, "example.test", ZONE),
		zone_of_text(arena, "other.test", OTHER),
	};
	struct source *source = zone_source_open(files, 2);
	for (size_t i = 0; i < len; i++) {
		const char *got =
		    ask_it(arena, source, rows[i].name, rows[i].type);
		cr_expect(eq(str, (char *)got, (char *)rows[i].want), "%s %s",
		    rows[i].type, rows[i].name);
	}
	source_close(&source);
	arena_free(&arena);
}

Test(zone_source, a_resolver_answers_what_the_files_say)
{
	static const struct row rows[] = {
		{ "example.test", "TXT", "found example.test=v=spf1 -all" },
		{ "EXAMPLE.test", "MX", "nodata soa example.test" },
		{ "nope.example.test", "A", "nxdomain soa example.test" },
		{ "www.example.test", "A",
		    "found via web.example.test web.example.test=192.0.2.2" },
		{ "www.example.test", "CNAME",
		    "found www.example.test=web.example.test" },
		{ "www.example.test", "TXT",
		    "nodata via web.example.test soa example.test" },
		{ "gone.example.test", "A",
		    "nxdomain via nothing.example.test soa example.test" },
		{ "b.c.example.test", "TXT", "nodata soa example.test" },
		{ "both.example.test", "TXT",
		    "found both.example.test=beside" },
		{ "both.example.test", "A",
		    "found via web.example.test web.example.test=192.0.2.2" },
		{ "back.other.test", "A",
		    "found via web.example.test web.example.test=192.0.2.2" },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows), asked);
}

Test(zone_source, what_lies_outside_the_files_is_said_to)
{
	static const struct row rows[] = {
		{ "elsewhere.test", "TXT", "outside" },
		{ "out.example.test", "A", "outside via there.elsewhere.test" },
		{ "below.sub.example.test", "TXT", "outside" },
		{ "sub.example.test", "A", "outside" },
		{ "test", "SOA", "outside" },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows), asked);
}

Test(zone_source, a_wildcard_stands_in_for_names_that_do_not_exist)
{
	static const struct row rows[] = {
		{ "x.wild.example.test", "TXT",
		    "found x.wild.example.test=star" },
		{ "x.y.wild.example.test", "TXT",
		    "found x.y.wild.example.test=star" },
		{ "x.wild.example.test", "A", "nodata soa example.test" },
		{ "mail.wild.example.test", "TXT", "nodata soa example.test" },
		{ "x.mail.wild.example.test", "TXT",
		    "nxdomain soa example.test" },
		{ "wild.example.test", "TXT", "nodata soa example.test" },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows), asked);
}

Test(zone_source, a_circle_of_cnames_is_a_loop)
{
	static const struct row rows[] = {
		{ "loop1.example.test", "A",
		    "loop via loop2.example.test via loop1.example.test" },
	};
	expect_rows(rows, 1, asked);
}

Test(zone_source, a_server_keeps_to_its_own_zone)
{
	static const struct row rows[] = {
		{ "out.example.test", "A", "nodata via there.elsewhere.test" },
		{ "back.other.test", "A", "nodata via web.example.test" },
		{ "below.sub.example.test", "TXT",
		    "lame to ns.sub.example.test" },
		{ "elsewhere.test", "TXT", "refused" },
		{ "www.example.test", "A",
		    "found via web.example.test web.example.test=192.0.2.2" },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows), asked_server);
}
