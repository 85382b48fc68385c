/* SPDX-License-Identifier: MIT */
/* The text of an SPF record: the grammar, and what breaks it. */
#include "base/arena.h"
#include "base/buf.h"
#include "mail/spf.h"

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

TestSuite(spf_parse, .init = open_arena, .fini = close_arena);

static const struct spf_record *
parse(const char *terms)
{
	return spf_parse(arena, str_print(arena, "v=spf1 %s", terms));
}

/** The first remark on *terms*: "bad-cidr(8-11)", or "fine". */
static const char *
remark_on(const char *terms)
{
	const struct spf_record *record = parse(terms);
	if (record->remarks.len == 0) {
		return "fine";
	}
	const struct spf_remark *said = &record->remarks.at[0];
	return str_print(arena, "%s(%zu-%zu)", spf_problem_word(said->problem),
	    said->span.from - 7, said->span.to - 7)
	    .at;
}

/** *terms* as they are mended, without the version. */
static const char *
mended(const char *terms)
{
	size_t lost;
	const struct str text = spf_mended(arena, parse(terms), &lost);
	return str_z(arena, str_from(text, 7));
}

/** Expects *got* of the text *of* to be *want*. */
static void
expect_text(const char *got, const char *want, const char *of)
{
	cr_expect(
	    str_eq(str_of(got), str_of(want)), "%s: %s, not %s", of, got, want);
}

Test(spf_parse, what_keeps_the_grammar_raises_no_remark)
{
	static const char *const rows[] = { "", "-all", "?all", "ALL",
		"a mx ptr", "A:Example.COM", "a/24", "a//64", "a/0//0",
		"mx/24//64", "a:example.com/32//128",
		"a:foo:bar/baz.example.com", "ip4:1.2.3.4", "ip4:1.2.3.4/0",
		"ip6:::1/0", "ip6:2001:db8::/32", "ip6:::ffff:1.2.3.4/96",
		"ptr:example.com", "exists:%{ir}.%{v}._spf.%{d2}",
		"include:example.com.", "include:%{d}", "a:%{d}.a-1",
		"exists:%%%_%-.example.com", "a:foo.%{l1r+-.,/_=}",
		"redirect=_spf.%{d}", "exp=explain._spf.%{d} -all",
		"moo.cow-far_out=man:dog/cat", "x=", "default=%{c}",
		"  -all  " };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_text(remark_on(rows[i]), "fine", rows[i]);
		cr_expect(parse(rows[i])->valid, "%s", rows[i]);
	}
}

Test(spf_parse, what_breaks_the_grammar_is_never_valid)
{
	static const char *const rows[] = { "moo", "all.", "all/8", "all:x",
		"-", "=all", "include", "include:", "include:x",
		"include:ip5.example.com/24", "a:", "a/33", "a/-1", "a/", "a//",
		"a//129", "a/032", "a:museum", "a:museum.", "a:abc.123",
		"a:111.222.33.44", "a:example.com:8080", "a:example.-com",
		"a:example.com-", "mx:", "mx//129", "ptr:", "ptr/0", "ip4",
		"ip4:", "ip4:1.2.3", "ip4:1.2.3.4:8080", "ip4:1.2.3.4/33",
		"ip4:1.2.3.4/032", "ip4:1.2.3.4/", "ip4:1.2.3.4//32", "ip6",
		"ip6:", "ip6:::1/129", "ip6:::1//33", "ip6:1.2.3.4", "ip4:::1",
		"exists", "exists:", "exists:x.com/24", "exists:%",
		"exists:%(ir).example.com", "exists:%{a}.com", "exists:%{d",
		"exists:%{d0}.com", "exists:%{dr2}.com", "exists:%{d}com",
		"exists:foo%.com", "exp=%{r}.example.com",
		"redirect=", "redirect", "redirect:example.com",
		"-redirect=example.com", "exp=", "exp=x", "x=%", "x=%{z}",
		"1x=y", "moo.cow/far=man", "moo.cow:far=man",
		("\xef\xbb\xbf"
		 "a"),
		"a:ctrl.example.com\x0dptr", "a\tmx",
		"redirect=a.com redirect=b.com", "exp=a.com exp=a.com" };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		cr_expect(not(parse(rows[i])->valid), "%s", rows[i]);
		cr_expect(parse(rows[i])->remarks.len > 0, "%s", rows[i]);
	}
}

