/* SPDX-License-Identifier: MIT */
/* The convention of monitoring plugins: states, which are also exit codes. */
#ifndef REPORT_NAGIOS_H
#define REPORT_NAGIOS_H

#include "base/str.h"

#include <stdbool.h>

struct report;

enum {
	NAGIOS_FIRST_LINE = 78, /* characters before the bar and its blank */
};

enum nagios_state {
	NAGIOS_OK = 0,
	NAGIOS_WARNING = 1,
	NAGIOS_CRITICAL = 2,
	NAGIOS_UNKNOWN = 3,
};

/** A range as plugins take it: "10", "10:", "~:10", "5:10", "@5:10". */
struct nagios_range {
	struct str text;    /* as it was given; empty: there is none */
	long least;         /* LONG_MIN: no bound */
	long most;          /* LONG_MAX: no bound */
	bool alerts_inside; /* else outside */
};

/** How many there may be before it alerts. */
struct nagios_limits {
	struct nagios_range warnings; /* -w */
	struct nagios_range errors;   /* -c */
};

/** Reads *text* into *ret*; false if it is no range. */
bool nagios_range_parse(struct str text, struct nagios_range *ret);

/** True if *count* is to alert. */
bool nagios_range_alerts(const struct nagios_range *range, size_t count);

/**
 * The state of *report*: propagating, and warnings that were asked to count,
 * are a warning; what a person must change is critical. *limits* may be NULL;
 * errors that they allow are a warning.
 */
enum nagios_state nagios_state(
    const struct report *report, const struct nagios_limits *limits);

/** Of two states the one that counts: critical, warning, unknown, ok. */
enum nagios_state nagios_worst(enum nagios_state a, enum nagios_state b);

#endif
