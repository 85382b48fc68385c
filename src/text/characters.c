/* SPDX-License-Identifier: MIT */
/* Looking characters up. */
#include "text/characters.h"

#include "base/arena.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FULLWIDTH_SHIFT = 0xfee0, /* U+FF01 is the form of U+0021 */
};

struct character_row {
	uint32_t first;
	uint32_t last;
	enum damage damage;
	const char *instead;
	const char *words;
};

static const struct character_row ROWS[] = {
#define CHARACTER(first, last, damage, instead, words) \
	{ first, last, DAMAGE_##damage, instead, words },
#include "text/characters.def"
#undef CHARACTER
};

/** Where Windows-1252 has typographic characters, and which. */
struct windows_row {
	unsigned char byte;
	uint32_t point;
};

static const struct windows_row WINDOWS[] = {
	{ 0x82, 0x201a },
	{ 0x84, 0x201e },
	{ 0x85, 0x2026 },
	{ 0x8b, 0x2039 },
	{ 0x91, 0x2018 },
	{ 0x92, 0x2019 },
	{ 0x93, 0x201c },
	{ 0x94, 0x201d },
	{ 0x96, 0x2013 },
	{ 0x97, 0x2014 },
	{ 0x98, 0x02dc },
	{ 0x9b, 0x203a },
};

/** The character that *c* was meant as. */
static uint32_t
point_of(const struct utf8_char *c)
{
	for (size_t i = 0; !c->valid && i < sizeof(WINDOWS) / sizeof(*WINDOWS);
	     i++) {
		if (WINDOWS[i].byte == c->point) {
			return WINDOWS[i].point;
		}
	}
	return c->point;
}

static const struct character_row *
row_of(uint32_t point)
{
	if (point >= 0x20 && point < 0x7f) {
		return NULL;
	}
	for (size_t i = 0; i < sizeof(ROWS) / sizeof(*ROWS); i++) {
		assert(i == 0 || ROWS[i].first > ROWS[i - 1].last);
		if (point >= ROWS[i].first && point <= ROWS[i].last) {
			return &ROWS[i];
		}
	}
	return NULL;
}

bool
character_find(
    struct arena *arena, const struct utf8_char *c, struct character *ret)
{
	const uint32_t point = point_of(c);
	const struct character_row *row = row_of(point);
	assert(c->to > c->from);
	if (!row) {
		return false;
	}
	ret->damage = row->damage;
	ret->instead = str_of(row->instead);
	if (str_eq(ret->instead, STR("="))) {
		const char ascii = (char)(point - FULLWIDTH_SHIFT);
		ret->instead = str_copy(arena, (struct str){ &ascii, 1 });
	}
	return true;
}

struct str
character_words(struct arena *arena, const struct utf8_char *c)
{
	const uint32_t point = point_of(c);
	const struct character_row *row = row_of(point);
	if (point >= 0x20 && point < 0x7f) {
		return STR("a character");
	}
	if (!row && !c->valid) {
		return str_print(
		    arena, "a byte that is no text (%u)", (unsigned)point);
	}
	return str_print(arena, "%s (U+%04X)",
	    row ? row->words : "a letter or sign beyond ASCII",
	    (unsigned)point);
}