Test(spf_parse, a_zero_byte_breaks_the_record)
{
	const struct spf_record *record =
	    spf_parse(arena, STR("v=spf1 a:x.com\0mx -all"));
	cr_expect(not(record->valid));
	cr_expect(eq(sz, record->terms.len, 2));
}

Test(spf_parse, terms_are_read_with_all_their_parts)
{
	const struct spf_record *record =
	    parse("-A:Example.com/24//64 ~ip6:2001:db8::/32 exists:%{i}.x.com "
		  "?all redirect=y.com x=z");
	const struct spf_term *term = record->terms.at;
	cr_assert(eq(sz, record->terms.len, 6));
	cr_expect(eq(int, term[0].kind, SPF_A));
	cr_expect(eq(chr, term[0].qualifier, '-'));
	cr_expect(eq(int, term[0].bits4, 24));
	cr_expect(eq(int, term[0].bits6, 64));
	cr_expect(str_eq(term[0].domain, STR("Example.com")));
	cr_expect(str_eq(name_text(arena, term[0].name), STR("example.com")));
	cr_expect(eq(sz, term[0].span.from, 7));
	cr_expect(eq(int, term[1].addr.family, ADDR_V6));
	cr_expect(eq(int, term[1].bits6, 32));
	cr_expect(term[2].has_macro);
	cr_expect(eq(sz, record->all, 3));
	cr_expect(eq(sz, record->redirect, 4));
	cr_expect(eq(sz, record->exp, 6));
	cr_expect(eq(int, term[5].kind, SPF_MODIFIER));
}

/** Broken terms, the remark and its place, and what was meant. */
struct slip_row {
	const char *terms;
	const char *remark;
	const char *mended;
};

static void
expect_slips(const struct slip_row *rows, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		expect_text(
		    remark_on(rows[i].terms), rows[i].remark, rows[i].terms);
		expect_text(
		    mended(rows[i].terms), rows[i].mended, rows[i].terms);
	}
}

Test(spf_parse, slips_of_names_are_understood)
{
	static const struct slip_row rows[] = {
		{ "ipv4:1.2.3.4 -all", "misspelt(0-12)", "ip4:1.2.3.4 -all" },
		{ "ip:1.2.3.4/24", "misspelt(0-13)", "ip4:1.2.3.4/24" },
		{ "ip:2001:db8::1", "misspelt(0-14)", "ip6:2001:db8::1" },
		{ "ipv4:2001:db8::1", "misspelt(0-16)", "ip6:2001:db8::1" },
		{ "inlcude:x.com", "misspelt(0-13)", "include:x.com" },
		{ "~includes:x.com", "misspelt(0-15)", "~include:x.com" },
		{ "prt ~all", "misspelt(0-3)", "ptr ~all" },
		{ "redirct=x.com", "fine", "redirct=x.com" },
		{ "redirect:x.com", "modifier-colon(0-14)", "redirect=x.com" },
		{ "-exp=x.com", "qualified-modifier(0-10)", "exp=x.com" },
		{ "include=x.com", "mechanism-equals(0-13)", "include:x.com" },
		{ "includex.com", "unknown-mechanism(0-12)", "include:x.com" },
		{ "include;x.com", "unknown-mechanism(0-13)", "include:x.com" },
		{ "1.2.3.4", "bare-address(0-7)", "ip4:1.2.3.4" },
		{ "-2001:db8::/32", "bare-address(0-14)",
		    "-ip6:2001:db8::/32" },
		{ "amazonses.com", "bare-domain(0-13)",
		    "include:amazonses.com" },
		{ "mail.x.com ~all", "bare-domain(0-10)", "~all" },
		{ "include:amazonses", "bad-domain(0-17)",
		    "include:amazonses.com" },
		{ "foo:bar.com ~all", "unknown-mechanism(0-11)", "~all" },
	};
	expect_slips(rows, sizeof(rows) / sizeof(*rows));
}

