/* SPDX-License-Identifier: MIT */
/* Base64 as DKIM keys use it: RFC 4648 4, blanks in it (RFC 6376 2.10). */
#ifndef MAIL_BASE64_H
#define MAIL_BASE64_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/** How reading base64 ended. */
enum base64_fault {
	BASE64_SOUND,
	BASE64_CHARACTER, /* one that does not belong there */
	BASE64_CUT,       /* it ends in the middle of a group */
};

/**
 * Reads *text* into bytes in *arena*. With a fault, *ret_bytes* is what could
 * be read before it, at the offset *ret_at*; what is cut may be whole but for
 * its padding.
 */
enum base64_fault base64_read(struct arena *arena, struct str text,
    struct str *ret_bytes, size_t *ret_at);

#endif
