/* SPDX-License-Identifier: MIT */
/*
 * The text of an SPF record: every span lies in it, and what is mended and
 * merged keeps the grammar.
 */
#include "fuzz.h"

#include "base/buf.h"
#include "mail/spf.h"
#include "mail/spf_merge.h"

#include <assert.h>

static void
try_merge(struct arena *arena, const struct spf_record *record)
{
	struct spf_merging merging = { .ses = SPF_PLACE_LAST };
	vec_push(arena, &merging.records, record);
	const struct str once = spf_merge(arena, &merging);
	const struct spf_record *merged = spf_parse(arena, once);
	assert(merged->valid);
	merging.records.at[0] = merged;
	assert(str_eq(once, spf_merge(arena, &merging)));
	(void)spf_allows_ses_alone(arena, once);
}

static void
try_record(struct arena *arena, struct str text)
{
	const struct spf_record *record = spf_parse(arena, text);
	const struct spf_remark *one;
	size_t lost = 0;
	vec_foreach(one, &record->remarks) {
		assert(one->span.from <= one->span.to);
		assert(one->span.to <= text.len);
	}
	try_merge(arena, record);
	try_merge(arena, spf_parse(arena, spf_mended(arena, record, &lost)));
}

/** What is meant as a record is one when it is mended. */
static void
try_near(struct arena *arena, struct str text)
{
	struct spf_remark remark;
	struct buf restored = buf_new(arena);
	if (spf_recognise(arena, text, &remark) != SPF_NEAR) {
		return;
	}
	assert(remark.span.to <= text.len);
	buf_add(&restored, remark.instead);
	buf_add(&restored, str_from(text, remark.span.to));
	assert(spf_is_record(buf_str(&restored)));
	try_record(arena, buf_str(&restored));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const struct str text = { (const char *)data, size };
	try_near(arena, text);
	if (spf_is_record(text)) {
		try_record(arena, text);
	}
	if (size < UINT16_MAX) {
		const struct rr_txt txt = rr_txt_of(arena, text);
		const struct str parted = spf_unglued(arena, &txt);
		assert(parted.len >= size);
	}
	return 0;
}
