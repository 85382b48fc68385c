/* SPDX-License-Identifier: MIT */
/*
 * What has to hold for any domain: what is right is left alone.
 */
#include "dice.h"
#include "realm.h"
#include "trial.h"

#include "base/arena.h"
#include "text/patterns.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

enum {
	HEALTHY = 200, /* domains that are right */
};

static struct patterns *patterns;

static void
setup(void)
{
	patterns = patterns_new();
}

static void
teardown(void)
{
	patterns_free(&patterns);
}

TestSuite(property, .init = setup, .fini = teardown);

/** The complaint about what ivycheck makes of *realm*, or NULL. */
static const char *
complaint_of(struct arena *arena, struct realm *realm)
{
	struct trial *trial = trial_open(arena, patterns, realm);
	const char *complaint =
	    complaint_of_healthy(arena, trial_outcome(trial));
	trial_close(trial);
	return complaint;
}

Test(property, what_is_right_is_left_alone)
{
	struct arena *arena = arena_new();
	for (uint64_t seed = 1; seed <= HEALTHY; seed++) {
		struct dice dice = dice_new(seed);
		struct realm *realm = realm_new(arena, &dice);
		const char *complaint = complaint_of(arena, realm);
		const struct str text = realm_text(arena, realm);
		cr_assert(complaint == NULL, "seed %llu: %s\n%.*s",
		    (unsigned long long)seed, complaint, STR_ARG(text));
		arena_reset(arena);
	}
	arena_free(&arena);
}
