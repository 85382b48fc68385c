/* SPDX-License-Identifier: MIT */
/*
 * What a server would answer after the changes: RFC 1034 4.3.2 (the search,
 * CNAMEs), RFC 4592 2.2 (a name that exists hides wildcards), RFC 8020 (a
 * name with names below it exists).
 */
#include "source/overlay.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/vec.h"

#include <assert.h>
#include <stdlib.h>

struct overlay;

/** A question on its way, at the name where its chain has led so far. */
struct course {
	struct course *next;
	struct course **at; /* what points here */
	struct overlay *overlay;
	struct arena *arena;         /* of everything in it */
	struct question question;    /* as it is asked below now */
	struct VEC(struct rr) chain; /* CNAMEs passed */
	struct ticket *below;
	source_done_fn *done;
	void *context;
};

struct overlay {
	struct source source;
	struct source *below;
	const struct edit *edits;
	size_t edits_len;
	struct course *courses;
};

/** The records of one type at one name while they are edited. */
struct rrset VEC(struct rr);

static bool
is_removed(const struct overlay *overlay, const struct rr *rr)
{
	for (size_t i = 0; i < overlay->edits_len; i++) {
		const struct edit *edit = &overlay->edits[i];
		if (edit->op == EDIT_REMOVE &&
		    name_equal(edit->rr.owner, rr->owner) &&
		    rr_same_data(&edit->rr, rr)) {
			return true;
		}
	}
	return false;
}

/** The CNAME that is added at *name*, or NULL. */
static const struct rr *
added_cname(const struct overlay *overlay, struct name name)
{
	for (size_t i = 0; i < overlay->edits_len; i++) {
		const struct edit *edit = &overlay->edits[i];
		if (edit->op == EDIT_ADD && edit->rr.type == RRTYPE_CNAME &&
		    name_equal(edit->rr.owner, name)) {
			return &edit->rr;
		}
	}
	return NULL;
}

/** True if something is added at *name*, or only below it. */
static bool
is_added_at(const struct overlay *overlay, struct name name, bool or_below)
{
	for (size_t i = 0; i < overlay->edits_len; i++) {
		const struct edit *edit = &overlay->edits[i];
		if (edit->op == EDIT_ADD &&
		    (or_below ? name_is_under(edit->rr.owner, name)
			      : name_equal(edit->rr.owner, name))) {
			return true;
		}
	}
	return false;
}

/** True if what answers at *name* now is a wildcard that becomes hidden. */
static bool
hides_wildcard(const struct overlay *overlay, struct name name)
{
	for (size_t i = 0; i < overlay->edits_len; i++) {
		const struct edit *edit = &overlay->edits[i];
		if (edit->op == EDIT_ADD && edit->over_wildcard &&
		    name_equal(edit->rr.owner, name)) {
			return true;
		}
	}
	return false;
}

static void
add_edited(const struct course *course, struct name name, enum rrtype type,
    struct rrset *to)
{
	const struct overlay *overlay = course->overlay;
	for (size_t i = 0; i < overlay->edits_len; i++) {
		const struct edit *edit = &overlay->edits[i];
		if (edit->op == EDIT_ADD && edit->rr.type == type &&
		    name_equal(edit->rr.owner, name)) {
			vec_push(course->arena, to, edit->rr);
		}
	}
}

/** Forgets the course, then gives *answer* to who asked. */
static void
course_end(struct course *course, const struct answer *answer)
{
	struct arena *arena = course->arena;
	source_done_fn *const done = course->done;
	void *const context = course->context;
	*course->at = course->next;
	if (course->next) {
		course->next->at = course->at;
	}
	course->overlay->source.counts.answered++;
	free(course);
	done(context, answer);
	arena_free(&arena);
}

static void course_done(void *context, const struct answer *answer);

/** Follows *cname*: at a resolver its target is asked next. */
static void
course_follow(struct course *course, const struct rr *cname)
{
	struct answer *answer = ARENA_NEW(course->arena, struct answer);
	vec_push(course->arena, &course->chain, *cname);
	answer->chain = course->chain.at;
	answer->chain_len = course->chain.len;
	if (course->chain.len > ANSWER_MAX_CHAIN) {
		answer->status = ANSWER_LOOP;
		course_end(course, answer);
		return;
	}
	if (course->question.side == SIDE_AUTHORITATIVE) {
		/* A server leaves the rest to who asked. */
		answer->status = ANSWER_NODATA;
		answer->authoritative = true;
		answer->server = course->question.server;
		course_end(course, answer);
		return;
	}
	course->question.name = cname->rdata.target;
	course->below = source_start(
	    course->overlay->below, &course->question, course_done, course);
}

