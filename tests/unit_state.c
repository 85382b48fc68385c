/* SPDX-License-Identifier: MIT */
/* What is remembered from run to run, and what of it is news. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "cmd/known.h"
#include "cmd/output.h"
#include "cmd/state.h"
#include "cmd/state_file.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>
#include <unistd.h>

static struct arena *arena;
static char folder[64];

static void
setup(void)
{
	arena = arena_new();
	(void)strcpy(folder, "/tmp/ivycheck-state-XXXXXX");
	cr_assert(mkdtemp(folder) != NULL);
}

static void
teardown(void)
{
	static const char *const names[] = { "s", "s.lock", "s.new",
		"s.corrupt", "s.corrupt.2" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct str path =
		    str_print(arena, "%s/%s", folder, names[i]);
		(void)unlink(path.at);
	}
	(void)rmdir(folder);
	arena_free(&arena);
}

TestSuite(state, .init = setup, .fini = teardown);

static struct str
path_of(const char *name)
{
	return str_print(arena, "%s/%s", folder, name);
}

/** A result; *signs* are parted by blanks. */
static struct result
result(enum verdict verdict, const char *signs)
{
	struct result made = { .verdict = verdict };
	struct str rest = str_of(signs);
	struct str sign;
	while (rest.len > 0 && str_split(&rest, ' ', &sign)) {
		vec_push(arena, &made.signs, sign);
	}
	signs_sort(&made.signs);
	return made;
}

#define READY   VERDICT_READY
#define ACTION  VERDICT_ACTION_NEEDED
#define UNKNOWN VERDICT_UNKNOWN

/** One run after the other. */
struct step {
	enum verdict verdict;
	const char *signs;
	enum news news;
};

static void
expect_steps(const struct step *steps, size_t len)
{
	struct known known = { 0 };
	for (size_t i = 0; i < len; i++) {
		const struct result seen =
		    result(steps[i].verdict, steps[i].signs);
		const struct known_times times = { .now = 1000 + (int64_t)i };
		const enum news news =
		    known_update(arena, &known, &seen, times);
		cr_expect(eq(int, (int)news, (int)steps[i].news), "run %zu: %s",
		    i + 1, steps[i].signs);
	}
}

#define EXPECT_STEPS(...)                                            \
	do {                                                         \
		const struct step steps[] = { __VA_ARGS__ };         \
		expect_steps(steps, sizeof(steps) / sizeof(*steps)); \
	} while (0)

Test(state, a_result_is_news_once)
{
	EXPECT_STEPS({ READY, "", NEWS_NEW }, { READY, "", NEWS_NONE },
	    { ACTION, "spf:spf-missing", NEWS_CHANGED },
	    { ACTION, "spf:spf-missing", NEWS_NONE },
	    { ACTION, "dmarc:dmarc-missing spf:spf-missing", NEWS_CHANGED },
	    { READY, "", NEWS_RECOVERED }, { READY, "", NEWS_NONE });
}

Test(state, the_order_of_findings_is_none)
{
	EXPECT_STEPS(
	    { ACTION, "spf:spf-missing dmarc:dmarc-missing", NEWS_NEW },
	    { ACTION, "dmarc:dmarc-missing spf:spf-missing", NEWS_NONE });
}

Test(state, trouble_counts_when_two_runs_in_a_row_see_it)
{
	EXPECT_STEPS({ READY, "", NEWS_NEW },
	    { UNKNOWN, "resolver-failing", NEWS_HELD },
	    { READY, "", NEWS_NONE },
	    { UNKNOWN, "resolver-failing", NEWS_HELD },
	    { UNKNOWN, "resolver-failing", NEWS_CHANGED },
	    { UNKNOWN, "resolver-failing", NEWS_NONE },
	    { UNKNOWN, "spf:spf-lookup-failed", NEWS_NONE },
	    { READY, "", NEWS_RECOVERED });
}

Test(state, trouble_at_first_sight_is_held_too)
{
	EXPECT_STEPS({ UNKNOWN, "resolver-failing", NEWS_HELD },
	    { UNKNOWN, "resolver-failing", NEWS_NEW });
	EXPECT_STEPS({ UNKNOWN, "resolver-failing", NEWS_HELD },
	    { READY, "", NEWS_NEW });
}

Test(state, what_cannot_be_looked_up_is_not_gone)
{
	EXPECT_STEPS({ ACTION, "spf:spf-missing", NEWS_NEW },
	    { UNKNOWN, "spf:spf-lookup-failed", NEWS_HELD },
	    { ACTION, "spf:spf-missing", NEWS_NONE });
}

