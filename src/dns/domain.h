/* SPDX-License-Identifier: MIT */
/*
 * A domain as people write it: a web address, a mail address, with capitals,
 * a final dot or letters beyond ASCII; and what is nobody's mail domain.
 */
#ifndef DNS_DOMAIN_H
#define DNS_DOMAIN_H

#include "base/str.h"
#include "dns/name.h"

#include <stdbool.h>

struct arena;
struct err;

enum {
	/*
	 * A longer one has no room for a DKIM record below it: a label of
	 * 63 bytes and "_domainkey", each with its length.
	 */
	DOMAIN_MAX_WIRE = NAME_MAX_WIRE - 64 - 11,
};

struct domain {
	struct name name;
	struct str input; /* as it was typed, if that differs; else empty */
};

/**
 * Reads a domain that mail may be sent from. False with *reterr* if *text*
 * is something else: an address, a single label, a public suffix, a name
 * that no mail domain can have (RFC 5321 4.1.2). In *arena*.
 */
bool domain_read(struct arena *arena, struct str text, struct domain *ret,
    struct err *reterr);

/**
 * The same for any name in DNS, such as that of a DKIM key: labels may have
 * underscores, and there may be one alone.
 */
bool domain_read_name(struct arena *arena, struct str text, struct domain *ret,
    struct err *reterr);

#endif
