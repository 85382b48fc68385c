/* SPDX-License-Identifier: MIT */
/* Lists of tag=value. */
#include "mail/taglist.h"

#include "base/arena.h"

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

TestSuite(taglist, .init = open_arena, .fini = close_arena);

static struct taglist
read_dmarc(const char *text)
{
	return taglist_read(arena, str_of(text), TAGLIST_DMARC);
}

static struct taglist
read_dkim(const char *text)
{
	return taglist_read(arena, str_of(text), TAGLIST_DKIM);
}

/** The first tag of *list* must be *name* with *value*. */
static void
expect_first(const struct taglist *list, const char *name, const char *value)
{
	cr_assert(ge(sz, list->tags.len, 1));
	const struct tag *tag = &list->tags.at[0];
	cr_expect(eq(int, (int)tag->fault, TAG_SOUND), "%s", name);
	cr_expect(str_eq(tag->name, str_of(name)), "%s", name);
	cr_expect(str_eq(tag->value, str_of(value)), "%s", value);
}

Test(taglist, blanks_around_names_and_values_do_not_count)
{
	static const char *const texts[] = { "p=none", "p=none;", " p=none ;",
		"\tp = none\t; ", "p\t=\tnone" };
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct taglist list = read_dmarc(texts[i]);
		cr_expect(eq(sz, list.tags.len, 1), "%s", texts[i]);
		expect_first(&list, "p", "none");
	}
}

Test(taglist, tells_where_tags_and_values_stand)
{
	const struct taglist list = read_dmarc("v=DMARC1; p = none ;");
	cr_assert(eq(sz, list.tags.len, 2));
	const struct tag *tag = &list.tags.at[1];
	cr_expect(eq(sz, tag->span.from, 10));
	cr_expect(eq(sz, tag->span.to, 18));
	cr_expect(eq(sz, tag->value_span.from, 14));
	cr_expect(eq(sz, tag->value_span.to, 18));
}

Test(taglist, a_value_may_hold_blanks_and_equals_signs)
{
	const struct taglist dmarc = read_dmarc("rua=a, b=c;");
	expect_first(&dmarc, "rua", "a, b=c");
	const struct taglist dkim = read_dkim("p=MIIB\r\n IjAN==");
	expect_first(&dkim, "p", "MIIB\r\n IjAN==");
}

Test(taglist, the_two_grammars_differ)
{
	const struct taglist empty = read_dkim("p=;");
	expect_first(&empty, "p", "");
	const struct taglist digits = read_dkim("x_1=y");
	expect_first(&digits, "x_1", "y");
	const struct taglist no_value = read_dmarc("p=;");
	cr_expect(eq(int, (int)no_value.tags.at[0].fault, TAG_NO_VALUE));
	const struct taglist no_name = read_dmarc("x_1=y");
	cr_expect(eq(int, (int)no_name.tags.at[0].fault, TAG_BAD_NAME));
}

Test(taglist, names_each_fault_and_where_it_is)
{
	static const struct {
		const char *text;
		enum tag_fault fault;
		size_t from;
		size_t to;
	} rows[] = {
		{ ";p=none", TAG_EMPTY, 0, 1 },
		{ "  ; p=none", TAG_EMPTY, 0, 3 },
		{ "reject", TAG_NO_EQUALS, 0, 6 },
		{ "=none", TAG_NO_NAME, 0, 5 },
		{ "p q=none", TAG_BAD_NAME, 0, 3 },
		{ "p= ", TAG_NO_VALUE, 0, 2 },
		{ "p=n\xc3\xa4h", TAG_BAD_VALUE, 3, 5 },
		{ "p=a\tb", TAG_BAD_VALUE, 3, 4 },
		{ "p=a\x01", TAG_BAD_VALUE, 3, 4 },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct taglist list = read_dmarc(rows[i].text);
		cr_assert(ge(sz, list.tags.len, 1), "%s", rows[i].text);
		const struct tag *tag = &list.tags.at[0];
		cr_expect(eq(int, (int)tag->fault, (int)rows[i].fault), "%s",
		    rows[i].text);
		cr_expect(eq(sz, tag->fault_span.from, rows[i].from), "%s",
		    rows[i].text);
		cr_expect(
		    eq(sz, tag->fault_span.to, rows[i].to), "%s", rows[i].text);
	}
}

Test(taglist, one_final_semicolon_is_allowed_but_not_two)
{
	cr_expect(eq(sz, read_dmarc("p=none; ").tags.len, 1));
	const struct taglist two = read_dmarc("p=none;;");
	cr_assert(eq(sz, two.tags.len, 2));
	cr_expect(eq(int, (int)two.tags.at[1].fault, TAG_EMPTY));
	cr_expect(eq(sz, two.tags.at[1].fault_span.from, 7));
	cr_expect(eq(sz, two.tags.at[1].fault_span.to, 8));
}

Test(taglist, of_nothing_is_empty)
{
	cr_expect(eq(sz, read_dmarc("").tags.len, 0));
	cr_expect(eq(sz, read_dkim(" \t").tags.len, 0));
}

Test(taglist, is_cut_after_the_most_tags)
{
	char text[4 * TAGLIST_MAX + 9];
	for (size_t i = 0; i < sizeof(text) - 1; i++) {
		text[i] = "a=b;"[i % 4];
	}
	text[sizeof(text) - 1] = '\0';
	const struct taglist list = read_dmarc(text);
	cr_expect(eq(sz, list.tags.len, TAGLIST_MAX));
	cr_expect(list.cut);
}

Test(taglist, finds_a_tag_by_its_exact_name)
{
	const struct taglist list = read_dkim("P=1; p=2; p=3");
	const struct tag *tag = taglist_find(&list, STR("p"));
	cr_assert(ne(ptr, (void *)tag, NULL));
	cr_expect(str_eq(tag->value, STR("2")));
	cr_expect(eq(ptr, (void *)taglist_find(&list, STR("k")), NULL));
}
