/* SPDX-License-Identifier: MIT */
/*
 * A library to be preloaded: the wall clock of the program is set while it
 * runs, as IVYCHECK_CLOCK_STEPS says: "300:86400,600:-5" is a day ahead from
 * 300 ms after the start on, and five seconds behind from 600 ms on. The
 * clocks that cannot be set are left alone.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

#include <sys/time.h>
#include <time.h>

typedef int read_fn(clockid_t clock, struct timespec *ret);

static struct timespec started;

/** The next clock_gettime(): of a sanitizer, or of the C library. */
static int
next_read(clockid_t clock, struct timespec *ret)
{
	read_fn *next = (read_fn *)(uintptr_t)dlsym(RTLD_NEXT, "clock_gettime");
	return next(clock, ret);
}

__attribute__((constructor)) static void
start(void)
{
	(void)next_read(CLOCK_MONOTONIC, &started);
}

/** By how many seconds the clock is wrong now. */
static long long
shift_now(void)
{
	struct timespec now = started;
	const char *at = getenv("IVYCHECK_CLOCK_STEPS");
	long long shift = 0;
	(void)next_read(CLOCK_MONOTONIC, &now);
	const long long passed = (now.tv_sec - started.tv_sec) * 1000LL +
				 (now.tv_nsec - started.tv_nsec) / 1000000;
	while (at && *at != '\0') {
		char *end;
		const long long since = strtoll(at, &end, 10);
		const long long by = strtoll(end + 1, &end, 10);
		shift = passed >= since ? by : shift;
		at = *end == ',' ? end + 1 : end;
	}
	return shift;
}

int
clock_gettime(clockid_t clock, struct timespec *ret)
{
	const int failed = next_read(clock, ret);
	if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) {
		ret->tv_sec += shift_now();
	}
	return failed;
}

time_t
time(time_t *ret)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_REALTIME, &now);
	if (ret) {
		*ret = now.tv_sec;
	}
	return now.tv_sec;
}

int
gettimeofday(struct timeval *restrict ret, void *restrict zone)
{
	struct timespec now;
	(void)zone;
	(void)clock_gettime(CLOCK_REALTIME, &now);
	*ret = (struct timeval){ now.tv_sec, now.tv_nsec / 1000 };
	return 0;
}
