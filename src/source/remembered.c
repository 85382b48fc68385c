/* SPDX-License-Identifier: MIT */
/* A hash table of answers, and a queue for their delivery. */
#include "source/remembered.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "source/ready.h"

#include <assert.h>
#include <stdlib.h>

enum {
	FIRST_SLOTS = 128
};

struct known {
	const struct question *question;
	const struct answer *answer;
};

/** A question on its way, at one of two places. */
struct passed {
	struct passed *next;
	struct passed **at;       /* what points here */
	struct question question; /* of *below*; the name is in the arena */
	struct remembered *remembered;
	struct ticket *ready; /* in the queue of what is known */
	struct ticket *below; /* at the source below */
	source_done_fn *done;
	void *context;
};

struct remembered {
	struct source source;
	struct arena *arena;
	struct source *below;
	struct recorded_list answers; /* to what was passed on */
	struct ready ready;
	struct passed *passed;
	struct known *slots; /* a power of two of them */
	size_t slots_len;
	size_t known_len;
	size_t left; /* questions that may be passed on */
	bool given_up;
	bool capped;
};

/** The answer to what is past the limit. */
static const struct answer CAPPED = { .status = ANSWER_CAPPED };

/** The answer to what was given up. */
static const struct answer LATE = { .status = ANSWER_TIMEOUT };

/** The slot where *question* is, or the free one where it belongs. */
static struct known *
slot_of(const struct remembered *remembered, const struct question *question)
{
	const size_t mask = remembered->slots_len - 1;
	size_t at = question_hash(question) & mask;
	while (remembered->slots[at].question &&
	       !question_equal(remembered->slots[at].question, question)) {
		at = (at + 1) & mask;
	}
	return &remembered->slots[at];
}

static void
passed_free(struct passed *passed)
{
	*passed->at = passed->next;
	if (passed->next) {
		passed->next->at = passed->at;
	}
	free(passed);
}

/** Notes *answer* to *question*, which was passed on. */
static void
note(struct remembered *remembered, const struct question *question,
    const struct answer *answer)
{
	struct recorded *one;
	vec_foreach(one, &remembered->answers) {
		if (question_equal(&one->question, question)) {
			return;
		}
	}
	vec_push(remembered->arena, &remembered->answers,
	    (struct recorded){
		*question, answer_copy(remembered->arena, answer) });
}

/** Hands the answer on, whichever place it came from. */
static void
passed_done(void *context, const struct answer *answer)
{
	struct passed *passed = context;
	source_done_fn *const done = passed->done;
	void *const done_context = passed->context;
	if (passed->below) {
		passed->remembered->source.counts.answered++;
		note(passed->remembered, &passed->question, answer);
	}
	/* Forgotten before its callback, which may ask and cancel. */
	passed_free(passed);
	done(done_context, answer);
}

static struct ticket *
remembered_start(struct source *source, const struct question *question,
    source_done_fn *done, void *context)
{
	struct remembered *remembered = (struct remembered *)source;
	struct passed *passed = xcalloc(1, sizeof(*passed));
	passed->remembered = remembered;
	passed->done = done;
	passed->context = context;
	passed->next = remembered->passed;
	passed->at = &remembered->passed;
	if (passed->next) {
		passed->next->at = &passed->next;
	}
	remembered->passed = passed;
	const bool known = slot_of(remembered, question)->question != NULL;
	if (known || remembered->left == 0) {
		passed->ready = ready_start(
		    &remembered->ready, question, passed_done, passed);
		remembered->capped =
		    remembered->capped || (!known && !remembered->given_up);
	} else {
		remembered->left--;
		passed->question = *question;
		passed->question.name =
		    name_copy(remembered->arena, question->name);
		passed->below = source_start(
		    remembered->below, question, passed_done, passed);
	}
	return (struct ticket *)passed;
}

