/* SPDX-License-Identifier: MIT */
/*
 * One change to DNS in the terms of the panel in which it is to be made: what
 * goes into which field, and what that panel is known to trip people with.
 * Must never say anything of a host that providers.def does not.
 */
#ifndef DIAGNOSIS_PROVIDER_ADVICE_H
#define DIAGNOSIS_PROVIDER_ADVICE_H

#include "base/str.h"
#include "base/vec.h"
#include "dns/edit.h"
#include "dns/name.h"

struct arena;
struct provider;
struct provider_match;

/** Sentences, or parts of one. */
struct provider_lines VEC(struct str);

/**
 * One to four sentences on how to make *edit*, an addition in the place of
 * *replaced* records of its name and type, in the zone *apex* at the host
 * that *match* found, or at any host if it found none. Texts of TXT records
 * are not in it: it speaks of "the value below".
 */
struct str provider_advice(struct arena *arena,
    const struct provider_match *match, struct name apex,
    const struct edit *edit, size_t replaced);

/**
 * What *provider* is known to trip people with who make *edit* in the zone
 * *apex*: its rules and limits alone, in sentences.
 */
struct provider_lines provider_warnings(struct arena *arena,
    const struct provider *provider, struct name apex, const struct edit *edit);

/**
 * All that is known of *provider*, a line each, told by the example of a
 * zone example.com; empty if nothing is.
 */
struct provider_lines provider_rules(
    struct arena *arena, const struct provider *provider);

#endif
