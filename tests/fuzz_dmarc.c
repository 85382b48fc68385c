/* SPDX-License-Identifier: MIT */
/* The text of a DMARC record: every span lies in it. */
#include "fuzz.h"

#include "base/arena.h"
#include "mail/dmarc.h"

#include <assert.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const struct str text = { (const char *)data, size };
	const struct dmarc *dmarc = dmarc_parse(arena, text);
	const struct dmarc_remark *remark;
	vec_foreach(remark, &dmarc->remarks) {
		assert(remark->span.from <= remark->span.to);
		assert(remark->span.to <= size);
	}
	arena_free(&arena);
	return 0;
}
