/* SPDX-License-Identifier: MIT */
/*
 * Whether mail of Amazon SES can pass by an SPF record: through
 * include:amazonses.com, wherever in the tree it is reached with a pass.
 */
#ifndef WALKS_SPF_SES_H
#define WALKS_SPF_SES_H

#include "mail/ses.h"
#include "walks/published.h"
#include "walks/spf_tree.h"

#include <stdbool.h>

struct look;

enum spf_ses_state {
	SPF_SES_PASSES,
	SPF_SES_ABSENT,
	SPF_SES_LOOKALIKE,   /* a near miss of the name is there instead */
	SPF_SES_UNREACHABLE, /* it is there, but cannot give a pass */
	SPF_SES_UNKNOWN,     /* it may be in what could not be looked into */
};

/** Why it is not reached. */
enum spf_ses_obstacle {
	SPF_SES_FREE,
	SPF_SES_BEHIND_ALL,
	SPF_SES_IDLE_REDIRECT, /* below a redirect beside "all" */
	SPF_SES_QUALIFIED,     /* - ~ or ? in front: a match is no pass */
	SPF_SES_SHADOWED,      /* another term matches SES first */
};

struct spf_ses {
	enum spf_ses_state state;
	enum spf_ses_obstacle obstacle; /* of SPF_SES_UNREACHABLE */
	bool flattened; /* of SPF_SES_ABSENT: SES's addresses were copied */
	/* The term that the state is about, and its record; or NULL. */
	const struct spf_node *node;
	const struct spf_step *step;
};

/** Looks for SES in *walk*, which it may let look behind idle terms. */
struct spf_ses spf_ses_find(
    struct look *look, const struct sight *sight, struct spf_walk *walk);

#endif