Test(state, a_mistake_beside_trouble_counts_at_once)
{
	EXPECT_STEPS({ READY, "", NEWS_NEW },
	    { ACTION, "dmarc:dmarc-lookup-failed spf:spf-missing",
		NEWS_CHANGED },
	    { ACTION, "spf:spf-missing", NEWS_NONE });
}

Test(state, unknown_for_want_of_an_option_is_no_trouble)
{
	EXPECT_STEPS({ UNKNOWN, "", NEWS_NEW },
	    { UNKNOWN, "spf:spf-missing", NEWS_CHANGED },
	    { UNKNOWN, "spf:spf-missing spf:spf-lookup-failed", NEWS_HELD },
	    { UNKNOWN, "spf:spf-missing spf:spf-lookup-failed", NEWS_CHANGED });
}

/** What a run *later* than the one that told it says, of *verdict*. */
static enum news
news_after(enum verdict verdict, int64_t later)
{
	const struct result same = result(verdict, "spf:spf-ptr");
	struct known known = { .result = &same, .since = 500, .told = 100000 };
	const struct known_times times = {
		.now = 100000 + later,
		.remind = 86400,
	};
	return known_update(arena, &known, &same, times);
}

Test(state, what_stays_bad_is_told_again_in_time)
{
	cr_expect(eq(int, (int)news_after(ACTION, 80000), (int)NEWS_NONE));
	cr_expect(eq(int, (int)news_after(ACTION, 86400), (int)NEWS_REMINDER));
	/* Cron is never to the second. */
	cr_expect(eq(int, (int)news_after(ACTION, 86397), (int)NEWS_REMINDER));
	cr_expect(eq(int, (int)news_after(READY, 999999), (int)NEWS_NONE));
}

Test(state, a_clock_that_was_set_back_does_not_put_reminders_off)
{
	const struct result same = result(ACTION, "spf:spf-missing");
	struct known known = {
		.result = &same, .since = 9000000000, .told = 9000000000
	};
	struct known_times times = { .now = 5000, .remind = 100 };
	cr_expect(eq(int, (int)known_update(arena, &known, &same, times),
	    (int)NEWS_NONE));
	cr_expect(eq(i64, known.since, 5000));
	times.now = 5100;
	cr_expect(eq(int, (int)known_update(arena, &known, &same, times),
	    (int)NEWS_REMINDER));
}

/** Notes of *domain* that it needs a change for *sign* since *when*. */
static void
note(struct state *state, const char *domain, const char *sign, int64_t when)
{
	const struct result found = result(ACTION, sign);
	struct state_entry *entry = state_entry(state, str_of(domain));
	entry->now = (struct known){
		.result = state_result(state, &found),
		.since = when,
		.told = when,
	};
	entry->told = true;
}

static struct state *
file_state(struct str *ret_aside, struct err *reterr)
{
	struct state *state = state_new(arena);
	struct state_file *file = state_file_lock(arena, path_of("s"), reterr);
	cr_assert(file != NULL, "%s", reterr->text);
	const bool good = state_file_read(file, state, ret_aside, reterr);
	state_file_unlock(&file);
	return good ? state : NULL;
}

static void
file_put(const struct state *state)
{
	struct err err = { 0 };
	struct state_file *file = state_file_lock(arena, path_of("s"), &err);
	cr_assert(file != NULL, "%s", err.text);
	cr_expect(state_file_write(file, state, &err), "%s", err.text);
	state_file_unlock(&file);
}

Test(state, what_is_written_is_read)
{
	struct state *state = state_new(arena);
	struct str aside;
	struct err err = { 0 };
	note(state, "b.example", "spf:spf-missing", 5);
	note(state, "a.example", "dmarc:dmarc-missing spf:spf-missing", 6);
	state_entry(state, STR("c.example"))->now.suspected = true;
	file_put(state);
	const struct state *read = file_state(&aside, &err);
	cr_assert(read != NULL, "%s", err.text);
	cr_expect(eq(sz, read->domains.len, 3));
	static const char *const names[] = { "a.example", "b.example",
		"c.example" };
	for (size_t i = 0; i < 3; i++) {
		const struct str name = str_of(names[i]);
		cr_expect(known_eq(&state_find(read, name)->before,
			      &state_find(state, name)->now),
		    "%s", names[i]);
	}
}

Test(state, domains_stand_in_order)
{
	struct state *state = state_new(arena);
	struct str text;
	struct err err = { 0 };
	note(state, "b.example", "spf:spf-missing", 5);
	note(state, "a.example", "spf:spf-missing", 5);
	file_put(state);
	cr_assert(file_read(arena, path_of("s"), 1000, &text, &err));
	cr_expect(
	    lt(long, str_find(text, STR("a.ex")), str_find(text, STR("b.ex"))));
}

