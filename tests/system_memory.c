/* SPDX-License-Identifier: MIT */
/*
 * The whole program while memory is refused to it: it says so and ends with
 * exit code 2, or does without; nothing crashes, and no verdict is changed.
 * Sanitizers have an allocator of their own, so it is not tried with them.
 */
#include "base/arena.h"
#include "base/str.h"
#include "hostile.h"
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#define DEMO SOURCE_DIR "/fixtures/demo/"

enum {
	AT_ONCE = 8,
	FEWEST = 8 << 10, /* octets, with which nothing can be done */
	STEP = 5003,      /* octets more each time */
};

#ifndef __SANITIZE_ADDRESS__

static struct arena *arena;
static char folder[64];

static void
setup(void)
{
	arena = arena_new();
	(void)strcpy(folder, "/tmp/ivycheck-memory-XXXXXX");
	cr_assert(mkdtemp(folder) != NULL);
}

static void
teardown(void)
{
	/* Fails if anything was left there. */
	cr_assert(eq(int, rmdir(folder), 0));
	arena_free(&arena);
}

TestSuite(memory, .init = setup, .fini = teardown, .timeout = 600);

/** A run with little memory. */
struct poor {
	const char *allotment;
	const char *mark; /* a file that is there if something was refused */
	struct running running;
};

static struct poor
poor_start(const char *kind, long number, const char *const *arguments)
{
	struct poor poor = {
		.allotment = str_print(arena, "%s:%ld", kind, number).at,
		.mark = str_print(arena, "%s/%ld", folder, number).at,
	};
	const char *const environment[] = { "LD_PRELOAD=" BUILD_DIR
					    "/tests/allotment.so",
		str_print(arena, "IVYCHECK_ALLOTMENT=%s", poor.allotment).at,
		str_print(arena, "IVYCHECK_REFUSED=%s", poor.mark).at, NULL };
	const struct run_manner manner = { .environment = environment };
	poor.running = program_start(&manner, arguments);
	return poor;
}

/** Expects *code*, or that it is said that there was no memory. */
static struct run
poor_finish(const struct poor *poor, int code)
{
	const struct run run = program_finish(&poor->running);
	const bool told = run.code == 2 && run.err_len > 0;
	cr_expect(told || (run.code == code && run.out_len > 0),
	    "%s: signal %d, code %d: %s", poor->allotment, run.signal, run.code,
	    run.err);
	return run;
}

/** Refuses one request in *stride* in turn, until there are no more. */
static void
refuse_by(long stride, const char *const *arguments, int code)
{
	struct poor poor[AT_ONCE];
	bool refused = true;
	long told = 0;
	for (long first = 1; refused; first += AT_ONCE * stride) {
		for (long i = 0; i < AT_ONCE; i++) {
			poor[i] =
			    poor_start("nth", first + i * stride, arguments);
		}
		for (long i = 0; i < AT_ONCE; i++) {
			told += poor_finish(&poor[i], code).code == 2;
			refused = unlink(poor[i].mark) == 0;
		}
	}
	cr_expect(gt(i64, told, 20));
}

/** Gives a little more memory each time, until there is enough. */
static void
give_more(const char *const *arguments, int code)
{
	struct poor poor[AT_ONCE];
	bool refused = true;
	long told = 0;
	for (long first = FEWEST; refused; first += AT_ONCE * STEP) {
		for (long i = 0; i < AT_ONCE; i++) {
			poor[i] =
			    poor_start("octets", first + i * STEP, arguments);
		}
		for (long i = 0; i < AT_ONCE; i++) {
			told += poor_finish(&poor[i], code).code == 2;
			refused = unlink(poor[i].mark) == 0;
		}
	}
	cr_expect(gt(i64, told, 20));
}

static const char *const OFFLINE[] = { "--zone", DEMO "yourapp.com.zone", "-e",
	DEMO "notifications.yourapp.com.json", "--json", NULL };

Test(memory, each_request_of_a_check_of_files_may_be_refused)
{
	refuse_by(1, OFFLINE, 1);
}

Test(memory, a_check_of_files_may_have_too_little)
{
	give_more(OFFLINE, 1);
}

/** A check that asks, of a domain where all is right. */
static void
with_server(void (*try)(const char *const *arguments, int code))
{
	static const struct hostile_fault sound = { 0 };
	struct hostile *server = hostile_start(&sound);
	const char *const arguments[] = { HOSTILE_DOMAIN, "-e", HOSTILE_EXPECT,
		"--json", "--view", "resolver", "-n", hostile_text(server),
		NULL };
	try(arguments, 0);
	hostile_stop(&server);
}

/** Most requests are those of libcrypto when it starts: not all are tried. */
static void
refuse_some(const char *const *arguments, int code)
{
	refuse_by(getenv("IVYCHECK_TEST_LONG") ? 1 : 7, arguments, code);
}

Test(memory, any_request_of_a_check_that_asks_may_be_refused)
{
	with_server(refuse_some);
}

Test(memory, a_check_that_asks_may_have_too_little)
{
	with_server(give_more);
}

#endif
