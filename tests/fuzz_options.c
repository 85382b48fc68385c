/* SPDX-License-Identifier: MIT */
/* A command line, its words apart by zero bytes. */
#include "fuzz.h"

#include "base/arena.h"
#include "base/err.h"
#include "cli/options.h"

#include <assert.h>
#include <string.h>

enum {
	WORDS = 32,
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	char *argv[WORDS + 2] = { (char[]){ "ivycheck" } };
	int argc = 1;
	struct str rest = { (const char *)data, size };
	struct str word;
	struct options options;
	struct err err = { .code = ERR_NONE };
	while (argc <= WORDS && str_split(&rest, '\0', &word)) {
		argv[argc++] = arena_copy(arena, word.at, word.len);
	}
	if (!options_parse(arena, argc, argv, &options, &err)) {
		assert(err.code == ERR_USAGE && strlen(err.text) > 0);
	}
	return 0;
}
