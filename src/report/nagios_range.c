/* SPDX-License-Identifier: MIT */
/* The ranges of monitoring plugins. */
#include "report/nagios.h"

#include <assert.h>
#include <limits.h>

enum {
	GREATEST = 1000000000, /* in a range */
};

/**
 * Reads a bound; *open* if it is left out. The ranges of the Monitoring
 * Plugins guidelines: [@][START:]END alerts outside of START..END, or inside
 * with "@"; START is 0 if it is left out and without limit as "~", END is
 * without limit if it is left out after a colon.
 */
static bool
bound_parse(struct str text, long open, long *ret)
{
	unsigned long number = 0;
	const bool negative = str_starts(text, STR("-"));
	if (text.len == 0) {
		*ret = open;
		return true;
	}
	if (!str_number(str_from(text, negative), GREATEST, &number)) {
		return false;
	}
	*ret = negative ? -(long)number : (long)number;
	return true;
}

bool
nagios_range_parse(struct str text, struct nagios_range *ret)
{
	struct nagios_range range = { .text = text };
	range.alerts_inside = str_starts(text, STR("@"));
	const struct str bounds = str_from(text, range.alerts_inside);
	const ptrdiff_t colon = str_index(bounds, ':');
	const struct str end =
	    str_from(bounds, colon < 0 ? 0 : (size_t)colon + 1);
	const struct str start =
	    str_slice(bounds, 0, colon < 0 ? 0 : (size_t)colon);
	const bool endless = str_eq(start, STR("~"));
	if (bounds.len == 0 || !bound_parse(end, LONG_MAX, &range.most) ||
	    (!endless && !bound_parse(start, 0, &range.least))) {
		return false;
	}
	range.least = endless ? LONG_MIN : range.least;
	*ret = range;
	return range.least <= range.most;
}

bool
nagios_range_alerts(const struct nagios_range *range, size_t count)
{
	assert(range->text.len > 0);
	const long number = count < GREATEST ? (long)count : GREATEST;
	const bool inside = number >= range->least && number <= range->most;
	return inside == range->alerts_inside;
}
