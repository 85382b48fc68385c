/* SPDX-License-Identifier: MIT */
/* UTF-8 character by character (RFC 3629 4), in texts that may not be it. */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** One character, or one byte that belongs to none. */
struct utf8_char {
	uint32_t point; /* of a byte that belongs to none: the byte itself */
	bool valid;
	size_t from; /* bytes of the text, end exclusive */
	size_t to;
};

/**
 * Gives the character of *text* that begins at *at* and moves *at* past it;
 * false at the end.
 */
bool utf8_next(struct str text, size_t *at, struct utf8_char *ret);

/** How many characters *text* has; bytes that belong to none count too. */
size_t utf8_length(struct str text);

#endif
