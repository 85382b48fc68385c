/* SPDX-License-Identifier: MIT */
/*
 * The tree is gathered level by level, so that all names of a level are
 * asked for together, and counted afterwards in the order of evaluation: the
 * order in which answers come never shows (RFC 7208 4.6.2, 4.6.4).
 */
#include "walks/spf_tree.h"

#include "base/arena.h"
#include "look/look.h"
#include "mail/spf_macro.h"
#include "walks/spf_count.h"
#include "walks/spf_record.h"

#include <assert.h>

/** A tree while it is gathered. */
struct gather {
	struct look *look;
	const struct sight *sight;
	struct spf_walk *walk;
};

/**
 * The name that *term* asks for. Of macros only %{d} and %{o} are known
 * without a mail: the domain itself and the sender's.
 */
static struct name
step_name(const struct gather *gather, const struct spf_node *node,
    const struct spf_term *term)
{
	struct arena *arena = look_scratch(gather->look);
	struct str expanded;
	if (term->domain.len == 0) {
		return node->domain;
	}
	if (!term->has_macro) {
		return term->name;
	}
	if (!spf_macro_uses_only(term->domain, STR("do")) ||
	    !name_is_set(gather->walk->root->domain)) {
		return (struct name){ 0 };
	}
	const struct spf_values values = {
		.origin = name_text(arena, gather->walk->root->domain),
		.domain = name_text(arena, node->domain),
		.ip = { .family = ADDR_V4 },
	};
	if (!spf_macro_expand(
		arena, term->domain, SPF_MACRO_DOMAIN, &values, &expanded)) {
		return (struct name){ 0 };
	}
	return name_unescaped(arena, spf_domain_cut(expanded));
}

/** RFC 7208 5.1, 6.1: nothing behind "all" is looked at, nor redirect. */
static bool
is_reached(const struct spf_record *record, size_t index)
{
	const struct spf_term *term = &record->terms.at[index];
	if (term->kind == SPF_REDIRECT) {
		return record->all == record->terms.len;
	}
	return !spf_kind_is_modifier(term->kind) && index <= record->all;
}

static void
make_steps(const struct gather *gather, struct spf_node *node)
{
	const struct spf_record *record = node->record;
	node->steps_len = record->terms.len;
	node->steps = ARENA_ARRAY(
	    look_scratch(gather->look), struct spf_step, node->steps_len);
	for (size_t i = 0; i < node->steps_len; i++) {
		struct spf_step *step = &node->steps[i];
		step->term = &record->terms.at[i];
		step->reached = is_reached(record, i);
		if (spf_kind_asks(step->term->kind)) {
			step->name = step_name(gather, node, step->term);
		}
	}
}

static void
take_record(const struct gather *gather, struct spf_node *node,
    const struct spf_record *record)
{
	node->state = SPF_STATE_RECORD;
	node->records = 1;
	node->record = record;
	make_steps(gather, node);
}

/** RFC 7208 4.5: exactly one record counts. */
static void
read_records(const struct gather *gather, struct spf_node *node)
{
	const struct rr *rr;
	answer_foreach_rr(rr, node->answer) {
		if (spf_is_record(rr->rdata.txt.joined)) {
			node->rr = rr;
			node->records++;
		}
	}
	if (node->records == 1) {
		take_record(
		    gather, node, spf_record_of(gather->look, node->rr));
		return;
	}
	node->rr = NULL;
	node->state = node->records == 0 ? SPF_STATE_NONE : SPF_STATE_SEVERAL;
}

static void
read_answer(const struct gather *gather, struct spf_node *node)
{
	node->answer =
	    published(gather->look, gather->sight, node->domain, RRTYPE_TXT);
	if (!node->answer) {
		return;
	}
	if (node->answer->status == ANSWER_FOUND) {
		read_records(gather, node);
	} else if (node->answer->status == ANSWER_OUTSIDE) {
		node->state = SPF_STATE_OUTSIDE;
	} else if (answer_failed(node->answer)) {
		node->state = SPF_STATE_FAILED;
	} else {
		node->state = SPF_STATE_NONE;
	}
}

/** True if the record of *name* is open at *node*. */
static bool
is_open(const struct spf_node *node, struct name name)
{
	for (; node; node = node->above) {
		if (name_equal(node->domain, name)) {
			return true;
		}
	}
	return false;
}

