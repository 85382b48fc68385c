/* SPDX-License-Identifier: MIT */
/*
 * What to publish as a file that other programs read: a zone file (RFC 1035
 * 5.1) and the CSV in which Amazon SES itself offers its records (RFC 4180).
 * What cannot be published yet is in neither; that is told beside it.
 */
#include "cmd/records_facts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "cmd/session.h"
#include "cmd/sheet.h"
#include "report/shown.h"

#include <assert.h>

enum {
	TTL = 3600,
	COMMENT = 78,     /* columns of a comment */
	STRING_MAX = 255, /* bytes of a character-string: RFC 1035 3.3 */
};

static struct str
shown(const struct records_facts *facts, enum rrtype type, struct str value)
{
	return shown_value(
	    facts->session->arena, facts->session->patterns, type, value);
}

/** Adds one byte of a character-string between quotation marks. */
static void
add_byte(struct buf *to, char c)
{
	const unsigned char byte = (unsigned char)c;
	if (c == '"' || c == '\\') {
		buf_addc(to, '\\');
		buf_addc(to, c);
	} else if (byte < ' ' || byte >= 0x7f) {
		buf_addf(to, "\\%03u", byte);
	} else {
		buf_addc(to, c);
	}
}

/** Adds *text* as the character-strings of a TXT record. */
static void
add_strings(struct buf *to, struct str text)
{
	buf_addc(to, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (i > 0 && i % STRING_MAX == 0) {
			buf_adds(to, "\" \"");
		}
		add_byte(to, text.at[i]);
	}
	buf_addc(to, '"');
}

static void
add_data(const struct records_facts *facts, const struct offer *offer,
    struct buf *to)
{
	const enum rrtype type = offer->expected->type;
	switch (rrtype_layout(type)) {
	case RR_LAYOUT_TXT:
		add_strings(to, offer->value);
		return;
	case RR_LAYOUT_MX:
		buf_addf(to, "%u ", offer->priority);
		buf_add(to, shown(facts, type, offer->value));
		buf_addc(to, '.');
		return;
	case RR_LAYOUT_NAME:
		buf_add(to, shown(facts, type, offer->value));
		buf_addc(to, '.');
		return;
	case RR_LAYOUT_ADDR:
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_SOA:
		break;
	}
	buf_add(to, shown(facts, type, offer->value));
}

/** Adds *text* as comments of lines that fit. */
static void
add_prose(struct buf *to, struct str text)
{
	struct str word;
	size_t column = 0;
	while (str_split(&text, ' ', &word)) {
		if (column > 0 && column + 1 + word.len > COMMENT) {
			buf_addc(to, '\n');
			column = 0;
		}
		buf_adds(to, column == 0 ? "; " : " ");
		buf_add(to, word);
		column += word.len + (column == 0 ? 2 : 1);
	}
	buf_addc(to, '\n');
}

/** Adds what is said of *offer* as comments. */
static void
add_comments(const struct records_facts *facts, const struct offer *offer,
    struct buf *to)
{
	struct arena *arena = facts->session->arena;
	const struct rr *rr;
	buf_addf(to, "\n; %.*s", STR_ARG(offer->expected->id));
	if (offer->action == OFFER_KEEP) {
		buf_adds(to, ": stands there already");
	}
	if (offer->action == OFFER_UNKNOWN && offer->option) {
		buf_addf(to, ": not known without %s", offer->option);
	}
	buf_addc(to, '\n');
	if (offer->remark.len > 0) {
		add_prose(to, offer->remark);
	}
	vec_foreach(rr, &offer->replaced) {
		const struct str value =
		    shown(facts, rr->type, rr_value(arena, rr));
		const struct str type = rrtype_text(arena, rr->type);
		buf_addf(to, "; in place of %.*s %.*s\n", STR_ARG(type),
		    STR_ARG(value));
	}
}

