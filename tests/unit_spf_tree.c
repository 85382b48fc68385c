/* SPDX-License-Identifier: MIT */
/* The tree of an SPF record: what it costs, and where it breaks. */
#include "looking.h"

#include "base/arena.h"
#include "base/buf.h"
#include "walks/spf_ses.h"
#include "walks/spf_tree.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/** A walk and what is to be walked. */
struct walking {
	const char *domain;
	const char *text;
	struct spf_walk *walk;
	struct spf_ses ses;
};

static void
walk_it(struct look *look, void *context)
{
	static const struct sight sight = { .authority = NULL };
	struct walking *walking = context;
	const struct spf_start start = {
		.domain = name_of(look_scratch(look), walking->domain),
		.text = str_of(walking->text),
	};
	walking->walk = spf_walk(look, &sight, &start);
	walking->ses = spf_ses_find(look, &sight, walking->walk);
}

static const char *const TROUBLES[] = {
	[SPF_TROUBLE_LOOKUPS] = "lookups",
	[SPF_TROUBLE_VOIDS] = "voids",
	[SPF_TROUBLE_NAMES] = "names",
	[SPF_TROUBLE_RECORD] = "record",
	[SPF_TROUBLE_GRAMMAR] = "grammar",
	[SPF_TROUBLE_LOOP] = "loop",
	[SPF_TROUBLE_FAILED] = "failed",
	[SPF_TROUBLE_OUTSIDE] = "outside",
	[SPF_TROUBLE_HIDDEN] = "hidden",
	[SPF_TROUBLE_OPEN] = "open",
};

/** "3 lookups, 1 voids; loop at include:a.test below include:b.test". */
static const char *
told(struct arena *arena, const struct spf_walk *walk)
{
	struct buf to = buf_new(arena);
	const struct spf_trouble *trouble;
	buf_addf(&to, "%u lookups, %u voids", walk->lookups, walk->voids);
	vec_foreach(trouble, &walk->troubles) {
		const struct spf_step *origin = spf_trouble_origin(trouble);
		buf_addf(&to, "; %s at ", TROUBLES[trouble->kind]);
		buf_add(&to, trouble->step->term->text);
		if (origin != trouble->step) {
			buf_adds(&to, " below ");
			buf_add(&to, origin->term->text);
		}
	}
	return to.at;
}

static void
expect_walk(const char *zone, const char *domain, const char *want)
{
	struct walking walking = { .domain = domain };
	struct looking looking;
	looking_open_zone(&looking, "test", zone);
	looking_run(&looking, walk_it, &walking);
	const char *got = told(looking.arena, walking.walk);
	cr_expect(str_eq(str_of(got), str_of(want)), "%s: %s, not %s", domain,
	    got, want);
	looking_close(&looking);
}

Test(spf_tree, terms_that_ask_are_counted_through_all_includes)
{
	static const char zone[] =
	    "d TXT \"v=spf1 ip4:1.2.3.4 include:a.test mx a:h.test"
	    " exists:h.test ptr -all\"\n"
	    "d MX 10 h\n"
	    "h A 1.2.3.4\n"
	    "a TXT \"v=spf1 include:b.test redirect=c.test\"\n"
	    "b TXT \"v=spf1 ip4:1.2.3.4 ?all\"\n"
	    "c TXT \"v=spf1 a:h.test exp=h.test ~all\"\n";
	expect_walk(zone, "d.test", "8 lookups, 0 voids");
	expect_walk(zone, "a.test", "3 lookups, 0 voids");
	expect_walk(zone, "b.test", "0 lookups, 0 voids");
}

Test(spf_tree, each_term_knows_what_it_and_all_before_it_cost)
{
	static const char zone[] =
	    "d TXT \"v=spf1 redirect=c.test include:a.test ip4:1.1.1.1\"\n"
	    "a TXT \"v=spf1 include:b.test -all\"\n"
	    "b TXT \"v=spf1 -all\"\n"
	    "c TXT \"v=spf1 -all\"\n";
	struct walking walking = { .domain = "d.test" };
	struct looking looking;
	looking_open_zone(&looking, "test", zone);
	looking_run(&looking, walk_it, &walking);
	const struct spf_step *step = walking.walk->root->steps;
	cr_expect(eq(uint, step[1].lookups, 2));
	cr_expect(eq(uint, step[1].total, 2));
	cr_expect(eq(uint, step[2].lookups, 0));
	/* The redirect comes last wherever it stands. */
	cr_expect(eq(uint, step[0].lookups, 1));
	cr_expect(eq(uint, step[0].total, 3));
	cr_expect(eq(uint, walking.walk->root->lookups, 3));
	looking_close(&looking);
}

