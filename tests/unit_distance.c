/* SPDX-License-Identifier: MIT */
/* How far words are apart. */
#include "text/distance.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

Test(distance, counts_single_slips)
{
	static const struct {
		const char *a;
		const char *b;
		size_t apart;
	} rows[] = {
		{ "", "", 0 },
		{ "reject", "reject", 0 },
		{ "reject", "Reject", 1 },
		{ "rject", "reject", 1 },
		{ "rejject", "reject", 1 },
		{ "rejcet", "reject", 1 },
		{ "quarantaine", "quarantine", 1 },
		{ "qarantene", "quarantine", 2 },
		{ "", "abc", 3 },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const size_t apart =
		    text_distance(str_of(rows[i].a), str_of(rows[i].b), 9);
		cr_expect(eq(sz, apart, rows[i].apart), "%s", rows[i].a);
	}
}

Test(distance, stops_counting_past_the_most)
{
	cr_expect(eq(sz, text_distance(STR("abcdef"), STR("uvwxyz"), 2), 3));
	cr_expect(eq(sz, text_distance(STR("a"), STR("abcdefgh"), 2), 3));
}

Test(distance, of_very_long_words_is_more_than_the_most)
{
	char word[DISTANCE_MAX_WORD + 1];
	for (size_t i = 0; i < sizeof(word); i++) {
		word[i] = 'a';
	}
	const struct str text = { .at = word, .len = sizeof(word) };
	cr_expect(eq(sz, text_distance(text, text, 3), 4));
	cr_expect(eq(ptr, (void *)near_word_find(NULL, 0, text), NULL));
}

static const struct near_word WORDS[] = {
	{ "none", "none" },
	{ "monitor", "none" },
	{ "quarantine", "quarantine" },
};

Test(distance, finds_the_word_that_was_meant)
{
	static const char *const rows[][2] = {
		{ "NONE", "none" },
		{ "nonne", "none" },
		{ "monitro", "none" },
		{ "quarantaine", "quarantine" },
		{ "quratine", "quarantine" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *meaning =
		    near_word_find(WORDS, 3, str_of(rows[i][0]));
		cr_expect(str_eq(str_of(meaning), str_of(rows[i][1])), "%s",
		    rows[i][0]);
	}
}

Test(distance, takes_no_other_word_for_a_slip)
{
	static const char *const rows[] = { "", "n", "no", "nuns", "gone2",
		"reject", "quarterly" };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *meaning = near_word_find(WORDS, 3, str_of(rows[i]));
		cr_expect(eq(ptr, (void *)meaning, NULL), "%s", rows[i]);
	}
}
