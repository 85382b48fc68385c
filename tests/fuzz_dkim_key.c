/* SPDX-License-Identifier: MIT */
/* The text of a DKIM key record, down to the key. */
#include "fuzz.h"

#include "mail/dkim_key.h"

#include <assert.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const struct str text = { (const char *)data, size };
	const struct dkim_key *key = dkim_key_parse(arena, text);
	const struct dkim_remark *remark;
	vec_foreach(remark, &key->remarks) {
		assert(remark->span.from <= remark->span.to);
		assert(remark->span.to <= size);
	}
	assert(key->usable == (dkim_key_fault(key) == NULL));
	assert(!key->usable || key->bits >= 256);
	return 0;
}
