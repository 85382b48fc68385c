/* SPDX-License-Identifier: MIT */
/*
 * Rdata in wire form, names not compressed (RFC 3597 4): how records are
 * kept in files. Messages from the network are read by dns/wire.
 */
#ifndef DNS_RDATA_H
#define DNS_RDATA_H

#include "base/buf.h"
#include "base/str.h"
#include "dns/rr.h"

#include <stdbool.h>

struct arena;

/** Adds the rdata of *rr* in wire form to *to*. */
void rdata_write(struct buf *to, const struct rr *rr);

/**
 * Reads *wire*, which must be exactly the rdata of ret->type, into
 * ret->rdata, in *arena*; false if it is not.
 */
bool rdata_read(struct arena *arena, struct str wire, struct rr *ret);

#endif
