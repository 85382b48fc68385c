/* SPDX-License-Identifier: MIT */
/* Escapes and code of Markdown: CommonMark 2.4, 4.5 and 6.1. */
#include "report/markdown.h"

#include <assert.h>
#include <string.h>

/* What means something inside of a line, or begins an entity or a tag. */
static const char SPECIAL[] = "\\`*_[]<>|~&#";

enum {
	LEAST_FENCE = 3,
};

void
markdown_text(struct buf *to, struct str text)
{
	assert(str_index(text, '\n') < 0);
	for (size_t i = 0; i < text.len; i++) {
		if (strchr(SPECIAL, text.at[i])) {
			buf_addc(to, '\\');
		}
		buf_addc(to, text.at[i]);
	}
}

/** The longest run of backticks in *text*. */
static size_t
longest_run(struct str text)
{
	size_t longest = 0;
	size_t run = 0;
	for (size_t i = 0; i < text.len; i++) {
		run = text.at[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

void
markdown_code(struct buf *to, struct str value)
{
	const size_t fence = longest_run(value) + 1;
	assert(str_index(value, '\n') < 0);
	/* One blank at each end is dropped, if there is one at both. */
	const bool padded =
	    str_starts(value, STR("`")) || str_ends(value, STR("`")) ||
	    str_starts(value, STR(" ")) || str_ends(value, STR(" "));
	if (value.len == 0) {
		return;
	}
	buf_fill(to, '`', fence);
	buf_adds(to, padded ? " " : "");
	for (size_t i = 0; i < value.len; i++) {
		if (value.at[i] == '|') {
			buf_adds(to, "\\124");
		} else {
			buf_addc(to, value.at[i]);
		}
	}
	buf_adds(to, padded ? " " : "");
	buf_fill(to, '`', fence);
}

void
markdown_block(struct buf *to, struct str content)
{
	const size_t run = longest_run(content) + 1;
	const size_t fence = run > LEAST_FENCE ? run : LEAST_FENCE;
	buf_fill(to, '`', fence);
	buf_adds(to, "text\n");
	buf_add(to, content);
	buf_adds(to, str_ends(content, STR("\n")) ? "" : "\n");
	buf_fill(to, '`', fence);
	buf_addc(to, '\n');
}