static void
add_record(const struct records_facts *facts, const struct offer *offer,
    struct buf *to)
{
	struct arena *arena = facts->session->arena;
	const enum rr_layout layout = rrtype_layout(offer->expected->type);
	assert(name_is_set(offer->name));
	/* Nobody knows whether the value is one of master format (RFC 3597). */
	if (layout == RR_LAYOUT_OPAQUE || layout == RR_LAYOUT_SOA) {
		buf_adds(to, "; to be added by hand: ");
	}
	const struct str name = name_text(arena, offer->name);
	const struct str type = rrtype_text(arena, offer->expected->type);
	buf_addf(
	    to, "%.*s.\t%d\tIN\t%.*s\t", STR_ARG(name), TTL, STR_ARG(type));
	add_data(facts, offer, to);
	buf_addc(to, '\n');
}

void
records_tell_zone(struct sheet *sheet, const struct records_facts *facts)
{
	struct arena *arena = facts->session->arena;
	struct buf *to = &sheet->to;
	const struct str domain = name_text(arena, facts->expect.domain);
	const struct str zone = name_text(arena, facts->zone);
	const struct offer *offer;
	buf_addf(to, "; What to publish for %.*s\n", STR_ARG(domain));
	buf_addf(to, "$ORIGIN %.*s.\n", STR_ARG(zone));
	vec_foreach(offer, &facts->offers) {
		add_comments(facts, offer, to);
		if (offer_is_whole(offer)) {
			add_record(facts, offer, to);
		}
	}
}

/** Adds *text* as one field. */
static void
add_field(struct buf *to, struct str text)
{
	buf_addc(to, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '"') {
			buf_addc(to, '"');
		}
		buf_addc(to, text.at[i]);
	}
	buf_addc(to, '"');
}

/**
 * True if a TXT value has to stand in quotation marks, as in a zone file:
 * what begins so is a formula to spreadsheets, and the rest would be shown
 * escaped, which nobody turns back.
 */
static bool
needs_quotes(struct str text)
{
	const char *const formulas = "=+-@";
	for (const char *c = formulas; *c != '\0'; c++) {
		if (text.len > 0 && text.at[0] == *c) {
			return true;
		}
	}
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.at[i];
		if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
			return true;
		}
	}
	return false;
}

/** The value of *offer* as a cell has it. */
static struct str
cell_text(const struct records_facts *facts, const struct offer *offer)
{
	const enum rrtype type = offer->expected->type;
	const struct str value = offer->value;
	struct buf to = buf_new(facts->session->arena);
	if (!needs_quotes(value)) {
		return value;
	}
	if (rrtype_layout(type) == RR_LAYOUT_TXT) {
		add_strings(&to, value);
	} else {
		/* Readers drop the blank; behind it nothing is a formula. */
		buf_addc(&to, ' ');
		buf_add(&to, shown(facts, type, value));
	}
	return buf_str(&to);
}

/** Tells on stderr what the CSV has no place for. */
static void
note_beside(const struct records_facts *facts, const struct offer *offer)
{
	struct arena *arena = facts->session->arena;
	const struct str id = offer->expected->id;
	if (offer->action == OFFER_UNKNOWN && offer->option) {
		session_note(facts->session,
		    str_print(arena, "%.*s is not in it: not known without %s",
			STR_ARG(id), offer->option));
	} else if (offer->action == OFFER_REPLACE) {
		session_note(facts->session,
		    str_print(arena,
			"%.*s is to come in the place of what stands there "
			"(-f text tells more)",
			STR_ARG(id)));
	} else if (offer->remark.len > 0 && offer->action != OFFER_OMIT) {
		session_note(
		    facts->session, str_print(arena, "%.*s: %.*s", STR_ARG(id),
					STR_ARG(offer->remark)));
	}
}

void
records_tell_csv(struct sheet *sheet, const struct records_facts *facts)
{
	struct arena *arena = facts->session->arena;
	struct buf *to = &sheet->to;
	const struct offer *offer;
	buf_adds(to, "Type,Name,Value,Priority\r\n");
	vec_foreach(offer, &facts->offers) {
		const enum rrtype type = offer->expected->type;
		note_beside(facts, offer);
		if (!offer_is_whole(offer)) {
			continue;
		}
		buf_add(to, rrtype_text(arena, type));
		buf_addc(to, ',');
		add_field(to, name_text(arena, offer->name));
		buf_addc(to, ',');
		add_field(to, cell_text(facts, offer));
		buf_addc(to, ',');
		if (offer->has_priority) {
			buf_addf(to, "%u", offer->priority);
		}
		buf_adds(to, "\r\n");
	}
}
