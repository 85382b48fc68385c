/* SPDX-License-Identifier: MIT */
/*
 * What a server would answer after the changes: RFC 1034 4.3.2 (the search,
 * CNAMEs), RFC 4592 2.2 (a name that exists hides wildcards), RFC 8020 (a
 * name with names below it exists), RFC 2181 5 (sets).
 *
 * One thing an answer cannot tell: whether a name whose last record is
 * removed is gone, or still there for another type. It is taken as there.
 */
#include "source/overlay.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/vec.h"
#include "source/edits.h"

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
	enum rrtype type;            /* as it was asked */
	struct VEC(struct rr) chain; /* CNAMEs passed */
	struct ticket *below;
	source_done_fn *done;
	void *context;
};

struct overlay {
	struct source source;
	struct source *below;
	struct edits edits;
	struct course *courses;
};

/** Forgets the course, then gives *answer* to who asked. */
static void
course_end(struct course *course, struct answer *answer)
{
	assert(!course->below);
	struct arena *arena = course->arena;
	source_done_fn *const done = course->done;
	void *const context = course->context;
	answer->chain = course->chain.at;
	answer->chain_len = course->chain.len;
	*course->at = course->next;
	if (course->next) {
		course->next->at = course->at;
	}
	course->overlay->source.counts.answered++;
	free(course);
	done(context, answer);
	arena_free(&arena);
}

static void
course_found(
    struct course *course, const struct answer *base, const struct rrset *set)
{
	struct answer answer = *base;
	assert(set->len > 0);
	answer.status = ANSWER_FOUND;
	answer.rrs = set->at;
	answer.rrs_len = set->len;
	answer.soa = NULL;
	answer.referral = NULL;
	answer.referral_len = 0;
	course_end(course, &answer);
}

/** Ends with nothing of the type asked for at *name*. */
static void
course_absent(
    struct course *course, const struct answer *base, struct name name)
{
	struct answer answer = *base;
	answer.rrs = NULL;
	answer.rrs_len = 0;
	if (base->status == ANSWER_FOUND ||
	    (base->status == ANSWER_NXDOMAIN &&
		edits_add_name(&course->overlay->edits, name))) {
		answer.status = ANSWER_NODATA;
	}
	course_end(course, &answer);
}

/** What *base* gives of *type* at *name*, with the changes carried out. */
static struct rrset
set_after(const struct course *course, const struct answer *base,
    struct name name, enum rrtype type)
{
	const struct edits_base from = { name, type, base->rrs, base->rrs_len };
	return edits_apply(course->arena, &course->overlay->edits, &from);
}

/** True if the chain returns to itself or is too long. */
static bool
is_endless(const struct course *course, struct name next)
{
	const struct rr *link;
	vec_foreach(link, &course->chain) {
		if (name_equal(link->owner, next)) {
			return true;
		}
	}
	return course->chain.len > ANSWER_MAX_CHAIN;
}

static void
course_endless(struct course *course, const struct answer *base)
{
	struct answer answer = {
		.status = ANSWER_LOOP,
		.authoritative = base->authoritative,
		.server = base->server,
	};
	course_end(course, &answer);
}

static void
course_ask(struct course *course, struct name name, enum rrtype type,
    source_done_fn *done)
{
	assert(!course->below && name_is_set(name));
	course->question.name = name;
	course->question.type = type;
	course->below = source_start(
	    course->overlay->below, &course->question, done, course);
}

static void course_done(void *context, const struct answer *base);

/** Follows *cname*: at a resolver its target is asked next. */
static void
course_follow(struct course *course, const struct rr *cname)
{
	struct answer answer = {
		.status = ANSWER_NODATA,
		.authoritative = course->question.side == SIDE_AUTHORITATIVE,
		.server = course->question.server,
	};
	const struct rr kept = rr_copy(course->arena, cname);
	vec_push(course->arena, &course->chain, kept);
	if (is_endless(course, kept.rdata.target)) {
		course_endless(course, &answer);
	} else if (course->question.side == SIDE_AUTHORITATIVE) {
		/* A server leaves the rest to who asked. */
		course_end(course, &answer);
	} else {
		course_ask(
		    course, kept.rdata.target, course->type, course_done);
	}
}

/**
 * Settles *name* when *base* has its CNAMEs, or nothing: a CNAME that stands
 * counts before what is added beside it, as RFC 1034 3.6.2 has it.
 */
static void
course_at_cnames(
    struct course *course, const struct answer *base, struct name name)
{
	const struct rrset cnames = set_after(course, base, name, RRTYPE_CNAME);
	const struct rrset set = set_after(course, base, name, course->type);
	if (cnames.len > 0 && course->type != RRTYPE_CNAME) {
		course_follow(course, &cnames.at[0]);
	} else if (set.len > 0) {
		course_found(course, base, &set);
	} else {
		course_absent(course, base, name);
	}
}

