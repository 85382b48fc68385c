/* SPDX-License-Identifier: MIT */
/*
 * SES passes if include:amazonses.com (or redirect=) is reached, is not
 * qualified, and is not in the shadow of a term that decides before: RFC
 * 7208 4.6.2, 5.1, 5.2, 6.1.
 */
#include "walks/spf_ses.h"

#include "base/arena.h"
#include "look/look.h"
#include "walks/spf_eval.h"

#include <assert.h>

/** A search for SES in a tree. */
struct search {
	const struct spf_node *node; /* where something was found */
	const struct spf_step *step;
	enum spf_ses_obstacle obstacle;
};

/** Notes what is in the way at *step*; the first counts. */
static void
note(struct search *search, enum spf_ses_obstacle obstacle,
    const struct spf_node *node, const struct spf_step *step)
{
	if (!search->step) {
		search->obstacle = obstacle;
		search->node = node;
		search->step = step;
	}
}

static bool passes(
    const struct spf_node *node, struct search *search, unsigned depth);

/** True if what *step* leads to lets SES pass. */
static bool
leads_to_ses(const struct spf_step *step, struct search *search, unsigned depth)
{
	if (!name_is_set(step->name)) {
		return false;
	}
	return spf_name_is_ses(step->name) ||
	       (step->node && passes(step->node, search, depth + 1));
}

static bool
is_followed(const struct spf_step *step)
{
	return step->term->kind == SPF_INCLUDE ||
	       step->term->kind == SPF_REDIRECT;
}

/** Takes *step* for what was looked for, or notes why it is not quite. */
static bool
try_step(const struct spf_node *node, const struct spf_step *step,
    struct search *search, unsigned depth)
{
	struct search inner = { .step = NULL };
	const bool leads = leads_to_ses(step, &inner, depth);
	if (!leads && inner.step) {
		note(search, inner.obstacle, inner.node, inner.step);
	}
	if (leads && step->term->qualifier != '+') {
		note(search, SPF_SES_QUALIFIED, node, step);
		return false;
	}
	if (leads) {
		search->node = inner.step ? inner.node : node;
		search->step = inner.step ? inner.step : step;
	}
	return leads;
}

/**
 * True if a term of *node*'s record that is reached lets SES pass: *search*
 * then has the innermost. Otherwise it has the first that does not quite.
 */
static bool
passes(const struct spf_node *node, struct search *search, unsigned depth)
{
	assert(depth <= SPF_MOST_NODES);
	for (size_t i = 0; i < node->steps_len; i++) {
		const struct spf_step *step = &node->steps[i];
		if (step->reached && is_followed(step) &&
		    try_step(node, step, search, depth)) {
			return true;
		}
	}
	return false;
}

/** Notes terms of the record of *node* that no receiver comes to. */
static void
search_idle(const struct spf_node *node, struct search *search)
{
	for (size_t i = 0; i < node->steps_len; i++) {
		const struct spf_step *step = &node->steps[i];
		struct search inner = { .step = NULL };
		if (!step->reached && is_followed(step) &&
		    leads_to_ses(step, &inner, 0)) {
			note(search,
			    step->term->kind == SPF_REDIRECT
				? SPF_SES_IDLE_REDIRECT
				: SPF_SES_BEHIND_ALL,
			    node, step);
		}
	}
}

/** True of the steps that are looked for. */
typedef bool step_fn(const struct spf_step *step);

static bool
names_lookalike(const struct spf_step *step)
{
	return is_followed(step) && name_is_set(step->name) &&
	       spf_name_is_lookalike(step->name);
}

/** Finds the first step of *node* that *is* what is looked for. */
static bool
find_in(const struct spf_node *node, step_fn *is, struct search *search)
{
	for (size_t i = 0; i < node->steps_len; i++) {
		if (is(&node->steps[i])) {
			search->node = node;
			search->step = &node->steps[i];
			return true;
		}
	}
	return false;
}

/** The same in any record. */
static bool
find_step(const struct spf_walk *walk, step_fn *is, struct search *search)
{
	for (size_t i = 0; i < walk->nodes.len; i++) {
		if (find_in(walk->nodes.at[i], is, search)) {
			return true;
		}
	}
	return false;
}

/** True if *step* is an address or network of SES. */
static bool
copies_ses(const struct spf_step *step)
{
	return step->reached && spf_term_copies_ses(step->term);
}

static bool
has_network(const struct spf_step *step)
{
	return step->term->kind == SPF_IP4;
}

/** An address from which SES sends: of its record, if that was asked. */
static struct addr
ses_address(const struct spf_walk *walk)
{
	struct search search;
	for (size_t i = 0; i < walk->nodes.len; i++) {
		if (spf_name_is_ses(walk->nodes.at[i]->domain) &&
		    find_in(walk->nodes.at[i], has_network, &search)) {
			return search.step->term->addr;
		}
	}
	return spf_ses_sample();
}

