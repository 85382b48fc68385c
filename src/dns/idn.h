/* SPDX-License-Identifier: MIT */
/*
 * Internationalised names: from the letters of people to the A-labels of DNS
 * (IDNA 2008, RFC 5891; letters are mapped first as in UTS 46). The only
 * module that knows libidn2.
 */
#ifndef DNS_IDN_H
#define DNS_IDN_H

#include "base/str.h"

#include <stdbool.h>

struct arena;
struct err;

/** True if there is a byte beyond ASCII in *text*. */
bool idn_is_needed(struct str text);

/**
 * Writes *text*, which is UTF-8, with A-labels, in *arena*. False with
 * *reterr* if it is no such name, or if there is no libidn2 to tell.
 */
bool idn_to_ascii(
    struct arena *arena, struct str text, struct str *ret, struct err *reterr);

#endif
