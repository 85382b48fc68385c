/* SPDX-License-Identifier: MIT */
/* Saved answers: what can be read is written and read the same again. */
#include "fuzz.h"

#include "base/err.h"
#include "source/recording.h"

#include <assert.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const struct str text = { (const char *)data, size };
	struct recording recording;
	struct err err = { .code = ERR_NONE };
	if (recording_read(arena, STR("saved"), text, &recording, &err)) {
		const struct str once = recording_text(arena, &recording);
		struct recording again;
		const bool read =
		    recording_read(arena, STR("saved"), once, &again, &err);
		assert(read);
		assert(str_eq(once, recording_text(arena, &again)));
	}
	return 0;
}
