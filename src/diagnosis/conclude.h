/* SPDX-License-Identifier: MIT */
/*
 * One cause, one finding, across records: what is wrong with the domain or
 * with our own resolver replaces what follows from it, and findings that
 * depend on the state of other records are settled. No questions are asked.
 */
#ifndef DIAGNOSIS_CONCLUDE_H
#define DIAGNOSIS_CONCLUDE_H

#include "diagnosis/verdict.h"

struct ledger;

/**
 * Settles the findings of *all* against each other, and with them the status
 * of each record. *ledger* is what was asked.
 */
void conclude(const struct judgements *all, const struct ledger *ledger);

/**
 * For a domain that IvyMail shows as not verified: if nothing in DNS keeps
 * it so, says what else may.
 */
void conclude_pending(const struct judgements *all);

#endif
