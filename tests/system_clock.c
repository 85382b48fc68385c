/* SPDX-License-Identifier: MIT */
/*
 * The whole program while somebody sets the clock: by a day, by decades,
 * ahead and back. Deadlines hold, waiting ends, verdicts and files are right.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "cmd/output.h"
#include "hostile.h"
#include "hostile_play.h"
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <jansson.h>

#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#define DEMO SOURCE_DIR "/fixtures/demo/"

/** When the clock is set, in ms, and by how many seconds it is wrong then. */
static const char *const STEPS[] = { "150:86400", "150:-86400",
	"150:-1577880000", "150:1577880000",
	"100:86400,200:-86400,300:3600,400:0,500:-60,600:60" };

enum {
	STEPS_LEN = sizeof(STEPS) / sizeof(*STEPS),
	SHOWN_AFTER = 3000, /* ms until the resolver has the news */
	MOMENTS = 10,       /* at which the clock is set */
};

static struct arena *arena;
static int64_t begun;
static const char *state; /* path */

static void
setup(void)
{
	char path[] = "/tmp/ivycheck-clock-XXXXXX";
	arena = arena_new();
	begun = clock_monotonic();
	cr_assert(mkdtemp(path) != NULL);
	state = str_print(arena, "%s/state", path).at;
}

static void
teardown(void)
{
	(void)unlink(state);
	(void)unlink(str_print(arena, "%s.lock", state).at);
	*strrchr((char *)(uintptr_t)state, '/') = '\0';
	/* Fails if anything else was left there. */
	cr_assert(eq(int, rmdir(state), 0));
	arena_free(&arena);
}

TestSuite(clock, .init = setup, .fini = teardown, .timeout = 60);

/** Starts the program with a clock that takes these *steps*. */
static struct running
start_with(const char *steps, struct str in, const char *const *arguments)
{
	const char *usual = getenv("ASAN_OPTIONS");
	const char *const environment[] = {
		"LD_PRELOAD=" BUILD_DIR "/tests/clock_step.so",
		str_print(arena, "IVYCHECK_CLOCK_STEPS=%s", steps).at,
		str_print(arena, "ASAN_OPTIONS=%s:verify_asan_link_order=0",
		    usual ? usual : "")
		    .at,
		NULL,
	};
	const struct run_manner manner = {
		.environment = environment, .in = in, .seconds = 50
	};
	return program_start(&manner, arguments);
}

static json_t *
report_of(const struct run *run, const char *steps)
{
	json_error_t error;
	json_t *report =
	    json_loadb(run->out, run->out_len, JSON_DISABLE_EOF_CHECK, &error);
	cr_assert(report != NULL, "%s: %s: %s%s", steps, error.text, run->out,
	    run->err);
	return report;
}

/** Expects durations that can be, and that the run was *at_most* ms long. */
static void
expect_durations(const struct run *run, const char *steps, int at_most)
{
	json_t *report = report_of(run, steps);
	const json_t *retry = json_object_get(report, "retry_after_seconds");
	const json_t *queries = json_object_get(report, "queries");
	const json_t *elapsed = json_object_get(queries, "elapsed_ms");
	const long long seconds = json_integer_value(retry); /* null: 0 */
	const long long ms = json_integer_value(elapsed);
	cr_expect(seconds >= 0 && seconds <= 3600, "%s: %s", steps, run->out);
	cr_expect(ms >= 0 && ms <= at_most, "%s: %s", steps, run->out);
	json_decref(report);
}

Test(clock, what_is_preloaded_sets_the_clock)
{
	const char *const arguments[] = { "--zone", DEMO "mended.zone",
		"example.com", "--json", NULL };
	const struct running running =
	    start_with("0:-1577880000", STR(""), arguments);
	const struct run run = program_finish(&running);
	json_t *report = report_of(&run, "fifty years ago");
	const char *at =
	    json_string_value(json_object_get(report, "generated_at"));
	cr_expect(strncmp(at, "19", 2) == 0, "%s", at);
	json_decref(report);
}

Test(clock, a_check_is_right_and_in_time)
{
	const struct hostile_fault slow = {
		.play = play_slow, .names = "", .ways = HOSTILE_BOTH
	};
	struct hostile *server = hostile_start(&slow);
	const char *const arguments[] = { HOSTILE_DOMAIN, "-e", HOSTILE_EXPECT,
		"--json", "--view", "resolver", "-n", hostile_text(server),
		"--state", state, NULL };
	for (size_t i = 0; i < STEPS_LEN; i++) {
		const struct running running =
		    start_with(STEPS[i], STR(""), arguments);
		const struct run run = program_finish(&running);
		cr_expect(eq(int, run.code, 0), "%s: %s%s", STEPS[i], run.out,
		    run.err);
		/* A state file that is damaged would be said. */
		expect_text(run.err, "");
		expect_durations(&run, STEPS[i], 15000);
	}
	hostile_stop(&server);
}

