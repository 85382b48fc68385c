/* SPDX-License-Identifier: MIT */
/*
 * A DNS server that answers truly for a healthy domain, but for the question
 * on which it plays one fault, over UDP, TCP or both. Every query has a
 * thread of its own, so one answer that waits keeps back no other.
 */
#ifndef TESTS_HOSTILE_H
#define TESTS_HOSTILE_H

#include "dns/addr.h"
#include "packet.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sys/socket.h>

/** The domain whose eight records are right, and what it is to publish. */
#define HOSTILE_DOMAIN "notifications.yourapp.com"
#define HOSTILE_EXPECT SOURCE_DIR "/fixtures/demo/" HOSTILE_DOMAIN ".json"

struct hostile;
struct hostile_query;

/** By which way a query must come for the fault to be played. */
enum hostile_way {
	HOSTILE_UDP = 1,
	HOSTILE_TCP = 2,
	HOSTILE_BOTH = HOSTILE_UDP | HOSTILE_TCP,
};

/** What a server is asked to do wrong. */
struct hostile_fault {
	void (*play)(struct hostile_query *query); /* NULL: nothing */
	const char *names; /* of questions that begin with this; "": all */
	enum hostile_way ways;
	bool no_tcp;        /* nobody listens there */
	const char *octets; /* of play_octets(): what follows the question */
	size_t octets_len;
	unsigned answers; /* how many records the header promises */
};

/** One query, and its answer under construction. */
struct hostile_query {
	struct hostile *hostile;
	const struct hostile_fault *fault;
	uint8_t wire[512];
	size_t len;
	char name[256]; /* as asked, without final dot */
	unsigned type;
	unsigned number; /* 1: the first for this name and type by this way */
	int tcp;         /* the connection; -1: it came by UDP */
	struct sockaddr_storage from;
	socklen_t from_len;
	struct packet packet; /* the answer under construction */
};

/** Starts one on a free port of loopback; *fault* is copied. */
struct hostile *hostile_start(const struct hostile_fault *fault);

/** Where it listens. */
struct server_addr hostile_at(const struct hostile *hostile);

/** The same as text. */
const char *hostile_text(const struct hostile *hostile);

/** How many queries came, the ways counted together. */
unsigned hostile_asked(struct hostile *hostile);

/** Ends it when the last answer has been given up; NULL is allowed. */
void hostile_stop(struct hostile **hostile);

/* For the faults. */

/** The message that came. */
struct message hostile_message(const struct hostile_query *query);

/** True if the query has an OPT. */
bool hostile_has_edns(const struct hostile_query *query);

/** Begins an answer of the right id and question, with *flags* and QR. */
void hostile_begin(struct hostile_query *query, unsigned flags);

/** Makes the true answer. */
void hostile_truth(struct hostile_query *query);

/** Makes the answer that there is no such name. */
void hostile_denial(struct hostile_query *query);

/** Adds a TXT record in strings of at most 255 octets. */
void hostile_txt(
    struct hostile_query *query, const char *owner, const char *text);

/** Adds the OPT of a server (RFC 6891 6.1), with *high* above the RCODE. */
void hostile_opt(struct hostile_query *query, unsigned high);

/** Sends what was made, by the way the query came. */
void hostile_send(struct hostile_query *query);

/** Sends it from another address, or from another port. */
void hostile_send_from(
    struct hostile_query *query, bool other_address, bool other_port);

/** Sends octets by TCP as they are, without a length before them. */
void hostile_send_raw(
    struct hostile_query *query, const uint8_t *octets, size_t len);

/** Waits; true if the server is to stop. */
bool hostile_wait(struct hostile_query *query, int ms);

#endif
