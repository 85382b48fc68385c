/* SPDX-License-Identifier: MIT */
/*
 * What a message answers to the question it belongs to.
 */
#ifndef DNS_RESPONSE_H
#define DNS_RESPONSE_H

#include "dns/answer.h"
#include "dns/message.h"
#include "dns/question.h"

#include <stdbool.h>

struct arena;

/**
 * Reads *message*, which matches *question* and has passed the gate, into
 * *arena*. False if it cannot be read all the same.
 *
 * Followed is the chain of CNAMEs from the name asked; whatever else is in
 * the message is ignored, and of the additional section all but OPT. NODATA
 * and NXDOMAIN are about the end of the chain. A chain that leaves the
 * message is NODATA without SOA: nothing was said about its end. What has
 * no data and comes neither with authority nor from a server that recurses
 * is ANSWER_LAME, with the servers that it refers to, if any. Record sets
 * are in the order of rr_cmp(), as servers turn them around.
 *
 * server, over_tcp and at are left to the caller.
 */
bool response_read(struct arena *arena, struct message message,
    const struct question *question, struct answer *ret);

#endif
