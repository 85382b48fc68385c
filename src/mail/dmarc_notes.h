/* SPDX-License-Identifier: MIT */
/*
 * Where receivers that still follow RFC 7489 read a record in another way
 * than RFC 9989, for people who want to know.
 */
#ifndef MAIL_DMARC_NOTES_H
#define MAIL_DMARC_NOTES_H

#include "base/str.h"
#include "base/vec.h"

struct arena;
struct dmarc;

/** Sentences. */
struct dmarc_notes VEC(struct str);

/** One sentence a difference, in *arena*; none for most records. */
struct dmarc_notes dmarc_notes(struct arena *arena, const struct dmarc *dmarc);

#endif
