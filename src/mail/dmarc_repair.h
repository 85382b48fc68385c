/* SPDX-License-Identifier: MIT */
/*
 * Making a right DMARC record out of a wrong one, keeping what was meant.
 */
#ifndef MAIL_DMARC_REPAIR_H
#define MAIL_DMARC_REPAIR_H

#include "base/str.h"
#include "mail/dmarc.h"

struct arena;

/**
 * Gives a valid record in *arena* that says what *text* was meant to say, as
 * far as that can be told: known tags with right values in the order found,
 * p=none if no policy can be made out. Empty if there is nothing of a DMARC
 * record in it.
 */
struct str dmarc_repair(struct arena *arena, struct str text);

/** The text of *dmarc* without *tag*, in *arena*. */
struct str dmarc_without(
    struct arena *arena, const struct dmarc *dmarc, enum dmarc_tag tag);

#endif
