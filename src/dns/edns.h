/* SPDX-License-Identifier: MIT */
/*
 * What the OPT record of a message says (RFC 6891, RFC 8914). The library
 * takes options that are broken for no options, so they are read here.
 */
#ifndef DNS_EDNS_H
#define DNS_EDNS_H

#include "base/str.h"
#include "dns/message.h"

#include <stdbool.h>
#include <stdint.h>

/** All zero if there is no OPT. */
struct edns {
	bool present;
	uint16_t rcode_high; /* to be added to the RCODE of the header */
	uint16_t ede;        /* RFC 8914 code + 1, or 0 */
	struct str ede_text; /* in the message; raw, from strangers */
};

/** Reads the OPT of *message*, which has passed the gate. */
struct edns edns_read(struct message message);

#endif
