/* SPDX-License-Identifier: MIT */
/* A list of expected records in any of its forms. */
#include "fuzz.h"

#include "base/err.h"
#include "expect/expect.h"

#include <assert.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const struct expect_file file = {
		.name = STR("expect"),
		.content = { (const char *)data, size },
	};
	const struct name domain = name_of(arena, "news.example.com");
	const struct expect_flags flags = { .region = STR("eu-west-1") };
	struct expect_list *list = NULL;
	struct err err = { .code = ERR_NONE };
	if (expect_read(arena, &file, &list, &err)) {
		const struct expect_parts parts = { domain, &flags, list };
		struct expect expect;
		(void)expect_build(arena, &parts, &expect, &err);
	} else {
		assert(err.code != ERR_NONE);
	}
	return 0;
}
