/* SPDX-License-Identifier: MIT */
/* The text of a DMARC record. */
#include "mail/dmarc.h"

#include "base/arena.h"
#include "base/buf.h"

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

TestSuite(dmarc, .init = open_arena, .fini = close_arena);

static const struct dmarc *
parse(const char *text)
{
	return dmarc_parse(arena, str_of(text));
}

/** The remarks on *text*: "policy-value(2-6)=quarantine ...". */
static const char *
remarks_on(const char *text)
{
	struct buf to = buf_new(arena);
	const struct dmarc *dmarc = parse(text);
	const struct dmarc_remark *remark;
	buf_adds(&to, "");
	vec_foreach(remark, &dmarc->remarks) {
		buf_addf(&to, "%s%s(%zu-%zu)", to.len > 0 ? " " : "",
		    dmarc_problem_word(remark->problem), remark->span.from,
		    remark->span.to);
		if (remark->meaning) {
			buf_addf(&to, "=%s", remark->meaning);
		}
	}
	return to.at;
}

static void
expect_remarks(const char *text, const char *want)
{
	const char *got = remarks_on(text);
	cr_expect(str_eq(str_of(got), str_of(want)), "%s: %s, not %s", text,
	    got, want);
}

Test(dmarc, right_records_raise_no_remark)
{
	static const char *const texts[] = {
		"v=DMARC1; p=none",
		"v=DMARC1;p=none;",
		"v = DMARC1 ; p = none ; ",
		"v=DMARC1; p=None; sp=QUARANTINE; np=reject",
		"v=DMARC1; rua=mailto:d@example.com; p=reject",
		("v=DMARC1; p=none; rua=mailto:a@example.com , "
		 "mailto:b@example.net!10m"),
		"v=DMARC1; p=none; ruf=mailto:a%21b@example.com; fo=1:d:s",
		"v=DMARC1; p=none; fo=d:0:s",
		"v=DMARC1; p=none; adkim=S; aspf=r; psd=u; t=Y",
		"v=DMARC1; p=none; rua=mailto:a@x.example?subject=x",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		expect_remarks(texts[i], "");
		cr_expect(dmarc_is_valid(parse(texts[i])), "%s", texts[i]);
		cr_expect(dmarc_is_usable(parse(texts[i])), "%s", texts[i]);
	}
}

Test(dmarc, says_why_no_receiver_recognises_a_record)
{
	static const char *const rows[][2] = {
		{ "v=dmarc1; p=none", "version-case(2-8)=v=DMARC1" },
		{ "V=DMARC1; p=none", "version-tag-case(0-8)=v=DMARC1" },
		{ "v=DMARC 1; p=none", "version-blank(2-9)=v=DMARC1" },
		{ "v=DMARC1 p=none", "version-separator(8-9)=v=DMARC1" },
		{ "v=DMARC1, p=none", "version-separator(8-9)=v=DMARC1" },
		{ "v=DMARCl; p=none", "version-word(2-8)=v=DMARC1" },
		{ "v=DMARC; p=none", "version-word(2-7)=v=DMARC1" },
		{ "v=DMARC2; p=none", "version-word(2-8)=v=DMARC1" },
		{ "v=DAMRC1; p=none", "version-word(2-8)=v=DMARC1" },
		{ "v=DMARC1\\; p=none", "version-word(2-9)=v=DMARC1" },
		{ "p=none; v=DMARC1", "version-not-first(0-8)=v=DMARC1" },
		{ "p=none; v=DMARC", "version-not-first(8-15)=v=DMARC1" },
		{ " v=DMARC1; p=none", "leading-blank(0-1)=v=DMARC1" },
		{ "\"v=DMARC1; p=none\"", "version-not-first(0-1)=v=DMARC1" },
		{ "\xe2\x80\x9cv=DMARC1; p=none",
		    "version-not-first(0-3)=v=DMARC1" },
		{ "DMARC1; p=none", "version-missing(0-6)=v=DMARC1" },
		{ "p=reject; rua=mailto:a@b.example",
		    "version-missing(0-8)=v=DMARC1" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct dmarc *dmarc = parse(rows[i][0]);
		expect_remarks(rows[i][0], rows[i][1]);
		cr_expect(not(dmarc->recognised), "%s", rows[i][0]);
		cr_expect(dmarc->meant, "%s", rows[i][0]);
		cr_expect(not(dmarc_is_usable(dmarc)), "%s", rows[i][0]);
	}
}

Test(dmarc, takes_no_other_record_for_dmarc)
{
	static const char *const texts[] = { "", " ", ";",
		"v=spf1 include:dmarc1.example ~all",
		"v=DKIM1; p=MIGfMA0GCSqGSIb3", "some-verification=abc",
		"p=MIGfMA0GCSqGSIb3", "hello world" };
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct dmarc *dmarc = parse(texts[i]);
		cr_expect(not(dmarc->recognised), "%s", texts[i]);
		cr_expect(not(dmarc->meant), "%s", texts[i]);
		cr_expect(eq(sz, dmarc->remarks.len, 0), "%s", texts[i]);
	}
}

