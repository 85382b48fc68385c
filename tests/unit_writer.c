/* SPDX-License-Identifier: MIT */
/* Whole lines in a plain file, and no process that stays. */
#include "base/str.h"
#include "cmd/writer.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int file;
static struct writer writer;

static void
setup(void)
{
	char path[] = "/tmp/ivycheck-writer-XXXXXX";
	file = mkostemp(path, O_CLOEXEC);
	cr_assert(file >= 0);
	(void)unlink(path);
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGXFSZ, SIG_IGN);
	writer = writer_direct(file);
}

static void
teardown(void)
{
	(void)close(file);
	cr_expect(eq(int, waitpid(-1, NULL, WNOHANG), -1), "a child is left");
}

TestSuite(writer, .init = setup, .fini = teardown);

static void
expect_file(const char *want)
{
	char got[256];
	const ssize_t len = pread(file, got, sizeof(got) - 1, 0);
	cr_assert(len >= 0);
	got[len] = '\0';
	cr_expect(eq(str, got, (char *)want));
}

/** Waits until the file has *len* octets. */
static void
wait_for_file(off_t len)
{
	struct stat about;
	do {
		(void)poll(NULL, 0, 1);
		cr_assert(fstat(file, &about) == 0);
	} while (about.st_size < len);
}

Test(writer, all_lines_are_there_at_the_end)
{
	cr_assert(writer_part(&writer));
	cr_expect(writer_write(&writer, STR("one\ntw")));
	cr_expect(writer_write(&writer, STR("o\n\nthree\n")));
	cr_expect(writer_end(&writer));
	expect_file("one\ntwo\n\nthree\n");
	cr_expect(writer_write(&writer, STR("directly")));
	expect_file("one\ntwo\n\nthree\ndirectly");
}

Test(writer, a_line_may_be_longer_than_a_pipe_holds)
{
	enum {
		LINE = 300000
	};
	struct stat about;
	char *line = calloc(LINE, 1);
	cr_assert(line != NULL);
	line[LINE - 1] = '\n';
	cr_assert(writer_part(&writer));
	cr_expect(writer_write(&writer, (struct str){ line, LINE }));
	cr_expect(writer_end(&writer));
	cr_expect(fstat(file, &about) == 0 && about.st_size == LINE);
	free(line);
}

Test(writer, what_is_no_plain_file_is_written_directly)
{
	int ends[2];
	cr_assert(pipe2(ends, O_CLOEXEC) == 0);
	writer = writer_direct(ends[1]);
	cr_assert(writer_part(&writer));
	cr_expect(eq(int, writer.pid, 0));
	cr_expect(eq(int, writer.fd, ends[1]));
	cr_expect(writer_end(&writer));
}

/** Writes a line and a half and ends as *kill_it* says; waits for all. */
static void
write_and_be_killed(void (*kill_it)(void))
{
	int alive[2];
	int status;
	struct pollfd gone = { .events = POLLIN };
	cr_assert(pipe(alive) == 0);
	const pid_t pid = fork();
	cr_assert(pid >= 0);
	if (pid == 0) {
		(void)close(alive[0]);
		(void)setpgid(0, 0);
		(void)writer_part(&writer);
		(void)writer_write(&writer, STR("whole\nha"));
		kill_it();
		_exit(0);
	}
	(void)close(alive[1]);
	gone.fd = alive[0];
	cr_assert(eq(int, poll(&gone, 1, 10000), 1), "a process stayed");
	(void)close(alive[0]);
	cr_assert(waitpid(pid, &status, 0) == pid);
	/* A status of one that a signal ended is its number. */
	cr_expect(eq(int, status, SIGKILL));
}

static void
kill_alone(void)
{
	(void)raise(SIGKILL);
}

static void
kill_group(void)
{
	wait_for_file(6);
	(void)kill(0, SIGTERM);
	(void)writer_write(&writer, STR("lf\nnext\nha"));
	wait_for_file(16);
	(void)kill(0, SIGKILL);
}

Test(writer, half_a_line_of_one_that_is_killed_is_dropped)
{
	write_and_be_killed(kill_alone);
	expect_file("whole\n");
}

Test(writer, the_end_of_its_group_is_not_its_own)
{
	(void)signal(SIGTERM, SIG_IGN);
	write_and_be_killed(kill_group);
	expect_file("whole\nhalf\nnext\n");
}

Test(writer, what_has_no_room_leaves_no_half_line)
{
	const struct rlimit limit = { 10, 10 };
	cr_assert(setrlimit(RLIMIT_FSIZE, &limit) == 0);
	cr_assert(writer_part(&writer));
	cr_expect(writer_write(&writer, STR("one\ntwo\nthree\n")));
	cr_expect(not(writer_end(&writer)));
	cr_expect(eq(int, errno, EFBIG));
	expect_file("one\ntwo\n");
	cr_expect(eq(long, lseek(file, 0, SEEK_CUR), 8));
}

Test(writer, an_error_is_told_by_what_is_written_next)
{
	const int read_only = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	writer = writer_direct(read_only);
	cr_assert(writer_part(&writer));
	while (writer_write(&writer, STR("line\n"))) {
	}
	cr_expect(eq(int, errno, EBADF));
	cr_expect(eq(int, writer.pid, 0));
	(void)close(read_only);
}

Test(writer, one_that_was_killed_itself_is_an_error)
{
	cr_assert(writer_part(&writer));
	(void)kill(writer.pid, SIGKILL);
	cr_expect(not(writer_end(&writer)));
	cr_expect(eq(int, errno, EIO));
}

Test(writer, it_can_be_waited_for_where_children_were_ignored)
{
	(void)signal(SIGCHLD, SIG_IGN);
	cr_assert(writer_part(&writer));
	cr_expect(writer_write(&writer, STR("line\n")));
	cr_expect(writer_end(&writer));
	expect_file("line\n");
}

Test(writer, a_file_is_taken_until_all_is_written)
{
	char path[64];
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	const int again = open(path, O_RDWR | O_CLOEXEC);
	cr_assert(again >= 0);
	cr_assert(writer_part(&writer));
	cr_expect(not(writer_claim(again)));
	cr_expect(writer_end(&writer));
	cr_expect(writer_claim(again));
	cr_expect(not(writer_claim(file)));
	(void)close(again);
	cr_expect(writer_claim(file));
}
