/* SPDX-License-Identifier: MIT */
/*
 * A source over another one that answers as if a list of changes had been
 * carried out: at every server, and at every resolver as if nothing old were
 * remembered. With it a plan is proven before anybody touches DNS.
 *
 * Exact but for what no answer tells: a name whose last record is removed
 * has NODATA, and a wildcard still answers for names between the added one
 * and the wildcard, which would then exist. What is added beside a CNAME
 * that stays does not count (RFC 1034 3.6.2).
 */
#ifndef SOURCE_OVERLAY_H
#define SOURCE_OVERLAY_H

#include "dns/edit.h"
#include "source/source.h"

#include <stddef.h>

/**
 * Opens a source over *below* under *edits*; both must live longer. Closing
 * it does not close *below*.
 */
struct source *overlay_open(
    struct source *below, const struct edit *edits, size_t edits_len);

#endif
