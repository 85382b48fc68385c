/* SPDX-License-Identifier: MIT */
/* What a right domain costs in round trips. */
#include "waves.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

Test(waves, a_right_domain_takes_two_at_the_resolver)
{
	const struct sides sides = { .view = VIEW_RESOLVER };
	cr_expect(eq(uint, waves_of(&sides), 2));
}

Test(waves, both_sides_take_one_more_once_the_servers_are_known)
{
	static const struct server_addr own[] = {
		{ .addr = { .family = ADDR_V4, .bytes = { 127, 0, 1, 2 } },
		    .port = 53 },
		{ .addr = { .family = ADDR_V4, .bytes = { 127, 0, 1, 3 } },
		    .port = 53 },
	};
	const struct sides sides = { .view = VIEW_BOTH, .given = { own, 2 } };
	cr_expect(eq(uint, waves_of(&sides), 3));
}

/* Who they are, where they are, what they say, what people see. */
Test(waves, finding_the_servers_takes_no_more_than_their_names_and_addresses)
{
	const struct sides sides = { .view = VIEW_BOTH };
	cr_expect(eq(uint, waves_of(&sides), 4));
}
