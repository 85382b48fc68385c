/* SPDX-License-Identifier: MIT */
/* Codes looked up, and misspelt ones recognised. */
#include "cmd/codes.h"

#include "base/arena.h"
#include "base/err.h"
#include "cli/near.h"

#include <assert.h>

static const char OTHER[] = "other"; /* records of no family */

/** The family that a code of its own begins with: the longest that fits. */
static const char *
family_of(const char *code)
{
	const char *const *family;
	const bool other = str_starts(str_of(code), STR("other-"));
	const char *longest = other ? OTHER : NULL;
	size_t len = 0;
	for (family = catalog_families(); *family; family++) {
		const struct str word = str_of(*family);
		const struct str text = str_of(code);
		if (word.len > len && str_starts(text, word) &&
		    str_starts(str_from(text, word.len), STR("-"))) {
			longest = *family;
			len = word.len;
		}
	}
	return longest;
}

static void
add_generic(struct arena *arena, enum finding_code row, const char *family,
    struct codes *to)
{
	const struct code code = {
		.text = catalog_code(arena, row, family),
		.row = row,
		.family = family,
	};
	vec_push(arena, to, code);
}

/** True if *code* is a row of its own, not one of a family. */
static bool
has_row(struct str code)
{
	for (int i = 0; i < FINDING_CODES; i++) {
		const char *text = catalog_row((enum finding_code)i)->code;
		if (str_eq(code, str_of(text))) {
			return true;
		}
	}
	return false;
}

/**
 * The codes of a generic row: one a family; and one for other records of a
 * list, where no row of its own says it better.
 */
static void
add_families(struct arena *arena, enum finding_code row, struct codes *to)
{
	const char *const *family;
	for (family = catalog_families(); *family; family++) {
		if (catalog_has_family(row, *family)) {
			add_generic(arena, row, *family, to);
		}
	}
	if (catalog_has_family(row, OTHER) &&
	    !has_row(catalog_code(arena, row, OTHER))) {
		add_generic(arena, row, OTHER, to);
	}
}

struct codes
codes_all(struct arena *arena)
{
	struct codes all = { 0 };
	for (int i = 0; i < FINDING_CODES; i++) {
		const enum finding_code row = (enum finding_code)i;
		if (catalog_is_generic(row)) {
			add_families(arena, row, &all);
			continue;
		}
		const char *text = catalog_row(row)->code;
		const struct code code = {
			.text = str_of(text),
			.row = row,
			.family = family_of(text),
		};
		vec_push(arena, &all, code);
	}
	assert(all.len >= FINDING_CODES);
	return all;
}

struct codes
codes_find(struct arena *arena, struct str wanted)
{
	const struct codes all = codes_all(arena);
	struct codes found = { 0 };
	const bool beginning = str_ends(wanted, STR("*"));
	const struct str start = str_slice(wanted, 0, wanted.len - beginning);
	const struct code *code;
	vec_foreach(code, &all) {
		const bool fits = beginning ? str_starts(code->text, start)
					    : str_eq(code->text, start);
		if (!fits) {
			continue;
		}
		vec_push(arena, &found, *code);
	}
	return found;
}

bool
codes_match(struct arena *arena, struct str wanted)
{
	return codes_find(arena, wanted).len > 0;
}

void
codes_hint(struct arena *arena, struct str wanted, struct err *reterr)
{
	const struct codes all = codes_all(arena);
	const char **words = ARENA_ARRAY(arena, const char *, all.len);
	for (size_t i = 0; i < all.len; i++) {
		words[i] = str_z(arena, all.at[i].text);
	}
	(void)err_hint(reterr, "All codes: ivycheck explain");
	near_hint(arena, reterr, wanted, words, all.len);
}
