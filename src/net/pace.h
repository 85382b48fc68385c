/* SPDX-License-Identifier: MIT */
/*
 * How many questions one server is given at a time, and how many a second.
 *
 * What a server has not answered yet is on the way or in its queue, and what
 * does not fit into its queue is lost: the receive buffer that systems give
 * holds some 160 small datagrams. So the time that answers take tells how
 * many stand in the queue, and that number is kept below the buffer; a
 * distant server gets more at a time than a near one. An eighth of the way
 * is not counted: by so much it varies without any queue. If answers stay
 * away all the same, the server is given half as many.
 * Must never know sockets or clocks: the caller has them.
 */
#ifndef NET_PACE_H
#define NET_PACE_H

#include <stdbool.h>
#include <stdint.h>

enum {
	PACE_FIRST = 96, /* questions at a time, to begin with */
	PACE_LEAST = 8,
	PACE_MOST = 1024,
	PACE_QUEUE = 96, /* in the server's queue, at most about */
};

/** The pace of one server; zero, then pace_init(). Times in microseconds. */
struct pace {
	unsigned window;    /* questions at a time */
	unsigned out;       /* questions that are out now */
	unsigned rate;      /* questions a second; 0: no limit */
	int64_t next_at;    /* when the next may go, by the rate */
	int64_t least_time; /* that an answer took; 0: none came yet */
	int64_t usual_time; /* a moving average */
	unsigned answered;  /* since the window was looked at */
	unsigned lost;      /* likewise: not answered in time */
};

/** Begins with at most *rate* questions a second; 0 is no limit. */
void pace_init(struct pace *pace, unsigned rate);

/** True if a question may go at *now*. */
bool pace_allows(const struct pace *pace, int64_t now);

/** A question goes; pace_allows() said so. */
void pace_begin(struct pace *pace, int64_t now);

/** A question that went is over, however it ended. */
void pace_end(struct pace *pace);

/**
 * An answer came, *took* after it was sent; -1 if it was sent repeatedly.
 * True if the server gets half as many questions from now on.
 */
bool pace_answered(struct pace *pace, int64_t took);

/** No answer came in the time that was given; true as above. */
bool pace_lost(struct pace *pace);

#endif
