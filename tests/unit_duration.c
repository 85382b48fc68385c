/* SPDX-License-Identifier: MIT */
/* Durations as people write them. */
#include "cli/duration.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

Test(duration, is_a_number_with_a_unit)
{
	static const struct {
		const char *text;
		int64_t microseconds;
	} rows[] = {
		{ "5s", 5000000 },
		{ "300ms", 300000 },
		{ "1.5m", 90000000 },
		{ "2h", INT64_C(7200000000) },
		{ "366d", INT64_C(31622400000000) },
		{ "10", 10000000 },
		{ "0.25", 250000 },
		{ ".5s", 500000 },
		{ "0.001ms", 1 },
		{ "1.0000001s", 1000000 },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int64_t got = -1;
		cr_expect(duration_parse(str_of(rows[i].text), &got), "%s",
		    rows[i].text);
		cr_expect(
		    eq(i64, got, rows[i].microseconds), "%s", rows[i].text);
	}
}

Test(duration, is_refused_when_it_is_something_else)
{
	static const char *const bad[] = { "", "s", "5 s", "5S", "-5s", "+5s",
		"5.s", ".", ".s", "1.2.3s", "5sec", "0", "0s", "0.0000001s",
		"367d", "99999999999999999999s", "1e3", "5s ", "\xc2\xbd" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		int64_t got = 7;
		cr_expect(
		    not(duration_parse(str_of(bad[i]), &got)), "%s", bad[i]);
		cr_expect(eq(i64, got, 7), "%s", bad[i]);
	}
}
