/* SPDX-License-Identifier: MIT */
/*
 * Sets before and after: RFC 2181 5 (a record is in a set once), RFC 4592
 * 2.2.1 (what hides a wildcard), RFC 8020 (what makes a name exist).
 */
#include "source/edits.h"

#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>

/** Which of the changes are meant. */
struct wanted {
	enum edit_op op;
	enum rrtype type; /* RRTYPE_NONE: any */
	struct name owner;
};

/** The first change from *from* on that is meant, or NULL. */
static const struct edit *
edit_find(const struct edits *edits, size_t from, const struct wanted *wanted)
{
	for (size_t i = from; i < edits->len; i++) {
		const struct edit *edit = &edits->at[i];
		if (edit->op == wanted->op &&
		    (wanted->type == RRTYPE_NONE ||
			wanted->type == edit->rr.type) &&
		    name_equal(edit->rr.owner, wanted->owner)) {
			return edit;
		}
	}
	return NULL;
}

/** The next change after *edit* that is meant, or NULL. */
static const struct edit *
edit_next(const struct edits *edits, const struct edit *edit,
    const struct wanted *wanted)
{
	return edit_find(edits, (size_t)(edit - edits->at) + 1, wanted);
}

static bool
is_removed(const struct edits *edits, const struct rr *rr)
{
	const struct wanted wanted = { EDIT_REMOVE, rr->type, rr->owner };
	const struct edit *edit = edit_find(edits, 0, &wanted);
	while (edit && !rr_same_data(&edit->rr, rr)) {
		edit = edit_next(edits, edit, &wanted);
	}
	return edit != NULL;
}

static bool
set_has(const struct rrset *set, const struct rr *rr)
{
	const struct rr *have;
	vec_foreach(have, set) {
		if (rr_cmp(have, rr) == 0) {
			return true;
		}
	}
	return false;
}

static int
rr_order(const void *a, const void *b)
{
	return rr_cmp(a, b);
}

struct rrset
edits_apply(struct arena *arena, const struct edits *edits,
    const struct edits_base *base)
{
	const struct wanted wanted = { EDIT_ADD, base->type, base->name };
	struct rrset set = { 0 };
	assert(name_is_set(base->name) && base->type != RRTYPE_NONE);
	for (size_t i = 0; i < base->len; i++) {
		const struct rr *rr = &base->rrs[i];
		if (rr->type != base->type || is_removed(edits, rr)) {
			continue;
		}
		vec_push(arena, &set, *rr);
	}
	for (const struct edit *edit = edit_find(edits, 0, &wanted); edit;
	     edit = edit_next(edits, edit, &wanted)) {
		if (set_has(&set, &edit->rr)) {
			continue;
		}
		vec_push(arena, &set, edit->rr);
	}
	if (set.len > 1) {
		qsort(set.at, set.len, sizeof(*set.at), rr_order);
	}
	return set;
}

bool
edits_remove_cname(const struct edits *edits, struct name name)
{
	const struct wanted wanted = { EDIT_REMOVE, RRTYPE_CNAME, name };
	return edit_find(edits, 0, &wanted) != NULL;
}

bool
edits_hide_wildcard(const struct edits *edits, struct name name)
{
	const struct wanted wanted = { EDIT_ADD, RRTYPE_NONE, name };
	const struct edit *edit = edit_find(edits, 0, &wanted);
	while (edit && !edit->over_wildcard) {
		edit = edit_next(edits, edit, &wanted);
	}
	return edit != NULL;
}

bool
edits_add_name(const struct edits *edits, struct name name)
{
	for (size_t i = 0; i < edits->len; i++) {
		const struct edit *edit = &edits->at[i];
		if (edit->op == EDIT_ADD &&
		    name_is_under(edit->rr.owner, name)) {
			return true;
		}
	}
	return false;
}
