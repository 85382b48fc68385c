/* SPDX-License-Identifier: MIT */
/*
 * A source over another one that answers as if a list of changes had been
 * carried out: at every server, and at every resolver as if nothing old were
 * remembered. With it a plan is proven before anybody touches DNS.
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
