/* SPDX-License-Identifier: MIT */
/* Terms that mean the same, however they are written. */
#ifndef MAIL_SPF_KEY_H
#define MAIL_SPF_KEY_H

#include "base/str.h"
#include "mail/spf.h"

#include <stddef.h>

struct arena;

/** Terms by what they mean, for finding repeated ones in linear time. */
struct spf_keys;

/** A set with room for *most* terms. */
struct spf_keys *spf_keys_new(struct arena *arena, size_t most);

/**
 * The number under which a term that means the same as *term*, its sign
 * aside, was added before; adds it under *number* and gives that if there is
 * none.
 */
size_t spf_keys_add(
    struct spf_keys *keys, const struct spf_term *term, size_t number);

#endif
