/* SPDX-License-Identifier: MIT */
/*
 * The keeper waits at a pipe whose other end only the test holds. The pipe
 * closes when the test ends, be it by SIGKILL.
 */
#include "keeper.h"

#include "base/alloc.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct keeper {
	int pipe; /* the end to write to */
	pid_t pid;
};

static int
remove_one(
    const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status;
	(void)kind;
	(void)where;
	return remove(path);
}

void
close_all_but(int kept)
{
	if (kept > 0) {
		close_range(0, (unsigned)kept - 1, 0);
	}
	close_range((unsigned)kept + 1, ~0U, 0);
}

/* What the keeper does; never returns. */
static void
keep(int pipe, const char *folder)
{
	close_all_but(pipe);
	setsid(); /* no Ctrl-C of the terminal may reach it */
	pid_t leader = 0;
	pid_t next;
	while (read(pipe, &next, sizeof(next)) == sizeof(next)) {
		leader = next;
	}
	if (leader > 0) {
		kill(-leader, SIGKILL);
	}
	enum {
		OPEN_FOLDERS = 8
	};
	/* What is being killed may still write: again until it is empty. */
	const struct timespec moment = { 0, 10000000 };
	for (int i = 0; i < 100; i++) {
		nftw(folder, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
		if (access(folder, F_OK) != 0) {
			break;
		}
		nanosleep(&moment, NULL);
	}
	_exit(0);
}

struct keeper *
keeper_start(char ret_folder[static 64])
{
	const char *base = getenv("TMPDIR");
	const int len = snprintf(ret_folder, 64, "%s/ivycheck-test-XXXXXX",
	    base && strlen(base) < 40 ? base : "/tmp");
	cr_assert(len > 0 && len < 64 && mkdtemp(ret_folder) != NULL);
	int ends[2];
	cr_assert(eq(int, pipe2(ends, O_CLOEXEC), 0));
	const pid_t pid = fork();
	cr_assert(ge(int, pid, 0));
	if (pid == 0) {
		keep(ends[0], ret_folder);
	}
	close(ends[0]);
	struct keeper *keeper = xmalloc(sizeof(*keeper));
	*keeper = (struct keeper){ .pipe = ends[1], .pid = pid };
	return keeper;
}

void
keeper_watch(struct keeper *keeper, pid_t leader)
{
	cr_assert(
	    write(keeper->pipe, &leader, sizeof(leader)) == sizeof(leader));
}

void
keeper_stop(struct keeper **keeper)
{
	close((*keeper)->pipe);
	waitpid((*keeper)->pid, NULL, 0);
	free(*keeper);
	*keeper = NULL;
}
