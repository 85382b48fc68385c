/* SPDX-License-Identifier: MIT */
/*
 * A name server in a thread of the test that misbehaves as the first label
 * of the name asked says. Its true answer is one TXT, "here".
 *
 *   good      answers
 *   lost      does not answer the first two queries by UDP
 *   silent    never answers
 *   slow      answers after 250 ms
 *   double    answers twice
 *   forged    first sends 1000 answers under wrong ids that say "forged"
 *   question  first sends an answer to another question
 *   broken    sends by UDP what no server has reason to send
 *   tc        is truncated by UDP, and right by TCP
 *   drip      as tc, but one octet at a time
 *   stall     as tc, but stops after one octet by TCP
 *   flood     as stall, one octet every 20 ms for ever
 *   cut       as tc, but closes in the middle of the answer
 *   big       as tc, with a TXT of 60000 octets
 *   plain     FORMERR to what has an OPT
 *   servfail, refused, lame
 */
#ifndef TESTS_MOCK_SERVER_H
#define TESTS_MOCK_SERVER_H

#include "dns/addr.h"

#include <stdbool.h>

struct mock_server;

/**
 * Starts one on *host*, "127.0.0.1" or "::1"; NULL if this machine has no
 * such address. Without *tcp* nothing listens there.
 */
struct mock_server *mock_start(const char *host, bool tcp);

/** Where it listens. */
struct server_addr mock_at(const struct mock_server *mock);

/** How many queries came by UDP so far. */
unsigned mock_by_udp(const struct mock_server *mock);

/** How many queries came by TCP so far. */
unsigned mock_by_tcp(const struct mock_server *mock);

/** Ends it; NULL is allowed. */
void mock_stop(struct mock_server *mock);

#endif
