/* SPDX-License-Identifier: MIT */
/*
 * Where values stand in a JSON text that is known to be right: the parser
 * does not say. Offsets are those of the first character of a value.
 */
#ifndef EXPECT_JSON_PLACE_H
#define EXPECT_JSON_PLACE_H

#include "base/str.h"

#include <stddef.h>

/** Where the text's one value begins. */
size_t json_place_root(struct str text);

/** Where the value number *index* of the object or array at *at* begins. */
size_t json_place_child(struct str text, size_t at, size_t index);

/** Where the member of the array after the one at *at* begins. */
size_t json_place_next(struct str text, size_t at);

#endif
