/* SPDX-License-Identifier: MIT */
/* Tag lists: RFC 6376 3.2 (DKIM), RFC 9989 4.8 (DMARC). */
#include "mail/taglist.h"

#include "base/arena.h"

#include <assert.h>

/** The text being read, and by whose rules. */
struct reading {
	struct str text;
	enum taglist_grammar grammar;
};

/** DKIM allows folding white space; DMARC only blanks and tabs. */
static bool
is_blank(const struct reading *reading, char c)
{
	return c == ' ' || c == '\t' ||
	       (reading->grammar == TAGLIST_DKIM && (c == '\r' || c == '\n'));
}

/** *span* without the blanks at its ends. */
static struct span
span_trim(const struct reading *reading, struct span span)
{
	const char *at = reading->text.at;
	assert(span.from <= span.to && span.to <= reading->text.len);
	while (span.from < span.to && is_blank(reading, at[span.from])) {
		span.from++;
	}
	while (span.to > span.from && is_blank(reading, at[span.to - 1])) {
		span.to--;
	}
	return span;
}

static struct str
span_text(const struct reading *reading, struct span span)
{
	return str_slice(reading->text, span.from, span.to);
}

static bool
is_name(const struct reading *reading, struct str name)
{
	assert(name.len > 0);
	for (size_t i = 0; i < name.len; i++) {
		const char c = name.at[i];
		const bool more = reading->grammar == TAGLIST_DKIM && i > 0 &&
				  (char_is_digit(c) || c == '_');
		if (!char_is_alpha(c) && !more) {
			return false;
		}
	}
	return true;
}

static bool
is_value_char(const struct reading *reading, char c)
{
	const unsigned char byte = (unsigned char)c;
	if (byte == ' ') {
		return true;
	}
	return (byte > ' ' && byte < 0x7F && byte != ';') ||
	       (reading->grammar == TAGLIST_DKIM && is_blank(reading, c));
}

/** The first run of bytes in *span* that no value may have; empty if none. */
static struct span
bad_run(const struct reading *reading, struct span span)
{
	const char *at = reading->text.at;
	while (span.from < span.to && is_value_char(reading, at[span.from])) {
		span.from++;
	}
	struct span run = { span.from, span.from };
	while (run.to < span.to && !is_value_char(reading, at[run.to])) {
		run.to++;
	}
	return run;
}

static void
tag_blame(struct tag *tag, enum tag_fault fault, struct span span)
{
	tag->fault = fault;
	tag->fault_span = span;
}

/** Fills in name and value of *tag*, whose "=" is at *equals*. */
static void
tag_split(const struct reading *reading, struct tag *tag, size_t equals)
{
	const struct span name =
	    span_trim(reading, (struct span){ tag->span.from, equals });
	tag->value_span =
	    span_trim(reading, (struct span){ equals + 1, tag->span.to });
	tag->name = span_text(reading, name);
	tag->value = span_text(reading, tag->value_span);
	const struct span bad = bad_run(reading, tag->value_span);
	if (tag->name.len == 0) {
		tag_blame(tag, TAG_NO_NAME, tag->span);
	} else if (!is_name(reading, tag->name)) {
		tag_blame(tag, TAG_BAD_NAME, name);
	} else if (bad.from < bad.to) {
		tag_blame(tag, TAG_BAD_VALUE, bad);
	} else if (tag->value.len == 0 && reading->grammar == TAGLIST_DMARC) {
		tag_blame(tag, TAG_NO_VALUE, tag->span);
	}
}

/** Reads what stands between two semicolons. */
static struct tag
tag_read(const struct reading *reading, struct span between)
{
	struct tag tag = { .span = span_trim(reading, between) };
	tag.value_span = (struct span){ tag.span.to, tag.span.to };
	const ptrdiff_t equals = str_index(span_text(reading, tag.span), '=');
	if (tag.span.from == tag.span.to) {
		/* The semicolon after it is what is too much. */
		tag_blame(&tag, TAG_EMPTY,
		    (struct span){ between.from, between.to + 1 });
	} else if (equals < 0) {
		tag_blame(&tag, TAG_NO_EQUALS, tag.span);
	} else {
		tag_split(reading, &tag, tag.span.from + (size_t)equals);
	}
	return tag;
}

struct taglist
taglist_read(struct arena *arena, struct str text, enum taglist_grammar grammar)
{
	const struct reading reading = { .text = text, .grammar = grammar };
	struct taglist list = { 0 };
	size_t from = 0;
	while (from < text.len) {
		const ptrdiff_t semicolon =
		    str_index(str_from(text, from), ';');
		const bool last = semicolon < 0;
		const size_t to = last ? text.len : from + (size_t)semicolon;
		const struct tag tag =
		    tag_read(&reading, (struct span){ from, to });
		if (last && tag.fault == TAG_EMPTY) {
			break; /* blanks after the final semicolon */
		}
		if (list.tags.len == TAGLIST_MAX) {
			list.cut = true;
			break;
		}
		vec_push(arena, &list.tags, tag);
		from = to + 1;
	}
	return list;
}

const struct tag *
taglist_find(const struct taglist *list, struct str name)
{
	const struct tag *tag;
	vec_foreach(tag, &list->tags) {
		if (tag->fault == TAG_SOUND && str_eq(tag->name, name)) {
			return tag;
		}
	}
	return NULL;
}