static const struct answer *
remembered_answer(
    struct source *source, const struct question *question, struct arena *arena)
{
	const struct answer *answer =
	    slot_of((struct remembered *)source, question)->answer;
	source->counts.cached += answer != NULL;
	if (!answer) {
		return ((struct remembered *)source)->given_up ? &LATE
							       : &CAPPED;
	}
	struct answer *again = ARENA_NEW(arena, struct answer);
	*again = *answer;
	again->sends = 0;
	return again;
}

bool
remembered_pump(struct source *source)
{
	struct remembered *remembered = (struct remembered *)source;
	return ready_step(&remembered->ready, source, remembered_answer);
}

static bool
remembered_step(struct source *source)
{
	struct remembered *remembered = (struct remembered *)source;
	if (remembered_pump(source)) {
		return true;
	}
	return remembered->passed && source_step(remembered->below);
}

static void
remembered_cancel(struct source *source, struct ticket *ticket)
{
	struct remembered *remembered = (struct remembered *)source;
	struct passed *passed = (struct passed *)ticket;
	if (passed->ready) {
		ready_cancel(&remembered->ready, passed->ready);
	} else {
		source_cancel(remembered->below, passed->below);
	}
	passed_free(passed);
}

static void
remembered_close(struct source *source)
{
	struct remembered *remembered = (struct remembered *)source;
	struct passed *next;
	for (struct passed *passed = remembered->passed; passed;
	     passed = next) {
		next = passed->next;
		remembered_cancel(source, (struct ticket *)passed);
	}
	ready_close(&remembered->ready);
	free(remembered->slots);
	free(remembered);
}

struct source *
remembered_open(struct arena *arena, struct source *below, size_t most)
{
	static const struct source_ops ops = {
		.start = remembered_start,
		.step = remembered_step,
		.cancel = remembered_cancel,
		.close = remembered_close,
	};
	struct remembered *remembered = xcalloc(1, sizeof(*remembered));
	assert(arena && below);
	remembered->source.ops = &ops;
	remembered->arena = arena;
	remembered->below = below;
	remembered->left = most;
	ready_open(&remembered->ready);
	remembered->slots_len = FIRST_SLOTS;
	remembered->slots =
	    xcalloc(remembered->slots_len, sizeof(*remembered->slots));
	return &remembered->source;
}

struct recorded_list
remembered_passed(const struct source *source)
{
	return ((const struct remembered *)source)->answers;
}

bool
remembered_is_capped(const struct source *source)
{
	return ((const struct remembered *)source)->capped;
}

bool
remembered_is_out(const struct source *source)
{
	const struct remembered *remembered = (const struct remembered *)source;
	const struct passed *passed = remembered->passed;
	while (passed && !(passed->below &&
			     source_is_out(remembered->below, passed->below))) {
		passed = passed->next;
	}
	return passed != NULL;
}

void
remembered_give_up(struct source *source)
{
	struct remembered *remembered = (struct remembered *)source;
	struct passed *passed = remembered->passed;
	remembered->given_up = true;
	remembered->left = 0;
	for (; passed; passed = passed->next) {
		if (passed->below) {
			source_cancel(remembered->below, passed->below);
			passed->below = NULL;
			passed->ready = ready_start(&remembered->ready,
			    &passed->question, passed_done, passed);
		}
	}
}

static void
slots_double(struct remembered *remembered)
{
	struct known *old = remembered->slots;
	const size_t old_len = remembered->slots_len;
	remembered->slots_len *= 2;
	remembered->slots =
	    xcalloc(remembered->slots_len, sizeof(*remembered->slots));
	for (size_t i = 0; i < old_len; i++) {
		if (old[i].question) {
			*slot_of(remembered, old[i].question) = old[i];
		}
	}
	free(old);
}

void
remembered_add(struct source *source, const struct question *question,
    const struct answer *answer)
{
	struct remembered *remembered = (struct remembered *)source;
	if ((remembered->known_len + 1) * 2 > remembered->slots_len) {
		slots_double(remembered);
	}
	struct known *slot = slot_of(remembered, question);
	assert(!slot->question);
	*slot = (struct known){ question, answer };
	remembered->known_len++;
}
