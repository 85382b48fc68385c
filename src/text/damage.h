/* SPDX-License-Identifier: MIT */
/*
 * What happens to a value between the page it is copied from and DNS:
 * recognising it, showing where, and undoing it.
 * Must never know whose value it is.
 */
#ifndef TEXT_DAMAGE_H
#define TEXT_DAMAGE_H

#include "base/str.h"
#include "text/patterns.h"

#include <stdbool.h>

struct arena;

enum damage {
#define DAMAGE(constant, word, also) DAMAGE_##constant,
#include "text/damages.def"
#undef DAMAGE
	DAMAGES, /* how many there are */
};

/** One damaged value. */
struct damaged {
	enum damage damage;
	struct span span; /* bytes of what was found; may be empty */
	/*
	 * For people, all our own words: "a no-break space (U+00A0) at
	 * character 12". Other damage to the same value is named after it.
	 */
	struct str what;
};

/** A value as it should be. */
struct intact {
	struct str text;
	struct str prefix; /* what values of this kind begin with, or empty */
};

/** True if *found* is *intact* with something done to it, told in *ret*. */
bool damage_find(struct arena *arena, struct patterns *patterns,
    const struct intact *intact, struct str found, struct damaged *ret);

/**
 * For values that are not known exactly: takes from *found* what no value
 * has (quotes around it, escapes, invisible and typographic characters, the
 * rest of a zone file's line) and gives what is left in *ret_text*. False if
 * there is nothing of the kind.
 */
bool damage_undo(struct arena *arena, struct patterns *patterns,
    struct str found, struct str *ret_text, struct damaged *ret);

/** The same for a value that has no blanks: these are taken out too. */
bool damage_undo_word(struct arena *arena, struct patterns *patterns,
    struct str found, struct str *ret_text, struct damaged *ret);

/** The word that stands for *damage* in reports: "smart-quotes". */
const char *damage_word(enum damage damage);

#endif
