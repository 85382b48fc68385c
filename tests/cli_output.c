/* SPDX-License-Identifier: MIT */
/* Where the output goes, and what becomes of it when it cannot go there. */
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "cmd/output.h"
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static struct arena *arena;

static void
setup(void)
{
	(void)snprintf(folder, sizeof(folder), "/tmp/ivycheck-out-XXXXXX");
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
	(void)unlink(path_of("link"));
	/* Fails if anything else was left there. */
	cr_assert(rmdir(folder) == 0);
	arena_free(&arena);
}

TestSuite(cli_output, .init = setup, .fini = teardown);

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

Test(cli_output, a_file_gets_exactly_what_stdout_would)
{
	const char *path = path_of("out");
	const struct run shown = RUN("explain", "spf-ptr");
	const struct run kept = RUN("explain", "spf-ptr", "-o", path);
	cr_expect(eq(int, kept.code, 0));
	expect_text(kept.out, "");
	expect_text(content_of(path), shown.out);
}

Test(cli_output, a_file_that_is_replaced_keeps_its_rights_and_its_links)
{
	struct stat at;
	put(path_of("out"), "old\n");
	cr_assert(chmod(path_of("out"), 0640) == 0);
	cr_assert(symlink("out", path_of("link")) == 0);
	const struct run run = RUN("explain", "-q", "-o", path_of("link"));
	cr_expect(eq(int, run.code, 0));
	cr_assert(lstat(path_of("link"), &at) == 0);
	const bool is_link = S_ISLNK(at.st_mode);
	cr_expect(is_link);
	cr_assert(stat(path_of("out"), &at) == 0);
	cr_expect(eq(uint, at.st_mode & 07777, 0640));
	cr_expect(strstr(content_of(path_of("out")), "spf-ptr\n") != NULL);
}

Test(cli_output, a_file_stays_as_it_was_when_something_fails)
{
	put(path_of("out"), "old\n");
	const struct run run = RUN("explain", "bogus", "-o", path_of("out"));
	cr_expect(eq(int, run.code, 2));
	expect_text(content_of(path_of("out")), "old\n");
}

Test(cli_output, a_file_that_cannot_be_made_is_named)
{
	const struct run run = RUN("explain", "-o", path_of("missing/out"));
	cr_expect(eq(int, run.code, 2));
	cr_expect(strstr(run.err, "missing/out") != NULL, "%s", run.err);
	cr_expect(strstr(run.err, "No such file") != NULL, "%s", run.err);
}

Test(cli_output, a_device_is_written_as_it_is)
{
	const struct run run = RUN("explain", "-o", "/dev/stdout");
	cr_expect(eq(int, run.code, 0));
	cr_expect(strstr(run.out, "spf-ptr") != NULL);
}

/** What "explain" writes to a terminal, in an environment with *more*. */
static const char *
on_terminal(const char *more, char to[static 4096])
{
	const int master = posix_openpt(O_RDWR | O_NOCTTY);
	const char *const environment[] = { "TERM=xterm", more, NULL };
	cr_assert(master >= 0);
	cr_assert(grantpt(master) == 0 && unlockpt(master) == 0);
	const struct run_manner terminal = {
		.out = ptsname(master),
		.environment = environment,
	};
	const struct run run = RUN_AS(&terminal, "explain", "spf-ptr");
	cr_expect(eq(int, run.code, 0));
	const ssize_t len = read(master, to, 4095);
	cr_assert(len > 0);
	to[len] = '\0';
	(void)close(master);
	return to;
}

Test(cli_output, a_terminal_gets_colours_unless_it_wants_none)
{
	char seen[4096];
	cr_expect(strchr(on_terminal("A=1", seen), '\x1b') != NULL);
	cr_expect(strchr(on_terminal("NO_COLOR=", seen), '\x1b') != NULL);
	cr_expect(strchr(on_terminal("NO_COLOR=1", seen), '\x1b') == NULL);
	cr_expect(strchr(on_terminal("TERM=dumb", seen), '\x1b') == NULL);
}

Test(cli_output, a_full_disk_is_told)
{
	const struct run_manner full = { .out = "/dev/full" };
	const struct run run = RUN_AS(&full, "explain");
	cr_expect(eq(int, run.code, 2));
	cr_expect(strstr(run.err, "cannot write to stdout: No space") != NULL,
	    "%s", run.err);
	const struct run file = RUN("explain", "-o", "/dev/full");
	cr_expect(eq(int, file.code, 2));
	cr_expect(strstr(file.err, "/dev/full") != NULL, "%s", file.err);
}

Test(cli_output, closed_descriptors_are_survived)
{
	const struct run_manner no_out = { .closed = { false, true, false } };
	const struct run told = RUN_AS(&no_out, "explain");
	cr_expect(eq(int, told.code, 2));
	cr_expect(strstr(told.err, "cannot write to stdout") != NULL);
	const struct run_manner no_err = { .closed = { true, false, true } };
	const struct run good = RUN_AS(&no_err, "explain");
	const struct run bad = RUN_AS(&no_err, "explain", "bogus");
	cr_expect(eq(int, good.code, 0));
	cr_expect(eq(int, bad.code, 2));
	const struct run_manner none = { .closed = { true, true, true } };
	const struct run mute = RUN_AS(&none, "explain");
	cr_expect(eq(int, mute.code, 2));
}

Test(cli_output, nothing_goes_to_a_file_that_took_the_place_of_stdout)
{
	const struct run_manner no_out = { .closed = { true, true, true } };
	const struct run run =
	    RUN_AS(&no_out, "explain", "-q", "-o", path_of("out"));
	cr_expect(eq(int, run.code, 0));
	cr_expect(strstr(content_of(path_of("out")), "spf-ptr\n") != NULL);
}

Test(cli_output, a_reader_that_leaves_ends_it_quietly)
{
	const struct run_manner unread = { .unread = true };
	const struct run run = RUN_AS(&unread, "explain");
	cr_expect(eq(int, run.signal, SIGPIPE));
	expect_text(run.err, "");
}

Test(cli_output, reading_stops_at_the_limit_and_at_folders)
{
	struct str content;
	struct err err = { 0 };
	put(path_of("out"), "12345");
	cr_expect(file_read(arena, str_of(path_of("out")), 5, &content, &err));
	cr_expect(
	    not(file_read(arena, str_of(path_of("out")), 4, &content, &err)));
	cr_expect(strstr(err.text, "larger than") != NULL, "%s", err.text);
	cr_expect(not(file_read(arena, STR("/"), 4, &content, &err)));
	cr_expect(strstr(err.text, "directory") != NULL, "%s", err.text);
}