/** Adds the record that *step* of *node* leads to, to be read later. */
static void
add_child(
    const struct gather *gather, struct spf_node *node, struct spf_step *step)
{
	struct arena *arena = look_scratch(gather->look);
	struct spf_walk *walk = gather->walk;
	if (!name_is_set(step->name)) {
		return;
	}
	struct spf_node *child = ARENA_NEW(arena, struct spf_node);
	child->domain = step->name;
	child->above = node;
	child->origin = step;
	child->idle = node->idle || !step->reached;
	step->node = child;
	if (is_open(node, step->name)) {
		child->state = SPF_STATE_LOOP;
	} else if (walk->nodes.len >= SPF_MOST_NODES) {
		child->state = SPF_STATE_LEFT;
		walk->cut = true;
	} else {
		vec_push(arena, &walk->nodes, child);
	}
}

static bool
is_followed(enum spf_kind kind)
{
	return kind == SPF_INCLUDE || kind == SPF_REDIRECT;
}

/** Asks for what an a, mx or exists term finds. */
static void
ask_step(const struct gather *gather, struct spf_step *step)
{
	const enum spf_kind kind = step->term->kind;
	const enum rrtype type = kind == SPF_MX ? RRTYPE_MX : RRTYPE_A;
	step->answer = published(gather->look, gather->sight, step->name, type);
	if (!step->answer) {
		return;
	}
	step->is_void = answer_is_absent(step->answer);
	if (kind != SPF_A || !step->is_void) {
		return;
	}
	/* One mechanism is void only if both families are empty. */
	step->more =
	    published(gather->look, gather->sight, step->name, RRTYPE_AAAA);
	step->is_void =
	    step->is_void && step->more && answer_is_absent(step->more);
}

static bool
finds_by_name(enum spf_kind kind)
{
	return kind == SPF_A || kind == SPF_MX || kind == SPF_EXISTS;
}

static void
gather_node(const struct gather *gather, struct spf_node *node)
{
	struct spf_walk *walk = gather->walk;
	if (node->state == SPF_STATE_PENDING) {
		read_answer(gather, node);
	}
	for (size_t i = 0; i < node->steps_len; i++) {
		struct spf_step *step = &node->steps[i];
		const enum spf_kind kind = step->term->kind;
		if (!step->reached) {
			continue;
		}
		if (is_followed(kind)) {
			add_child(gather, node, step);
		} else if (finds_by_name(kind) && name_is_set(step->name) &&
			   !node->idle && walk->asked < SPF_MOST_TERMS) {
			walk->asked++;
			ask_step(gather, step);
		}
	}
}

struct spf_walk *
spf_walk(
    struct look *look, const struct sight *sight, const struct spf_start *start)
{
	assert(name_is_set(start->domain) || start->text.len > 0);
	struct arena *arena = look_scratch(look);
	struct spf_walk *walk = ARENA_NEW(arena, struct spf_walk);
	struct spf_node *root = ARENA_NEW(arena, struct spf_node);
	const struct gather gather = {
		.look = look,
		.sight = sight,
		.walk = walk,
	};
	root->domain = start->domain;
	walk->root = root;
	vec_push(arena, &walk->nodes, root);
	if (start->text.len > 0) {
		assert(spf_is_record(start->text));
		take_record(&gather, root, spf_parse(arena, start->text));
	}
	for (size_t i = 0; i < walk->nodes.len; i++) {
		gather_node(&gather, walk->nodes.at[i]);
	}
	spf_count(arena, walk);
	return walk;
}

/** Follows the terms of *node* that no receiver comes to. */
static void
follow_idle(const struct gather *gather, struct spf_node *node)
{
	for (size_t i = 0; i < node->steps_len; i++) {
		struct spf_step *step = &node->steps[i];
		if (!step->reached && !step->node &&
		    is_followed(step->term->kind)) {
			add_child(gather, node, step);
		}
	}
}

void
spf_walk_idle(
    struct look *look, const struct sight *sight, struct spf_walk *walk)
{
	const struct gather gather = {
		.look = look,
		.sight = sight,
		.walk = walk,
	};
	const size_t len = walk->nodes.len;
	for (size_t i = 0; i < len; i++) {
		struct spf_node *node = walk->nodes.at[i];
		if (!node->origin || node->origin->term->kind == SPF_REDIRECT) {
			follow_idle(&gather, node);
		}
	}
	for (size_t i = len; i < walk->nodes.len; i++) {
		gather_node(&gather, walk->nodes.at[i]);
	}
}

const struct spf_trouble *
spf_walk_trouble(const struct spf_walk *walk, enum spf_trouble_kind kind)
{
	const struct spf_trouble *trouble;
	vec_foreach(trouble, &walk->troubles) {
		if (trouble->kind == kind) {
			return trouble;
		}
	}
	return NULL;
}

const struct spf_step *
spf_trouble_origin(const struct spf_trouble *trouble)
{
	const struct spf_step *step = trouble->step;
	for (const struct spf_node *node = trouble->node; node->above;
	     node = node->above) {
		step = node->origin;
	}
	return step;
}