/** Ends with *rrs* at *name*, where *base* was before. */
static void
course_settle(struct course *course, const struct answer *base,
    struct name name, const struct rrset *rrs)
{
	struct answer *answer = ARENA_NEW(course->arena, struct answer);
	*answer = *base;
	answer->chain = course->chain.at;
	answer->chain_len = course->chain.len;
	answer->rrs = rrs->at;
	answer->rrs_len = rrs->len;
	if (rrs->len > 0) {
		answer->status = ANSWER_FOUND;
		answer->soa = NULL;
	} else if (base->status == ANSWER_FOUND ||
		   (base->status == ANSWER_NXDOMAIN &&
		       is_added_at(course->overlay, name, true)) ||
		   base->status == ANSWER_LOOP) {
		answer->status = ANSWER_NODATA;
	}
	course_end(course, answer);
}

/** True if the changes say nothing about what *base* found at its end. */
static bool
is_failure(const struct answer *base)
{
	return answer_failed(base) && base->status != ANSWER_LAME;
}

/** Edits the records that *base* gives for the name of the question. */
static void
course_edit(struct course *course, const struct answer *base, struct name name,
    bool keep)
{
	struct rrset rrs = { 0 };
	const struct rr *rr;
	const enum rrtype type = course->question.type;
	/* The name, bare of what answered for it until now. */
	const struct answer bare = {
		.status = ANSWER_NODATA,
		.authoritative = base->authoritative,
		.server = base->server,
	};
	if (!keep) {
		base = &bare;
	}
	if (is_failure(base)) {
		course_settle(course, base, name, &rrs);
		return;
	}
	answer_foreach_rr(rr, base) {
		if (!is_removed(course->overlay, rr)) {
			vec_push(course->arena, &rrs, *rr);
		}
	}
	add_edited(course, name, type, &rrs);
	course_settle(course, base, name, &rrs);
}

/** Goes along the CNAMEs of *base* as far as they still stand. */
static void
course_along(struct course *course, const struct answer *base)
{
	const struct overlay *overlay = course->overlay;
	struct name name = course->question.name;
	for (size_t i = 0; i < base->chain_len; i++) {
		const struct rr *link = &base->chain[i];
		const struct rr *added = added_cname(overlay, name);
		if (added) {
			course_follow(course, added);
			return;
		}
		if (is_removed(overlay, link) ||
		    hides_wildcard(overlay, name)) {
			course_edit(course, base, name, false);
			return;
		}
		vec_push(course->arena, &course->chain, *link);
		name = link->rdata.target;
	}
	const struct rr *added = added_cname(overlay, name);
	if (added) {
		course_follow(course, added);
		return;
	}
	course_edit(course, base, name, !hides_wildcard(overlay, name));
}

static void
course_done(void *context, const struct answer *base)
{
	struct course *course = context;
	course->below = NULL;
	if (course->question.type == RRTYPE_CNAME) {
		const struct name name = course->question.name;
		course_edit(
		    course, base, name, !hides_wildcard(course->overlay, name));
		return;
	}
	course_along(course, base);
}

static struct ticket *
overlay_start(struct source *source, const struct question *question,
    source_done_fn *done, void *context)
{
	struct overlay *overlay = (struct overlay *)source;
	struct course *course = xcalloc(1, sizeof(*course));
	course->overlay = overlay;
	course->arena = arena_new();
	course->question = *question;
	course->question.name = name_from_wire(
	    course->arena, question->name.wire, question->name.len);
	course->done = done;
	course->context = context;
	course->next = overlay->courses;
	course->at = &overlay->courses;
	if (course->next) {
		course->next->at = &course->next;
	}
	overlay->courses = course;
	course->below = source_start(
	    overlay->below, &course->question, course_done, course);
	return (struct ticket *)course;
}

static bool
overlay_step(struct source *source)
{
	struct overlay *overlay = (struct overlay *)source;
	return overlay->courses && source_step(overlay->below);
}

static void
overlay_cancel(struct source *source, struct ticket *ticket)
{
	struct overlay *overlay = (struct overlay *)source;
	struct course *course = (struct course *)ticket;
	if (course->below) {
		source_cancel(overlay->below, course->below);
	}
	*course->at = course->next;
	if (course->next) {
		course->next->at = course->at;
	}
	arena_free(&course->arena);
	free(course);
}

static void
overlay_close(struct source *source)
{
	struct overlay *overlay = (struct overlay *)source;
	while (overlay->courses) {
		overlay_cancel(source, (struct ticket *)overlay->courses);
	}
	free(overlay);
}

struct source *
overlay_open(struct source *below, const struct edit *edits, size_t edits_len)
{
	static const struct source_ops ops = {
		.start = overlay_start,
		.step = overlay_step,
		.cancel = overlay_cancel,
		.close = overlay_close,
	};
	struct overlay *overlay = xcalloc(1, sizeof(*overlay));
	assert(below && (edits || edits_len == 0));
	overlay->source.ops = &ops;
	overlay->below = below;
	overlay->edits = edits;
	overlay->edits_len = edits_len;
	return &overlay->source;
}
