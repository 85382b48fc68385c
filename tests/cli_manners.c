/* SPDX-License-Identifier: MIT */
/*
 * How the program behaves as a process: limits, places, languages, little
 * memory, and what must not be told. Signals and closed descriptors are in
 * cli_asking.c and cli_output.c.
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

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define DEMO   SOURCE_DIR "/fixtures/demo/"
#define ZONE   DEMO "yourapp.com.zone"
#define LIST   DEMO "notifications.yourapp.com.json"
#define CHECK  "--zone " ZONE " -e " LIST
/* Looks like what the API wants, and is nobody's. */
#define SECRET "ivk_live_9f8e7d6c5b4a39281706f5e4d3c2b1a0"

static char folder[64];
static struct arena *arena;

static void
setup(void)
{
	(void)snprintf(folder, sizeof(folder), "/tmp/ivycheck-manners-XXXXXX");
	cr_assert(mkdtemp(folder) != NULL);
	arena = arena_new();
}

/** The path of *name* in the folder of the test. */
static const char *
path_of(const char *name)
{
	return str_print(arena, "%s/%s", folder, name).at;
}

static void
teardown(void)
{
	(void)unlink(path_of("out"));
	(void)unlink(path_of("save"));
	(void)unlink(path_of("list"));
	/* Fails if anything else was left there. */
	cr_assert(rmdir(folder) == 0);
	arena_free(&arena);
}

TestSuite(cli_manners, .init = setup, .fini = teardown);

static const char *
content_of(const char *path)
{
	struct str content = { 0 };
	struct err err = { 0 };
	cr_assert(file_read(arena, str_of(path), 1 << 20, &content, &err), "%s",
	    err.text);
	return str_z(arena, content);
}

static void
put(const char *path, const char *content)
{
	struct err err = { 0 };
	cr_assert(file_write(arena, str_of(path), str_of(content), &err), "%s",
	    err.text);
}

static size_t
files_in_folder(void)
{
	DIR *all = opendir(folder);
	size_t count = 0;
	cr_assert(all != NULL);
	for (const struct dirent *file = readdir(all); file;
	     file = readdir(all)) {
		count += file->d_name[0] != '.';
	}
	(void)closedir(all);
	return count;
}

/** Runs *line* in a shell; "$0" is the program. */
static struct run
shell(const char *line)
{
	const struct run_manner manner = { .program = "/bin/sh" };
	return RUN_AS(&manner, "-c", line, program_path());
}

Test(cli_manners, a_disk_that_fills_up_leaves_the_old_files)
{
	put(path_of("out"), "old report\n");
	put(path_of("save"), "old answers\n");
	const struct str line = str_print(arena,
	    "ulimit -f 1; exec \"$0\" " CHECK " -o %s --save %s",
	    path_of("out"), path_of("save"));
	const struct run run = shell(line.at);
	cr_expect(eq(int, run.code, 2), "signal %d: %s", run.signal, run.err);
	cr_expect(strstr(run.err, "File too large") != NULL, "%s", run.err);
	expect_text(content_of(path_of("out")), "old report\n");
	expect_text(content_of(path_of("save")), "old answers\n");
	cr_expect(eq(sz, files_in_folder(), 2));
}

Test(cli_manners, a_file_that_cannot_be_written_spoils_no_other)
{
	put(path_of("save"), "old answers\n");
	const struct run no_save = RUN("--zone", ZONE, "-e", LIST, "-o",
	    path_of("out"), "--save", path_of("none/save"));
	cr_expect(eq(int, no_save.code, 2));
	cr_expect(strstr(no_save.err, "none/save") != NULL, "%s", no_save.err);
	const struct run no_out = RUN("--zone", ZONE, "-e", LIST, "-o",
	    path_of("none/out"), "--save", path_of("save"));
	cr_expect(eq(int, no_out.code, 2));
	cr_expect(strstr(no_out.err, "none/out") != NULL, "%s", no_out.err);
	const char *saved = content_of(path_of("save"));
	cr_expect(strcmp(saved, "old answers\n") == 0 || saved[0] == '{', "%s",
	    saved);
}

