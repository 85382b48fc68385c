/* SPDX-License-Identifier: MIT */
/* Text, memory and numbers. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/position.h"
#include "base/str.h"
#include "base/table.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

Test(base, splitting_gives_every_part_once)
{
	struct str rest = STR("a,,b");
	struct str part;
	const char *const want[] = { "a", "", "b" };
	for (size_t i = 0; i < 3; i++) {
		cr_assert(str_split(&rest, ',', &part));
		cr_expect(str_eq(part, str_of(want[i])), "part %zu", i);
	}
	cr_expect(not(str_split(&rest, ',', &part)));
}

Test(base, numbers_are_read_whole_or_not_at_all)
{
	unsigned long value = 7;
	cr_expect(str_number(STR("65535"), 65535, &value));
	cr_expect(eq(ulong, value, 65535));
	const char *const bad[] = { "", "65536", "1x", "-1", "+1", " 1",
		"99999999999999999999999" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		cr_expect(not(str_number(str_of(bad[i]), 65535, &value)), "%s",
		    bad[i]);
	}
}

Test(base, a_buffer_keeps_what_was_added)
{
	struct arena *arena = arena_new();
	struct buf buf = buf_new(arena);
	for (int i = 0; i < 1000; i++) {
		buf_addf(&buf, "%d,", i % 10);
	}
	cr_expect(eq(sz, buf.len, 2000));
	cr_expect(str_starts(buf_str(&buf), STR("0,1,2,3,")));
	cr_expect(str_ends(buf_str(&buf), STR("8,9,")));
	arena_free(&arena);
	cr_expect(eq(ptr, arena, NULL));
}

Test(base, a_small_arena_takes_what_it_is_told_and_grows)
{
	struct arena *arena = arena_new_small(100);
	(void)arena_alloc(arena, 90);
	cr_expect(eq(sz, arena_size(arena), 100));
	(void)arena_alloc(arena, 1000);
	cr_expect(ge(sz, arena_size(arena), 1100));
	arena_free(&arena);
}

Test(base, a_reset_arena_gives_zeroed_memory_again)
{
	struct arena *arena = arena_new();
	char *first = arena_alloc(arena, 100);
	first[99] = 'x';
	arena_reset(arena);
	const char *second = arena_alloc(arena, 100);
	cr_expect(eq(chr, second[99], 0));
	arena_free(&arena);
}

Test(base, times_are_written_as_rfc_3339_says)
{
	struct arena *arena = arena_new();
	const struct str text = clock_rfc3339(arena, 951827696);
	cr_expect(str_eq(text, STR("2000-02-29T12:34:56Z")), "%s", text.at);
	arena_free(&arena);
}

Test(position, lines_and_code_points_are_counted_from_one)
{
	const struct str text = STR("a\n\xc3\xbc"
				    "b\n");
	static const struct {
		size_t offset;
		unsigned line;
		unsigned column;
	} rows[] = { { 0, 1, 1 }, { 1, 1, 2 }, { 2, 2, 1 }, { 4, 2, 2 },
		{ 5, 2, 3 }, { 6, 3, 1 } };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct position at = position_of(text, rows[i].offset);
		cr_expect(eq(uint, at.line, rows[i].line), "row %zu", i);
		cr_expect(eq(uint, at.column, rows[i].column), "row %zu", i);
	}
}

Test(base, a_table_finds_what_was_kept)
{
	enum {
		MANY = 1000
	};
	struct arena *arena = arena_new();
	struct table table = table_new(arena);
	struct table_node *nodes = ARENA_ARRAY(arena, struct table_node, MANY);
	cr_expect(table_find(&table, STR("")) == NULL);
	for (int i = 0; i < MANY; i++) {
		table_add(&table, &nodes[i], str_print(arena, "key %d", i));
	}
	for (int i = 0; i < MANY; i++) {
		const struct str key = str_print(arena, "key %d", i);
		cr_expect(table_find(&table, key) == &nodes[i], "%d", i);
	}
	cr_expect(table_find(&table, STR("key 1000")) == NULL);
	cr_expect(eq(sz, table.len, MANY));
	arena_free(&arena);
}