Test(dmarc, marks_what_breaks_the_grammar)
{
	static const char *const rows[][2] = {
		{ "v=DMARC1;; p=none", "empty-tag(9-10)" },
		{ "v=DMARC1; p=none;;", "empty-tag(17-18)" },
		{ "v=DMARC1; p=none; reject", "no-equals(18-24)" },
		{ "v=DMARC1; p=none; =x", "no-tag-name(18-20)" },
		{ "v=DMARC1; p=none; s-p=none", "bad-tag-name(18-21)" },
		{ "v=DMARC1; p=none; sp=", "no-value(18-21)" },
		{ "v=DMARC1; p=none\xc2\xa0; sp=none",
		    "bad-character(16-18) policy-missing(27-27)" },
		{ "v=DMARC1; p:none", "no-equals(10-16) "
				      "policy-missing(16-16)" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_remarks(rows[i][0], rows[i][1]);
		cr_expect(
		    not(dmarc_is_valid(parse(rows[i][0]))), "%s", rows[i][0]);
	}
}

Test(dmarc, marks_values_that_a_tag_does_not_take)
{
	static const char *const rows[][2] = {
		{ "v=DMARC1; p=quarantaine", "policy-value(12-23)=quarantine" },
		{ "v=DMARC1; p=monitor", "policy-value(12-19)=none" },
		{ "v=DMARC1; p=maybe", "policy-value(12-17)" },
		{ "v=DMARC1; p=none, rua=mailto:a@b.example",
		    "policy-value(12-40)" },
		{ "v=DMARC1; p=none; sp=rejct", "policy-value(21-26)=reject" },
		{ "v=DMARC1; p=none; np=x", "policy-value(21-22)" },
		{ "v=DMARC1; p=none; adkim=relaxed", "alignment-value(24-31)" },
		{ "v=DMARC1; p=none; aspf=0", "alignment-value(23-24)" },
		{ "v=DMARC1; p=none; fo=0:1", "options-value(21-24)" },
		{ "v=DMARC1; p=none; fo=1,d", "options-value(21-24)" },
		{ "v=DMARC1; p=none; fo=d:d", "options-value(21-24)" },
		{ "v=DMARC1; p=none; fo=:", "options-value(21-22)" },
		{ "v=DMARC1; p=none; psd=x", "suffix-value(22-23)" },
		{ "v=DMARC1; p=none; t=yes", "testing-value(20-23)" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_remarks(rows[i][0], rows[i][1]);
		cr_expect(
		    not(dmarc_is_valid(parse(rows[i][0]))), "%s", rows[i][0]);
	}
}

Test(dmarc, marks_addresses_that_get_no_reports)
{
	static const char *const rows[][2] = {
		{ "me@example.com", "uri-no-scheme(22-36)" },
		{ "mailto:example.com", "uri-mailbox(22-40)" },
		{ "mailto:@example.com", "uri-mailbox(22-41)" },
		{ "mailto:a@", "uri-mailbox(22-31)" },
		{ "mailto:a@b..c", "uri-mailbox(22-35)" },
		{ "mailto://a@b.c", "uri-mailbox(22-36)" },
		{ "https://example.com/r", "uri-no-mail(22-43)" },
		{ "example.com", "uri-no-mail(22-33)" },
		{ "mailto:a@b.c mailto:d@e.f", "uri-separator(22-47)" },
		{ "mailto:a@b.c d@e.f", "uri-separator(22-40)" },
		{ "mailto:a@b.c,,mailto:d@e.f", "uri-empty(35-35)" },
		{ "mailto:a!b@c.d", "uri-character(30-31)" },
		{ "mailto:a%zz@c.d", "uri-character(30-31)" },
		{ "mailto:a@b.c,d@e.f", "uri-no-scheme(35-40)" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct str text =
		    str_print(arena, "v=DMARC1; p=none; rua=%s", rows[i][0]);
		expect_remarks(text.at, rows[i][1]);
		cr_expect(
		    dmarc_is_valid(dmarc_parse(arena, text)), "%s", rows[i][0]);
	}
}

Test(dmarc, names_repeated_unknown_and_removed_tags)
{
	static const char *const rows[][2] = {
		{ "v=DMARC1; p=none; p=reject", "repeated-tag(18-26)" },
		{ "v=DMARC1; p=none; v=DMARC1", "repeated-tag(18-26)" },
		{ "v=DMARC1; p=none; x=y", "unknown-tag(18-21)" },
		{ "v=DMARC1; p=none; policy=none", "unknown-tag(18-29)=p" },
		{ "v=DMARC1; p=none; rau=mailto:a@b.c",
		    "unknown-tag(18-34)=rua" },
		{ "v=DMARC1; p=none; SP=none", "unknown-tag(18-25)=sp" },
		{ "v=DMARC1; p=none; pct=50", "removed-tag(18-24)" },
		{ "v=DMARC1; p=none; ri=1; rf=afrf",
		    "removed-tag(18-22) removed-tag(24-31)" },
		{ "v=DMARC1; rua=mailto:a@b.c", "policy-missing(26-26)" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_remarks(rows[i][0], rows[i][1]);
		cr_expect(dmarc_is_valid(parse(rows[i][0])), "%s", rows[i][0]);
	}
}

Test(dmarc, of_a_repeated_tag_the_first_counts)
{
	const struct dmarc *dmarc = parse("v=DMARC1; p=none; p=reject");
	cr_expect(eq(int, (int)dmarc->p, DMARC_POLICY_NONE));
	cr_expect(str_eq(dmarc->fields[DMARC_TAG_P].value, STR("none")));
}

Test(dmarc, cuts_the_obsolete_size_off_an_address)
{
	const struct dmarc *dmarc =
	    parse("v=DMARC1; p=none; rua=mailto:a@Example.COM!10M");
	cr_assert(eq(sz, dmarc->rua.len, 1));
	const struct dmarc_uri *uri = &dmarc->rua.at[0];
	cr_expect(str_eq(uri->text, STR("mailto:a@Example.COM")));
	cr_expect(str_eq(uri->size, STR("10M")));
	cr_expect(name_equal(uri->host, name_of(arena, "example.com")));
}

/** A record's policies for itself, below it, and where nothing is. */
struct effect_row {
	const char *text;
	const char *self;
	const char *below;
	const char *nowhere;
};

Test(dmarc, applies_p_sp_and_np_as_they_are_meant)
{
	static const struct effect_row rows[] = {
		{ "p=reject", "reject", "reject", "reject" },
		{ "p=reject; sp=none", "reject", "none", "none" },
		{ "p=none; np=reject", "none", "none", "reject" },
		{ "p=none; sp=quarantine; np=reject", "none", "quarantine",
		    "reject" },
		{ "rua=mailto:a@b.c", "none", "none", "none" },
		{ "p=x; rua=mailto:a@b.c", "none", "none", "none" },
		{ "p=reject; sp=x; rua=mailto:a@b.c", "none", "none", "none" },
		{ "p=reject; np=x; rua=mailto:a@b.c", "none", "none", "none" },
		{ "p=reject; np=x", "", "", "" },
		{ "p=x; rua=a@b.c", "", "", "" },
		{ "adkim=s", "", "", "" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct dmarc *dmarc = dmarc_parse(
		    arena, str_print(arena, "v=DMARC1; %s", rows[i].text));
		const char *const want[] = { rows[i].self, rows[i].below,
			rows[i].nowhere };
		for (int author = 0; author < 3; author++) {
			const char *got = dmarc_policy_text(
			    dmarc_effect(dmarc, (enum dmarc_author)author));
			cr_expect(str_eq(str_of(got), str_of(want[author])),
			    "%s for %d: %s", rows[i].text, author, got);
		}
	}
}

Test(dmarc, a_version_alone_is_valid_but_of_no_use)
{
	const struct dmarc *dmarc = parse("v=DMARC1");
	cr_expect(dmarc->recognised);
	cr_expect(dmarc_is_valid(dmarc));
	cr_expect(not(dmarc_is_usable(dmarc)));
}

Test(dmarc, a_very_long_record_is_read_in_bounds)
{
	struct buf to = buf_new(arena);
	buf_adds(&to, "v=DMARC1");
	while (to.len < 65536) {
		buf_adds(&to, ";p=x");
	}
	const struct dmarc *dmarc = dmarc_parse(arena, buf_str(&to));
	cr_expect(dmarc->recognised);
	cr_expect(eq(sz, dmarc->remarks.len, DMARC_MAX_REMARKS));
}

Test(dmarc, an_error_behind_many_remarks_is_not_lost)
{
	struct buf to = buf_new(arena);
	buf_adds(&to, "v=DMARC1");
	for (int i = 0; i < 40; i++) {
		buf_adds(&to, "; x=y");
	}
	buf_adds(&to, "; p=x");
	cr_expect(not(dmarc_is_valid(dmarc_parse(arena, buf_str(&to)))));
}

Test(dmarc, a_thousand_addresses_are_all_read)
{
	struct buf to = buf_new(arena);
	buf_adds(&to, "v=DMARC1; p=none; rua=mailto:a@b.example");
	for (int i = 1; i < 1000; i++) {
		buf_addf(&to, ",mailto:a%d@b%d.example", i, i);
	}
	const struct dmarc *dmarc = dmarc_parse(arena, buf_str(&to));
	cr_expect(eq(sz, dmarc->rua.len, 1000));
	cr_expect(dmarc_is_valid(dmarc));
}

Test(dmarc, control_characters_are_marked_not_obeyed)
{
	const struct str text = STR("v=DMARC1; p=none\x00\x1b[31m; rua=\x07");
	const struct dmarc *dmarc = dmarc_parse(arena, text);
	cr_expect(dmarc->recognised);
	cr_expect(not(dmarc_is_valid(dmarc)));
	cr_expect(eq(int, (int)dmarc->p, DMARC_POLICY_ABSENT));
}
