/* SPDX-License-Identifier: MIT */
/*
 * What the program allows itself, whatever it meets: each bound is hit by
 * the whole program, and said. CNAMEs and the size of messages have their
 * rows in hostile_faults.def.
 */
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "cmd/output.h"
#include "hostile.h"
#include "hostile_play.h"
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

enum {
	SERVERS = 13, /* that are asked of those of one zone */
	QUESTIONS = 200,
	LINE = 64 << 10,
	LIST = 1 << 20,
	MEMORY_KIB = 32 << 10,
};

static struct arena *arena;

static void
setup(void)
{
	arena = arena_new();
}

static void
teardown(void)
{
	arena_free(&arena);
}

TestSuite(bounds, .init = setup, .fini = teardown);

/** *len* octets of *filling*, then *end*. */
static struct str
padded(char filling, size_t len, const char *end)
{
	char *at = arena_alloc(arena, len + strlen(end) + 1);
	memset(at, filling, len);
	memcpy(at + len, end, strlen(end) + 1);
	return str_of(at);
}

/** A number in the member "queries" of *report*. */
static long long
queries(const struct run *run, const char *member)
{
	json_t *report = json_loadb(run->out, run->out_len, 0, NULL);
	cr_assert(report != NULL, "%s%s", run->out, run->err);
	const json_t *all = json_object_get(report, "queries");
	const long long number =
	    json_integer_value(json_object_get(all, member));
	json_decref(report);
	return number;
}

/** Checks the domain where each of SERVERS servers and a resolver does so. */
static struct run
check_at_many(void (*play)(struct hostile_query *query))
{
	const struct hostile_fault fault = {
		.play = play, .names = "", .ways = HOSTILE_BOTH
	};
	struct hostile *servers[SERVERS + 1];
	const char *arguments[2 * SERVERS + 16] = { HOSTILE_DOMAIN, "--expect",
		HOSTILE_EXPECT, "--json", "-t", "1s" };
	int len = 6;
	for (int i = 0; i < SERVERS + 1; i++) {
		servers[i] = hostile_start(&fault);
		arguments[len++] = i == 0 ? "-n" : "--authoritative";
		arguments[len++] = hostile_text(servers[i]);
	}
	const struct run run = program_run(NULL, arguments);
	for (int i = 0; i < SERVERS + 1; i++) {
		hostile_stop(&servers[i]);
	}
	return run;
}

Test(bounds, no_domain_costs_more_than_200_questions)
{
	/* Nothing is there, so everything is looked for at every server. */
	const struct run run = check_at_many(play_denied);
	cr_expect(eq(int, run.code, 1), "%s", run.out);
	cr_expect(le(i64, queries(&run, "sent"), QUESTIONS));
	cr_expect(
	    strstr(run.out, "the limit on questions") != NULL, "%s", run.out);
}

Test(bounds, a_line_of_more_than_64_kib_is_told_and_the_next_one_read)
{
	const struct str longest = padded(' ', LINE - 11, "example.com\n");
	const struct str longer = padded(' ', LINE - 10, "example.com\n");
	const struct run_manner manner = { .in = str_print(arena,
					       "%s%sexample.com\n", longest.at,
					       longer.at) };
	const struct run run = RUN_AS(&manner, "batch", "--zone",
	    SOURCE_DIR "/fixtures/demo/mended.zone");
	const char *second = strchr(run.out, '\n');
	const char *third = second ? strchr(second + 1, '\n') : NULL;
	cr_expect(eq(int, run.code, 2));
	cr_assert(third != NULL, "%s%s", run.out, run.err);
	const char *error = strstr(run.out, "\"error\"");
	cr_expect(error > second && error < third, "%s", run.out);
	cr_expect(
	    strstr(error, "65536") || strstr(error, "64 KiB"), "%s", error);
	cr_expect(strstr(third, "\"domain\":\"example.com\"") != NULL);
}

Test(bounds, a_list_of_more_than_1_mib_is_refused)
{
	struct run_manner manner = { .in = padded(' ', LIST - 2, "[]") };
	const struct run most = RUN_AS(&manner, "-e", "-", "example.com",
	    "--zone", SOURCE_DIR "/fixtures/demo/mended.zone");
	cr_expect(strstr(most.err, "larger than") == NULL, "%s", most.err);
	manner.in = padded(' ', LIST - 1, "[]");
	const struct run more = RUN_AS(&manner, "-e", "-", "example.com",
	    "--zone", SOURCE_DIR "/fixtures/demo/mended.zone");
	cr_expect(eq(int, more.code, 2));
	cr_expect(
	    strstr(more.err, "larger than 1024 KiB") != NULL, "%s", more.err);
}

/** Runs the check in a shell that has set the limit *limit* before. */
static struct run
check_within(const char *limit, const char *resolver)
{
	const struct run_manner shell = { .program = "/bin/sh" };
	const struct str line = str_print(arena,
	    "ulimit %s; exec %s " HOSTILE_DOMAIN " --view resolver -n %s "
	    "--expect " HOSTILE_EXPECT,
	    limit, program_path(), resolver);
	return RUN_AS(&shell, "-c", line.at);
}

Test(bounds, few_descriptors_are_enough_and_too_few_are_told)
{
	const struct hostile_fault none = { 0 };
	struct hostile *server = hostile_start(&none);
	for (int most = 64; most >= 16; most -= 12) {
		const struct str limit = str_print(arena, "-n %d", most);
		const struct run run =
		    check_within(limit.at, hostile_text(server));
		cr_expect(
		    eq(int, run.code, 0), "%d: %s%s", most, run.out, run.err);
	}
	for (int most = 13; most >= 8; most--) {
		const struct str limit = str_print(arena, "-n %d", most);
		const struct run run =
		    check_within(limit.at, hostile_text(server));
		const bool told = run.code == 2 && strstr(run.err, "ulimit -n");
		cr_expect(run.code == 0 || told, "%d: %d, %s%s", most, run.code,
		    run.out, run.err);
	}
	hostile_stop(&server);
}

#ifndef __SANITIZE_ADDRESS__
Test(bounds, no_server_makes_it_take_more_than_32_mib)
{
	static const struct {
		const char *name;
		void (*play)(struct hostile_query *query);
	} rows[] = {
		{ "nothing", play_nothing },
		{ "txt_64k", play_txt_64k },
		{ "txt_64k_by_udp", play_txt_64k_by_udp },
		{ "txt_1000", play_txt_1000 },
		{ "txt_4000", play_txt_4000 },
		{ "txt_of_nothing", play_txt_of_nothing },
		{ "tcp_drip_for_ever", play_tcp_drip_for_ever },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct run run = check_at_many(rows[i].play);
		cr_expect(run.peak_kib < MEMORY_KIB, "%s: %ld KiB",
		    rows[i].name, run.peak_kib);
		if (rows[i].play == play_txt_1000) {
			cr_expect(
			    strstr(run.out, "size of their answers") != NULL);
		}
	}
}
#endif
