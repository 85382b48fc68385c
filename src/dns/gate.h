/* SPDX-License-Identifier: MIT */
/*
 * The gate before the library that decodes messages: a strict walk over the
 * octets that allocates nothing and refuses what servers have no reason to
 * send. The library takes records that run over their length, pointers that
 * go forward, trailing octets and any number of strings, and pays for them
 * in memory; what has passed the gate costs little and means one thing.
 */
#ifndef DNS_GATE_H
#define DNS_GATE_H

#include "dns/message.h"

enum {
	GATE_MAX_RECORDS = 1024, /* in a message; what is told takes memory */
};

/** Why a message is refused. */
enum gate_fault {
	GATE_OK,
	GATE_HEADER,   /* shorter than a header, or not one question */
	GATE_RECORD,   /* the message ends in a record, or a name is none */
	GATE_RDATA,    /* the rdata is not what type and RDLENGTH promise */
	GATE_OPT,      /* OPT twice, with an owner, misplaced, or unreadable */
	GATE_SIGNED,   /* TSIG or SIG(0), for which nobody asked */
	GATE_TRAILING, /* octets behind the last record */
	GATE_TOO_MANY, /* more than GATE_MAX_RECORDS */
};

/** Says what is wrong with *message*, or GATE_OK. */
enum gate_fault gate_check(struct message message);

/** What *fault* means, for tests and traces. */
const char *gate_fault_text(enum gate_fault fault);

#endif
