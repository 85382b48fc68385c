/* SPDX-License-Identifier: MIT */
/* What lies outside a zone whose own servers alone are heard. */
#include "base/arena.h"
#include "diagnosis/beyond.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/** What settle_beyond() makes of a failed question for *name*. */
static struct judgement
settled(struct arena *arena, enum record_kind kind, const char *name)
{
	const struct expected record = { .kind = kind };
	struct judgement judged = {
		.status = STATUS_UNKNOWN,
		.findings = findings_new(arena, "dkim", 2),
	};
	struct finding *failure =
	    find(&judged.findings, FINDING_X_LOOKUP_FAILED);
	finding_saw_none(failure, name_of(arena, name), RRTYPE_TXT, NULL);
	settle_beyond(name_of(arena, "example.com"), &record, &judged);
	return judged;
}

Test(beyond, a_failure_outside_the_zone_is_not_checked)
{
	struct arena *arena = arena_new();
	const struct judgement judged =
	    settled(arena, RECORD_DKIM, "a.dkim.amazonses.com");
	cr_expect(eq(int, (int)judged.status, STATUS_OK));
	cr_expect(eq(sz, judged.findings.list.len, 0));
	cr_assert(eq(sz, judged.not_checked.len, 1));
	cr_expect(str_eq(
	    judged.not_checked.at[0].what, STR("TXT a.dkim.amazonses.com")));
	arena_free(&arena);
}

Test(beyond, a_policy_is_not_known_without_its_parents)
{
	struct arena *arena = arena_new();
	const struct judgement judged =
	    settled(arena, RECORD_DMARC, "_dmarc.com");
	cr_expect(eq(int, (int)judged.status, STATUS_NOT_CHECKED));
	arena_free(&arena);
}

Test(beyond, a_failure_inside_the_zone_stays)
{
	struct arena *arena = arena_new();
	const struct judgement judged =
	    settled(arena, RECORD_DKIM, "a._domainkey.example.com");
	cr_expect(eq(int, (int)judged.status, STATUS_UNKNOWN));
	cr_expect(eq(sz, judged.findings.list.len, 1));
	cr_expect(eq(sz, judged.not_checked.len, 0));
	arena_free(&arena);
}
