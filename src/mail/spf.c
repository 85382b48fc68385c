/* SPDX-License-Identifier: MIT */
/*
 * A whole record: RFC 7208 4.5 (which texts are one), 4.6.1 (terms), 6 (which
 * modifiers may stand but once), 12 (the grammar).
 */
#include "mail/spf.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mail/spf_parts.h"

#include <assert.h>
#include <string.h>

enum {
	USUAL_TERM = 18,   /* bytes; shorter ones need more memory later */
	MOST_REMARKS = 64, /* of a record; it is beyond repair long before */
};

struct problem_row {
	const char *word;
	bool breaks;
	const char *text;
};

static const struct problem_row PROBLEMS[] = {
	[SPF_FINE] = { "fine", false, "" },
#define SPF_PROBLEM(constant, word, breaks, text) \
	[SPF_PROBLEM_##constant] = { word, breaks, text },
#include "mail/spf_problems.def"
#undef SPF_PROBLEM
};

static const struct problem_row *
problem_row(enum spf_problem problem)
{
	assert((unsigned)problem < SPF_PROBLEMS);
	return &PROBLEMS[problem];
}

const char *
spf_problem_word(enum spf_problem problem)
{
	return problem_row(problem)->word;
}

const char *
spf_problem_text(enum spf_problem problem)
{
	return problem_row(problem)->text;
}

bool
spf_problem_breaks(enum spf_problem problem)
{
	return problem_row(problem)->breaks;
}

bool
spf_is_record(struct str text)
{
	return str_starts_nocase(text, SPF_VERSION) &&
	       (text.len == SPF_VERSION.len || text.at[SPF_VERSION.len] == ' ');
}

/** A record while it is read. */
struct reader {
	struct arena *arena;
	struct spf_record *record;
};

static void
remark(struct reader *reader, struct spf_remark remark)
{
	struct spf_record *record = reader->record;
	assert(remark.span.from <= remark.span.to &&
	       remark.span.to <= record->text.len);
	if (spf_problem_breaks(remark.problem)) {
		record->valid = false;
	}
	if (record->remarks.len < MOST_REMARKS) {
		vec_push(reader->arena, &record->remarks, remark);
	}
}

/** The word that begins at or after *from*; empty if there is none. */
static inline struct span
word_find(struct str text, size_t from)
{
	while (from < text.len && text.at[from] == ' ') {
		from++;
	}
	if (from == text.len) {
		return (struct span){ from, from };
	}
	const char *blank = memchr(text.at + from, ' ', text.len - from);
	return (
	    struct span){ from, blank ? (size_t)(blank - text.at) : text.len };
}

/** The bytes of *record* at *word*. */
static struct str
word_text(const struct spf_record *record, struct span word)
{
	return (struct str){ record->text.at + word.from, word.to - word.from };
}

/** Notes the first "all" and modifiers that may stand but once. */
static void
note_place(struct reader *reader, const struct spf_term *term, size_t index)
{
	struct spf_record *record = reader->record;
	const bool redirect = term->kind == SPF_REDIRECT;
	if (term->kind == SPF_ALL && record->all == SIZE_MAX) {
		record->all = index;
	}
	if (!redirect && term->kind != SPF_EXP) {
		return;
	}
	size_t *place = redirect ? &record->redirect : &record->exp;
	if (*place == SIZE_MAX) {
		*place = index;
		return;
	}
	/* RFC 7208 6: a second one is a syntax error. */
	remark(reader, (struct spf_remark){
			   .problem = redirect ? SPF_PROBLEM_REPEATED_REDIRECT
					       : SPF_PROBLEM_REPEATED_EXP,
			   .span = term->span,
			   .mendable = str_eq_nocase(
			       term->domain, record->terms.at[*place].domain),
		       });
}

/**
 * Says what is wrong with *term*. True if the word *next* (empty: there is
 * none) belongs to it.
 */
static bool
broken_read(struct reader *reader, const struct spf_term *term,
    struct spf_remark said, struct span next)
{
	const struct span word = term->span;
	/* What is not told need not be found out. */
	const bool full = reader->record->remarks.len >= MOST_REMARKS;
	const bool both = !full && spf_slip_find(reader->arena, term->text,
				       word_text(reader->record, next), &said);
	assert(next.to > next.from || !both);
	if (both) {
		said.span = (struct span){ word.from, next.to };
	} else if (said.mendable) {
		/* What is written instead stands for the whole word. */
		said.span = word;
	} else {
		said.span.from += word.from;
		said.span.to += word.from;
	}
	remark(reader, said);
	return both;
}

/** True if the good *term* lost its end to the word *next*. */
static bool
is_torn(
    const struct reader *reader, const struct spf_term *term, struct span next)
{
	const struct str text = word_text(reader->record, next);
	return text.len > 0 &&
	       (text.at[0] == ':' || text.at[0] == '/' || text.at[0] == '=') &&
	       spf_is_torn(reader->arena, term->text, text);
}

/** Says what of *term*, which keeps the grammar, is hardly meant. */
static void
hint_read(struct reader *reader, const struct spf_term *term)
{
	if ((term->domain.len == 0 && term->kind != SPF_MODIFIER) ||
	    reader->record->remarks.len >= MOST_REMARKS) {
		return;
	}
	struct spf_remark hint = spf_hint_find(reader->arena, term);
	if (hint.problem != SPF_FINE) {
		hint.span = term->span;
		remark(reader, hint);
	}
}

/**
 * Reads *term*, which the word *next* (empty: none) follows; true if that
 * belongs to it.
 */
static bool
term_read(struct reader *reader, struct spf_term *term, struct span next)
{
	const struct span word = term->span;
	enum spf_problem problem = spf_term_read(term);
	if (problem == SPF_FINE && is_torn(reader, term, next)) {
		problem = SPF_PROBLEM_STRAY_BLANK;
		term->kind = SPF_BROKEN;
		term->span = (struct span){ 0, term->text.len };
	}
	if (spf_term_is_named(term)) {
		term->name = name_unescaped(reader->arena, term->domain);
	}
	if (problem == SPF_FINE) {
		hint_read(reader, term);
		return false;
	}
	const struct spf_remark said = {
		.problem = problem,
		.span = term->span,
	};
	term->span = word;
	return broken_read(reader, term, said, next);
}

/** Adds a term, not read yet, for *word*. */
static struct spf_term *
term_add(struct reader *reader, struct span word)
{
	struct spf_record *record = reader->record;
	vec_reserve(reader->arena, &record->terms);
	struct spf_term *term = &record->terms.at[record->terms.len++];
	*term = SPF_TERM(word_text(record, word));
	term->span = word;
	return term;
}

/** Reads the words behind the version as terms; two may be one. */
static void
terms_read(struct reader *reader)
{
	struct spf_record *record = reader->record;
	const struct str text = record->text;
	struct span word = word_find(text, SPF_VERSION.len);
	record->terms.room = text.len / USUAL_TERM + 1;
	record->terms.at = arena_room(
	    reader->arena, record->terms.room * sizeof(*record->terms.at));
	while (word.from < word.to) {
		struct span next = word_find(text, word.to);
		struct spf_term *term = term_add(reader, word);
		if (term_read(reader, term, next)) {
			next = word_find(text, next.to);
		}
		note_place(reader, term, record->terms.len - 1);
		word = next;
	}
}

/** Sets what was not found to the number of terms. */
static void
settle_place(const struct spf_record *record, size_t *place)
{
	if (*place == SIZE_MAX) {
		*place = record->terms.len;
	}
}

struct spf_record *
spf_parse(struct arena *arena, struct str text)
{
	assert(spf_is_record(text));
	struct spf_record *record = ARENA_NEW(arena, struct spf_record);
	struct reader reader = {
		.arena = arena,
		.record = record,
	};
	record->text = text;
	record->valid = true;
	record->all = record->redirect = record->exp = SIZE_MAX;
	terms_read(&reader);
	settle_place(record, &record->all);
	settle_place(record, &record->redirect);
	settle_place(record, &record->exp);
	return record;
}

/** The remark about the word that begins at *from*, or NULL. */
static const struct spf_remark *
remark_at(const struct spf_record *record, struct span span, size_t *next)
{
	while (*next < record->remarks.len &&
	       record->remarks.at[*next].span.to <= span.from) {
		(*next)++;
	}
	if (*next < record->remarks.len &&
	    record->remarks.at[*next].span.from < span.to) {
		return &record->remarks.at[*next];
	}
	return NULL;
}

struct str
spf_mended(
    struct arena *arena, const struct spf_record *record, size_t *ret_lost)
{
	struct buf to = buf_new(arena);
	const struct spf_term *term;
	size_t next = 0;
	*ret_lost = 0;
	buf_add(&to, SPF_VERSION);
	vec_foreach(term, &record->terms) {
		const struct spf_remark *said =
		    remark_at(record, term->span, &next);
		struct str text = term->text;
		if (said && said->mendable) {
			text = said->instead;
		} else if (term->kind == SPF_BROKEN ||
			   (said && spf_problem_breaks(said->problem))) {
			text = (struct str){ 0 };
			(*ret_lost)++;
		}
		if (text.len > 0) {
			buf_addc(&to, ' ');
			buf_add(&to, text);
		}
	}
	assert(spf_is_record(buf_str(&to)));
	return buf_str(&to);
}