Test(spf_tree, what_no_receiver_comes_to_costs_nothing)
{
	static const char zone[] =
	    "d TXT \"v=spf1 -all include:a.test mx redirect=b.test\"\n"
	    "e TXT \"v=spf1 redirect=f.test ~all\"\n";
	expect_walk(zone, "d.test", "0 lookups, 0 voids");
	expect_walk(zone, "e.test", "0 lookups, 0 voids");
}

Test(spf_tree, a_mechanism_is_void_only_if_both_families_are)
{
	static const char zone[] =
	    "d TXT \"v=spf1 a:n1.test a:six.test mx:n2.test exists:six.test"
	    " a -all\"\n"
	    "e TXT \"v=spf1 a:n1.test mx:n2.test a:%{d}.n3.test a:%{i}.test"
	    " -all\"\n"
	    "six AAAA ::1\n";
	expect_walk(
	    zone, "d.test", "5 lookups, 4 voids; voids at exists:six.test");
	expect_walk(
	    zone, "e.test", "4 lookups, 3 voids; voids at a:%{d}.n3.test");
}

Test(spf_tree, limits_are_laid_at_the_term_that_crosses_them)
{
	static const char zone[] =
	    "h A 1.2.3.4\n"
	    "ten TXT \"v=spf1 include:five.test include:four.test -all\"\n"
	    "d TXT \"v=spf1 include:five.test include:five.test -all\"\n"
	    "five TXT \"v=spf1 a:h.test a:h.test a:h.test a:h.test a:h.test"
	    " -all\"\n"
	    "four TXT \"v=spf1 a:h.test a:h.test a:h.test -all\"\n"
	    "mx TXT \"v=spf1 mx -all\"\n"
	    "mx MX 1 h\nmx MX 2 h\nmx MX 3 h\nmx MX 4 h\nmx MX 5 h\n"
	    "mx MX 6 h\nmx MX 7 h\nmx MX 8 h\nmx MX 9 h\nmx MX 10 h\n"
	    "mx MX 11 h\n";
	expect_walk(zone, "ten.test", "10 lookups, 0 voids");
	expect_walk(zone, "d.test",
	    "12 lookups, 0 voids; lookups at a:h.test below "
	    "include:five.test");
	expect_walk(zone, "mx.test", "1 lookups, 0 voids; names at mx");
}

Test(spf_tree, includes_that_lead_nowhere_are_named)
{
	static const char zone[] =
	    "d TXT \"v=spf1 include:none.test include:two.test include:e.test"
	    " include:bad.test include:x..test redirect=other.test\"\n"
	    "two TXT \"v=spf1 -all\"\ntwo TXT \"v=spf1 a\"\n"
	    "e TXT \"v=spf1 include:out.example -all\"\n"
	    "bad TXT \"v=spf1 moo -all\"\n"
	    "other TXT nothing\n";
	expect_walk(zone, "d.test",
	    "7 lookups, 0 voids; record at include:none.test; record at "
	    "include:two.test; outside at include:out.example below "
	    "include:e.test; grammar at include:bad.test; record at "
	    "include:x..test; record at redirect=other.test");
}

Test(spf_tree, loops_end)
{
	static const char zone[] =
	    "self TXT \"v=spf1 include:self.test -all\"\n"
	    "a TXT \"v=spf1 include:b.test -all\"\n"
	    "b TXT \"v=spf1 redirect=a.test\"\n"
	    "c TXT \"v=spf1 include:%{o} -all\"\n";
	expect_walk(
	    zone, "self.test", "1 lookups, 0 voids; loop at include:self.test");
	expect_walk(zone, "a.test",
	    "2 lookups, 0 voids; loop at redirect=a.test below "
	    "include:b.test");
	expect_walk(zone, "c.test", "1 lookups, 0 voids; loop at include:%{o}");
}

Test(spf_tree, the_same_include_on_two_branches_is_no_loop)
{
	static const char zone[] =
	    "d TXT \"v=spf1 include:a.test include:b.test -all\"\n"
	    "a TXT \"v=spf1 include:b.test -all\"\n"
	    "b TXT \"v=spf1 -all\"\n";
	expect_walk(zone, "d.test", "3 lookups, 0 voids");
}

