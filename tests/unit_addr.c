/* SPDX-License-Identifier: MIT */
/* Addresses as text: what is one, and what is not. */
#include "dns/addr.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dice.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <limits.h>
#include <string.h>

#include <arpa/inet.h>

Test(addr, what_is_read_is_written_the_same)
{
	static const char *const texts[] = { "0.0.0.0", "192.0.2.1",
		"255.255.255.255", "::", "::1", "2001:db8::1",
		"::ffff:192.0.2.1", "1:2:3:4:5:6:7:8" };
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
		":::", "1:2:3:4:5:6:7", "::1%1", "fe80::g", "1:", ":1",
		"1::2:", "1::2::3", "1:2:3:4:5:6:7:8::", "1:2:3:4:5:6:7:8:9",
		"::12345", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.4:5",
		"::.1.2.3" };
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct addr addr;
		cr_expect(
		    not(addr_parse(str_of(texts[i]), &addr)), "%s", texts[i]);
	}
}

/** What inet_pton() makes of *text*. */
static struct addr
pton(struct arena *arena, struct str text)
{
	const bool v4 = str_index(text, ':') < 0;
	struct addr addr = { .family = v4 ? ADDR_V4 : ADDR_V6 };
	const bool good = inet_pton(v4 ? AF_INET : AF_INET6, str_z(arena, text),
			      addr.bytes) == 1;
	return good ? addr : (struct addr){ .family = ADDR_NONE };
}

Test(addr, only_hexadecimal_digits_are_digits)
{
	for (int byte = 1; byte <= UCHAR_MAX; byte++) {
		const char text[] = { ':', ':', (char)byte, '\0' };
		struct addr addr;
		cr_expect(eq(int, addr_parse(str_of(text), &addr),
			      strchr("0123456789abcdefABCDEF", byte) != NULL),
		    "byte %d", byte);
	}
}

Test(addr, any_text_is_read_as_inet_pton_reads_it)
{
	static const char *const words[] = { ":", ":", "::", "1", "2f", "0",
		"ABCD", "12345", "1.2.3.4", ".", "255", "x" };
	struct dice dice = dice_new(4291);
	struct arena *arena = arena_new();
	size_t good = 0;
	for (size_t i = 0; i < 200000; i++) {
		struct buf text = buf_new(arena);
		for (size_t n = dice_throw(&dice, 17); n > 0; n--) {
			buf_adds(&text, words[dice_throw(&dice, 9 + n % 4)]);
		}
		struct addr ours = { .family = ADDR_NONE };
		good += addr_parse(buf_str(&text), &ours);
		cr_assert(addr_equal(ours, pton(arena, buf_str(&text))), "%s",
		    buf_str(&text).at);
		arena_reset(arena);
	}
	cr_assert(gt(sz, good, 100));
	arena_free(&arena);
}
