/* SPDX-License-Identifier: MIT */
/* Counting lines and columns, only when a message needs them. */
#include "base/position.h"

#include <assert.h>

/** True for octets that go on with a code point (RFC 3629 3). */
static bool
is_continued(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

struct position
position_of(struct str text, size_t offset)
{
	struct position position = { .line = 1, .column = 1 };
	assert(offset <= text.len);
	for (size_t i = 0; i < offset; i++) {
		if (text.at[i] == '\n') {
			position.line++;
			position.column = 1;
		} else if (!is_continued(text.at[i])) {
			position.column++;
		}
	}
	return position;
}
