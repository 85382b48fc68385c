/* SPDX-License-Identifier: MIT */
/*
 * A table of terms with open addressing: case does not count, nor does a
 * final dot of a domain, nor a prefix length that is the whole address.
 */
#include "mail/spf_key.h"

#include "base/arena.h"

#include <assert.h>
#include <string.h>

struct slot {
	const struct spf_term *term; /* NULL: free */
	size_t number;
};

struct spf_keys {
	struct slot *slots;
	size_t mask; /* one less than how many slots there are */
};

struct spf_keys *
spf_keys_new(struct arena *arena, size_t most)
{
	struct spf_keys *keys = ARENA_NEW(arena, struct spf_keys);
	size_t count = 8;
	/* At most half of the slots are taken. */
	while (count < most * 2) {
		count *= 2;
	}
	keys->slots = ARENA_ARRAY(arena, struct slot, count);
	keys->mask = count - 1;
	return keys;
}

static struct str
bare_domain(const struct spf_term *term)
{
	return str_ends(term->domain, STR("."))
		   ? str_slice(term->domain, 0, term->domain.len - 1)
		   : term->domain;
}

static bool
means_same(const struct spf_term *a, const struct spf_term *b)
{
	if (a->kind == SPF_MODIFIER || a->kind == SPF_BROKEN) {
		return a->kind == b->kind && str_eq(a->text, b->text);
	}
	return a->kind == b->kind && a->bits4 == b->bits4 &&
	       a->bits6 == b->bits6 && addr_equal(a->addr, b->addr) &&
	       str_eq_nocase(bare_domain(a), bare_domain(b));
}

/** FNV-1a over what means_same() compares. */
static size_t
hash_of(const struct spf_term *term)
{
	const bool whole =
	    term->kind == SPF_MODIFIER || term->kind == SPF_BROKEN;
	const struct str text = whole ? term->text : bare_domain(term);
	uint32_t hash = 2166136261U ^ (uint32_t)term->kind;
	for (size_t i = 0; i < text.len; i++) {
		hash ^= (unsigned char)char_lower(text.at[i]);
		hash *= 16777619U;
	}
	for (size_t i = 0; i < sizeof(term->addr.bytes); i++) {
		hash ^= term->addr.bytes[i];
		hash *= 16777619U;
	}
	return hash;
}

size_t
spf_keys_add(struct spf_keys *keys, const struct spf_term *term, size_t number)
{
	size_t at = hash_of(term) & keys->mask;
	size_t steps = 0;
	while (keys->slots[at].term) {
		if (means_same(keys->slots[at].term, term)) {
			return keys->slots[at].number;
		}
		at = (at + 1) & keys->mask;
		assert(++steps <= keys->mask);
	}
	keys->slots[at] = (struct slot){ term, number };
	return number;
}
