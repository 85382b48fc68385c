/* SPDX-License-Identifier: MIT */
/*
 * Records of a message as values. This is where ldns is used for messages,
 * as a library of data alone: never its sockets, never a whole message. It
 * is given one record at a time, only those that count, and only from
 * messages that have passed the gate.
 */
#ifndef DNS_WIRE_H
#define DNS_WIRE_H

#include "dns/message.h"
#include "dns/name.h"
#include "dns/rr.h"

#include <stdbool.h>

struct arena;

/** Reads the owner of *record* into *arena*. */
bool wire_owner(struct arena *arena, struct message message,
    const struct message_record *record, struct name *ret);

/**
 * Reads type, TTL and rdata of *record* into *arena*; ret->owner is left to
 * the caller, who knows it. False if the library cannot read it.
 */
bool wire_rr(struct arena *arena, struct message message,
    const struct message_record *record, struct rr *ret);

#endif