Test(spf_parse, slips_of_values_are_understood)
{
	static const struct slip_row rows[] = {
		{ "a:1.2.3.4/24", "address-as-name(0-12)", "ip4:1.2.3.4/24" },
		{ "include:1.2.3.4", "address-as-name(0-15)", "ip4:1.2.3.4" },
		{ "ip4:2001:db8::/64", "wrong-family(0-17)",
		    "ip6:2001:db8::/64" },
		{ "ip6:1.2.3.4/24", "wrong-family(0-14)", "ip4:1.2.3.4/24" },
		{ "ip4:mail.x.com", "name-as-address(0-14)", "a:mail.x.com" },
		{ "ip4:1.2.3.0/255.255.255.0", "bad-cidr(0-25)",
		    "ip4:1.2.3.0/24" },
		{ "ip4:1.2.3.0/024", "bad-cidr(0-15)", "ip4:1.2.3.0/24" },
		{ "ip4:1.2.3.4/33", "bad-cidr(11-14)", "" },
		{ "ip4:1.2.3.4/255.0.255.0", "bad-cidr(11-23)", "" },
		{ "ip4:1.2.3 -all", "bad-address(4-9)", "-all" },
		{ "a: -all", "empty-domain(0-2)", "a -all" },
		{ "include: ~all", "empty-domain(0-8)", "~all" },
		{ "-all/8", "unwanted-argument(0-6)", "-all" },
		{ "*all", "bad-qualifier(0-4)", "~all" },
		{ "--all", "bad-qualifier(0-5)", "-all" },
		{ "exists:%{x}.x.com", "bad-macro(7-11)", "" },
		{ "exists:%x", "bad-macro(7-9)", "" },
		{ "a:x..com", "impossible-name(0-8)", "a:x..com" },
		{ "a:.x.com", "impossible-name(0-8)", "a:.x.com" },
	};
	expect_slips(rows, sizeof(rows) / sizeof(*rows));
}

Test(spf_parse, slips_between_terms_are_understood)
{
	static const struct slip_row rows[] = {
		{ "include: x.com ~all", "stray-blank(0-14)",
		    "include:x.com ~all" },
		{ "include x.com ~all", "stray-blank(0-13)",
		    "include:x.com ~all" },
		{ "include : x.com ~all", "empty-domain(0-7)", "~all" },
		{ "a :x.com ~all", "stray-blank(0-8)", "a:x.com ~all" },
		{ "ip4:1.2.3.0 /24", "stray-blank(0-15)", "ip4:1.2.3.0/24" },
		{ "a ~ all", "stray-blank(2-7)", "a ~all" },
		{ "include:a.com, include:b.com ~all", "separator(0-14)",
		    "include:a.com include:b.com ~all" },
		{ "include:a.com,include:b.com,~all", "separator(0-32)",
		    "include:a.com include:b.com ~all" },
		{ "include:a.com,include:b.com ~all", "term-in-domain(0-27)",
		    "include:a.com include:b.com ~all" },
		{ "ip4:1.2.3.4;5.6.7.8;~all;", "separator(0-25)",
		    "ip4:1.2.3.4 ip4:5.6.7.8 ~all" },
		{ "include:amazonses.com~all", "glued(0-25)",
		    "include:amazonses.com ~all" },
		{ "include:amazonses.com-all", "term-in-domain(0-25)",
		    "include:amazonses.com -all" },
		{ "ip4:1.2.3.4ip4:5.6.7.8-all", "glued(0-26)",
		    "ip4:1.2.3.4 ip4:5.6.7.8 -all" },
		{ "include:a.cominclude:b.com ~all", "term-in-domain(0-26)",
		    "include:a.com include:b.com ~all" },
		{ "mx ~all.", "trailing-dot(3-8)", "mx ~all" },
		{ "mx ~all v=spf1 a -all", "second-version(8-14)",
		    "mx ~all a -all" },
		{ "redirect=a.com redirect=A.com", "repeated-redirect(15-29)",
		    "redirect=a.com" },
	};
	expect_slips(rows, sizeof(rows) / sizeof(*rows));
}

Test(spf_parse, characters_that_only_look_right_are_understood)
{
	static const struct slip_row rows[] = {
		{ "a \xe2\x80\x93"
		  "all",
		    "non-ascii(2-8)", "a -all" },
		{ "a\xc2\xa0~all", "non-ascii(0-7)", "a ~all" },
		{ "include:x.com\xe2\x80\x8b ~all", "non-ascii(0-16)",
		    "include:x.com ~all" },
		{ "a\tmx", "control-character(0-4)", "a mx" },
		{ "mx ~all\"", "quoted(3-8)", "mx ~all" },
		{ "include:\xd0\xb0.com mx", "non-ascii(8-9)", "mx" },
	};
	expect_slips(rows, sizeof(rows) / sizeof(*rows));
}

Test(spf_parse, two_remarks_are_both_mended)
{
	static const char terms[] = "ipv4:1.2.3.4, include: x.com mx ~all.";
	expect_text(mended(terms), "ip4:1.2.3.4 include:x.com mx ~all", terms);
}
