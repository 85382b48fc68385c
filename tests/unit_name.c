/* SPDX-License-Identifier: MIT */
/* Names: what is one, their order and their hashes. */
#include "base/arena.h"
#include "base/buf.h"
#include "dice.h"
#include "dns/name.h"
#include "dns/name_index.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static struct arena *arena;

static void
setup(void)
{
	arena = arena_new();
}

static void
teardown(void)
{
	arena_free(&arena);
}

TestSuite(name, .init = setup, .fini = teardown);

/** *text* *times* times. */
static struct str
repeated(const char *text, size_t times)
{
	struct buf to = buf_new(arena);
	while (times-- > 0) {
		buf_adds(&to, text);
	}
	return buf_str(&to);
}

Test(name, without_escapes_a_backslash_is_a_byte)
{
	struct name name = name_unescaped(arena, STR("A\\.b\\046"));
	cr_assert(name_is_set(name));
	cr_expect(str_eq(name_label(name, 0), STR("a\\")));
	cr_expect(str_eq(name_label(name, 1), STR("b\\046")));
}

Test(name, without_escapes_any_text_is_read_as_with_them)
{
	struct dice dice = dice_new(1035);
	for (size_t i = 0; i < 20000; i++) {
		const struct str text = dice_word(
		    &dice, arena, "aBc.", dice_throw(&dice, i % 100 ? 9 : 300));
		struct name name = { 0 };
		(void)name_parse(arena, text, &name);
		cr_assert(name_equal(name, name_unescaped(arena, text)), "%.*s",
		    STR_ARG(text));
	}
}

Test(name, nothing_longer_than_a_name_is_one)
{
	const struct str longest = repeated("a.", NAME_MAX_LABELS);
	const struct str label = repeated("a", NAME_MAX_LABEL);
	const struct name name = name_unescaped(arena, longest);
	cr_expect(eq(sz, name.len, NAME_MAX_WIRE));
	cr_expect(eq(sz, name_labels(name), NAME_MAX_LABELS));
	cr_expect(not(name_is_set(
	    name_unescaped(arena, repeated("a.", NAME_MAX_LABELS + 1)))));
	cr_expect(name_is_set(name_unescaped(arena, label)));
	cr_expect(not(name_is_set(
	    name_unescaped(arena, repeated("a", NAME_MAX_LABEL + 1)))));
}

/* RFC 4034 6.1 gives them in this order. */
Test(name, labels_are_ordered_from_the_right)
{
	static const char *const names[] = { "example", "a.example",
		"yljkjljk.a.example", "Z.a.example", "zABC.a.EXAMPLE",
		"z.example", "\\001.z.example", "*.z.example",
		"\\200.z.example" };
	const size_t len = sizeof(names) / sizeof(*names);
	for (size_t i = 0; i < len * len; i++) {
		const struct name a = name_of(arena, names[i / len]);
		const struct name b = name_of(arena, names[i % len]);
		const int order = name_cmp(a, b);
		cr_expect(eq(int, (order > 0) - (order < 0),
			      (i / len > i % len) - (i / len < i % len)),
		    "%s %s", names[i / len], names[i % len]);
	}
}

Test(name, names_that_differ_in_one_byte_have_other_hashes)
{
	char text[] = "selector1._domainkey.example.com";
	const uint32_t hash = name_hash(name_of(arena, text));
	for (size_t i = 0; i + 1 < sizeof(text); i++) {
		const char was = text[i];
		text[i] = 'q';
		cr_expect(
		    ne(u32, name_hash(name_of(arena, text)), hash), "%s", text);
		text[i] = was;
	}
}

Test(name, an_index_finds_what_was_added_and_nothing_else)
{
	enum {
		NAMES = 1000
	};
	struct name_index index = name_index_new(arena, NAMES);
	for (size_t i = 0; i < NAMES; i++) {
		name_index_add(&index,
		    name_of(arena, str_print(arena, "n%zu.example", i).at), i);
	}
	for (size_t i = 0; i < 2 * NAMES; i++) {
		const struct name name =
		    name_of(arena, str_print(arena, "N%zu.example", i).at);
		cr_expect(eq(sz, name_index_find(&index, name),
		    i < NAMES ? i : NAME_INDEX_NONE));
	}
	index = (struct name_index){ 0 };
	cr_expect(eq(sz, name_index_find(&index, name_of(arena, "n0.example")),
	    NAME_INDEX_NONE));
}
