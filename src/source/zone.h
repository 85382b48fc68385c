/* SPDX-License-Identifier: MIT */
/*
 * Zone files as a source: it answers as a resolver would that knows just
 * these zones. Names outside them are ANSWER_OUTSIDE.
 */
#ifndef SOURCE_ZONE_H
#define SOURCE_ZONE_H

#include "dns/zonefile.h"
#include "source/source.h"

#include <stddef.h>

/**
 * Opens a source over *files*, which must live as long. Of several files for
 * one apex the records count together; those of a file that does not tell
 * its apex belong to the organisational domain of their owner. A zone
 * without SOA tells its apex by one that is made up, with a TTL of 0.
 *
 * A question to a zone's own server is answered as one of its servers would:
 * without following a CNAME out of the zone, and with a referral below a
 * zone cut.
 */
struct source *zone_source_open(const struct zonefile *files, size_t len);

#endif
