/* SPDX-License-Identifier: MIT */
/*
 * The whole way from DNS to reports: a domain that is set up as it should be,
 * but for what the bytes say (tests/byte_source.h), examined and told in
 * every format. JSON can be read, nothing has control characters, and the
 * outcome does not contradict itself.
 */
#include "fuzz.h"
#include "right_domain.h"

#include "text/utf8.h"

#include <assert.h>
#include <jansson.h>

static void
check_json(struct str text)
{
	json_error_t error;
	json_t *json =
	    json_loadb(text.at, text.len, JSON_REJECT_DUPLICATES, &error);
	assert(json_is_object(json));
	json_decref(json);
}

/** ASCII is looked at here, as pages are long and most of it is that. */
static void
check_text(struct str text)
{
	struct utf8_char c;
	size_t at = 0;
	while (at < text.len) {
		const unsigned char byte = (unsigned char)text.at[at];
		if (byte < 0x80) {
			assert((byte >= 0x20 && byte != 0x7f) || byte == '\n');
			at++;
			continue;
		}
		const bool any = utf8_next(text, &at, &c);
		assert(any && c.valid && c.point >= 0xa0);
	}
}

static void
check_outcome(const struct outcome *outcome)
{
	const bool planned = outcome->plan.len > 0;
	assert(planned == (outcome->plan_proven != MAYBE_NULL));
	assert(outcome->verdict != VERDICT_READY ||
	       outcome->predicted == PREDICTED_VERIFIED);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	struct right_domain domain;
	right_domain_make(arena, data, size, &domain);
	struct source *source = byte_source_open(arena, &domain.world);
	struct examination *examination =
	    right_domain_examine(arena, &domain, source);
	const struct outcome *outcome = examination_outcome(examination);
	check_outcome(outcome);
	for (enum format i = 0; i < FORMATS; i++) {
		const struct str text = right_domain_report(arena, outcome, i);
		check_text(text);
		if (i == FORMAT_JSON) {
			check_json(text);
		}
	}
	examination_close(examination);
	source_close(&source);
	return 0;
}
