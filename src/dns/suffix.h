/* SPDX-License-Identifier: MIT */
/*
 * What the public suffix list says (https://publicsuffix.org/), for hints
 * and for refusing what cannot be anybody's domain. Where zones really begin
 * is asked of DNS, never of this list.
 */
#ifndef DNS_SUFFIX_H
#define DNS_SUFFIX_H

#include "dns/name.h"

#include <stdbool.h>

struct arena;

/**
 * True if *name* is a public suffix of the list's ICANN section ("co.uk").
 * Without the list: if it has one label.
 */
bool suffix_is_public(struct arena *arena, struct name name);

/**
 * The part of *name* that can be registered: one label more than its public
 * suffix ("example.co.uk"). "No name" if *name* is a suffix itself. Without
 * the list: the last two labels.
 */
struct name suffix_organizational(struct arena *arena, struct name name);

#endif
