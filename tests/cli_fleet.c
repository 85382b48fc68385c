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

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	FLEET = 300,   /* domains */
	KILLS = 50,    /* of one batch that is resumed */
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

/** The process that writes for *pid*, once there is one. */
static pid_t
writer_of(pid_t pid)
{
	char path[64];
	int writer = 0;
	(void)snprintf(
	    path, sizeof(path), "/proc/%d/task/%d/children", pid, pid);
	for (int i = 0; i < 10000 && writer == 0; i++) {
		FILE *children = fopen(path, "r");
		if (!children) {
			cr_skip_test("this system does not tell children");
		}
		if (fscanf(children, "%d", &writer) != 1) {
			(void)poll(NULL, 0, MOMENT);
		}
		(void)fclose(children);
	}
	cr_assert(gt(int, writer, 0));
	return writer;
}

/** Waits until something is in the file of --resume. */
static void
wait_for_reports(void)
{
	struct stat file = { 0 };
	for (int i = 0; i < 10000 && file.st_size == 0; i++) {
		(void)poll(NULL, 0, MOMENT);
		(void)stat(reports, &file);
	}
	cr_assert(gt(long, file.st_size, 0));
}

Test(cli_fleet, what_a_killed_run_still_writes_is_waited_for)
{
	const struct run_manner lines = { .in = fleet(FLEET) };
	const char *const arguments[] = { "batch", "--zone", zone, "--resume",
		reports, NULL };
	const struct running killed = program_start(&lines, arguments);
	const pid_t writer = writer_of(killed.pid);
	wait_for_reports();
	(void)kill(writer, SIGSTOP);
	/* Now more is on its way to the file. */
	(void)poll(NULL, 0, 50 * MOMENT);
	(void)kill(killed.pid, SIGKILL);
	const struct running next = program_start(&lines, arguments);
	(void)poll(NULL, 0, 1200 * MOMENT);
	(void)kill(writer, SIGCONT);
	const struct run run = program_finish(&next);
	(void)program_finish(&killed);
	cr_expect(
	    strstr(run.err, "waiting for another run") != NULL, "%s", run.err);
	cr_expect(eq(sz, lines_count(reports_read()), FLEET));
}

Test(cli_fleet, of_two_runs_on_one_file_the_second_says_so)
{
	const struct run_manner lines = { .in = fleet(LONG) };
	const char *const arguments[] = { "batch", "--zone", zone, "--resume",
		reports, NULL };
	const struct running first = program_start(&lines, arguments);
	wait_for_reports();
	(void)kill(first.pid, SIGSTOP);
	const struct run second = program_run(&lines, arguments);
	(void)kill(first.pid, SIGKILL);
	(void)program_finish(&first);
	cr_expect(eq(int, second.code, 2));
	cr_expect(strstr(second.err, "another run is writing") != NULL, "%s",
	    second.err);
	expect_whole(reports_read(), "of --resume");
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

/** Lines, and what stands in their places. */
static const struct {
	struct str line;
	const char *place;
} ODD[] = {
	{ STR("\xef\xbb\xbf{\"domain\":\"d1.shop.example\"}\n"),
	    "\"domain\":\"d1.shop.example\"" },
	{ STR("{\"domain\":\"d2.shop.example\",\n"),
	    "the object, column 28: the JSON ends too early" },
	{ STR("\xff\xfe"
	      "d\0\n"),
	    "zero byte in it; is this UTF-16" },
	{ STR("\0d\0.\0\n"), "zero byte in it; is this UTF-16" },
	{ STR("d3.shop.example\r\n"), "\"domain\":\"d3.shop.example\"" },
	{ STR("d4.shop.example,x\n"), "has a character that no mail domain" },
	{ STR("\xe4.example\n"), "\"input\":\"\\\\228.example\"" },
	{ STR("# d5.shop.example\n\n \t\nd6.shop.example"),
	    "\"domain\":\"d6.shop.example\"" },
};

Test(cli_fleet, what_cannot_be_read_is_told_in_its_place)
{
	struct buf in = buf_new(arena);
	const size_t len = sizeof(ODD) / sizeof(*ODD);
	for (size_t i = 0; i < len; i++) {
		buf_add(&in, ODD[i].line);
	}
	const struct run_manner lines = { .in = buf_str(&in) };
	const struct run run = RUN_AS(&lines, "batch", "--zone", zone);
	struct str rest = { run.out, run.out_len };
	struct str line;
	cr_expect(eq(int, run.code, 2));
	cr_expect(eq(sz, lines_count(rest), len));
	for (size_t i = 0; i < len && str_split(&rest, '\n', &line); i++) {
		cr_expect(str_find(line, str_of(ODD[i].place)) >= 0, "%s: %.*s",
		    ODD[i].place, STR_ARG(line));
	}
	cr_expect(strstr(run.err, "3 domains in ") != NULL &&
		      strstr(run.err, ", 5 unreadable lines\n") != NULL,
	    "%s", run.err);
}

Test(cli_fleet, beside_a_text_the_numbers_of_bad_lines_are_told)
{
	const struct run_manner lines = {
		.in = STR("d1.shop.example\n\nd2\n"),
	};
	const struct run run =
	    RUN_AS(&lines, "batch", "--zone", zone, "-f", "text", "-q");
	cr_expect(eq(int, run.code, 2));
	expect_text(
	    run.err, "ivycheck: line 3: \"d2\" is one label, not a domain\n");
}

Test(cli_fleet, what_is_no_list_has_no_end_either)
{
	const struct run run = RUN("batch", "--zone", zone, folder);
	cr_expect(eq(int, run.code, 2));
	cr_expect(strstr(run.err, ": Is a directory\n") != NULL, "%s", run.err);
	const struct run resumed =
	    RUN("batch", "--zone", zone, "--resume", folder, zone);
	cr_expect(eq(int, resumed.code, 2));
}
