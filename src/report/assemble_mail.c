/* SPDX-License-Identifier: MIT */
/* What the report says of SPF and DMARC: the tree, the policy. */
#include "report/assemble_parts.h"

#include "base/arena.h"
#include "checks/dmarc_means.h"
#include "diagnosis/examine.h"
#include "expect/expect.h"
#include "walks/dmarc.h"
#include "walks/spf_tree.h"

#include <assert.h>

enum {
	DEEPEST_TREE = 32, /* records below each other; the walk has fewer */
};

/**
 * The record of one domain and those below it, as the walk found them: what
 * was not followed (a loop, a limit of RFC 7208 4.6.4) has no tree.
 */
static const struct report_spf_node *
spf_node(struct arena *arena, const struct spf_node *from, unsigned depth)
{
	if (!from || depth == 0) {
		return NULL;
	}
	struct report_spf_node *node = ARENA_NEW(arena, struct report_spf_node);
	node->domain = name_text(arena, from->domain);
	if (from->record) {
		node->record = from->record->text;
	}
	for (size_t i = 0; i < from->steps_len; i++) {
		const struct spf_step *step = &from->steps[i];
		const struct report_spf_term term = {
			.text = step->term->text,
			.kind = spf_kind_text(step->term->kind),
			.lookups = step->lookups,
			.tree = spf_node(arena, step->node, depth - 1),
		};
		vec_push(arena, &node->terms, term);
	}
	return node;
}

/** The SPF record of the domain, with all that it includes. */
static void
add_spf(const struct assembly *assembly)
{
	const struct judgement *judged =
	    &assembly->outcome->all.records[INDEX_SPF];
	struct report_spf *spf = &assembly->report->spf;
	const struct spf_walk *walk = judged->spf;
	if (!walk || !walk->root || !walk->root->record) {
		return;
	}
	spf->has_record = true;
	spf->record = walk->root->record->text;
	spf->lookups = walk->lookups;
	spf->void_lookups = walk->voids;
	spf->tree = spf_node(assembly->arena, walk->root, DEEPEST_TREE);
}

/**
 * Adds the tags that tell the policy, as they are declared; where reports go
 * (rua, ruf) is no part of it.
 */
static void
add_policy(
    struct arena *arena, const struct dmarc *dmarc, struct report_dmarc *to)
{
	static const enum dmarc_tag shown[] = {
		DMARC_TAG_P,
		DMARC_TAG_SP,
		DMARC_TAG_NP,
		DMARC_TAG_ADKIM,
		DMARC_TAG_ASPF,
		DMARC_TAG_T,
		DMARC_TAG_PSD,
	};
	for (size_t i = 0; i < sizeof(shown) / sizeof(*shown); i++) {
		const struct dmarc_field *field = &dmarc->fields[shown[i]];
		if (field->present) {
			const struct report_pair pair = {
				.key = dmarc_tag_text(shown[i]),
				.value = field->value,
			};
			vec_push(arena, &to->policy, pair);
		}
	}
}

/** Notes are for those who ask for details; they change no verdict. */
static void
add_notes(
    struct arena *arena, struct dmarc_notes notes, struct report_dmarc *to)
{
	const struct str *note;
	vec_foreach(note, &notes) {
		vec_push(arena, &to->notes, *note);
	}
}

/**
 * The record that counts, whosever it is: found_at may be a domain further up
 * (RFC 9989 4.10), and then the tags mean what they mean for this one.
 */
static void
add_dmarc(const struct assembly *assembly)
{
	struct arena *arena = assembly->arena;
	const struct dmarc_walk *walk =
	    assembly->outcome->all.records[INDEX_DMARC].dmarc;
	struct report_dmarc *to = &assembly->report->dmarc;
	if (!walk || !walk->found) {
		return;
	}
	to->has_record = true;
	to->record = walk->found->dmarc->text;
	to->found_at = name_text(arena, walk->found->name);
	add_policy(arena, walk->found->dmarc, to);
	add_notes(arena,
	    dmarc_advice(arena, walk, assembly->outcome->all.expect), to);
	add_notes(arena, dmarc_differences(arena, walk), to);
}

void
assemble_mail(const struct assembly *assembly)
{
	assert(assembly->outcome->all.records);
	add_spf(assembly);
	add_dmarc(assembly);
}
