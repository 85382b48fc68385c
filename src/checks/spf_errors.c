/* SPDX-License-Identifier: MIT */
/*
 * What keeps receivers from a result, or SES from a pass: the troubles of
 * the walk, each with the record and the term where it is.
 */
#include "checks/presence.h"
#include "checks/spf_seen.h"

#include "base/arena.h"
#include "dns/question.h"
#include "look/look.h"

#include <assert.h>

void
spf_saw(const struct spf_seen *seen, struct finding *finding,
    const struct rr *rr, struct span span)
{
	struct evidence *evidence = finding_saw(finding, rr, seen->answer);
	assert(span.from <= span.to && span.to <= evidence->value.len);
	evidence->has_span = true;
	evidence->from = span.from;
	evidence->to = span.to;
}

/** Adds the record of *node* as evidence, with *step* marked. */
static void
saw_step(struct finding *finding, const struct spf_seen *seen,
    const struct spf_node *node, const struct spf_step *step)
{
	if (node == seen->walk->root) {
		spf_saw(seen, finding, seen->rr, step->term->span);
		return;
	}
	assert(node->rr);
	struct evidence *evidence =
	    finding_saw(finding, node->rr, node->answer);
	evidence->has_span = true;
	evidence->from = step->term->span.from;
	evidence->to = step->term->span.to;
}

/** Adds the term of *trouble*, and the one of the root that leads there. */
static void
saw_trouble(struct finding *finding, const struct spf_seen *seen,
    const struct spf_trouble *trouble)
{
	const struct spf_node *root = seen->walk->root;
	if (trouble->node != root) {
		saw_step(finding, seen, root, spf_trouble_origin(trouble));
	}
	saw_step(finding, seen, trouble->node, trouble->step);
}

/** The finding of *code* for *trouble*, with what would mend it. */
static struct finding *
report(const struct spf_seen *seen, enum finding_code code,
    const struct spf_trouble *trouble)
{
	struct finding *finding = find(&seen->out->findings, code);
	saw_trouble(finding, seen, trouble);
	spf_mend_finding(seen, finding);
	return finding;
}

static void
arg_target(struct finding *finding, const struct spf_step *step)
{
	if (name_is_set(step->name)) {
		finding_arg_name(finding, "target", step->name);
	} else {
		finding_arg(finding, "target", "a name that DNS cannot have");
	}
}

static void
no_record(const struct spf_seen *seen, const struct spf_trouble *trouble)
{
	const struct spf_node *child = trouble->step->node;
	const size_t records = child ? child->records : 0;
	struct finding *finding =
	    report(seen, FINDING_SPF_INCLUDE_NO_RECORD, trouble);
	arg_target(finding, trouble->step);
	finding_arg(finding, "count_text", "%s", "");
	if (records > 1) {
		finding_arg(
		    finding, "count_text", "; it has %zu of them", records);
	}
}

static void
loop(const struct spf_seen *seen, const struct spf_trouble *trouble)
{
	struct finding *finding = report(seen, FINDING_SPF_LOOP, trouble);
	arg_target(finding, trouble->step);
}

static void
too_many_lookups(const struct spf_seen *seen, const struct spf_trouble *trouble)
{
	struct finding *finding =
	    report(seen, FINDING_SPF_TOO_MANY_LOOKUPS, trouble);
	finding_arg(finding, "lookups", "%s%u",
	    seen->walk->cut ? "more than " : "", seen->walk->lookups);
}

static void
too_many_voids(const struct spf_seen *seen, const struct spf_trouble *trouble)
{
	struct finding *finding =
	    report(seen, FINDING_SPF_TOO_MANY_VOIDS, trouble);
	finding_arg(finding, "voids", "%u", seen->walk->voids);
}

static void
too_many_names(const struct spf_seen *seen, const struct spf_trouble *trouble)
{
	struct finding *finding =
	    report(seen, FINDING_SPF_TOO_MANY_MX, trouble);
	finding_arg(finding, "mechanism", "%s",
	    spf_kind_text(trouble->step->term->kind));
}

static void
pass_all(const struct spf_seen *seen, const struct spf_trouble *trouble)
{
	(void)report(seen, FINDING_SPF_PASS_ALL, trouble);
}

/** An included record that breaks the grammar makes this one fail too. */
static void
included_grammar(const struct spf_seen *seen, const struct spf_trouble *trouble)
{
	const struct spf_node *child = trouble->step->node;
	const struct spf_remark *remark = child->record->remarks.at;
	struct finding *finding =
	    find(&seen->out->findings, FINDING_SPF_SYNTAX_ERROR);
	assert(child->record->remarks.len > 0);
	saw_trouble(finding, seen, trouble);
	spf_saw(seen, finding, child->rr, remark->span);
	finding_arg(
	    finding, "problem", "%s", spf_problem_word(remark->problem));
	const struct str name = name_text(finding->arena, child->domain);
	finding_arg(finding, "problem_text",
	    "In the record of %.*s, which is "
	    "included: %s",
	    STR_ARG(name), spf_problem_text(remark->problem));
	finding_arg(finding, "meant_text", "%s", "");
	spf_mend_finding(seen, finding);
}

/** What becomes of the first trouble of a kind. */
struct trouble_row {
	enum spf_trouble_kind kind;
	void (*say)(
	    const struct spf_seen *seen, const struct spf_trouble *trouble);
};

