/* SPDX-License-Identifier: MIT */
/* RFC 7208 4.6.4: what counts, and where a receiver stops. */
#include "walks/spf_count.h"

#include "base/arena.h"
#include "mail/spf_macro.h"
#include "walks/spf_tree.h"

#include <assert.h>

/** A receiver that comes to every term. */
struct count {
	struct arena *arena;
	struct spf_walk *walk;
	bool validated; /* %{p} was looked up, once for all */
};

static void count_node(
    struct count *count, struct spf_node *node, unsigned depth);

static void
trouble(struct count *count, enum spf_trouble_kind kind,
    const struct spf_node *node, const struct spf_step *step)
{
	const struct spf_trouble found = { kind, node, step };
	vec_push(count->arena, &count->walk->troubles, found);
}

/** Spends one lookup for *step*. */
static void
spend(struct count *count, const struct spf_node *node,
    const struct spf_step *step)
{
	if (++count->walk->lookups == SPF_MOST_LOOKUPS + 1) {
		trouble(count, SPF_TROUBLE_LOOKUPS, node, step);
	}
}

/** What an a, mx or exists term found. */
static void
count_answer(struct count *count, const struct spf_node *node,
    const struct spf_step *step)
{
	if (step->is_void && ++count->walk->voids == SPF_MOST_VOIDS + 1) {
		trouble(count, SPF_TROUBLE_VOIDS, node, step);
	}
	if (!step->answer) {
		return;
	}
	if (answer_failed(step->answer) ||
	    (step->more && answer_failed(step->more))) {
		trouble(count, SPF_TROUBLE_FAILED, node, step);
	}
	if (step->term->kind == SPF_MX &&
	    step->answer->rrs_len > SPF_MOST_NAMES) {
		trouble(count, SPF_TROUBLE_NAMES, node, step);
	}
}

/** The record that *step*, an include or redirect, leads to. */
static void
count_child(struct count *count, const struct spf_node *node,
    const struct spf_step *step, unsigned depth)
{
	struct spf_node *child = step->node;
	if (!child) {
		/* Where DNS can have no name, there is no record either. */
		trouble(count,
		    step->term->has_macro ? SPF_TROUBLE_HIDDEN
					  : SPF_TROUBLE_RECORD,
		    node, step);
		return;
	}
	switch (child->state) {
	case SPF_STATE_PENDING:
	case SPF_STATE_LEFT:
		break;
	case SPF_STATE_RECORD:
		if (!child->record->valid) {
			trouble(count, SPF_TROUBLE_GRAMMAR, node, step);
		}
		count_node(count, child, depth + 1);
		break;
	case SPF_STATE_NONE:
	case SPF_STATE_SEVERAL:
		trouble(count, SPF_TROUBLE_RECORD, node, step);
		break;
	case SPF_STATE_FAILED:
		trouble(count, SPF_TROUBLE_FAILED, node, step);
		break;
	case SPF_STATE_OUTSIDE:
		trouble(count, SPF_TROUBLE_OUTSIDE, node, step);
		break;
	case SPF_STATE_LOOP:
		trouble(count, SPF_TROUBLE_LOOP, node, step);
		break;
	}
}

/** True if a pass of *node*'s record is one of the root's. */
static bool
is_passed_on(const struct spf_node *node)
{
	for (; node->above; node = node->above) {
		if (node->origin->term->qualifier != '+') {
			return false;
		}
	}
	return true;
}

static void
count_step(struct count *count, const struct spf_node *node,
    struct spf_step *step, unsigned depth)
{
	const struct spf_term *term = step->term;
	const unsigned before = count->walk->lookups;
	if (term->has_macro && !count->validated &&
	    spf_macro_uses(term->domain, 'p')) {
		/* The PTR behind %{p} is in the overall limit. */
		count->validated = true;
		spend(count, node, step);
	}
	if (spf_kind_asks(term->kind)) {
		spend(count, node, step);
	}
	if (term->kind == SPF_INCLUDE || term->kind == SPF_REDIRECT) {
		count_child(count, node, step, depth);
	} else {
		count_answer(count, node, step);
	}
	if (term->kind == SPF_ALL && term->qualifier == '+' &&
	    is_passed_on(node)) {
		trouble(count, SPF_TROUBLE_OPEN, node, step);
	}
	step->total = count->walk->lookups;
	step->lookups = step->total - before;
}

static void
count_node(struct count *count, struct spf_node *node, unsigned depth)
{
	/* Every level has a node of its own in the list. */
	assert(depth < SPF_MOST_NODES);
	const unsigned before = count->walk->lookups;
	struct spf_step *redirect = NULL;
	for (size_t i = 0; i < node->steps_len; i++) {
		struct spf_step *step = &node->steps[i];
		if (step->reached && step->term->kind == SPF_REDIRECT) {
			redirect = step;
		} else if (step->reached) {
			count_step(count, node, step, depth);
		}
	}
	/* Only what no mechanism matched is redirected (RFC 7208 6.1). */
	if (redirect) {
		count_step(count, node, redirect, depth);
	}
	node->lookups = count->walk->lookups - before;
}

void
spf_count(struct arena *arena, struct spf_walk *walk)
{
	struct count count = { .arena = arena, .walk = walk };
	count_node(&count, walk->nodes.at[0], 0);
}
