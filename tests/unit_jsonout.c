/* SPDX-License-Identifier: MIT */
/* Writing JSON. */
#include "base/arena.h"
#include "base/jsonout.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <jansson.h>

static struct arena *arena;
static struct buf text;

static void
setup(void)
{
	arena = arena_new();
	text = buf_new(arena);
}

static void
teardown(void)
{
	arena_free(&arena);
}

TestSuite(jsonout, .init = setup, .fini = teardown);

/** One of everything. */
static void
write_all(struct jsonout *json)
{
	jsonout_object(json);
	jsonout_key(json, "a");
	jsonout_array(json);
	jsonout_number(json, -5);
	jsonout_bool(json, true);
	jsonout_null(json);
	jsonout_array(json);
	jsonout_end_array(json);
	jsonout_end_array(json);
	jsonout_key(json, "b");
	jsonout_object(json);
	jsonout_end_object(json);
	jsonout_key(json, "c");
	jsonout_text_or_null(json, (struct str){ 0 });
	jsonout_key(json, "d");
	jsonout_number_or_null(json, -1);
	jsonout_end_object(json);
}

static void
expect_text(const char *want)
{
	cr_expect(eq(str, text.at, (char *)want));
}

Test(jsonout, compact_is_one_line)
{
	struct jsonout json = jsonout_new(&text, true);
	write_all(&json);
	expect_text("{\"a\":[-5,true,null,[]],\"b\":{},\"c\":null,"
		    "\"d\":null}");
}

Test(jsonout, else_every_member_has_a_line)
{
	struct jsonout json = jsonout_new(&text, false);
	write_all(&json);
	expect_text("{\n  \"a\": [\n    -5,\n    true,\n    null,\n    []\n"
		    "  ],\n  \"b\": {},\n  \"c\": null,\n  \"d\": null\n}");
}

Test(jsonout, any_ascii_comes_back_as_it_was)
{
	char bytes[128];
	for (size_t i = 0; i < sizeof(bytes); i++) {
		bytes[i] = (char)i;
	}
	struct jsonout json = jsonout_new(&text, true);
	jsonout_text(&json, (struct str){ bytes, sizeof(bytes) });
	json_t *back = json_loadb(
	    text.at, text.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	cr_assert(ne(ptr, back, NULL));
	cr_expect(eq(sz, json_string_length(back), sizeof(bytes)));
	cr_expect(eq(int, memcmp(json_string_value(back), bytes, 128), 0));
	json_decref(back);
}

Test(jsonout, letters_beyond_ascii_stay)
{
	struct jsonout json = jsonout_new(&text, true);
	jsonout_text(&json, STR("\xc3\xa9\xf0\x9f\x98\x80"));
	expect_text("\"\xc3\xa9\xf0\x9f\x98\x80\"");
}

Test(jsonout, numbers_are_whole_to_their_ends)
{
	struct jsonout json = jsonout_new(&text, true);
	jsonout_array(&json);
	jsonout_number(&json, 0);
	jsonout_number(&json, INT64_MAX);
	jsonout_number(&json, INT64_MIN);
	jsonout_end_array(&json);
	expect_text("[0,9223372036854775807,-9223372036854775808]");
}
