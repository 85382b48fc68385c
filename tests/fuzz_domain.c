/* SPDX-License-Identifier: MIT */
/* What a person may type as a domain. */
#include "fuzz.h"

#include "base/err.h"
#include "dns/domain.h"

#include <assert.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const struct str text = { (const char *)data, size };
	struct domain domain;
	struct err err = { .code = ERR_NONE };
	if (domain_read(arena, text, &domain, &err)) {
		/* It is read the same when it is written as it was read. */
		struct domain again;
		const struct str name = name_text(arena, domain.name);
		const bool read = domain_read(arena, name, &again, &err);
		assert(read && name_equal(domain.name, again.name));
	} else {
		assert(err.code != ERR_NONE);
	}
	return 0;
}
