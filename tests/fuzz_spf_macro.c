/* SPDX-License-Identifier: MIT */
/* Macro-strings of SPF: pieces cover the text, and expanding it ends. */
#include "fuzz.h"

#include "mail/spf_macro.h"

#include <assert.h>

/** Values with everything in them that macros split at. */
static const struct spf_values VALUES = {
	.sender = { "a-b+c.d@mail.example.com", 24 },
	.local = { "a-b+c.d", 7 },
	.origin = { "mail.example.com", 16 },
	.domain = { "example.com", 11 },
	.ip = { .family = ADDR_V6, .bytes = { 0x20, 0x01, 0x0d, 0xb8 } },
	.validated = { "unknown", 7 },
	.helo = { "", 0 },
	.receiver = { "mx.example.net", 14 },
	.now = 1000,
};

static void
try_place(struct arena *arena, struct str text, enum spf_macro_place place)
{
	struct spf_piece piece;
	struct str expanded = { 0 };
	size_t at = 0;
	size_t end = 0;
	while (spf_piece_next(text, place, &at, &piece)) {
		assert(piece.span.from == end && piece.span.to == at);
		end = at;
	}
	assert(end == text.len);
	const bool valid = spf_macro_is_valid(text, place, &piece);
	const bool expands =
	    spf_macro_expand(arena, text, place, &VALUES, &expanded);
	assert(valid || !expands);
	if (expands) {
		assert(spf_domain_cut(expanded).len <= expanded.len);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const struct str text = { (const char *)data, size };
	try_place(arena, text, SPF_MACRO_DOMAIN);
	try_place(arena, text, SPF_MACRO_VALUE);
	try_place(arena, text, SPF_MACRO_TEXT);
	return 0;
}
