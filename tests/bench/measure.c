/* SPDX-License-Identifier: MIT */
/*
 * Runs a program and tells what it took: "WALL CPU PEAK STATUS", in
 * microseconds, KiB, and as wait() has it. A process of its own because the
 * peak that a system tells of a process begins with what it held before
 * exec(), which is what its parent held: this one holds next to nothing.
 *
 *	bench_measure PATH NAME ARGUMENT...
 */
#include "base/clock.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static long long
microseconds(struct timeval time)
{
	return (long long)time.tv_sec * 1000000 + time.tv_usec;
}

static void
become(char *const *arguments)
{
	const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (nowhere >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0 &&
	    dup2(nowhere, STDERR_FILENO) >= 0) {
		(void)execv(arguments[1], arguments + 2);
	}
	_exit(127);
}

int
main(int argc, char **argv)
{
	int status = 0;
	struct rusage used;
	const int64_t begun = clock_monotonic();
	if (argc < 3) {
		return EXIT_FAILURE;
	}
	const pid_t pid = fork();
	if (pid == 0) {
		become(argv);
	}
	if (pid < 0 || wait4(pid, &status, 0, &used) != pid) {
		return EXIT_FAILURE;
	}
	printf("%lld %lld %ld %d\n", (long long)(clock_monotonic() - begun),
	    microseconds(used.ru_utime) + microseconds(used.ru_stime),
	    used.ru_maxrss, status);
	return EXIT_SUCCESS;
}
