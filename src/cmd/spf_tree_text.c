/* SPDX-License-Identifier: MIT */
/*
 * The tree of an SPF record for people: what each term costs, and what was
 * spent when it is done. Networks cost nothing and are told in one line.
 */
#include "cmd/sheet.h"
#include "cmd/spf_facts.h"

#include "base/arena.h"
#include "cmd/session.h"
#include "text/escape.h"

#include <assert.h>

enum {
	INDENT = 2,
	NUMBERS = 16,   /* columns for cost and total, on the right */
	COST_WIDTH = 8, /* of them, for the cost */
	WIDEST_PAGE = 100,
	WIDEST_TERM = 400, /* bytes of a term that are shown */
	FEW_NETWORKS = 2,  /* are shown one by one */
};

/** Where the columns of numbers begin. */
static size_t
numbers_at(const struct sheet *sheet)
{
	const size_t width = sheet->session->manner.width;
	return (width < WIDEST_PAGE ? width : WIDEST_PAGE) - NUMBERS;
}

/** Adds *text* so that it ends at *column*. */
static void
add_right(struct sheet *sheet, size_t column, enum tone tone, struct str text)
{
	page_to(&sheet->page, column > text.len ? column - text.len : 0);
	page_add(&sheet->page, tone, text);
}

/** The name that the record of a term is to be looked for at, if it fails. */
static struct str
state_text(struct arena *arena, const struct spf_step *step)
{
	const struct spf_node *node = step->node;
	if (!node) {
		const enum spf_kind kind = step->term->kind;
		const bool follows =
		    kind == SPF_INCLUDE || kind == SPF_REDIRECT;
		return follows && step->reached ? STR("depends on the mail")
						: (struct str){ 0 };
	}
	switch (node->state) {
	case SPF_STATE_RECORD:
	case SPF_STATE_PENDING:
		break;
	case SPF_STATE_NONE:
		return STR("no SPF record");
	case SPF_STATE_SEVERAL:
		return str_print(arena, "%zu SPF records", node->records);
	case SPF_STATE_FAILED:
		return str_of(answer_status_text(node->answer->status));
	case SPF_STATE_OUTSIDE:
		return STR("outside the zone files");
	case SPF_STATE_LOOP:
		return STR("loop");
	case SPF_STATE_LEFT:
		return STR("not asked: too many");
	}
	return (struct str){ 0 };
}

/** What is to be said of *step* behind its text. */
static struct str
note_of(struct arena *arena, const struct spf_step *step)
{
	if (step->term->kind == SPF_BROKEN) {
		return STR("no term of SPF");
	}
	if (!step->reached && !spf_kind_is_modifier(step->term->kind)) {
		return STR("never reached");
	}
	if (!step->reached && step->term->kind == SPF_REDIRECT) {
		return STR("never reached");
	}
	return step->is_void ? STR("finds nothing") : state_text(arena, step);
}

static void
tell_numbers(struct sheet *sheet, const struct spf_step *step)
{
	struct arena *arena = sheet->session->arena;
	const size_t column = numbers_at(sheet);
	const bool over = step->total > SPF_MOST_LOOKUPS;
	if (step->lookups == 0) {
		return;
	}
	add_right(sheet, column + COST_WIDTH, TONE_PLAIN,
	    str_print(arena, "%u", step->lookups));
	add_right(sheet, column + NUMBERS, over ? TONE_BAD : TONE_PLAIN,
	    str_print(arena, "%u", step->total));
}

static void
tell_step(struct sheet *sheet, const struct spf_step *step, size_t indent)
{
	struct session *session = sheet->session;
	struct page *page = &sheet->page;
	const struct str note = note_of(session->arena, step);
	const struct str text = str_slice(step->term->text, 0, WIDEST_TERM);
	const enum tone tone =
	    step->reached || spf_kind_is_modifier(step->term->kind)
		? TONE_PLAIN
		: TONE_FAINT;
	page_to(page, indent);
	page_add(page, tone, escape(session->arena, session->patterns, text));
	if (note.len > 0) {
		page_adds(page, TONE_PLAIN, "  ");
		page_add(page, step->reached ? TONE_BAD : TONE_WARN, note);
	}
	if (page->column >= numbers_at(sheet) && step->lookups > 0) {
		page_end(page);
	}
	tell_numbers(sheet, step);
	page_end(page);
}

static bool
is_network(const struct spf_step *step)
{
	return step->reached &&
	       (step->term->kind == SPF_IP4 || step->term->kind == SPF_IP6);
}

/** How many networks stand in a row from *from* on. */
static size_t
networks_from(const struct spf_node *node, size_t from)
{
	size_t len = 0;
	while (from + len < node->steps_len &&
	       is_network(&node->steps[from + len])) {
		len++;
	}
	return len;
}

static void
tell_node(struct sheet *sheet, const struct spf_node *node, unsigned depth)
{
	struct session *session = sheet->session;
	const size_t indent = INDENT + 2 * (size_t)depth;
	assert(depth <= SPF_MOST_NODES);
	for (size_t i = 0; i < node->steps_len; i++) {
		const size_t networks = networks_from(node, i);
		if (networks > FEW_NETWORKS && session->manner.verbosity == 0) {
			page_to(&sheet->page, indent);
			page_add(&sheet->page, TONE_FAINT,
			    str_print(
				session->arena, "(%zu networks)", networks));
			page_end(&sheet->page);
			i += networks - 1;
			continue;
		}
		tell_step(sheet, &node->steps[i], indent);
		if (node->steps[i].node) {
			tell_node(sheet, node->steps[i].node, depth + 1);
		}
	}
}

void
spf_tell_tree(struct sheet *sheet, const struct spf_facts *facts)
{
	const struct spf_node *tree = spf_facts_tree(facts);
	const struct spf_walk *walk = facts->judged.spf;
	struct arena *arena = sheet->session->arena;
	if (!tree || tree->steps_len == 0) {
		return;
	}
	page_gap(&sheet->page);
	page_adds(&sheet->page, TONE_STRONG, "What each term costs");
	add_right(
	    sheet, numbers_at(sheet) + COST_WIDTH, TONE_FAINT, STR("lookups"));
	add_right(
	    sheet, numbers_at(sheet) + NUMBERS, TONE_FAINT, STR("in all"));
	page_end(&sheet->page);
	tell_node(sheet, tree, 0);
	sheet_say(sheet,
	    str_print(arena, "%s%u of %d lookups, %u of %d that find nothing.",
		walk->cut ? "More than " : "", walk->lookups, SPF_MOST_LOOKUPS,
		walk->voids, SPF_MOST_VOIDS));
}
