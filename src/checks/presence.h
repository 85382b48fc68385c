/* SPDX-License-Identifier: MIT */
/*
 * What remains to be said of a record when it is not there, or not known,
 * and the changes that mend it. Shared by all checks and causes.
 */
#ifndef CHECKS_PRESENCE_H
#define CHECKS_PRESENCE_H

#include "checks/check.h"
#include "dns/answer.h"

#include <stdbool.h>

struct arena;
struct look;
struct question;

/**
 * Notes in *out* what *answer* holds as found, and gives true if there are
 * records to judge. If there are none, *out* gets the status and the
 * finding that follows: missing, taken by a CNAME, a loop, not known.
 */
bool judge_presence(struct look *look, const struct subject *subject,
    const struct answer *answer, struct judgement *out);

/** Notes that the record is not there, though *answer* may have others. */
void judge_absence(const struct subject *subject, const struct answer *answer,
    struct judgement *out);

/** Notes that a CNAME, the first of *answer*, holds the record's name. */
void judge_alias(const struct subject *subject, const struct answer *answer,
    struct judgement *out);

/** Notes that asking gave *answer*, which says nothing about the record. */
void judge_failure(struct look *look, const struct answer *answer,
    const struct question *question, struct judgement *out);

/**
 * The answer to what is asked for *record*, as *sight* has it: a DKIM name is
 * asked for its key. NULL: not known yet.
 */
const struct answer *record_answer(struct look *look, const struct sight *sight,
    const struct expected *record);

/**
 * Adds to the evidence of *finding* what *answer* shows of *record*: its
 * CNAME, else its records, else that there is none.
 */
void record_saw(struct finding *finding, const struct expected *record,
    const struct answer *answer);

/** Notes that *what* was not looked at, and why. */
void judge_not_checked(struct judgement *out, struct str what, const char *why,
    const char *option);

/**
 * Notes that *what* lies outside the zone files, as *answer* (or NULL) says:
 * beside them, or handed on by them to another zone.
 */
void judge_outside(
    struct judgement *out, struct str what, const struct answer *answer);

/** The record that *subject* wants, as it should be published. */
struct rr wanted_rr(struct arena *arena, const struct subject *subject);

/** True if the value to publish for *subject* is known. */
bool wanted_is_known(const struct subject *subject);

/** Adds the wanted record to what would mend *finding*, if it is known. */
void mend_by_adding(struct finding *finding, const struct subject *subject);

/** Adds the removal of each record of *answer* to what would mend it. */
void mend_by_removing(struct finding *finding, const struct answer *answer);

#endif
