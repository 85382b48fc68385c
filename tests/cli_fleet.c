/* SPDX-License-Identifier: MIT */
/* What a batch leaves in a file, however it ends: whole lines. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "cmd/output.h"
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	FLEET = 300,   /* domains */
	KILLS = 30,    /* of one batch that is resumed */
	BETWEEN = 3,   /* milliseconds that each of them lives longer */
	MOMENT = 1,    /* milliseconds */
	LONG = 100000, /* domains of a batch that does not get to its end */
};

static struct arena *arena;
static char folder[64];
static const char *reports; /* paths */
static const char *zone;

static const char *
path_of(const char *name)
{
	return str_print(arena, "%s/%s", folder, name).at;
}

static void
setup(void)
{
	struct err err = { 0 };
	arena = arena_new();
	(void)strcpy(folder, "/tmp/ivycheck-cli-fleet-XXXXXX");
	cr_assert(mkdtemp(folder) != NULL);
	reports = path_of("reports");
	zone = path_of("zone");
	cr_assert(file_write(arena, str_of(zone),
	    STR("$ORIGIN shop.example.\n$TTL 300\n"
		"@ SOA ns1 hostmaster 1 7200 900 86400 300\n"),
	    &err));
}

static void
teardown(void)
{
	(void)unlink(zone);
	(void)unlink(reports);
	cr_expect(eq(int, rmdir(folder), 0), "something was left behind");
	arena_free(&arena);
}

TestSuite(cli_fleet, .init = setup, .fini = teardown);

static struct str
fleet(size_t len)
{
	struct buf lines = buf_new(arena);
	for (size_t i = 0; i < len; i++) {
		buf_addf(&lines, "d%zu.shop.example\n", i);
	}
	return buf_str(&lines);
}

/** What is in the file of --resume. */
static struct str
reports_read(void)
{
	struct str text = { 0 };
	struct err err = { 0 };
	if (access(reports, F_OK) == 0) {
		cr_assert(
		    file_read(arena, str_of(reports), 1 << 24, &text, &err));
	}
	return text;
}

static size_t
lines_count(struct str text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++) {
		count += text.at[i] == '\n';
	}
	return count;
}

static void
expect_whole(struct str text, const char *what)
{
	cr_expect(text.len == 0 || text.at[text.len - 1] == '\n',
	    "half a line %s", what);
}

Test(cli_fleet, killed_again_and_again_it_tells_each_domain_once)
{
	const struct run_manner lines = { .in = fleet(FLEET) };
	const char *const arguments[] = { "batch", "--zone", zone, "--resume",
		reports, NULL };
	for (int i = 0; i < KILLS; i++) {
		const struct running running = program_start(&lines, arguments);
		(void)poll(NULL, 0, i * BETWEEN);
		(void)kill(running.pid, SIGKILL);
		(void)program_finish(&running);
		expect_whole(reports_read(), "of --resume");
	}
	/* A fast machine leaves nothing to be judged. */
	const bool left = lines_count(reports_read()) < FLEET;
	const struct run last = program_run(&lines, arguments);
	cr_expect(eq(int, last.code, left), "%s", last.err);
	cr_expect(eq(sz, lines_count(reports_read()), FLEET));
}

/** Runs batch where a file gets no larger than 20 blocks of 512 bytes. */
#define RUN_SHORT_OF_ROOM(...)                                          \
	RUN_AS((&(const struct run_manner){                             \
		   .program = "/bin/sh", .in = fleet(FLEET) }),         \
	    "-c", "ulimit -f 20 && exec \"$0\" \"$@\"", program_path(), \
	    "batch", "--zone", zone, __VA_ARGS__)

Test(cli_fleet, where_there_is_no_room_it_says_so_and_leaves_whole_lines)
{
	const struct run run = RUN_SHORT_OF_ROOM("-");
	cr_expect(eq(int, run.code, 2));
	cr_expect(
	    strstr(run.err, "stdout: File too large") != NULL, "%s", run.err);
	cr_expect(gt(sz, run.out_len, 0));
	expect_whole((struct str){ run.out, run.out_len }, "of stdout");
	const struct run resumed = RUN_SHORT_OF_ROOM("--resume", reports);
	cr_expect(eq(int, resumed.code, 2));
	cr_expect(strstr(resumed.err, "reports: File too large") != NULL, "%s",
	    resumed.err);
	cr_expect(gt(sz, reports_read().len, 0));
	expect_whole(reports_read(), "of --resume");
}

/** Starts a long batch, and ends it once something was written. */
static struct run
end_by(int number)
{
	const struct run_manner lines = { .in = fleet(LONG) };
	const char *const arguments[] = { "batch", "--zone", zone, NULL };
	const struct running running = program_start(&lines, arguments);
	struct stat out = { 0 };
	for (int i = 0; i < 10000 && out.st_size == 0; i++) {
		(void)poll(NULL, 0, MOMENT);
		cr_assert(fstat(running.out, &out) == 0);
	}
	(void)kill(running.pid, number);
	return program_finish(&running);
}

Test(cli_fleet, ended_by_any_signal_it_leaves_whole_lines)
{
	const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGKILL };
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		const struct run run = end_by(numbers[i]);
		const struct str out = { run.out, run.out_len };
		cr_expect(eq(int, run.signal, numbers[i]));
		cr_expect(not(run.too_slow));
		cr_expect(gt(sz, lines_count(out), 0));
		cr_expect(lt(sz, lines_count(out), LONG));
		expect_whole(out, strsignal(numbers[i]));
	}
}
