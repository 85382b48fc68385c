/* SPDX-License-Identifier: MIT */
/* The convention of monitoring plugins: states, which are also exit codes. */
#ifndef REPORT_NAGIOS_H
#define REPORT_NAGIOS_H

struct report;

enum nagios_state {
	NAGIOS_OK = 0,
	NAGIOS_WARNING = 1,
	NAGIOS_CRITICAL = 2,
	NAGIOS_UNKNOWN = 3,
};

/**
 * The state of *report*: propagating, and warnings that were asked to count,
 * are a warning; what a person must change is critical.
 */
enum nagios_state nagios_state(const struct report *report);

/** Of two states the one that counts: critical, warning, unknown, ok. */
enum nagios_state nagios_worst(enum nagios_state a, enum nagios_state b);

#endif
