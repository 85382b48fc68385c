/* SPDX-License-Identifier: MIT */
/* OPT: RFC 6891 6.1.2 and 6.1.3; extended errors: RFC 8914 2. */
#include "dns/edns.h"

#include <assert.h>

enum {
	OPTION_EDE = 15,
};

/** Takes the first extended error among the options from *at* to *end*. */
static void
ede_read(struct message message, size_t at, size_t end, struct edns *ret)
{
	while (at < end) {
		const uint16_t option = message_u16(message, at);
		const uint16_t len = message_u16(message, at + 2);
		at += 4;
		assert(at + len <= end);
		if (option == OPTION_EDE && len >= 2) {
			const uint16_t code = message_u16(message, at);
			/* 65535 is for private use; it has no room here. */
			ret->ede = code == UINT16_MAX ? 0 : code + 1U;
			ret->ede_text = (struct str){
				.at = (const char *)message.at + at + 2,
				.len = len - 2U,
			};
			return;
		}
		at += len;
	}
}

struct edns
edns_read(struct message message)
{
	struct message_walk walk = message_walk_begin(message);
	struct message_record record;
	struct edns edns = { 0 };
	while (message_walk_next(&walk, &record)) {
		if (record.type == TYPE_OPT) {
			edns.present = true;
			edns.rcode_high = (uint16_t)(record.ttl >> 24 << 4);
			ede_read(message, record.rdata,
			    record.rdata + record.rdlength, &edns);
		}
	}
	return edns;
}
