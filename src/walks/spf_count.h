/* SPDX-License-Identifier: MIT */
/* The budget of an SPF record, in the order of evaluation. */
#ifndef WALKS_SPF_COUNT_H
#define WALKS_SPF_COUNT_H

struct arena;
struct spf_walk;

/** Counts what the gathered tree of *walk* costs, and finds its troubles. */
void spf_count(struct arena *arena, struct spf_walk *walk);

#endif
