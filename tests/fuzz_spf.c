/* SPDX-License-Identifier: MIT */
/* The text of an SPF record: every span lies in it, and mending ends. */
#include "fuzz.h"

#include "base/arena.h"
#include "mail/spf.h"

#include <assert.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const struct str text = { (const char *)data, size };
	struct spf_remark remark;
	(void)spf_recognise(arena, text, &remark);
	if (spf_is_record(text)) {
		const struct spf_record *record = spf_parse(arena, text);
		const struct spf_remark *one;
		vec_foreach(one, &record->remarks) {
			assert(one->span.from <= one->span.to);
			assert(one->span.to <= size);
		}
		size_t lost = 0;
		(void)spf_mended(arena, record, &lost);
	}
	arena_free(&arena);
	return 0;
}
