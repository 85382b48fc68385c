/* SPDX-License-Identifier: MIT */
/* The table of checks. */
#include "checks/check.h"

#include "base/arena.h"

#include <assert.h>

struct check_row {
	const char *family;
	check_fn *check;
};

static const struct check_row CHECKS[] = {
#define CHECK(kind, family, function) [RECORD_##kind] = { family, function },
#include "checks/checks.def"
#undef CHECK
};

check_fn *
check_of(enum record_kind kind)
{
	assert((unsigned)kind < sizeof(CHECKS) / sizeof(*CHECKS));
	return CHECKS[kind].check;
}

const char *
record_family(enum record_kind kind)
{
	assert((unsigned)kind < sizeof(CHECKS) / sizeof(*CHECKS));
	return CHECKS[kind].family;
}

struct judgement
judgement_new(struct arena *arena, const struct expect *expect, int index)
{
	const char *family = NULL;
	if (index >= 0) {
		assert((size_t)index < expect->records_len);
		family = record_family(expect->records[index].kind);
	}
	return (struct judgement){
		.status = STATUS_OK,
		.ttl = -1,
		.expires_at = -1,
		.visible_by = -1,
		.findings = findings_new(arena, family, index),
	};
}
