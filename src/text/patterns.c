/* SPDX-License-Identifier: MIT */
/* Compiling the patterns when they are needed, and matching within limits. */
#include "text/patterns.h"

#include "base/alloc.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

/* The words of the options column. */
enum {
	BYTES = 0,
	NOCASE = PCRE2_CASELESS,
	UNICODE = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF,
};

enum {
	MATCH_LIMIT = 1000000, /* steps of one match */
	DEPTH_LIMIT = 10000,
	HEAP_LIMIT = 4096, /* KiB */
	/*
	 * Compiling to machine code costs as much as some thirty matches on
	 * a text of the length of a record, so one domain does without it.
	 */
	JIT_AFTER = 32,
};

struct pattern_row {
	uint32_t options;
	const char *text;
};

static const struct pattern_row ROWS[] = {
#define PATTERN(constant, options, text) \
	[PATTERN_##constant] = { options, text },
#include "text/patterns.def"
#undef PATTERN
};

struct patterns {
	pcre2_code *code[PATTERNS]; /* NULL: not needed yet */
	unsigned uses[PATTERNS];
	pcre2_compile_context *compiling;
	pcre2_match_context *limits;
	pcre2_match_data *data;
};

static void *
memory_get(size_t size, void *context)
{
	(void)context;
	return xmalloc(size);
}

static void
memory_give(void *at, void *context)
{
	(void)context;
	free(at);
}

struct patterns *
patterns_new(void)
{
	struct patterns *patterns = xcalloc(1, sizeof(*patterns));
	pcre2_general_context *memory =
	    pcre2_general_context_create(memory_get, memory_give, NULL);
	patterns->limits = pcre2_match_context_create(memory);
	patterns->data = pcre2_match_data_create(PATTERN_MAX_GROUPS, memory);
	patterns->compiling = pcre2_compile_context_create(memory);
	pcre2_general_context_free(memory);
	(void)pcre2_set_match_limit(patterns->limits, MATCH_LIMIT);
	(void)pcre2_set_depth_limit(patterns->limits, DEPTH_LIMIT);
	(void)pcre2_set_heap_limit(patterns->limits, HEAP_LIMIT);
	return patterns;
}

void
patterns_free(struct patterns **patterns)
{
	if (!*patterns) {
		return;
	}
	for (size_t i = 0; i < PATTERNS; i++) {
		pcre2_code_free((*patterns)->code[i]);
	}
	pcre2_match_data_free((*patterns)->data);
	pcre2_match_context_free((*patterns)->limits);
	pcre2_compile_context_free((*patterns)->compiling);
	free(*patterns);
	*patterns = NULL;
}

/** The compiled *pattern*, as machine code once that pays. */
static const pcre2_code *
pattern_code(struct patterns *patterns, enum pattern pattern)
{
	const struct pattern_row *row = &ROWS[pattern];
	if (!patterns->code[pattern]) {
		int error = 0;
		PCRE2_SIZE at = 0;
		patterns->code[pattern] =
		    pcre2_compile((PCRE2_SPTR)row->text, PCRE2_ZERO_TERMINATED,
			row->options, &error, &at, patterns->compiling);
		assert(patterns->code[pattern] && "a row is no pattern");
	}
	if (++patterns->uses[pattern] == JIT_AFTER) {
		/* Where there is no JIT, matching goes on without it. */
		(void)pcre2_jit_compile(
		    patterns->code[pattern], PCRE2_JIT_COMPLETE);
	}
	return patterns->code[pattern];
}

static int
run(struct patterns *patterns, const pcre2_code *code, struct str text,
    size_t from)
{
	PCRE2_SPTR at = (PCRE2_SPTR)(text.at ? text.at : "");
	const int got = pcre2_match(
	    code, at, text.len, from, 0, patterns->data, patterns->limits);
	if (got != PCRE2_ERROR_JIT_STACKLIMIT) {
		return got;
	}
	/* The result must not depend on how often the pattern was used. */
	return pcre2_match(code, at, text.len, from, PCRE2_NO_JIT,
	    patterns->data, patterns->limits);
}

static struct match
match_of(const struct patterns *patterns, size_t groups)
{
	const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(patterns->data);
	struct match match;
	for (size_t i = 0; i < PATTERN_MAX_GROUPS; i++) {
		match.group[i] = (struct span){ .from = 1, .to = 0 };
		if (i < groups && ends[2 * i] != PCRE2_UNSET) {
			match.group[i].from = ends[2 * i];
			match.group[i].to = ends[2 * i + 1];
		}
	}
	return match;
}

bool
pattern_find(struct patterns *patterns, enum pattern pattern, struct str text,
    size_t from, struct match *ret_match)
{
	assert(patterns && (unsigned)pattern < PATTERNS);
	assert(from <= text.len);
	const int groups =
	    run(patterns, pattern_code(patterns, pattern), text, from);
	if (groups < 0) {
		return false;
	}
	assert(groups > 0 && "a row has more groups than a match holds");
	if (ret_match) {
		*ret_match = match_of(patterns, (size_t)groups);
	}
	return true;
}