Test(spf_tree, an_all_that_lets_everybody_pass_is_found_anywhere)
{
	static const char zone[] =
	    "open TXT \"v=spf1 mx all\"\n"
	    "in TXT \"v=spf1 include:open.test -all\"\n"
	    "to TXT \"v=spf1 redirect=in.test\"\n"
	    "not TXT \"v=spf1 ?include:open.test -all +all\"\n";
	expect_walk(zone, "open.test", "1 lookups, 1 voids; open at all");
	expect_walk(zone, "to.test",
	    "3 lookups, 1 voids; open at all below redirect=in.test");
	expect_walk(zone, "not.test", "2 lookups, 1 voids");
}

Test(spf_tree, names_that_depend_on_the_mail_are_counted_alone)
{
	static const char zone[] =
	    "d TXT \"v=spf1 include:%{i}.test exists:%{l}.test a:%{p}.test"
	    " -all\"\n"
	    "e TXT \"v=spf1 include:x.%{d} -all\"\n"
	    "x.e TXT \"v=spf1 mx -all\"\n";
	expect_walk(
	    zone, "d.test", "4 lookups, 0 voids; hidden at include:%{i}.test");
	expect_walk(zone, "e.test", "2 lookups, 1 voids");
}

Test(spf_tree, failures_are_no_voids)
{
	static const char zone[] =
	    "d TXT \"v=spf1 include:dead.test a:dead.test mx:dead.test"
	    " -all\"\n";
	struct walking walking = { .domain = "d.test" };
	struct looking looking;
	looking_open_zone(&looking, "test", zone);
	looking_fail(&looking, "dead.test", "TXT", ANSWER_SERVFAIL);
	looking_fail(&looking, "dead.test", "A", ANSWER_TIMEOUT);
	looking_fail(&looking, "dead.test", "MX", ANSWER_REFUSED);
	looking_run(&looking, walk_it, &walking);
	cr_expect(eq(uint, walking.walk->voids, 0));
	cr_expect(eq(sz, walking.walk->troubles.len, 3));
	cr_expect(
	    eq(int, walking.walk->troubles.at[0].kind, SPF_TROUBLE_FAILED));
	cr_expect(eq(int, walking.ses.state, SPF_SES_UNKNOWN));
	looking_close(&looking);
}

/** A zone in which bN.test includes eight times each of its followers. */
static const char *
bomb(struct arena *arena)
{
	struct buf zone = buf_new(arena);
	buf_adds(&zone, "");
	for (int i = 0; i < 40; i++) {
		buf_addf(&zone, "b%d TXT \"v=spf1", i);
		for (int j = 1; j <= 12; j++) {
			buf_addf(&zone, " include:b%d.test", i + j);
		}
		buf_adds(&zone, " -all\"\n");
	}
	return zone.at;
}

Test(spf_tree, a_bomb_of_includes_ends_early)
{
	struct arena *arena = arena_new();
	struct walking walking = { .domain = "b0.test" };
	struct looking looking;
	looking_open_zone(&looking, "test", bomb(arena));
	looking_run(&looking, walk_it, &walking);
	cr_expect(le(sz, walking.walk->nodes.len, SPF_MOST_NODES));
	cr_expect(walking.walk->cut);
	cr_expect(spf_walk_trouble(walking.walk, SPF_TROUBLE_LOOKUPS) != NULL);
	cr_expect(le(sz, looking_asked(&looking), SPF_MOST_NODES + 1));
	looking_close(&looking);
	arena_free(&arena);
}

Test(spf_tree, ten_thousand_terms_are_walked_at_once)
{
	struct arena *arena = arena_new();
	struct buf text = buf_new(arena);
	buf_adds(&text, "v=spf1");
	for (int i = 0; i < 10000; i++) {
		buf_adds(&text, i % 2 ? " mx" : " a:b.c");
	}
	struct walking walking = { .domain = "d.test", .text = text.at };
	struct looking looking;
	looking_open_zone(&looking, "test", "");
	looking_run(&looking, walk_it, &walking);
	cr_expect(eq(uint, walking.walk->lookups, 10000));
	cr_expect(le(sz, looking_asked(&looking), 2 * SPF_MOST_TERMS + 1));
	looking_close(&looking);
	arena_free(&arena);
}
