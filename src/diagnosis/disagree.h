/* SPDX-License-Identifier: MIT */
/*
 * What is said, and to be done, when the zone's own servers differ in a
 * record: a copy that is late comes by itself (RFC 1996), a zone that two
 * hosts keep apart from each other does not.
 */
#ifndef DIAGNOSIS_DISAGREE_H
#define DIAGNOSIS_DISAGREE_H

#include "checks/check.h"
#include "findings/finding.h"
#include "walks/authority.h"

#include <stddef.h>

/**
 * The first server that is known not to have the record, by *at*, the
 * judgement at each server; there has to be one.
 */
size_t disagree_first_lacking(
    const struct authority *authority, const struct judgement *at);

/** Fills in *finding*, which is servers-disagree, from *at*. */
void disagree_explain(struct finding *finding,
    const struct authority *authority, const struct judgement *at);

/** Adds to *finding* why *server* lacks the record, as found in *there*. */
void disagree_explain_there(struct finding *finding,
    const struct authority_server *server, const struct judgement *there);

#endif