/** The name bare of what answered for it until now. */
static void
course_at_bare(
    struct course *course, const struct answer *base, struct name name)
{
	const struct answer bare = {
		.status = ANSWER_NODATA,
		.authoritative = base->authoritative,
		.server = base->server,
	};
	course_at_cnames(course, &bare, name);
}

/** Takes all CNAMEs of the name, of which some are removed. */
static void
cnames_done(void *context, const struct answer *base)
{
	struct course *course = context;
	const struct name name = course->question.name;
	course->below = NULL;
	if (base->status == ANSWER_FOUND) {
		course_at_cnames(course, base, name);
	} else if (answer_failed(base)) {
		course_absent(course, base, name);
	} else {
		course_at_bare(course, base, name);
	}
}

/** True if *base* says nothing of its name. */
static bool
is_failure(const struct answer *base)
{
	return answer_failed(base) || base->status == ANSWER_LOOP;
}

/**
 * True if *base* may have failed because of the CNAME at its end: a resolver
 * that cannot reach the target says no more than that.
 */
static bool
may_be_cured(const struct course *course, const struct answer *base)
{
	return base->status == ANSWER_LOOP ||
	       (course->question.side == SIDE_RESOLVER &&
		   (base->status == ANSWER_SERVFAIL ||
		       base->status == ANSWER_TIMEOUT));
}

/** True if only its CNAMEs can tell what becomes of a name. */
static bool
asks_for_cnames(
    const struct course *course, const struct answer *base, struct name name)
{
	if (course->type == RRTYPE_CNAME) {
		return false;
	}
	/* All that was found is removed: a CNAME may have stood beside it. */
	return base->status == ANSWER_FOUND ||
	       (may_be_cured(course, base) &&
		   edits_remove_cname(&course->overlay->edits, name));
}

/** True if a CNAME that is added decides for what was asked. */
static bool
is_led_on(const struct course *course, const struct answer *base,
    const struct rrset *cnames)
{
	return cnames->len > 0 && course->type != RRTYPE_CNAME &&
	       (!is_failure(base) || may_be_cured(course, base));
}

/** Settles *name*, where the chain of *base* ends. */
static void
course_at_end(
    struct course *course, const struct answer *base, struct name name)
{
	const struct answer nothing = { 0 };
	const struct rrset set = set_after(course, base, name, course->type);
	const struct rrset cnames =
	    set_after(course, &nothing, name, RRTYPE_CNAME);
	if (set.len > 0 && !is_failure(base)) {
		course_found(course, base, &set);
	} else if (asks_for_cnames(course, base, name)) {
		course_ask(course, name, RRTYPE_CNAME, cnames_done);
	} else if (is_led_on(course, base, &cnames)) {
		course_follow(course, &cnames.at[0]);
	} else {
		course_absent(course, base, name);
	}
}

/** True if *link* still leads on from its owner. */
static bool
still_leads(const struct course *course, const struct rr *link)
{
	const struct answer base = { .rrs = link, .rrs_len = 1 };
	const struct rrset cnames =
	    set_after(course, &base, link->owner, RRTYPE_CNAME);
	return cnames.len > 0 && rr_same_data(&cnames.at[0], link);
}

/** Goes along the CNAMEs of *base* as far as they still stand. */
static void
course_done(void *context, const struct answer *base)
{
	struct course *course = context;
	const struct edits *edits = &course->overlay->edits;
	struct name name = course->question.name;
	course->below = NULL;
	for (size_t i = 0; i < base->chain_len; i++) {
		/* Copied: the course may outlive this answer. */
		const struct rr link = rr_copy(course->arena, &base->chain[i]);
		if (edits_hide_wildcard(edits, name)) {
			course_at_bare(course, base, name);
			return;
		}
		if (!still_leads(course, &link)) {
			/* Another one may stand beside it. */
			course_ask(course, name, RRTYPE_CNAME, cnames_done);
			return;
		}
		vec_push(course->arena, &course->chain, link);
		name = link.rdata.target;
		if (is_endless(course, name)) {
			course_endless(course, base);
			return;
		}
	}
	if (edits_hide_wildcard(edits, name)) {
		course_at_bare(course, base, name);
	} else {
		course_at_end(course, base, name);
	}
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
	course->type = question->type;
	course->done = done;
	course->context = context;
	course->next = overlay->courses;
	course->at = &overlay->courses;
	if (course->next) {
		course->next->at = &course->next;
	}
	overlay->courses = course;
	course_ask(course, course->question.name, question->type, course_done);
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
	struct course *next;
	for (struct course *course = overlay->courses; course; course = next) {
		next = course->next;
		overlay_cancel(source, (struct ticket *)course);
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
	overlay->edits = (struct edits){ edits, edits_len };
	return &overlay->source;
}