/* In this order; what is not here is no error of the record. */
static const struct trouble_row ROWS[] = {
	{ SPF_TROUBLE_GRAMMAR, included_grammar },
	{ SPF_TROUBLE_LOOKUPS, too_many_lookups },
	{ SPF_TROUBLE_VOIDS, too_many_voids },
	{ SPF_TROUBLE_RECORD, no_record },
	{ SPF_TROUBLE_LOOP, loop },
	{ SPF_TROUBLE_NAMES, too_many_names },
	{ SPF_TROUBLE_OPEN, pass_all },
};

/** The first trouble of *kind* that no other finding explains. */
static const struct spf_trouble *
first_trouble(const struct spf_seen *seen, enum spf_trouble_kind kind)
{
	const struct spf_trouble *trouble;
	vec_foreach(trouble, &seen->walk->troubles) {
		/* A near miss of SES's name has no record, of course. */
		const bool explained =
		    seen->ses.state == SPF_SES_LOOKALIKE &&
		    name_is_set(trouble->step->name) &&
		    spf_name_is_lookalike(trouble->step->name);
		if (trouble->kind == kind && !explained) {
			return trouble;
		}
	}
	return NULL;
}

static const char *
obstacle_text(enum spf_ses_obstacle obstacle)
{
	switch (obstacle) {
	case SPF_SES_BEHIND_ALL:
		return "behind all, where the evaluation ends";
	case SPF_SES_IDLE_REDIRECT:
		return "in what a redirect leads to that is not followed, "
		       "because there is an all";
	case SPF_SES_QUALIFIED:
		return "behind a sign that is no pass";
	case SPF_SES_SHADOWED:
		return "behind a term that decides about Amazon SES first";
	case SPF_SES_FREE:
		break;
	}
	return "where it is reached";
}

/** The finding of *code* about SES, at the term that it is about. */
static struct finding *
report_ses(const struct spf_seen *seen, enum finding_code code)
{
	struct finding *finding = find(&seen->out->findings, code);
	if (seen->ses.step) {
		const struct spf_trouble place = {
			.node = seen->ses.node,
			.step = seen->ses.step,
		};
		saw_trouble(finding, seen, &place);
	} else {
		finding_saw(finding, seen->rr, seen->answer);
	}
	spf_mend_finding(seen, finding);
	return finding;
}

static void
judge_ses(const struct spf_seen *seen)
{
	struct finding *finding;
	switch (seen->ses.state) {
	case SPF_SES_PASSES:
	case SPF_SES_UNKNOWN:
		break;
	case SPF_SES_ABSENT:
		finding = report_ses(seen, FINDING_SPF_SES_MISSING);
		finding_arg(finding, "flattened", "%s",
		    seen->ses.flattened
			? "; addresses of Amazon SES were copied instead, "
			  "which change without notice (flattened)"
			: "");
		break;
	case SPF_SES_LOOKALIKE:
		finding = report_ses(seen, FINDING_SPF_SES_LOOKALIKE);
		finding_arg_name(finding, "lookalike", seen->ses.step->name);
		break;
	case SPF_SES_UNREACHABLE:
		finding = report_ses(seen, FINDING_SPF_SES_UNREACHABLE);
		finding_arg(
		    finding, "where", "%s", obstacle_text(seen->ses.obstacle));
		break;
	}
}

/** The answer of what failed, and the question to it. */
static const struct answer *
failure_of(const struct spf_step *step, struct question *ret)
{
	const enum spf_kind kind = step->term->kind;
	ret->name = step->name;
	ret->type = RRTYPE_TXT;
	if (step->node) {
		return step->node->answer;
	}
	ret->type = kind == SPF_MX ? RRTYPE_MX : RRTYPE_A;
	if (step->more && answer_failed(step->more)) {
		ret->type = RRTYPE_AAAA;
		return step->more;
	}
	return step->answer;
}

/** What could not be looked into. */
static void
judge_unknown(const struct spf_seen *seen)
{
	const struct spf_trouble *failed =
	    spf_walk_trouble(seen->walk, SPF_TROUBLE_FAILED);
	struct question question = { .type = RRTYPE_NONE };
	if (failed) {
		judge_failure(seen->look, failure_of(failed->step, &question),
		    &question, seen->out);
	}
}

/** Everything outside the zone files, each name once. */
static void
note_outside(const struct spf_seen *seen)
{
	struct arena *arena = look_scratch(seen->look);
	const struct spf_trouble *trouble;
	vec_foreach(trouble, &seen->walk->troubles) {
		if (trouble->kind != SPF_TROUBLE_OUTSIDE) {
			continue;
		}
		const struct str name = name_text(arena, trouble->step->name);
		judge_outside(seen->out,
		    str_print(arena, "the SPF record of %.*s", STR_ARG(name)),
		    NULL);
	}
}

void
spf_judge_errors(const struct spf_seen *seen)
{
	const struct findings *findings = &seen->out->findings;
	for (size_t i = 0; i < sizeof(ROWS) / sizeof(*ROWS); i++) {
		const struct spf_trouble *trouble =
		    first_trouble(seen, ROWS[i].kind);
		if (trouble) {
			ROWS[i].say(seen, trouble);
		}
	}
	/* Who lets everybody pass lets SES pass. */
	if (!spf_walk_trouble(seen->walk, SPF_TROUBLE_OPEN)) {
		judge_ses(seen);
	}
	if (findings->list.len == 0) {
		judge_unknown(seen);
	}
	note_outside(seen);
	if (findings->list.len == 0 && seen->ses.state == SPF_SES_UNKNOWN) {
		seen->out->status = STATUS_NOT_CHECKED;
	}
}
