/* SPDX-License-Identifier: MIT */
/* Doubly linked lists. */
#include "base/queue.h"

#include <assert.h>

/** Adds *link* between *before* and *after*; NULL stands for an end. */
static void
insert(struct queue *queue, struct queue_link *link, struct queue_link *before,
    struct queue_link *after)
{
	assert(!link->queue);
	*link = (struct queue_link){ before, after, queue };
	*(before ? &before->after : &queue->first) = link;
	*(after ? &after->before : &queue->last) = link;
	queue->len++;
}

void
queue_push(struct queue *queue, struct queue_link *link)
{
	insert(queue, link, queue->last, NULL);
}

void
queue_push_front(struct queue *queue, struct queue_link *link)
{
	insert(queue, link, NULL, queue->first);
}

void
queue_remove(struct queue_link *link)
{
	struct queue *queue = link->queue;
	if (!queue) {
		return;
	}
	assert(queue->len > 0);
	*(link->before ? &link->before->after : &queue->first) = link->after;
	*(link->after ? &link->after->before : &queue->last) = link->before;
	queue->len--;
	*link = (struct queue_link){ 0 };
}

struct queue_link *
queue_pop(struct queue *queue)
{
	struct queue_link *first = queue->first;
	if (first) {
		queue_remove(first);
	}
	return first;
}
