/* SPDX-License-Identifier: MIT */
/* What was meant by a broken word: the slips one after the other. */
#include "mail/spf_slip.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mail/spf_parts.h"

#include <assert.h>

static bool try_slips(const struct slip *slip);

struct str
slip_term(const struct slip *slip, struct str text)
{
	struct spf_term term = SPF_TERM(text);
	const enum spf_problem fault = spf_term_read(&term);
	if (fault == SPF_FINE || slip->depth >= SLIP_DEEPEST) {
		return fault == SPF_FINE ? text : (struct str){ 0 };
	}
	struct spf_remark said = { .problem = fault };
	const struct slip inner = {
		.arena = slip->arena,
		.word = text,
		.fault = fault,
		.said = &said,
		.depth = slip->depth + 1,
	};
	return try_slips(&inner) && said.mendable ? said.instead
						  : (struct str){ 0 };
}

struct str
slip_terms(const struct slip *slip, struct str text)
{
	struct buf to = buf_new(slip->arena);
	struct str word;
	while (str_split(&text, ' ', &word)) {
		if (word.len == 0) {
			continue;
		}
		const struct str term = slip_term(slip, word);
		if (term.len == 0) {
			return (struct str){ 0 };
		}
		if (to.len > 0) {
			buf_addc(&to, ' ');
		}
		buf_add(&to, term);
	}
	return buf_str(&to);
}

bool
slip_says(const struct slip *slip, enum spf_problem problem, const char *meant,
    struct str instead)
{
	if (instead.len == 0) {
		return false;
	}
	*slip->said = (struct spf_remark){
		.problem = problem,
		.span = slip->said->span,
		.meant = meant,
		.mendable = true,
		.instead = instead,
	};
	return true;
}

/* In this order: what is wrong with bytes comes before what they spell. */
static slip_fn *const SLIPS[] = {
	slip_bytes,
	slip_torn,
	slip_dot,
	slip_quotes,
	slip_separator,
	slip_glued,
	slip_address,
	slip_name,
	slip_modifier,
	slip_sign,
	slip_spelling,
	slip_colon,
	slip_argument,
	slip_cidr,
	slip_toplabel,
	slip_domain,
};

static bool
try_slips(const struct slip *slip)
{
	assert(slip->depth <= SLIP_DEEPEST);
	for (size_t i = 0; i < sizeof(SLIPS) / sizeof(*SLIPS); i++) {
		if (SLIPS[i](slip)) {
			return true;
		}
	}
	return false;
}

bool
spf_slip_find(struct arena *arena, struct str term, struct str next,
    struct spf_remark *said)
{
	const struct slip slip = {
		.arena = arena,
		.word = term,
		.next = next,
		.fault = said->problem,
		.said = said,
	};
	if (term.len > SLIP_LONGEST_WORD || !try_slips(&slip)) {
		return false;
	}
	return said->problem == SPF_PROBLEM_STRAY_BLANK;
}
