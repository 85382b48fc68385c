/* SPDX-License-Identifier: MIT */
/* From entries to records: RFC 1035 5.1, RFC 2308 4 ($TTL). */
#include "dns/zonefile.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/position.h"
#include "dns/ttl.h"
#include "dns/zonefile_rdata.h"
#include "dns/zonefile_scan.h"

#include <assert.h>

enum {
	DEFAULT_TTL = 3600, /* seconds, where the file gives none */
};

/** A reader over the file. */
struct reader {
	struct arena *arena;
	const struct zonefile_input *input;
	struct zonefile_scan scan;
	const struct zonefile_entry *entry;
	struct name origin;
	struct name owner; /* of the record before; "no name" at first */
	bool has_origin;   /* $ORIGIN was met */
	bool has_ttl;      /* $TTL was met */
	uint32_t ttl;      /* for records without one */
	struct zonefile *to;
	struct err *reterr;
};

static bool
wrong(const struct reader *reader, const char *what)
{
	return err_set(reader->reterr, ERR_INPUT, "%.*s, line %u: %s",
	    STR_ARG(reader->input->name), reader->entry->line, what);
}

/** What the scan found wrong, with its column. */
static bool
wrong_text(const struct reader *reader)
{
	const struct position at =
	    position_of(reader->input->content, reader->scan.fault_at);
	return err_set(reader->reterr, ERR_INPUT,
	    "%.*s, line %u, column %u: %s", STR_ARG(reader->input->name),
	    at.line, at.column, reader->scan.fault);
}

static void
warn(const struct reader *reader, const char *what)
{
	const struct str text = str_print(reader->arena, "%.*s, line %u: %s",
	    STR_ARG(reader->input->name), reader->entry->line, what);
	vec_push(reader->arena, &reader->to->warnings, text);
}

/** True if the dot that ends *word* is not escaped. */
static bool
is_absolute(struct str word)
{
	size_t backslashes = 0;
	if (!str_ends(word, STR("."))) {
		return false;
	}
	while (backslashes + 1 < word.len &&
	       word.at[word.len - 2 - backslashes] == '\\') {
		backslashes++;
	}
	return backslashes % 2 == 0;
}

/**
 * Reads a name, relative to the origin unless it ends in a dot. Gives what
 * is wrong with it, as the end of a sentence, or NULL.
 */
static const char *
name_read(const struct reader *reader, struct str word, struct name *ret)
{
	struct name name = { 0 };
	const bool is_origin = str_eq(word, STR("@"));
	const enum name_fault fault =
	    is_origin ? NAME_OK : name_parse(reader->arena, word, &name);
	if (fault != NAME_OK) {
		return name_fault_text(fault);
	}
	if (!is_origin && is_absolute(word)) {
		*ret = name;
		return NULL;
	}
	if (!name_is_set(reader->origin)) {
		return "is relative, and there is no $ORIGIN";
	}
	*ret = is_origin ? reader->origin
			 : name_join(reader->arena, name, reader->origin);
	return name_is_set(*ret) ? NULL : name_fault_text(NAME_TOO_LONG);
}

static bool
wrong_name(const struct reader *reader, const char *which, const char *fault)
{
	const struct str text = str_print(reader->arena, "%s %s", which, fault);
	return wrong(reader, text.at);
}

static bool
origin_read(struct reader *reader, struct str value)
{
	struct name origin;
	const char *fault = name_read(reader, value, &origin);
	if (fault) {
		return wrong_name(reader, "the name of $ORIGIN", fault);
	}
	reader->origin = origin;
	if (!reader->has_origin && !reader->to->has_soa) {
		reader->to->apex = origin;
	}
	reader->has_origin = true;
	return true;
}

static bool
directive_read(struct reader *reader)
{
	struct str rest = reader->entry->text;
	const struct str word = zonefile_word_cut(&rest);
	const struct str value = zonefile_word_cut(&rest);
	if (str_eq_nocase(word, STR("$ORIGIN"))) {
		return origin_read(reader, value);
	}
	if (str_eq_nocase(word, STR("$TTL"))) {
		reader->has_ttl = true;
		return ttl_read(value, &reader->ttl) ||
		       wrong(reader, "$TTL needs a time, such as 3600 or 1h");
	}
	if (str_eq_nocase(word, STR("$INCLUDE"))) {
		(void)wrong(reader, "$INCLUDE is not followed");
		return err_hint(reader->reterr,
		    "put the records of the other file in its place");
	}
	if (str_eq_nocase(word, STR("$GENERATE"))) {
		(void)wrong(reader, "$GENERATE is not carried out");
		return err_hint(
		    reader->reterr, "write out the records that it stands for");
	}
	return wrong(reader, "only $ORIGIN and $TTL are known here");
}

/** Takes *word* as a TTL, which then goes for the records after, too. */
static bool
ttl_take(struct reader *reader, struct str word, uint32_t *ret)
{
	if (!ttl_read(word, ret)) {
		return wrong(reader, "the TTL is not a time");
	}
	/* RFC 1035 5.1: the last one stated; RFC 2308 4: unless by $TTL. */
	reader->ttl = reader->has_ttl ? reader->ttl : *ret;
	return true;
}

/** Reads TTL and class, in either order, and leaves type and rdata. */
static bool
ttl_and_class_read(struct reader *reader, struct str *rest, struct rr *ret)
{
	ret->ttl = reader->ttl;
	for (int i = 0; i < 2; i++) {
		struct str after = *rest;
		const struct str word = zonefile_word_cut(&after);
		const bool is_ttl = word.len > 0 && char_is_digit(word.at[0]);
		if (str_eq_nocase(word, STR("CH")) ||
		    str_eq_nocase(word, STR("HS"))) {
			return wrong(
			    reader, "only records of class IN are read");
		}
		if (!is_ttl && !str_eq_nocase(word, STR("IN"))) {
			break;
		}
		if (is_ttl && !ttl_take(reader, word, &ret->ttl)) {
			return false;
		}
		*rest = after;
	}
	*rest = str_trim(*rest);
	return true;
}