Test(cli_manners, a_signal_leaves_whole_files)
{
	const struct hostile_fault silent = {
		.play = play_silent, .names = "", .ways = HOSTILE_BOTH
	};
	const struct timespec moment = { .tv_nsec = 1000000 };
	struct hostile *server = hostile_start(&silent);
	const char *const arguments[] = { "example.com", "-t", "15", "-n",
		hostile_text(server), "-o", path_of("out"), "--save",
		path_of("save"), NULL };
	put(path_of("out"), "old report\n");
	const struct running running = program_start(NULL, arguments);
	for (int i = 0; i < 10000 && hostile_asked(server) == 0; i++) {
		(void)nanosleep(&moment, NULL);
	}
	(void)kill(running.pid, SIGTERM);
	const struct run run = program_finish(&running);
	hostile_stop(&server);
	cr_expect(eq(int, run.signal, SIGTERM), "%s", run.err);
	const char *report = content_of(path_of("out"));
	cr_expect(strstr(report, "UNKNOWN  example.com") != NULL, "%s", report);
	cr_expect(le(sz, files_in_folder(), 2));
}

Test(cli_manners, a_signal_ends_the_wait_for_a_line)
{
	const struct timespec moment = { .tv_nsec = 100000000 };
	const char *pipe = path_of("pipe");
	cr_assert(eq(int, mkfifo(pipe, 0600), 0));
	const char *const arguments[] = { "batch", "--zone",
		SOURCE_DIR "/fixtures/demo/mended.zone", pipe, NULL };
	const struct running running = program_start(NULL, arguments);
	/* Somebody has it open, and writes half a line. */
	const int writer = open(pipe, O_WRONLY | O_CLOEXEC);
	cr_assert(ge(int, writer, 0));
	cr_assert(eq(int, (int)write(writer, "example", 7), 7));
	(void)nanosleep(&moment, NULL);
	(void)kill(running.pid, SIGTERM);
	const struct run run = program_finish(&running);
	(void)close(writer);
	(void)unlink(pipe);
	cr_expect(not(run.too_slow));
	cr_expect(eq(int, run.signal, SIGTERM), "%s", run.err);
	cr_expect(eq(sz, run.out_len, 0), "%s", run.out);
}

/** The JSON report without the times in it. */
static const char *
judged(const struct run *run)
{
	const char *from = strstr(run->out, "\"verdict\"");
	const char *to = strstr(run->out, "\"queries\"");
	cr_assert(from != NULL && to != NULL, "%s%s", run->out, run->err);
	const struct str part = { from, (size_t)(to - from) };
	return str_z(arena, part);
}

Test(cli_manners, language_and_place_change_no_report)
{
	static const char *const rows[] = { "LC_ALL=C", "LC_ALL=POSIX",
		"LC_ALL=tr_TR.UTF-8", "LC_ALL=de_DE", "LC_ALL=nonsense",
		"TZ=Pacific/Kiritimati", "TZ=:/nonexistent", "TZ=UTC-99",
		"HOME=/nonexistent", "HOME=", "PATH=", "COLUMNS=1" };
	const struct run usual = RUN("--zone", ZONE, "-e", LIST, "--json");
	cr_expect(eq(int, usual.code, 1));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *const environment[] = { rows[i], NULL };
		const struct run_manner manner = { .environment = environment };
		const struct run run =
		    RUN_AS(&manner, "--zone", ZONE, "-e", LIST, "--json");
		cr_expect(eq(int, run.code, 1), "%s", rows[i]);
		cr_expect(strcmp(judged(&run), judged(&usual)) == 0, "%s: %s",
		    rows[i], run.out);
		cr_expect(eq(sz, run.err_len, 0), "%s: %s", rows[i], run.err);
	}
}

Test(cli_manners, times_are_those_of_greenwich)
{
	const char *const environment[] = { "TZ=UTC-14", NULL };
	const struct run_manner far = { .environment = environment };
	const char key[] = "\"generated_at\": \"";
	const struct run there =
	    RUN_AS(&far, "--zone", ZONE, "-e", LIST, "--json");
	const struct run here = RUN("--zone", ZONE, "-e", LIST, "--json");
	const char *a = strstr(there.out, key);
	const char *b = strstr(here.out, key);
	cr_assert(a != NULL && b != NULL);
	/* The same hour, unless it has just begun. */
	const int difference =
	    atoi(a + sizeof(key) + 10) - atoi(b + sizeof(key) + 10);
	cr_expect(difference == 0 || difference == -1 || difference == 23);
}

