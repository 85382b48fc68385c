/* SPDX-License-Identifier: MIT */
/*
 * How long a run takes, printed and never judged: a figure that a test would
 * insist on fails on a busy machine.
 */
#include "base/alloc.h"
#include "base/arena.h"
#include "base/clock.h"
#include "delay_proxy.h"
#include "internet.h"
#include "program.h"
#include "published_zone.h"
#include "waves.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define DOMAIN      "notifications.yourapp.com"
#define EXPECT_FILE "fixtures/demo/" DOMAIN ".json"
#define EXPECT      SOURCE_DIR "/" EXPECT_FILE
#define DEMO        SOURCE_DIR "/fixtures/demo/yourapp.com.zone"
#define MENDED_FILE "fixtures/demo/mended.zone"
#define MENDED      SOURCE_DIR "/" MENDED_FILE

enum {
	RUNS = 41,
	ROUND_TRIP = 40, /* milliseconds */
};

static int
by_size(const void *a, const void *b)
{
	const double x = *(const double *)a;
	const double y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Milliseconds from before the start of the program to after its end. */
static double
once(const char *const *arguments, int code)
{
	const int64_t start = clock_monotonic();
	const pid_t pid = fork();
	if (pid == 0) {
		const int nowhere = open("/dev/null", O_WRONLY);
		dup2(nowhere, STDOUT_FILENO);
		execv(program_path(), (char *const *)arguments);
		_exit(127);
	}
	int status = 0;
	waitpid(pid, &status, 0);
	const int got = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	cr_assert(eq(int, got, code));
	return (double)(clock_monotonic() - start) / 1000;
}

static void
measure(const char *what, const char *const *arguments, int code, int runs)
{
	double times[RUNS];
	cr_assert(le(int, runs, RUNS));
	for (int i = 0; i < runs; i++) {
		times[i] = once(arguments, code);
	}
	qsort(times, (size_t)runs, sizeof(*times), by_size);
	printf("%-58s %7.1f ms (least %.1f, most %.1f, %d runs)\n", what,
	    times[runs / 2], times[0], times[runs - 1], runs);
	fflush(stdout);
}

Test(figures, a_run_over_zone_files)
{
	measure("zone files, broken domain: start to exit",
	    (const char *const[]){
		"ivycheck", "--zone", DEMO, "--expect", EXPECT, DOMAIN, NULL },
	    1, RUNS);
	measure("zone files, right domain: start to exit",
	    (const char *const[]){ "ivycheck", "--zone", MENDED, "--expect",
		EXPECT, DOMAIN, NULL },
	    0, RUNS);
}

static void
tell_chain(const struct sides *sides)
{
	const unsigned chain = waves_of(sides);
	printf("    its longest chain: %u questions, %u ms\n", chain,
	    chain * ROUND_TRIP);
}

Test(figures, a_right_domain_behind_40_ms)
{
	struct arena *arena = arena_new();
	struct internet internet =
	    internet_start("yourapp.com", source_file(arena, MENDED_FILE));
	internet_resolve(&internet, NULL);
	struct delay_proxy *far[] = {
		delay_proxy_start(server_at(internet.resolver), ROUND_TRIP),
		delay_proxy_start(server_at(internet.first), ROUND_TRIP),
		delay_proxy_start(server_at(internet.second), ROUND_TRIP),
	};
	const char *at[3];
	struct server_addr own[2];
	for (size_t i = 0; i < 3; i++) {
		at[i] = server_addr_text(arena, delay_proxy_at(far[i])).at;
	}
	own[0] = delay_proxy_at(far[1]);
	own[1] = delay_proxy_at(far[2]);
	measure("resolver at 40 ms (--view resolver)",
	    (const char *const[]){ "ivycheck", "--view", "resolver", "-n",
		at[0], "--expect", EXPECT, DOMAIN, NULL },
	    0, 11);
	tell_chain(&(struct sides){ .view = VIEW_RESOLVER });
	measure("both sides at 40 ms (--authoritative)",
	    (const char *const[]){ "ivycheck", "--authoritative", at[1],
		"--authoritative", at[2], "-n", at[0], "--expect", EXPECT,
		DOMAIN, NULL },
	    0, 11);
	tell_chain(&(struct sides){ .view = VIEW_BOTH, .given = { own, 2 } });
	printf("both sides, the zone's servers to be found\n");
	tell_chain(&(struct sides){ .view = VIEW_BOTH });
	for (size_t i = 0; i < 3; i++) {
		delay_proxy_stop(&far[i]);
	}
	internet_stop(&internet);
	arena_free(&arena);
}
