/* SPDX-License-Identifier: MIT */
/*
 * How one question is asked until its answer is known: what to send where,
 * how long to wait, what to believe, when to ask again, by TCP, without
 * EDNS, or elsewhere. A machine of steps: an event goes in, what is to be
 * done comes out.
 * Must never know sockets, clocks, random numbers or loops: the caller has
 * them, so one machine serves a socket a question and a pool of them alike,
 * and a test can hold the time.
 */
#ifndef NET_EXCHANGE_H
#define NET_EXCHANGE_H

#include "dns/addr.h"
#include "dns/answer.h"
#include "dns/message.h"
#include "dns/query.h"
#include "dns/question.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	EXCHANGE_MAX_SERVERS = 8,
	EXCHANGE_FIRST_WAIT = 400000, /* at least, where time allows */
	EXCHANGE_PAUSE =
	    100000, /* before one who is not there is tried again */
};

/** Why a server cannot be spoken to. */
enum exchange_loss {
	LOSS_NO_ROUTE, /* the system knows no way: nothing was sent */
	LOSS_REFUSED,  /* the way or the other end said no */
	LOSS_CLOSED,   /* TCP ended before an answer began */
	LOSS_CUT,      /* TCP ended within an answer */
};

enum exchange_event_kind {
	EXCHANGE_BEGIN,   /* first of all, once */
	EXCHANGE_MESSAGE, /* something came from the server that was asked */
	EXCHANGE_LOST,    /* it cannot be spoken to */
	EXCHANGE_TIME,    /* wake_at has come, or not quite */
};

/** What happened. */
struct exchange_event {
	enum exchange_event_kind kind;
	struct message message;  /* of EXCHANGE_MESSAGE */
	enum exchange_loss loss; /* of EXCHANGE_LOST */
};

/** What the caller has to do, and then wait for the next event. */
enum exchange_act {
	EXCHANGE_WAIT,     /* nothing more than wait, until wake_at */
	EXCHANGE_SEND,     /* send the query again, where it went before */
	EXCHANGE_OPEN_UDP, /* leave what is open; send from another port */
	EXCHANGE_OPEN_TCP, /* leave what is open; connect and send */
	EXCHANGE_REST,     /* leave what is open; wait until wake_at */
	EXCHANGE_DONE,     /* leave what is open; *answer* is the outcome */
};

/** What is known of one server. */
struct exchange_server {
	struct server_addr addr;
	bool tcp;       /* not by UDP any more */
	bool plain;     /* it does not know EDNS */
	bool suspected; /* somebody guesses ids: that is why it is TCP */
	bool guarded;   /* somebody guesses ids, and TCP does not work */
	bool finished;  /* nothing more is to be had from it */
	uint8_t losses; /* how often it was lost */
};

/**
 * One question on its way. The caller sets the first members, leaves the
 * others zero, and steps with EXCHANGE_BEGIN.
 */
struct exchange {
	const struct question *question; /* lives as long as this */
	struct arena *arena;             /* where the answer is made */
	struct exchange_server servers[EXCHANGE_MAX_SERVERS]; /* addr, tcp */
	size_t servers_len;
	unsigned tries;   /* how often each server is asked */
	int64_t deadline; /* in microseconds, on the clock of *now* */

	/* For the caller to read. */
	int64_t wake_at;      /* when to send EXCHANGE_TIME */
	size_t current;       /* the server that is asked */
	struct answer answer; /* the outcome, or the best failure so far */

	/* For the steps alone. */
	unsigned sends; /* that are left */
	uint16_t id;    /* of the query that is on its way */
	bool on_tcp;    /* it went by TCP */
	bool open;      /* there is a UDP socket to send from again */
	bool noise;     /* something unreadable came since the last send */
	bool settled;   /* *answer* holds something */
	bool routeless; /* or only that there is no way to some server */
};

/** Does one step at *now* and says what is to be done. */
enum exchange_act exchange_step(
    struct exchange *exchange, const struct exchange_event *event, int64_t now);

/**
 * Writes the query to send and gives its length. *id* must be unforeseeable;
 * it is used for EXCHANGE_OPEN_*, while EXCHANGE_SEND repeats what went out.
 */
size_t exchange_query(struct exchange *exchange, enum exchange_act act,
    uint16_t id, uint8_t to[static QUERY_MAX]);

#endif
