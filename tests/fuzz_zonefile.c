/* SPDX-License-Identifier: MIT */
/* Master files of any bytes: read, or refused with a line. */
#include "fuzz.h"

#include "base/err.h"
#include "dns/zonefile.h"

#include <assert.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const struct zonefile_input input = {
		.name = STR("zone"),
		.content = { (const char *)data, size },
		.origin = name_of(arena, "example.com"),
	};
	struct zonefile file;
	struct err err = { .code = ERR_NONE };
	const bool read = zonefile_read(arena, &input, &file, &err);
	assert(read == (err.code == ERR_NONE));
	return 0;
}