Test(clock, a_deadline_holds)
{
	const struct hostile_fault silent = {
		.play = play_silent, .names = "", .ways = HOSTILE_BOTH
	};
	struct hostile *server = hostile_start(&silent);
	const char *const arguments[] = { HOSTILE_DOMAIN, "--json", "-n",
		hostile_text(server), "--deadline", "1s", NULL };
	struct running running[STEPS_LEN];
	for (size_t i = 0; i < STEPS_LEN; i++) {
		running[i] = start_with(STEPS[i], STR(""), arguments);
	}
	for (size_t i = 0; i < STEPS_LEN; i++) {
		const struct run run = program_finish(&running[i]);
		cr_expect(eq(int, run.code, 3), "%s: %s%s", STEPS[i], run.out,
		    run.err);
		expect_durations(&run, STEPS[i], 2000);
	}
	hostile_stop(&server);
}

/** A resolver that has it for a second more that there is nothing. */
static void
play_shown_late(struct hostile_query *query)
{
	(void)hostile_wait(query, 100);
	if (clock_monotonic() - begun > SHOWN_AFTER * 1000) {
		hostile_truth(query);
	} else {
		hostile_begin(query, MESSAGE_RD | MESSAGE_RA | 3);
		packet_soa_rr(&query->packet, "yourapp.com", 1);
	}
	hostile_send(query);
}

/** Sets the clock a day ahead or back while the first look is taken. */
static const char *
steps_at(int moment)
{
	return str_print(arena, "%d:%d", 50 + moment / 2 * 200,
	    moment % 2 == 0 ? -86400 : 86400)
	    .at;
}

Test(clock, waiting_ends_when_the_record_is_visible)
{
	const struct hostile_fault slow = {
		.play = play_slow, .names = "", .ways = HOSTILE_BOTH
	};
	const struct hostile_fault late = { .play = play_shown_late,
		.names = "_dmarc.notifications",
		.ways = HOSTILE_BOTH };
	struct hostile *server = hostile_start(&slow);
	struct hostile *resolver = hostile_start(&late);
	const char *const arguments[] = { "wait", HOSTILE_DOMAIN, "-e",
		HOSTILE_EXPECT, "--json", "-n", hostile_text(resolver),
		"--authoritative", hostile_text(server), "--deadline", "40s",
		NULL };
	struct running running[MOMENTS];
	for (int i = 0; i < MOMENTS; i++) {
		running[i] = start_with(steps_at(i), STR(""), arguments);
	}
	for (int i = 0; i < MOMENTS; i++) {
		const struct run run = program_finish(&running[i]);
		cr_expect(eq(int, run.code, 0), "%s: %s", steps_at(i), run.out);
		expect_text(run.err, "");
		expect_durations(&run, steps_at(i), 40000);
	}
	hostile_stop(&resolver);
	hostile_stop(&server);
}

Test(clock, a_fleet_is_judged_to_the_last_line)
{
	const struct hostile_fault slow = {
		.play = play_slow, .names = "", .ways = HOSTILE_BOTH
	};
	const struct str fleet = STR("notifications.yourapp.com\n"
				     "yourapp.com\nnotifications.yourapp.com\n"
				     "other.yourapp.com\n");
	struct hostile *server = hostile_start(&slow);
	const char *const arguments[] = { "batch", "-n", hostile_text(server),
		"--only", "spf,dmarc", "--state", state, NULL };
	for (size_t i = 0; i < STEPS_LEN; i++) {
		const struct running running =
		    start_with(STEPS[i], fleet, arguments);
		const struct run run = program_finish(&running);
		size_t lines = 0;
		for (const char *at = run.out; (at = strchr(at, '\n')); at++) {
			lines++;
		}
		cr_expect(eq(sz, lines, 4), "%s: %s", STEPS[i], run.err);
		cr_expect(eq(int, run.code, 1), "%s: %s", STEPS[i], run.err);
		cr_expect(strstr(run.err, "state") == NULL, "%s", run.err);
		expect_durations(&run, STEPS[i], 15000);
	}
	hostile_stop(&server);
}
