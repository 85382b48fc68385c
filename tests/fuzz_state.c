/* SPDX-License-Identifier: MIT */
/* Remembered results: what can be read is written and read the same again. */
#include "fuzz.h"

#include "base/buf.h"
#include "base/err.h"
#include "cmd/state.h"
#include "cmd/state_file.h"

#include <assert.h>

/** All lines of *state*. */
static struct str
written(struct arena *arena, const struct state *state)
{
	struct buf to = buf_new(arena);
	struct state_entry **entries = state_sorted(state, arena);
	buf_adds(&to, "");
	for (size_t i = 0; i < state->domains.len; i++) {
		state_line_write(entries[i], &to);
	}
	return buf_str(&to);
}

/** Reads lines; those that are damaged are passed over. */
static struct state *
read_lines(struct arena *arena, struct str text)
{
	struct state *state = state_new(arena);
	struct str line;
	struct err err;
	unsigned long domains;
	while (str_split(&text, '\n', &line)) {
		(void)state_head_read(line, &domains, &err);
		(void)state_line_read(line, state);
	}
	return state;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const struct str text = { (const char *)data, size };
	const struct str once = written(arena, read_lines(arena, text));
	const struct state *again = read_lines(arena, once);
	assert(str_eq(once, written(arena, again)));
	return 0;
}
