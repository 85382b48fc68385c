/* SPDX-License-Identifier: MIT */
/*
 * The text of a DMARC record: every span lies in it, and what is made of a
 * wrong record is right.
 */
#include "fuzz.h"

#include "mail/dmarc.h"
#include "mail/dmarc_notes.h"
#include "mail/dmarc_repair.h"

#include <assert.h>

static void
check_spans(const struct dmarc *dmarc, size_t size)
{
	const struct dmarc_remark *remark;
	vec_foreach(remark, &dmarc->remarks) {
		assert(remark->span.from <= remark->span.to);
		assert(remark->span.to <= size);
	}
}

static void
check_effects(struct arena *arena, const struct dmarc *dmarc)
{
	for (int author = 0; author <= DMARC_AUTHOR_NOWHERE; author++) {
		const enum dmarc_policy policy =
		    dmarc_effect(dmarc, (enum dmarc_author)author);
		assert(
		    (policy == DMARC_POLICY_ABSENT) != dmarc_is_usable(dmarc));
	}
	if (dmarc->recognised) {
		(void)dmarc_notes(arena, dmarc);
		(void)dmarc_without(arena, dmarc, DMARC_TAG_RUA);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const struct str text = { (const char *)data, size };
	const struct dmarc *dmarc = dmarc_parse(arena, text);
	check_spans(dmarc, size);
	check_effects(arena, dmarc);
	const struct str repaired = dmarc_repair(arena, text);
	if (repaired.len > 0) {
		const struct dmarc *right = dmarc_parse(arena, repaired);
		assert(dmarc_is_valid(right) && dmarc_is_usable(right));
		const struct str again = dmarc_repair(arena, repaired);
		assert(dmarc_parse(arena, again)->p == right->p);
	}
	return 0;
}