static bool
data_read(const struct reader *reader, struct str text, struct rr *ret)
{
	struct zonefile_fault fault = { 0 };
	if (zonefile_rdata_read(
		reader->arena, text, reader->origin, ret, &fault)) {
		return true;
	}
	assert(fault.what);
	(void)wrong(reader, fault.what);
	return fault.hint && err_hint(reader->reterr, "%s", fault.hint);
}

/** What is right by the rules for a text without quotes, but seldom meant. */
static void
warn_of_text(const struct reader *reader, const struct rr *rr)
{
	const struct zonefile_entry *entry = reader->entry;
	if (rr->type != RRTYPE_TXT || str_index(entry->text, '"') >= 0 ||
	    str_find_nocase(rr->rdata.txt.joined, STR("v=")) < 0) {
		return;
	}
	if (entry->cut) {
		warn(reader, "the text is not quoted, so the semicolon began "
			     "a comment");
	}
	if (rr->rdata.txt.strings > 1) {
		warn(reader, "the text is not quoted, so its blanks separate "
			     "strings and are lost");
	}
}

static bool
apex_take(struct reader *reader, const struct rr *soa)
{
	struct zonefile *to = reader->to;
	if (to->has_soa && !name_equal(to->apex, soa->owner)) {
		return wrong(
		    reader, "a second zone begins here: one file, one zone");
	}
	to->has_soa = true;
	to->apex = soa->owner;
	return true;
}

static bool
record_read(struct reader *reader)
{
	struct str rest = reader->entry->text;
	struct rr rr = { .owner = reader->owner };
	if (!reader->entry->indented) {
		const char *fault =
		    name_read(reader, zonefile_word_cut(&rest), &rr.owner);
		if (fault) {
			return wrong_name(reader, "the owner", fault);
		}
	}
	if (!name_is_set(rr.owner)) {
		return wrong(reader, "the line begins with a blank, and no "
				     "record before it has an owner");
	}
	reader->owner = rr.owner;
	if (!ttl_and_class_read(reader, &rest, &rr) ||
	    !data_read(reader, rest, &rr) ||
	    (rr.type == RRTYPE_SOA && !apex_take(reader, &rr))) {
		return false;
	}
	warn_of_text(reader, &rr);
	vec_push(reader->arena, &reader->to->records, rr);
	vec_push(reader->arena, &reader->to->lines, reader->entry->line);
	return true;
}

/** Remarks *count* records that no question about this zone can reach. */
static void
warn_of_strangers(const struct reader *reader, size_t count, struct name first)
{
	const struct str apex = name_text(reader->arena, reader->to->apex);
	const struct str name = name_text(reader->arena, first);
	const struct str text = str_print(reader->arena,
	    "%.*s: %zu of its records do not lie in the zone %.*s and count "
	    "for nothing, the first at %.*s",
	    STR_ARG(reader->input->name), count, STR_ARG(apex), STR_ARG(name));
	vec_push(reader->arena, &reader->to->warnings, text);
}

static void
look_for_strangers(const struct reader *reader)
{
	const struct name apex = reader->to->apex;
	struct name first = { 0 };
	size_t count = 0;
	const struct rr *rr;
	vec_foreach(rr, &reader->to->records) {
		if (name_is_under(rr->owner, apex)) {
			continue;
		}
		if (count++ == 0) {
			first = rr->owner;
		}
	}
	if (count > 0) {
		warn_of_strangers(reader, count, first);
	}
}

static bool
entries_read(struct reader *reader)
{
	struct zonefile_entry entry;
	reader->entry = &entry;
	while (zonefile_scan_next(&reader->scan, &entry)) {
		if (entry.text.len == 0) {
			continue;
		}
		if (entry.text.at[0] == '$' ? !directive_read(reader)
					    : !record_read(reader)) {
			return false;
		}
	}
	assert(reader->to->lines.len == reader->to->records.len);
	return !reader->scan.fault || wrong_text(reader);
}

bool
zonefile_read(struct arena *arena, const struct zonefile_input *input,
    struct zonefile *ret, struct err *reterr)
{
	const struct str content = input->content;
	const bool marked = str_starts(content, STR("\xef\xbb\xbf"));
	struct reader reader = {
		.arena = arena,
		.input = input,
		.scan = { .arena = arena,
		    .content = content,
		    .at = marked ? 3 : 0,
		    .line = 1 },
		.origin = input->origin,
		.ttl = DEFAULT_TTL,
		.to = ret,
		.reterr = reterr,
	};
	assert(arena && ret && reterr);
	*ret = (struct zonefile){ .apex = input->origin };
	if (content.len > ZONEFILE_MAX) {
		return err_set(reterr, ERR_INPUT,
		    "%.*s: the file is larger than 16 MiB",
		    STR_ARG(input->name));
	}
	if (str_index(content, '\0') >= 0) {
		return err_set(reterr, ERR_INPUT,
		    "%.*s: the file has zero bytes in it; it is no text",
		    STR_ARG(input->name));
	}
	if (!entries_read(&reader)) {
		return false;
	}
	/* Without an apex nobody can say what lies outside. */
	if (name_is_set(ret->apex)) {
		look_for_strangers(&reader);
	}
	return true;
}
