/* SPDX-License-Identifier: MIT */
/* Reading the clocks, and writing a time (RFC 3339). */
#include "base/clock.h"

#include <assert.h>
#include <time.h>

/** Microseconds that *clock* shows. */
static int64_t
clock_read(clockid_t clock)
{
	struct timespec now;
	const int failed = clock_gettime(clock, &now);
	assert(!failed);
	return (int64_t)now.tv_sec * CLOCK_SECOND + now.tv_nsec / 1000;
}

int64_t
clock_monotonic(void)
{
	return clock_read(CLOCK_MONOTONIC);
}

int64_t
clock_wall_exact(void)
{
	return clock_read(CLOCK_REALTIME);
}

/** Microseconds since the start of the machine. */
static int64_t
clock_uptime(void)
{
#ifdef CLOCK_BOOTTIME
	return clock_read(CLOCK_BOOTTIME);
#else
	return clock_monotonic();
#endif
}

int64_t
clock_era(void)
{
	return clock_wall_exact() - clock_uptime();
}

int64_t
clock_in_era(int64_t era)
{
	return era + clock_uptime();
}

int64_t
clock_wall(void)
{
	return (int64_t)time(NULL);
}

struct str
clock_rfc3339(struct arena *arena, int64_t seconds)
{
	const time_t when = (time_t)seconds;
	struct tm utc;
	if (!gmtime_r(&when, &utc)) {
		return STR("1970-01-01T00:00:00Z");
	}
	return str_print(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ",
	    utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour,
	    utc.tm_min, utc.tm_sec);
}
