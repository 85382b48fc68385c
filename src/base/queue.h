/* SPDX-License-Identifier: MIT */
/*
 * Lists from whose middle members are taken: questions that wait, travel,
 * or have arrived, and may be given up at any time.
 */
#ifndef BASE_QUEUE_H
#define BASE_QUEUE_H

#include <stddef.h>

struct queue;

/** The first member of what is queued. */
struct queue_link {
	struct queue_link *before;
	struct queue_link *after;
	struct queue *queue; /* NULL: in none */
};

/** All zero is an empty queue. */
struct queue {
	struct queue_link *first;
	struct queue_link *last;
	size_t len;
};

/** Adds *link*, which is in no queue, at the end. */
void queue_push(struct queue *queue, struct queue_link *link);

/** Adds *link*, which is in no queue, at the front. */
void queue_push_front(struct queue *queue, struct queue_link *link);

/** Takes the first member out and gives it; NULL if there is none. */
struct queue_link *queue_pop(struct queue *queue);

/** Takes *link* out of the queue it is in, if any. */
void queue_remove(struct queue_link *link);

#endif
