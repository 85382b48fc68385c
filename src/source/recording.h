/* SPDX-License-Identifier: MIT */
/*
 * Saved answers: every question of a run with what came back, in a JSON
 * file, and a source that gives just these answers again. The form is
 * described in doc/recording.md.
 */
#ifndef SOURCE_RECORDING_H
#define SOURCE_RECORDING_H

#include "base/str.h"
#include "base/vec.h"
#include "dns/answer.h"
#include "dns/question.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct err;
struct source;

enum {
	RECORDING_MAX = 64 << 20, /* octets of a file */
};

/** One question and its answer. */
struct recorded {
	struct question question;
	const struct answer *answer;
};

/** Answers in the order in which they came. */
struct recorded_list VEC(struct recorded);

struct recording {
	int64_t now; /* when the run began, seconds since 1970 */
	struct VEC(struct str) domains;   /* that were examined */
	struct VEC(struct str) resolvers; /* that were asked, as text */
	struct recorded_list answers;
};

/** The text of the file, in *arena*. */
struct str recording_text(
    struct arena *arena, const struct recording *recording);

/**
 * Reads *content*; *file* is the name for messages. False with *reterr*
 * naming file and line if it is no recording.
 */
bool recording_read(struct arena *arena, struct str file, struct str content,
    struct recording *ret, struct err *reterr);

/**
 * A source that answers from *recording*, which must live as long; what is
 * not in it is ANSWER_OUTSIDE.
 */
struct source *recording_open(const struct recording *recording);

#endif
