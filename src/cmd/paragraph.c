/* SPDX-License-Identifier: MIT */
/* Filling lines with words. */
#include "cmd/paragraph.h"

#include "base/buf.h"

#include <assert.h>
#include <stdbool.h>

size_t
paragraph_width(size_t width)
{
	return width < PARAGRAPH_WIDEST ? width : PARAGRAPH_WIDEST;
}

void
paragraph(
    struct buf *to, struct str text, size_t at, size_t indent, size_t width)
{
	struct str word;
	bool first = true;
	assert(to && indent < width);
	while (str_split(&text, ' ', &word)) {
		if (word.len == 0) {
			continue;
		}
		if (!first && at + 1 + word.len > width) {
			buf_addc(to, '\n');
			buf_fill(to, ' ', indent);
			at = indent;
		} else if (!first) {
			buf_addc(to, ' ');
			at++;
		}
		buf_add(to, word);
		at += word.len;
		first = false;
	}
	buf_addc(to, '\n');
}
