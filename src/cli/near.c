/* SPDX-License-Identifier: MIT */
/* Hints for words that are nearly right. */
#include "cli/near.h"

#include "base/arena.h"
#include "base/err.h"
#include "text/distance.h"

#include <assert.h>

void
near_hint(struct arena *arena, struct err *err, struct str word,
    const char *const *words, size_t words_len)
{
	assert(err->code != ERR_NONE);
	struct near_word *near =
	    ARENA_ARRAY(arena, struct near_word, words_len);
	for (size_t i = 0; i < words_len; i++) {
		near[i] = (struct near_word){ words[i], words[i] };
	}
	const char *meaning = near_word_find(near, words_len, word);
	if (meaning) {
		(void)err_hint(err, "Did you mean \"%s\"?", meaning);
	}
}
