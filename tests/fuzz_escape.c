/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a value from DNS: what is shown is printable and can be
 * turned back, places lie in it, and undoing damage ends.
 */
#include "fuzz.h"

#include "base/buf.h"
#include "text/damage.h"
#include "text/escape.h"
#include "text/patterns.h"
#include "text/utf8.h"
#include "text/width.h"

#include <assert.h>

static void
check_printable(struct str shown)
{
	struct utf8_char c;
	size_t at = 0;
	while (utf8_next(shown, &at, &c)) {
		assert(c.valid && c.point >= 0x20);
		assert(c.point < 0x7f || c.point >= 0xa0);
		assert(c.point < 0x200b || c.point > 0x200f);
		assert(c.point < 0x2028 || c.point > 0x202e);
	}
}

static void
check_turns_back(struct arena *arena, struct str shown, struct str raw)
{
	struct buf back = buf_new(arena);
	for (size_t i = 0; i < shown.len; i++) {
		unsigned long byte = (unsigned char)shown.at[i];
		if (shown.at[i] == '\\') {
			const bool escaped = str_number(
			    str_slice(shown, i + 1, i + 4), 255, &byte);
			assert(escaped);
			i += 3;
		}
		buf_addc(&back, (char)byte);
	}
	assert(str_eq(buf_str(&back), raw));
}

static void
check_damage(struct arena *arena, struct patterns *patterns, struct str raw)
{
	const struct intact intact = {
		.text = STR("ivymail-verify=9f2c4e7ab1d84c53"),
		.prefix = STR("ivymail-verify="),
	};
	struct damaged damaged;
	struct str text;
	if (damage_find(arena, patterns, &intact, raw, &damaged)) {
		assert(damaged.span.from <= damaged.span.to);
		assert(damaged.span.to <= raw.len && damaged.what.len > 0);
		assert(!str_eq(raw, intact.text));
	}
	if (damage_undo(arena, patterns, raw, &text, &damaged)) {
		assert(damaged.span.from <= damaged.span.to);
		assert(damaged.span.to <= raw.len && damaged.what.len > 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	struct patterns *patterns = fuzz_patterns();
	const struct str raw = { (const char *)data, size };
	const struct str shown = escape(arena, patterns, raw);
	check_printable(shown);
	check_turns_back(arena, shown, raw);
	assert(escape_points(arena, patterns, raw, size) == utf8_length(shown));
	assert(escape_bytes(arena, patterns, raw, size / 2) <= shown.len);
	assert(text_width(patterns, shown) <= 2 * utf8_length(shown));
	check_damage(arena, patterns, raw);
	return 0;
}