Test(state, another_run_loses_nothing)
{
	struct state *run = state_new(arena);
	struct state *other = state_new(arena);
	note(run, "mine.example", "spf:spf-missing", 5);
	note(other, "theirs.example", "spf:spf-missing", 6);
	file_put(other);
	struct str aside;
	struct err err = { 0 };
	struct state *newest = file_state(&aside, &err);
	cr_expect(state_merge(newest, run));
	cr_expect(state_find(newest, STR("mine.example")) != NULL);
	cr_expect(state_find(newest, STR("theirs.example")) != NULL);
}

Test(state, what_another_run_told_stands)
{
	struct state *run = state_new(arena);
	struct state *newest = state_new(arena);
	note(newest, "x.example", "spf:spf-missing", 6);
	struct state_entry *theirs = state_find(newest, STR("x.example"));
	theirs->before = theirs->now;
	/* This run saw trouble and kept it to itself. */
	state_entry(run, STR("x.example"))->now.suspected = true;
	cr_expect(not(state_merge(newest, run)));
	cr_expect(eq(i64, theirs->now.told, 6));
	cr_expect(not(theirs->now.suspected));
}

/** Reads "s" with *content*; true if it was put aside. */
static bool
is_damaged(struct str content)
{
	struct err err = { 0 };
	struct str aside;
	cr_assert(file_write(arena, path_of("s"), content, &err));
	const struct state *state = file_state(&aside, &err);
	cr_assert(state != NULL, "%s", err.text);
	(void)unlink(path_of("s.corrupt").at);
	return aside.len > 0;
}

#define HEAD(count) "{\"schema\":\"ivycheck/state/1\",\"domains\":" count "}\n"
#define LINE(rest)  "{\"domain\":\"a.example\"," rest "}\n"
#define GOOD                                                      \
	LINE("\"verdict\":\"ready\",\"findings\":[],\"since\":1," \
	     "\"told\":1")

Test(state, a_damaged_file_is_put_aside)
{
	static const char *const damaged[] = { "\n", "{}", "[1]\n", HEAD("1"),
		HEAD("2") GOOD, HEAD("0") GOOD, HEAD("2") GOOD GOOD, HEAD("-1"),
		HEAD("1") LINE("\"verdict\":\"well\""),
		HEAD("1") LINE("\"suspected\":false"),
		HEAD("1") LINE("\"verdict\":\"ready\",\"since\":1,"
			       "\"told\":1,\"findings\":[\"\\u001b[2J\"]"),
		HEAD("1") "{\"domain\":\"a.exa" };
	for (size_t i = 0; i < sizeof(damaged) / sizeof(*damaged); i++) {
		cr_expect(is_damaged(str_of(damaged[i])), "%s", damaged[i]);
	}
	cr_expect(not(is_damaged(STR(HEAD("1") GOOD))));
	cr_expect(not(is_damaged(STR(HEAD("1") LINE("\"suspected\":true")))));
	cr_expect(not(is_damaged(STR(""))));
}

Test(state, what_was_put_aside_before_stays)
{
	struct err err = { 0 };
	struct str aside;
	struct str kept;
	cr_assert(file_write(arena, path_of("s"), STR("first"), &err));
	cr_assert(file_state(&aside, &err) != NULL);
	cr_assert(file_write(arena, path_of("s"), STR("second"), &err));
	cr_assert(file_state(&aside, &err) != NULL);
	cr_expect(str_find(aside, STR("s.corrupt.2")) >= 0);
	cr_assert(file_read(arena, path_of("s.corrupt"), 100, &kept, &err));
	cr_expect(str_eq(kept, STR("first")));
	cr_assert(file_read(arena, path_of("s.corrupt.2"), 100, &kept, &err));
	cr_expect(str_eq(kept, STR("second")));
}

Test(state, a_newer_file_is_left_alone)
{
	struct err err = { 0 };
	struct str aside;
	cr_assert(file_write(arena, path_of("s"),
	    STR("{\"schema\":\"ivycheck/state/2\"}\n"), &err));
	cr_expect(file_state(&aside, &err) == NULL);
	cr_expect(strstr(err.text, "state/2") != NULL, "%s", err.text);
	cr_expect(eq(int, access(path_of("s").at, F_OK), 0));
}

Test(state, rights_stay_as_they_are)
{
	struct stat about;
	struct state *state = state_new(arena);
	note(state, "a.example", "spf:spf-missing", 5);
	file_put(state);
	cr_assert(eq(int, chmod(path_of("s").at, 0600), 0));
	file_put(state);
	cr_assert(eq(int, stat(path_of("s").at, &about), 0));
	cr_expect(eq(uint, about.st_mode & 0777U, 0600U));
	cr_expect(eq(int, access(path_of("s.new").at, F_OK), -1));
}
