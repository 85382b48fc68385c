/* SPDX-License-Identifier: MIT */
/* One SPF record out of several. */
#include "base/arena.h"
#include "base/buf.h"
#include "mail/spf_merge.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static struct arena *arena;

static void
open_arena(void)
{
	arena = arena_new();
}

static void
close_arena(void)
{
	arena_free(&arena);
}

TestSuite(spf_merge, .init = open_arena, .fini = close_arena);

/** Merges the records whose terms stand in *from*, parted by bars. */
static const char *
merged(const char *from, enum spf_place ses)
{
	struct spf_merging merging = { .ses = ses };
	struct str rest = str_of(from);
	struct str terms;
	while (str_split(&rest, '|', &terms)) {
		struct buf text = buf_new(arena);
		buf_adds(&text, "v=spf1 ");
		buf_add(&text, str_trim(terms));
		vec_push(
		    arena, &merging.records, spf_parse(arena, buf_str(&text)));
	}
	const struct str text = spf_merge(arena, &merging);
	cr_expect(spf_parse(arena, text)->valid, "%s", text.at);
	return str_z(arena, str_from(text, 7));
}

struct row {
	const char *from;
	const char *want;
};

static void
expect_rows(const struct row *rows, size_t len, enum spf_place ses)
{
	for (size_t i = 0; i < len; i++) {
		const char *got = merged(rows[i].from, ses);
		cr_expect(str_eq(str_of(got), str_of(rows[i].want)),
		    "%s: %s, not %s", rows[i].from, got, rows[i].want);
	}
}

Test(spf_merge, terms_stand_in_the_order_found_and_each_once)
{
	static const struct row rows[] = {
		{ "include:a.test ~all | include:amazonses.com ~all",
		    "include:a.test include:amazonses.com ~all" },
		{ "mx a:x.test -all | MX ip4:1.2.3.4/32 ip4:1.2.3.4 -all",
		    "mx a:x.test ip4:1.2.3.4/32 -all" },
		{ "include:A.test. ~all | +include:a.test ~all",
		    "include:A.test. ~all" },
		{ "+mx ~all", "mx ~all" },
		{ "a/24 a//64 a ~all", "a/24 a//64 a ~all" },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows), SPF_PLACE_AS_IS);
}

Test(spf_merge, the_softer_all_stands_at_the_end)
{
	static const struct row rows[] = {
		{ "mx -all", "mx -all" },
		{ "mx -all | a -all", "mx a -all" },
		{ "mx -all | a ~all", "mx a ~all" },
		{ "mx ?all", "mx ~all" },
		{ "mx +all", "mx ~all" },
		{ "mx -all | a ?all", "mx a ~all" },
		{ "mx", "mx ~all" },
		{ "mx -all | a", "mx a -all" },
		{ "-all mx ~all a", "mx a ~all" },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows), SPF_PLACE_AS_IS);
}

Test(spf_merge, ses_stands_where_it_is_reached)
{
	static const struct row last[] = {
		{ "mx -all", "mx include:amazonses.com -all" },
		{ "include:amazonses.com mx ~all",
		    "include:amazonses.com mx ~all" },
		{ "mx ~all include:amazonses.com",
		    "mx include:amazonses.com ~all" },
		{ "?include:amazonses.com mx ~all",
		    "include:amazonses.com mx ~all" },
		{ "include:amazonaws.com mx ~all",
		    "include:amazonses.com mx ~all" },
		{ "include:amazonses.com -include:amazonses.com. ~all",
		    "include:amazonses.com ~all" },
		{ "redirect=a.test", "include:amazonses.com redirect=a.test" },
		{ "redirect=amazonaws.com", "include:amazonses.com ~all" },
	};
	static const struct row first[] = {
		{ "-exists:x.test include:amazonses.com -all",
		    "include:amazonses.com -exists:x.test -all" },
		{ "-exists:x.test -all",
		    "include:amazonses.com -exists:x.test -all" },
	};
	expect_rows(last, sizeof(last) / sizeof(*last), SPF_PLACE_LAST);
	expect_rows(first, sizeof(first) / sizeof(*first), SPF_PLACE_FIRST);
}

Test(spf_merge, a_redirect_stays_or_becomes_an_include)
{
	static const struct row rows[] = {
		{ "mx redirect=a.test", "mx redirect=a.test" },
		{ "redirect=a.test mx", "mx redirect=a.test" },
		{ "redirect=a.test | mx", "mx redirect=a.test" },
		{ "redirect=a.test | mx ~all", "include:a.test mx ~all" },
		{ "redirect=a.test | redirect=b.test",
		    "include:a.test include:b.test ~all" },
		{ "redirect=a.test | redirect=A.test", "redirect=a.test" },
		{ "redirect=a.test | include:a.test -all",
		    "include:a.test -all" },
		{ "mx ~all redirect=a.test", "mx ~all" },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows), SPF_PLACE_AS_IS);
}

Test(spf_merge, what_passes_in_one_record_passes_in_all)
{
	static const struct row rows[] = {
		{ "?include:a.test ~all | include:a.test ~all",
		    "include:a.test ~all" },
		{ "-ip4:1.2.3.4 ?mx ~all", "-ip4:1.2.3.4 ?mx ~all" },
		{ "exp=a.test x=y -all | exp=b.test x=y x=z -all",
		    "exp=a.test x=y x=z -all" },
		{ "mx foo:bar v=spf1 -all", "mx -all" },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows), SPF_PLACE_AS_IS);
}

Test(spf_merge, terms_can_be_left_out)
{
	struct spf_merging merging = { .ses = SPF_PLACE_LAST };
	vec_push(arena, &merging.records,
	    spf_parse(arena, STR("v=spf1 include:a.test mx ~all")));
	vec_push(arena, &merging.without, STR("INCLUDE:a.test"));
	cr_expect(str_eq(spf_merge(arena, &merging),
	    STR("v=spf1 mx include:amazonses.com ~all")));
}

Test(spf_merge, merging_again_changes_nothing)
{
	static const char *const rows[] = { "mx -all", "redirect=a.test",
		"-exists:x.test include:amazonses.com ?all x=y",
		"a mx a/24 ptr ip6:::1 include:b.test" };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *once = merged(rows[i], SPF_PLACE_LAST);
		const char *twice = merged(once, SPF_PLACE_LAST);
		cr_expect(
		    str_eq(str_of(once), str_of(twice)), "%s: %s", once, twice);
	}
}

Test(spf_merge, a_record_may_allow_ses_by_itself)
{
	static const char *const good[] = { "v=spf1 include:amazonses.com ~all",
		"V=SPF1 mx include:AMAZONSES.com. -all",
		"v=spf1 redirect=amazonses.com" };
	static const char *const bad[] = { "v=spf1 mx ~all",
		"v=spf1 ~all include:amazonses.com",
		"v=spf1 ?include:amazonses.com ~all",
		"v=spf1 include:amazonses.com moo ~all",
		"v=spf1 include:amazonses.com +all",
		"v=spf1 redirect=amazonses.com ~all",
		"v=spf10 include:amazonses.com ~all",
		"v=spf1 a a a a a a a a a a include:amazonses.com ~all" };
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		cr_expect(spf_allows_ses_alone(arena, str_of(good[i])), "%s",
		    good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		cr_expect(not(spf_allows_ses_alone(arena, str_of(bad[i]))),
		    "%s", bad[i]);
	}
}