/** What a receiver says of mail from SES by the record of *walk*. */
static struct spf_verdict
try_mail(
    struct look *look, const struct sight *sight, const struct spf_walk *walk)
{
	struct arena *arena = look_scratch(look);
	/* A text whose owner is not known is tried as anybody's. */
	const struct str domain = name_is_set(walk->root->domain)
				      ? name_text(arena, walk->root->domain)
				      : STR("nobody.invalid");
	const struct spf_mail mail = {
		.ip = ses_address(walk),
		.domain = domain,
		.sender = str_print(arena, "postmaster@%.*s", STR_ARG(domain)),
		.helo = STR("a0-1.smtp-out.amazonses.com"),
		.text = walk->root->record->text,
	};
	return spf_check_host(look, sight, &mail);
}

/** True if a term of *node* before *step* may decide about SES otherwise. */
static bool
is_behind_sign(const struct spf_node *node, const struct spf_step *step)
{
	for (const struct spf_step *at = node->steps; at < step; at++) {
		if (at->reached && at->term->qualifier != '+' &&
		    !is_followed(at)) {
			return true;
		}
	}
	return false;
}

/** The same of all records from *node* up to the root. */
static bool
may_be_shadowed(const struct spf_node *node, const struct spf_step *step)
{
	for (; node; node = node->above) {
		if (is_behind_sign(node, step)) {
			return true;
		}
		step = node->origin;
	}
	return false;
}

/** True if something of *walk* is not known that SES may be in. */
static bool
is_uncertain(const struct spf_walk *walk)
{
	const struct spf_trouble *trouble;
	bool uncertain = walk->cut;
	vec_foreach(trouble, &walk->troubles) {
		const bool followed = is_followed(trouble->step);
		uncertain = uncertain ||
			    (followed && trouble->kind == SPF_TROUBLE_FAILED) ||
			    (trouble->kind == SPF_TROUBLE_OUTSIDE &&
				trouble->step->term->kind == SPF_REDIRECT);
	}
	return uncertain;
}

/** The term is there and reached; does anything decide before it? */
static struct spf_ses
judge_reached(struct look *look, const struct sight *sight,
    const struct spf_walk *walk, const struct search *search)
{
	struct spf_ses ses = {
		.state = SPF_SES_PASSES,
		.node = search->node,
		.step = search->step,
	};
	if (may_be_shadowed(search->node, search->step)) {
		const struct spf_verdict verdict = try_mail(look, sight, walk);
		/* What fails, or breaks a limit, is told elsewhere. */
		if (verdict.known && verdict.result <= SPF_RESULT_SOFTFAIL &&
		    verdict.result != SPF_RESULT_PASS) {
			ses.state = SPF_SES_UNREACHABLE;
			ses.obstacle = SPF_SES_SHADOWED;
		}
	}
	return ses;
}

/** Nothing of the text lets SES pass; perhaps what the mail decides does. */
static struct spf_ses
judge_absent(
    struct look *look, const struct sight *sight, const struct spf_walk *walk)
{
	struct search search = { .step = NULL };
	struct spf_ses ses = { .state = SPF_SES_ABSENT };
	if (find_step(walk, names_lookalike, &search)) {
		ses.state = SPF_SES_LOOKALIKE;
	} else if (find_step(walk, copies_ses, &search)) {
		ses.flattened = true;
	} else if (spf_walk_trouble(walk, SPF_TROUBLE_HIDDEN)) {
		const struct spf_verdict verdict = try_mail(look, sight, walk);
		if (verdict.result == SPF_RESULT_PASS) {
			ses.state = SPF_SES_PASSES;
		} else if (verdict.result == SPF_RESULT_TEMPERROR) {
			ses.state = SPF_SES_UNKNOWN;
		}
	}
	if (ses.state == SPF_SES_ABSENT && is_uncertain(walk)) {
		ses.state = SPF_SES_UNKNOWN;
	}
	ses.node = search.node;
	ses.step = search.step;
	return ses;
}

struct spf_ses
spf_ses_find(
    struct look *look, const struct sight *sight, struct spf_walk *walk)
{
	struct search search = { .step = NULL };
	const struct spf_node *root = walk->root;
	if (root->state != SPF_STATE_RECORD) {
		return (struct spf_ses){ .state = SPF_SES_ABSENT };
	}
	if (passes(root, &search, 0)) {
		return judge_reached(look, sight, walk, &search);
	}
	spf_walk_idle(look, sight, walk);
	for (size_t n = 0; n < walk->nodes.len; n++) {
		const struct spf_node *node = walk->nodes.at[n];
		if (!node->origin || node->origin->term->kind == SPF_REDIRECT) {
			search_idle(node, &search);
		}
	}
	if (search.step) {
		return (struct spf_ses){
			.state = SPF_SES_UNREACHABLE,
			.obstacle = search.obstacle,
			.node = search.node,
			.step = search.step,
		};
	}
	return judge_absent(look, sight, walk);
}
