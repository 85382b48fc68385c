/* SPDX-License-Identifier: MIT */
/*
 * A domain examined three times (tests/right_domain.h): as the answers come,
 * in another order of answers, and out of the saved answers. The report is
 * the same.
 */
#include "fuzz.h"
#include "right_domain.h"
#include "shuffled_source.h"

#include "base/arena.h"
#include "base/err.h"
#include "look/ledger.h"
#include "source/recording.h"

#include <assert.h>

/** The report on *domain* as *source* answers, noted in *to* if that is set. */
static struct str
report(struct arena *arena, const struct right_domain *domain,
    struct source *source, struct recording *to)
{
	struct examination *examination =
	    right_domain_examine(arena, domain, source);
	const struct outcome *outcome = examination_outcome(examination);
	const struct str text =
	    right_domain_report(arena, outcome, FORMAT_JSON);
	for (size_t i = 0; to && i < ledger_count(outcome->ledger); i++) {
		const struct ledger_entry *entry =
		    ledger_at(outcome->ledger, i);
		const struct recorded one = { entry->question, entry->answer };
		if (entry->answer) {
			vec_push(arena, &to->answers, one);
		}
	}
	const struct recorded *beyond;
	vec_foreach(beyond, &outcome->beyond) {
		if (to) {
			vec_push(arena, &to->answers, *beyond);
		}
	}
	examination_close(examination);
	return text;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	struct right_domain domain;
	right_domain_make(arena, data, size, &domain);
	struct recording saved = { .now = domain.order.now };
	struct recording again;
	struct err err = { .code = ERR_NONE };
	struct source *source = byte_source_open(arena, &domain.world);
	struct source *shuffled =
	    shuffled_source_open(source, (uint32_t)size + 1);
	const struct str once = report(arena, &domain, source, &saved);
	const struct str other = report(arena, &domain, shuffled, NULL);
	source_close(&shuffled);
	source_close(&source);
	assert(str_eq(once, other));
	const bool read = recording_read(
	    arena, STR("saved"), recording_text(arena, &saved), &again, &err);
	assert(read);
	source = recording_open(&again);
	const struct str replayed = report(arena, &domain, source, NULL);
	source_close(&source);
	assert(str_eq(once, replayed));
	return 0;
}
