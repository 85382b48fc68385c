/* SPDX-License-Identifier: MIT */
/* Reads durations with whole numbers alone: no locale has a say in it. */
#include "cli/duration.h"

#include <assert.h>
#include <stddef.h>

#define SECOND  INT64_C(1000000)
#define LONGEST (INT64_C(366) * 86400 * SECOND)

struct unit {
	struct str name;
	int64_t microseconds;
};

/** What the unit *name* stands for; 0 if there is none. */
static int64_t
unit_find(struct str name)
{
	const struct unit units[] = {
		{ STR(""), SECOND },
		{ STR("ms"), SECOND / 1000 },
		{ STR("s"), SECOND },
		{ STR("m"), 60 * SECOND },
		{ STR("h"), 3600 * SECOND },
		{ STR("d"), 86400 * SECOND },
	};
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (str_eq(units[i].name, name)) {
			return units[i].microseconds;
		}
	}
	return 0;
}

static size_t
digits_at(struct str text, size_t from)
{
	size_t to = from;
	while (to < text.len && char_is_digit(text.at[to])) {
		to++;
	}
	return to - from;
}

/** What the digits after the point are worth. */
static int64_t
fraction(struct str digits, int64_t unit)
{
	int64_t sum = 0;
	for (size_t i = 0; i < digits.len; i++) {
		unit /= 10;
		sum += unit * (digits.at[i] - '0');
	}
	return sum;
}

bool
duration_parse(struct str text, int64_t *ret_microseconds)
{
	assert(ret_microseconds);
	unsigned long whole = 0;
	struct str after = { 0 };
	size_t end = digits_at(text, 0);
	const struct str before = str_slice(text, 0, end);
	if (end < text.len && text.at[end] == '.') {
		const size_t len = digits_at(text, end + 1);
		after = str_slice(text, end + 1, end + 1 + len);
		end += 1 + len;
		if (len == 0) {
			return false;
		}
	}
	const int64_t unit = unit_find(str_from(text, end));
	if (unit == 0 || before.len + after.len == 0) {
		return false;
	}
	const unsigned long most = (unsigned long)(LONGEST / unit);
	if (before.len > 0 && !str_number(before, most, &whole)) {
		return false;
	}
	const int64_t sum = (int64_t)whole * unit + fraction(after, unit);
	if (sum <= 0 || sum > LONGEST) {
		return false;
	}
	*ret_microseconds = sum;
	return true;
}
