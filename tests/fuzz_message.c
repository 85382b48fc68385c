/* SPDX-License-Identifier: MIT */
/*
 * A message from a server: first the gate, then what it says in answer to a
 * question for the TXT of example.com.
 */
#include "fuzz.h"

#include "dns/gate.h"
#include "dns/response.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const struct message message = { data, size };
	const struct question question = {
		.name = name_of(arena, "example.com"),
		.type = RRTYPE_TXT,
		.side = SIDE_RESOLVER,
	};
	struct answer answer;
	if (gate_check(message) == GATE_OK) {
		(void)response_read(arena, message, &question, &answer);
	}
	return 0;
}
