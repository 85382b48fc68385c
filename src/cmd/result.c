/* SPDX-License-Identifier: MIT */
/* Sets of findings, and what of them is only trouble on the way. */
#include "cmd/result.h"

#include "base/arena.h"
#include "report/report.h"

#include <assert.h>
#include <stdlib.h>

/** Which record *sign* is about; empty: the domain itself. */
static struct str
record_of(struct str sign)
{
	const ptrdiff_t colon = str_index(sign, ':');
	return str_slice(sign, 0, colon < 0 ? 0 : (size_t)colon);
}

static struct str
code_of(struct str sign)
{
	const ptrdiff_t colon = str_index(sign, ':');
	return str_from(sign, colon < 0 ? 0 : (size_t)colon + 1);
}

/** True if *sign* says that questions failed, which may pass. */
static bool
is_trouble(struct str sign)
{
	const struct str code = code_of(sign);
	return str_eq(code, STR("resolver-failing")) ||
	       str_eq(code, STR("nameserver-failing")) ||
	       str_ends(code, STR("-lookup-failed"));
}

/** True if *trouble* hides what there is to say of the record of *sign*. */
static bool
hides(struct str trouble, struct str sign)
{
	return str_eq(code_of(trouble), STR("resolver-failing")) ||
	       str_eq(record_of(trouble), record_of(sign));
}

static int
sign_cmp(const void *a, const void *b)
{
	const struct str *left = a;
	const struct str *right = b;
	return str_cmp(*left, *right);
}

void
signs_sort(struct signs *signs)
{
	size_t kept = 0;
	if (signs->len == 0) {
		return;
	}
	qsort(signs->at, signs->len, sizeof(*signs->at), sign_cmp);
	for (size_t i = 1; i < signs->len; i++) {
		if (!str_eq(signs->at[kept], signs->at[i])) {
			signs->at[++kept] = signs->at[i];
		}
	}
	signs->len = kept + 1;
}

static bool
signs_have(const struct signs *signs, struct str sign)
{
	const struct str *one;
	vec_foreach(one, signs) {
		if (str_eq(*one, sign)) {
			return true;
		}
	}
	return false;
}

static bool
signs_eq(const struct signs *a, const struct signs *b)
{
	for (size_t i = 0; i < a->len && i < b->len; i++) {
		if (!str_eq(a->at[i], b->at[i])) {
			return false;
		}
	}
	return a->len == b->len;
}

/** Adds *sign* if it is *wanted*. */
static void
signs_add(
    struct arena *arena, struct signs *signs, struct str sign, bool wanted)
{
	if (wanted) {
		vec_push(arena, signs, sign);
	}
}

struct signs
signs_less(
    struct arena *arena, const struct signs *from, const struct signs *less)
{
	struct signs rest = { 0 };
	const struct str *sign;
	vec_foreach(sign, from) {
		signs_add(arena, &rest, *sign, !signs_have(less, *sign));
	}
	return rest;
}

/** "record:code", or the code alone for the domain itself. */
static struct str
sign_of(struct arena *arena, const struct report *report,
    const struct report_finding *finding)
{
	if (finding->record < 0) {
		return finding->code;
	}
	const struct str record = report->records.at[finding->record].id;
	return str_print(
	    arena, "%.*s:%.*s", STR_ARG(record), STR_ARG(finding->code));
}

struct result
result_of(struct arena *arena, const struct report *report)
{
	struct result result = { .verdict = report->verdict };
	const struct report_finding *finding;
	vec_foreach(finding, &report->findings) {
		if (finding->severity != SEVERITY_INFO) {
			vec_push(arena, &result.signs,
			    sign_of(arena, report, finding));
		}
	}
	signs_sort(&result.signs);
	return result;
}

bool
result_eq(const struct result *a, const struct result *b)
{
	return a->verdict == b->verdict && signs_eq(&a->signs, &b->signs);
}

/** True for a sign that *troubles* hide. */
static bool
is_hidden(const struct signs *troubles, struct str sign)
{
	const struct str *trouble;
	vec_foreach(trouble, troubles) {
		if (hides(*trouble, sign)) {
			return true;
		}
	}
	return false;
}

/** The trouble in *seen* that *known* does not have. */
static struct signs
new_troubles(
    struct arena *arena, const struct signs *known, const struct signs *seen)
{
	const struct signs gained = signs_less(arena, seen, known);
	struct signs troubles = { 0 };
	const struct str *sign;
	vec_foreach(sign, &gained) {
		signs_add(arena, &troubles, *sign, is_trouble(*sign));
	}
	return troubles;
}

/** The verdict of what is *proven*, without judging it again. */
static enum verdict
proven_verdict(const struct result *known, const struct result *seen,
    const struct signs *proven)
{
	const bool nothing_new = signs_eq(proven, &known->signs);
	return nothing_new || seen->verdict == VERDICT_UNKNOWN ? known->verdict
							       : seen->verdict;
}

struct result
result_proven(struct arena *arena, const struct result *known,
    const struct result *seen, bool *ret_held)
{
	static const struct result nothing = { .verdict = VERDICT_UNKNOWN };
	struct result proven = { 0 };
	const struct str *sign;
	assert(seen && ret_held);
	known = known ? known : &nothing;
	const struct signs troubles =
	    new_troubles(arena, &known->signs, &seen->signs);
	*ret_held = troubles.len > 0;
	if (!*ret_held) {
		return *seen;
	}
	vec_foreach(sign, &known->signs) {
		signs_add(
		    arena, &proven.signs, *sign, is_hidden(&troubles, *sign));
	}
	const struct signs firm = signs_less(arena, &seen->signs, &troubles);
	vec_foreach(sign, &firm) {
		vec_push(arena, &proven.signs, *sign);
	}
	signs_sort(&proven.signs);
	proven.verdict = proven_verdict(known, seen, &proven.signs);
	return proven;
}

/** *signs* without trouble. */
static struct signs
firm_of(struct arena *arena, const struct signs *signs)
{
	static const struct signs none = { 0 };
	const struct signs troubles = new_troubles(arena, &none, signs);
	return signs_less(arena, signs, &troubles);
}

bool
result_is_alike(const struct result *a, const struct result *b)
{
	if (a->verdict != VERDICT_UNKNOWN || b->verdict != VERDICT_UNKNOWN) {
		return result_eq(a, b);
	}
	struct arena *scratch = arena_new_small(512);
	const struct signs firm_a = firm_of(scratch, &a->signs);
	const struct signs firm_b = firm_of(scratch, &b->signs);
	/* Unknown for want of an option is not unknown for trouble. */
	const bool alike =
	    (firm_a.len < a->signs.len) == (firm_b.len < b->signs.len) &&
	    signs_eq(&firm_a, &firm_b);
	arena_free(&scratch);
	return alike;
}
