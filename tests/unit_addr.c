/* SPDX-License-Identifier: MIT */
/* Addresses as text: what is one, and what is not. */
#include "dns/addr.h"

#include "base/arena.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

Test(addr, what_is_read_is_written_the_same)
{
	static const char *const texts[] = { "0.0.0.0", "192.0.2.1",
		"255.255.255.255", "::", "::1", "2001:db8::1",
		"::ffff:192.0.2.1" };
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct addr addr;
		cr_assert(addr_parse(str_of(texts[i]), &addr), "%s", texts[i]);
		cr_expect(str_eq(addr_text(arena, addr), str_of(texts[i])),
		    "%s", texts[i]);
	}
	arena_free(&arena);
}

Test(addr, what_is_nearly_an_address_is_none)
{
	static const char *const texts[] = { "", ".", "1.2.3", "1.2.3.",
		"1.2.3.4.", "1.2.3.4.5", "01.2.3.4", "1.2.3.00", "256.1.1.1",
		"1..2.3", "1.2.3.x", "+1.2.3.4", "1.2.3.4 ", ":",
		":::", "1:2:3:4:5:6:7", "::1%1", "fe80::g" };
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct addr addr;
		cr_expect(
		    not(addr_parse(str_of(texts[i]), &addr)), "%s", texts[i]);
	}
}
