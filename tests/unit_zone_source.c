/* SPDX-License-Identifier: MIT */
/* Zone files answer as a resolver would. */
#include "asking.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
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
    "below.sub TXT glueless\n"
    "sub DS 1 8 2 "
    "00000000000000000000000000000000000000000000000000000000000000ff\n"
    "twice TXT same\n"
    "twice 60 TXT same\n"
    "twice TXT other\n"
    "old DNAME new\n"
    "old TXT mine\n"
    "x.new TXT moved\n"
    "far DNAME long.elsewhere.test.\n";

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
		{ "twice.example.test", "TXT",
		    "found twice.example.test=other twice.example.test=same" },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows), asked);
}

Test(zone_source, a_dname_redirects_what_lies_below_it)
{
	static const struct row rows[] = {
		{ "x.old.example.test", "TXT",
		    "found via x.new.example.test x.new.example.test=moved" },
		{ "old.example.test", "TXT", "found old.example.test=mine" },
		{ "old.example.test", "DNAME",
		    "found old.example.test=new.example.test" },
		{ "y.old.example.test", "TXT",
		    "nxdomain via y.new.example.test soa example.test" },
		{ "y.far.example.test", "TXT",
		    "outside via y.long.elsewhere.test" },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows), asked);
}

Test(zone_source, a_redirected_name_may_become_too_long)
{
	struct arena *arena = arena_new();
	struct buf name = buf_new(arena);
	/* 254 octets on the wire, and 257 where that leads to. */
	for (int i = 0; i < 6; i++) {
		buf_fill(&name, 'x', 37);
		buf_addc(&name, '.');
	}
	buf_adds(&name, "seventh.far.example.test");
	const struct row row = { name.at, "TXT", "error" };
	expect_rows(&row, 1, asked);
	arena_free(&arena);
}

Test(zone_source, what_lies_outside_the_files_is_said_to)
{
	static const struct row rows[] = {
		{ "elsewhere.test", "TXT", "outside" },
		{ "out.example.test", "A", "outside via there.elsewhere.test" },
		{ "below.sub.example.test", "TXT",
		    "outside to ns.sub.example.test" },
		{ "sub.example.test", "A", "outside to ns.sub.example.test" },
		{ "test", "SOA", "outside" },
		{ "sub.example.test", "NS", "outside to ns.sub.example.test" },
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

/** A chain of *links* CNAMEs from c0 to a TXT. */
static const char *
asked_chain(struct arena *arena, int links)
{
	struct buf text = buf_new(arena);
	for (int i = 0; i < links; i++) {
		buf_addf(&text, "c%d CNAME c%d\n", i, i + 1);
	}
	buf_addf(&text, "c%d TXT end\n", links);
	const struct zonefile file = zone_of_text(arena, "a.test", text.at);
	struct source *source = zone_source_open(&file, 1);
	const char *got = asked(arena, source, "c0.a.test", "TXT");
	source_close(&source);
	return got;
}

Test(zone_source, sixteen_cnames_are_followed_and_no_more)
{
	struct arena *arena = arena_new();
	cr_expect(str_starts(str_of(asked_chain(arena, 16)), STR("found")));
	cr_expect(str_starts(str_of(asked_chain(arena, 17)), STR("loop")));
	arena_free(&arena);
}

Test(zone_source, a_zone_without_soa_tells_its_apex_all_the_same)
{
	struct arena *arena = arena_new();
	const struct zonefile file = zone_of_text(arena, "a.test", "b TXT x");
	struct source *source = zone_source_open(&file, 1);
	cr_expect(str_eq(str_of(asked(arena, source, "c.a.test", "TXT")),
	    STR("nxdomain soa a.test")));
	cr_expect(str_eq(str_of(asked(arena, source, "a.test", "SOA")),
	    STR("nodata soa a.test")));
	source_close(&source);
	arena_free(&arena);
}

Test(zone_source, a_zone_file_of_its_own_is_asked_below_the_cut)
{
	struct arena *arena = arena_new();
	const struct zonefile files[] = {
		zone_of_text(arena, "example.test", ZONE),
		zone_of_text(arena, "sub.example.test", "below TXT own\n"),
		zone_of_text(arena, "example.test", "more TXT too\n"),
	};
	struct source *source = zone_source_open(files, 3);
	cr_expect(str_eq(
	    str_of(asked(arena, source, "below.sub.example.test", "TXT")),
	    STR("found below.sub.example.test=own")));
	cr_expect(str_eq(str_of(asked(arena, source, "sub.example.test", "MX")),
	    STR("nodata soa sub.example.test")));
	cr_expect(
	    str_eq(str_of(asked(arena, source, "more.example.test", "TXT")),
		STR("found more.example.test=too")));
	source_close(&source);
	arena_free(&arena);
}

Test(zone_source, a_zone_may_be_empty)
{
	struct arena *arena = arena_new();
	const struct zonefile file = zone_of_text(arena, "a.test", "");
	struct source *source = zone_source_open(&file, 1);
	cr_expect(str_eq(str_of(asked(arena, source, "b.a.test", "TXT")),
	    STR("nxdomain soa a.test")));
	source_close(&source);
	arena_free(&arena);
}

Test(zone_source, records_of_no_zone_belong_to_their_organisation)
{
	struct arena *arena = arena_new();
	const struct zonefile_input input = {
		.name = STR("zone"),
		.content = STR("a.b.example.com. TXT x\n"
			       "c.example.co.uk. CNAME a.b.example.com.\n"
			       "com. TXT y\n"),
	};
	struct zonefile file;
	struct err err = { 0 };
	cr_assert(zonefile_read(arena, &input, &file, &err), "%s", err.text);
	struct source *source = zone_source_open(&file, 1);
	cr_expect(str_eq(str_of(asked(arena, source, "d.example.com", "TXT")),
	    STR("nxdomain soa example.com")));
	cr_expect(str_eq(str_of(asked(arena, source, "c.example.co.uk", "TXT")),
	    STR("found via a.b.example.com a.b.example.com=x")));
	cr_expect(str_eq(
	    str_of(asked(arena, source, "com", "TXT")), STR("found com=y")));
	cr_expect(str_eq(
	    str_of(asked(arena, source, "other.org", "TXT")), STR("outside")));
	source_close(&source);
	arena_free(&arena);
}

Test(zone_source, a_server_keeps_to_its_own_zone)
{
	static const struct row rows[] = {
		{ "out.example.test", "A", "nodata via there.elsewhere.test" },
		{ "back.other.test", "A", "nodata via web.example.test" },
		{ "below.sub.example.test", "TXT",
		    "lame to ns.sub.example.test" },
		{ "elsewhere.test", "TXT", "refused" },
		{ "sub.example.test", "NS", "lame to ns.sub.example.test" },
		{ "www.example.test", "A",
		    "found via web.example.test web.example.test=192.0.2.2" },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows), asked_server);
}

Test(zone_source, a_ds_is_answered_above_the_cut)
{
	struct arena *arena = arena_new();
	const struct zonefile file = zone_of_text(arena, "example.test", ZONE);
	struct source *source = zone_source_open(&file, 1);
	cr_expect(str_starts(
	    str_of(asked_server(arena, source, "sub.example.test", "DS")),
	    STR("found sub.example.test=")));
	source_close(&source);
	arena_free(&arena);
}
