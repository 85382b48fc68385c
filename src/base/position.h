/* SPDX-License-Identifier: MIT */
/* Where something stands in a file, for messages to people. */
#ifndef BASE_POSITION_H
#define BASE_POSITION_H

#include "base/str.h"

#include <stddef.h>

/** As people count: both from 1. */
struct position {
	unsigned line;
	unsigned column; /* in code points of UTF-8, as editors show it */
};

/** Where the octet at *offset* of *text* stands; offset may be its end. */
struct position position_of(struct str text, size_t offset);

#endif
