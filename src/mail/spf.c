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

enum {
	USUAL_TERM = 16,   /* bytes; shorter ones need more memory later */
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
	struct span next; /* the next word, empty at the end */
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

/** The next word of the text from *at*, empty at the end. */
static struct span
word_at(struct str text, size_t at)
{
	while (at < text.len && text.at[at] == ' ') {
		at++;
	}
	const ptrdiff_t blank = str_index(str_from(text, at), ' ');
	return (struct span){
		.from = at,
		.to = blank < 0 ? text.len : at + (size_t)blank,
	};
}

static struct str
span_text(struct str text, struct span span)
{
	return str_slice(text, span.from, span.to);
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

/** Says what is wrong with the word at *span*; it may swallow the next. */
static void
broken_read(struct reader *reader, struct span span, struct spf_fault fault)
{
	const struct str text = reader->record->text;
	const struct span next = reader->next;
	struct spf_remark said = {
		.problem = fault.problem,
		.span = fault.span,
	};
	const bool both = spf_slip_find(
	    reader->arena, span_text(text, span), span_text(text, next), &said);
	if (both) {
		reader->next = word_at(text, next.to);
		said.span = (struct span){ span.from, next.to };
	} else if (said.mendable) {
		/* What is written instead stands for the whole word. */
		said.span = span;
	} else {
		said.span.from += span.from;
		said.span.to += span.from;
	}
	remark(reader, said);
}

/** True if the good word at *span* lost its end to the next word. */
static bool
is_torn(const struct reader *reader, struct span span)
{
	const struct str text = reader->record->text;
	const char first = spf_byte(text, reader->next.from);
	return (first == ':' || first == '/' || first == '=') &&
	       spf_is_torn(reader->arena, span_text(text, span),
		   span_text(text, reader->next));
}

/** Says what of *term*, which keeps the grammar, is hardly meant. */
static void
hint_read(struct reader *reader, const struct spf_term *term)
{
	if (term->domain.len == 0 && term->kind != SPF_MODIFIER) {
		return;
	}
	struct spf_remark hint = spf_hint_find(reader->arena, term);
	if (hint.problem != SPF_FINE) {
		hint.span = term->span;
		remark(reader, hint);
	}
}

/** Reads the word at *span* into *term*. */
static void
word_read(struct reader *reader, struct span span, struct spf_term *term)
{
	const struct str word = span_text(reader->record->text, span);
	struct spf_fault fault = spf_term_read(word, term);
	term->span = span;
	if (fault.problem == SPF_FINE && is_torn(reader, span)) {
		fault.problem = SPF_PROBLEM_STRAY_BLANK;
		term->kind = SPF_BROKEN;
	}
	if (spf_term_is_named(term)) {
		term->name = name_unescaped(reader->arena, term->domain);
	}
	if (fault.problem != SPF_FINE) {
		broken_read(reader, span, fault);
	} else {
		hint_read(reader, term);
	}
}

/** Reads the next word as a term of the record. */
static void
term_add(struct reader *reader)
{
	struct spf_record *record = reader->record;
	const struct span span = reader->next;
	const size_t index = record->terms.len;
	record->terms.at = vec_grow(reader->arena, record->terms.at, index,
	    &record->terms.room, sizeof(*record->terms.at));
	reader->next = word_at(record->text, span.to);
	word_read(reader, span, &record->terms.at[index]);
	note_place(reader, &record->terms.at[index], index);
	record->terms.len++;
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
		.next = word_at(text, SPF_VERSION.len),
	};
	record->text = text;
	record->valid = true;
	record->all = record->redirect = record->exp = SIZE_MAX;
	record->terms.room = text.len / USUAL_TERM + 1;
	record->terms.at =
	    ARENA_ARRAY(arena, struct spf_term, record->terms.room);
	while (reader.next.from < reader.next.to) {
		term_add(&reader);
	}
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
