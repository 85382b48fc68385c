/* SPDX-License-Identifier: MIT */
/*
 * Optimal string alignment: the Levenshtein distance with exchanges of
 * neighbours. Only three rows of the table are kept.
 */
#include "text/distance.h"

#include <assert.h>
#include <string.h>

enum {
	ROW = DISTANCE_MAX_WORD + 1
};

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/** The rows of the table that are needed: the one above, and two above. */
struct rows {
	size_t now[ROW];
	size_t above[ROW];
	size_t two_above[ROW];
};

static void
row_fill(struct rows *rows, struct str a, struct str b, size_t i)
{
	rows->now[0] = i;
	for (size_t j = 1; j <= b.len; j++) {
		const bool same = a.at[i - 1] == b.at[j - 1];
		const bool exchanged = i > 1 && j > 1 &&
				       a.at[i - 1] == b.at[j - 2] &&
				       a.at[i - 2] == b.at[j - 1];
		size_t cost = rows->above[j - 1] + (same ? 0 : 1);
		cost = least(cost, rows->above[j] + 1);
		cost = least(cost, rows->now[j - 1] + 1);
		if (exchanged) {
			cost = least(cost, rows->two_above[j - 2] + 1);
		}
		rows->now[j] = cost;
	}
}

size_t
text_distance(struct str a, struct str b, size_t most)
{
	struct rows rows;
	const size_t apart = a.len > b.len ? a.len - b.len : b.len - a.len;
	if (apart > most || a.len > DISTANCE_MAX_WORD ||
	    b.len > DISTANCE_MAX_WORD) {
		return most + 1;
	}
	memset(&rows, 0, sizeof(rows));
	for (size_t j = 0; j <= b.len; j++) {
		rows.now[j] = j;
	}
	for (size_t i = 1; i <= a.len; i++) {
		memcpy(rows.two_above, rows.above, sizeof(rows.above));
		memcpy(rows.above, rows.now, sizeof(rows.now));
		row_fill(&rows, a, b, i);
	}
	return least(rows.now[b.len], most + 1);
}

/** How many slips are forgiven in a word of *len* letters. */
static size_t
forgiven(size_t len)
{
	if (len < 3) {
		return 0;
	}
	return len < 6 ? 1 : 2;
}

const char *
near_word_find(const struct near_word *words, size_t words_len, struct str text)
{
	char lower[DISTANCE_MAX_WORD];
	const char *meaning = NULL;
	size_t nearest = DISTANCE_MAX_WORD;
	if (text.len > sizeof(lower)) {
		return NULL;
	}
	for (size_t i = 0; i < text.len; i++) {
		lower[i] = char_lower(text.at[i]);
	}
	const struct str given = { .at = lower, .len = text.len };
	for (size_t i = 0; i < words_len; i++) {
		const struct str word = str_of(words[i].word);
		assert(word.len <= DISTANCE_MAX_WORD);
		const size_t most = forgiven(least(word.len, given.len));
		const size_t apart = text_distance(given, word, most);
		if (apart <= most && apart < nearest) {
			nearest = apart;
			meaning = words[i].meaning;
		}
	}
	return meaning;
}
