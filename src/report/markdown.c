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

/*
 * A backslash before any ASCII punctuation is itself no text (CommonMark 2.4),
 * so more may be escaped than needed. What only means something at the start
 * of a line (-, +, 1.) needs no care: none of our sentences begins so.
 */
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

/*
 * Nothing is escaped in code; only a run of as many backticks as began it ends
 * it (6.1). But tables (a GitHub extension) are cut at bars before that, even
 * in code: a bar is written as DNS writes it.
 */
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

/* A fence is closed by one at least as long (4.5), so ours is longer. */
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