Test(cli_manners, closed_descriptors_do_not_change_the_verdict)
{
	const struct run_manner no_in = { .closed = { true, false, false } };
	const struct run_manner no_err = { .closed = { true, false, true } };
	const struct run_manner no_out = { .closed = { false, true, false } };
	const struct run_manner none = { .closed = { true, true, true } };
	cr_expect(eq(int, RUN_AS(&no_in, "--zone", ZONE, "-e", LIST).code, 1));
	cr_expect(eq(int, RUN_AS(&no_err, "--zone", ZONE, "-e", LIST).code, 1));
	cr_expect(eq(int,
	    RUN_AS(&no_out, "--zone", ZONE, "-e", LIST, "-o", path_of("out"))
		.code,
	    1));
	cr_expect(strstr(content_of(path_of("out")), "ACTION NEEDED") != NULL);
	cr_expect(eq(int, RUN_AS(&none, "--zone", ZONE, "-e", LIST).code, 2));
	/* A list that is not there is not the next file that was opened. */
	cr_expect(eq(int, RUN_AS(&none, "--zone", ZONE, "-e", "-").code, 2));
}

/** The demo's list with a key where people leave one. */
static const char *
list_with_secret(void)
{
	const char *list = content_of(LIST);
	const char *brace = strchr(list, '{');
	cr_assert(brace != NULL);
	return str_print(arena,
	    "{ \"api_key\": \"" SECRET "\", \"headers\": { \"Authorization\": "
	    "\"Bearer " SECRET "\" },\n%s",
	    brace + 1)
	    .at;
}

static void
expect_discreet(const struct run *run, const char *what)
{
	cr_expect(strstr(run->out, SECRET) == NULL, "%s: %s", what, run->out);
	cr_expect(strstr(run->err, SECRET) == NULL, "%s: %s", what, run->err);
}

Test(cli_manners, no_report_and_no_file_tells_a_key)
{
	static const char *const formats[] = { "text", "json", "markdown",
		"html", "nagios", "prometheus" };
	const char *const environment[] = { "IVYMAIL_API_KEY=" SECRET,
		"API_KEY=" SECRET, NULL };
	const struct run_manner manner = { .environment = environment };
	put(path_of("list"), list_with_secret());
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		const struct run run =
		    RUN_AS(&manner, "--zone", ZONE, "-e", path_of("list"),
			"-vv", "-f", formats[i], "--save", path_of("save"));
		cr_expect(run.code == 1 || run.code == 2, "%s: %d, %s",
		    formats[i], run.code, run.err);
		cr_expect(run.out_len > 0, "%s", formats[i]);
		expect_discreet(&run, formats[i]);
		cr_expect(strstr(content_of(path_of("save")), SECRET) == NULL,
		    "%s", formats[i]);
	}
	const struct run version = RUN_AS(&manner, "-V");
	expect_discreet(&version, "-V");
}

Test(cli_manners, no_message_tells_a_key)
{
	static const char *const lists[] = {
		"{\"api_key\":\"" SECRET "\" \"domain\":\"example.com\"}",
		"{\"domain\":\"example.com\",\"api_key\":" SECRET "}",
		"{\"success\":false,\"error\":\"no such key: " SECRET "\"}",
		"Authorization: Bearer " SECRET "\n{}",
		SECRET,
		"Type,Name,Value\nTXT,\"" SECRET "\n",
		"[{\"type\":\"TXT\",\"name\":\"a..b\",\"value\":\"" SECRET
		"\"}]",
	};
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		put(path_of("list"), lists[i]);
		const struct run run =
		    RUN("example.com", "--zone", ZONE, "-e", path_of("list"));
		cr_expect(eq(int, run.code, 2), "%s: %s", lists[i], run.out);
		expect_discreet(&run, lists[i]);
	}
}

#ifndef __SANITIZE_ADDRESS__
Test(cli_manners, little_memory_ends_it_with_a_sentence)
{
	const struct run usual = RUN("--zone", ZONE, "-e", LIST);
	int told = 0;
	for (int kib = 15 << 10; kib > 8 << 10; kib -= 64) {
		/* 127 is what is left where its libraries find no room. */
		const struct str line = str_print(arena,
		    "(ulimit -v %d; exec \"$0\" " CHECK
		    ") || exit $(($? %% 127))",
		    kib);
		const struct run run = shell(line.at);
		if (run.code == usual.code) {
			expect_text(run.out, usual.out);
		} else if (run.code == 2) {
			expect_text(run.err, "ivycheck: out of memory\n");
			told++;
		} else {
			cr_expect(
			    eq(int, run.code, 0), "%d KiB: %s", kib, run.err);
		}
	}
	cr_expect(gt(int, told, 0));
}
#endif
