/* SPDX-License-Identifier: MIT */
/*
 * What has to hold for any domain: what is right is left alone, every
 * mistake is found and nothing else, every plan leads to "ready", and the
 * order in which answers arrive does not show.
 */
#include "dice.h"
#include "mutate.h"
#include "realm.h"
#include "trial.h"

#include "base/arena.h"
#include "diagnosis/examine.h"
#include "expect/expect.h"
#include "look/ledger.h"
#include "text/patterns.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

enum {
	MANY = 2000,        /* realms in "make check" */
	VERY_MANY = 100000, /* in "make check-long" */
	ORDERS = 20,
	MANY_ORDERS = 10000,
	SEEDS_A_ROW = 6,
	TELL = 8,       /* failures that are told in full */
	MOST_MORE = 60, /* questions that a broken domain costs more */
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

/** The number that the environment asks for, or one of these two. */
static size_t
draws(const char *variable, size_t usual, size_t in_long)
{
	const char *text = getenv(variable);
	unsigned long number = 0;
	if (text && str_number(str_of(text), 1000000000, &number)) {
		return number;
	}
	return getenv("IVYCHECK_TEST_LONG") ? in_long : usual;
}

/** The complaint about what ivycheck makes of *mutant*, or NULL. */
static const char *
complaint_of(struct arena *arena, struct mutant *mutant)
{
	struct trial *trial = trial_open(arena, patterns, mutant->realm, 0);
	const struct outcome *outcome = trial_outcome(trial);
	const char *complaint =
	    mutant->touched ? complaint_of_mutant(arena, mutant, outcome)
			    : complaint_of_healthy(arena, outcome);
	if (!complaint) {
		complaint = complaint_of_plan(arena, patterns, mutant, outcome);
	}
	trial_close(trial);
	return complaint;
}

/** Fails with *complaint*, telling the realm as it was before the plan. */
static void
tell(uint64_t seed, const struct mutant *mutant, const char *complaint,
    struct str before)
{
	cr_expect(false, "seed %llu, %.*s: %s\n%.*s", (unsigned long long)seed,
	    STR_ARG(mutant->story), complaint, STR_ARG(before));
}

/** True if all is as it should be with *mutant*. */
static bool
holds(struct arena *arena, uint64_t seed, struct mutant *mutant)
{
	const struct str before = realm_text(arena, mutant->realm);
	const char *complaint = complaint_of(arena, mutant);
	if (complaint) {
		tell(seed, mutant, complaint, before);
	}
	return !complaint;
}

/** A realm out of *seed* with one or two mistakes. */
static struct mutant
mutant_of(struct arena *arena, struct dice *dice)
{
	struct mutant mutant = mutant_new(realm_new(arena, dice));
	const size_t wanted = 1 + dice_throw(dice, 2);
	size_t made = 0;
	while (made < wanted && !mutant.closed) {
		const size_t row = dice_throw(dice, mutations_count());
		const size_t index = dice_throw(dice, REALM_RECORDS);
		made += mutate(&mutant, row, index, dice);
	}
	return mutant;
}

Test(property, what_is_right_is_left_alone)
{
	struct arena *arena = arena_new();
	size_t failures = 0;
	for (uint64_t seed = 1; seed <= 200 && failures < TELL; seed++) {
		struct dice dice = dice_new(seed);
		struct mutant mutant = mutant_new(realm_new(arena, &dice));
		failures += !holds(arena, seed, &mutant);
		arena_reset(arena);
	}
	arena_free(&arena);
}

/** Makes the mistake *row* at every record and in several realms. */
static size_t
try_row(struct arena *arena, size_t row, size_t *failures)
{
	size_t made = 0;
	for (uint64_t seed = 1; seed <= SEEDS_A_ROW * REALM_RECORDS; seed++) {
		struct dice dice = dice_new(seed * 1000 + row);
		struct mutant mutant = mutant_new(realm_new(arena, &dice));
		if (mutate(&mutant, row, seed % REALM_RECORDS, &dice)) {
			made++;
			*failures += !holds(arena, seed * 1000 + row, &mutant);
		}
		arena_reset(arena);
		if (*failures >= TELL) {
			break;
		}
	}
	return made;
}

Test(property, every_mistake_is_found_alone)
{
	struct arena *arena = arena_new();
	size_t failures = 0;
	for (size_t row = 0; row < mutations_count(); row++) {
		size_t here = 0;
		const size_t made = try_row(arena, row, &here);
		failures += here;
		cr_expect(
		    gt(sz, made, 0), "never made: %s", mutation_name(row));
	}
	cr_expect(eq(sz, failures, 0));
	arena_free(&arena);
}

Test(property, mistakes_together_are_found_and_mended)
{
	struct arena *arena = arena_new();
	const size_t count = draws("IVYCHECK_PROPERTY", MANY, VERY_MANY);
	size_t failures = 0;
	for (uint64_t seed = 1; seed <= count && failures < TELL; seed++) {
		struct dice dice = dice_new(seed);
		struct mutant mutant = mutant_of(arena, &dice);
		failures += !holds(arena, seed, &mutant);
		arena_reset(arena);
	}
	arena_free(&arena);
}

/** How many questions the examination of *realm* takes. */
static size_t
cost_of(struct arena *arena, struct realm *realm)
{
	struct trial *trial = trial_open(arena, patterns, realm, 0);
	const struct outcome *outcome = trial_outcome(trial);
	const size_t cost = ledger_count(outcome->ledger);
	cr_expect(not(outcome->capped));
	trial_close(trial);
	return cost;
}

/** Takes all records away and lets a wildcard answer for *type*, if any. */
static void
break_wholly(struct mutant *mutant, struct dice *dice, enum rrtype type)
{
	struct realm *realm = mutant->realm;
	struct rr rr = { .type = type, .ttl = 300 };
	for (size_t i = 0; i < INDEX_OTHER; i++) {
		cr_assert(mutate(mutant, 0, i, dice));
	}
	rr.owner = name_prepend(realm->arena, STR("*"), realm->expect.domain);
	switch (type) {
	case RRTYPE_TXT:
		rr = realm_txt(realm, rr.owner, STR("nothing of ours"));
		break;
	case RRTYPE_A:
		cr_assert(addr_parse(STR("192.0.2.67"), &rr.rdata.addr));
		break;
	case RRTYPE_CNAME:
		rr.rdata.target = realm->expect.domain;
		break;
	default:
		return;
	}
	realm_add(realm, realm_own(realm), rr);
}

Test(property, a_domain_without_any_record_costs_few_questions_more)
{
	static const enum rrtype wildcards[] = { RRTYPE_SOA, RRTYPE_TXT,
		RRTYPE_A, RRTYPE_CNAME };
	struct arena *arena = arena_new();
	for (uint64_t seed = 1; seed <= 100; seed++) {
		struct dice dice = dice_new(seed);
		struct mutant mutant = mutant_new(realm_new(arena, &dice));
		const size_t healthy = cost_of(arena, mutant.realm);
		break_wholly(&mutant, &dice, wildcards[seed % 4]);
		const size_t broken = cost_of(arena, mutant.realm);
		cr_expect(broken <= healthy + MOST_MORE,
		    "seed %llu: %zu instead of %zu", (unsigned long long)seed,
		    broken, healthy);
		arena_reset(arena);
	}
	arena_free(&arena);
}

/** The report on the realm of *seed*, its answers in the order *order*. */
static struct str
report_of(struct arena *arena, uint64_t seed, uint32_t order)
{
	struct dice dice = dice_new(seed);
	struct mutant mutant = mutant_of(arena, &dice);
	struct trial *trial = trial_open(arena, patterns, mutant.realm, order);
	const struct str report = trial_report(trial);
	trial_close(trial);
	return report;
}

Test(property, the_order_of_answers_does_not_show)
{
	struct arena *arena = arena_new();
	struct arena *scratch = arena_new();
	const size_t orders = draws("IVYCHECK_ORDERS", ORDERS, MANY_ORDERS);
	for (uint64_t seed = 1; seed <= 30; seed++) {
		const struct str want = report_of(arena, seed, 0);
		for (uint32_t order = 1; order <= orders; order++) {
			const struct str got = report_of(scratch, seed, order);
			cr_assert(str_eq(got, want), "seed %llu, order %u",
			    (unsigned long long)seed, order);
			arena_reset(scratch);
		}
		arena_reset(arena);
	}
	arena_free(&scratch);
	arena_free(&arena);
}

Test(property, saved_answers_give_the_same_report)
{
	struct arena *arena = arena_new();
	for (uint64_t seed = 1; seed <= 100; seed++) {
		struct dice dice = dice_new(seed);
		struct mutant mutant = mutant_of(arena, &dice);
		struct trial *trial =
		    trial_open(arena, patterns, mutant.realm, 0);
		struct trial *again = trial_replay(trial);
		cr_expect(str_eq(trial_report(again), trial_report(trial)),
		    "seed %llu, %.*s", (unsigned long long)seed,
		    STR_ARG(mutant.story));
		trial_close(again);
		trial_close(trial);
		arena_reset(arena);
	}
	arena_free(&arena);
}
