/* SPDX-License-Identifier: MIT */
/*
 * Reading master files. Lines are joined and taken apart here, because the
 * library accepts quotes and parentheses that never close and does not say
 * in which line it stopped; it reads the rdata.
 */
#include "dns/zonefile.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "dns/rdata.h"
#include "dns/ttl.h"

#include <ldns/ldns.h>

#include <assert.h>

/** One record with all its lines, comments and parentheses gone. */
struct entry {
	struct str text;
	unsigned line; /* where it begins */
	bool indented; /* no owner: that of the record before */
	bool cut;      /* an unquoted semicolon began a comment */
};

/** A reader over the file. */
struct scan {
	struct arena *arena;
	const struct zonefile_input *input;
	struct str rest;
	unsigned line; /* of rest */
	struct name origin;
	struct name owner; /* of the record before; "no name" at first */
	bool has_origin;   /* $ORIGIN was met */
	uint32_t ttl;      /* of $TTL */
	struct zonefile *to;
	struct err *reterr;
};

enum {
	DEFAULT_TTL = 3600, /* seconds, where the file gives none */
};

static bool
wrong(const struct scan *scan, unsigned line, const char *what)
{
	return err_set(scan->reterr, ERR_INPUT, "%.*s, line %u: %s",
	    STR_ARG(scan->input->name), line, what);
}

/** The state of joining the lines of one record. */
struct joining {
	struct buf to;
	unsigned depth; /* of parentheses */
	bool quoted;
	bool comment;
	bool cut;
};

/** Takes the character *c* that is neither escaped nor quoted. */
static void
join_plain(struct joining *joining, char c)
{
	if (c == ';') {
		joining->comment = true;
		joining->cut = true;
	} else if (c == '(') {
		joining->depth++;
		buf_addc(&joining->to, ' ');
	} else if (c == ')' && joining->depth > 0) {
		joining->depth--;
		buf_addc(&joining->to, ' ');
	} else {
		joining->quoted = c == '"';
		buf_addc(&joining->to, c == '\t' ? ' ' : c);
	}
}

/** Takes one character of the file; an escape takes the next one along. */
static void
join_char(struct joining *joining, struct scan *scan)
{
	const char c = scan->rest.at[0];
	scan->rest = str_from(scan->rest, 1);
	if (joining->comment || c == '\r') {
		return;
	}
	if (c == '\\' && scan->rest.len > 0 && scan->rest.at[0] != '\n') {
		buf_addc(&joining->to, c);
		buf_addc(&joining->to, scan->rest.at[0]);
		scan->rest = str_from(scan->rest, 1);
	} else if (joining->quoted) {
		joining->quoted = c != '"';
		buf_addc(&joining->to, c);
	} else {
		join_plain(joining, c);
	}
}

/** Reads the next record; false at the end or when it is wrong. */
static bool
entry_read(struct scan *scan, struct entry *ret, bool *ret_wrong)
{
	struct joining joining = { .to = buf_new(scan->arena) };
	*ret_wrong = false;
	if (scan->rest.len == 0) {
		return false;
	}
	ret->line = scan->line;
	ret->indented = scan->rest.at[0] == ' ' || scan->rest.at[0] == '\t';
	buf_adds(&joining.to, "");
	while (scan->rest.len > 0) {
		if (scan->rest.at[0] != '\n') {
			join_char(&joining, scan);
			if (joining.to.len > ZONEFILE_MAX_LINE) {
				*ret_wrong = !wrong(scan, ret->line,
				    "the record is longer than 64 KiB");
				return false;
			}
			continue;
		}
		if (joining.quoted) {
			break;
		}
		scan->rest = str_from(scan->rest, 1);
		scan->line++;
		joining.comment = false;
		if (joining.depth == 0) {
			break;
		}
		buf_addc(&joining.to, ' ');
	}
	if (joining.quoted || joining.depth > 0) {
		*ret_wrong = !wrong(scan, ret->line,
		    joining.quoted ? "a quotation mark is not closed"
				   : "a parenthesis is not closed");
		return false;
	}
	ret->text = str_trim(buf_str(&joining.to));
	ret->cut = joining.cut;
	return true;
}

/** Cuts the next word off *rest*; quotes and escapes belong to it. */
static struct str
word_cut(struct str *rest)
{
	size_t end = 0;
	bool quoted = false;
	*rest = str_trim(*rest);
	while (end < rest->len && (quoted || rest->at[end] != ' ')) {
		if (rest->at[end] == '\\') {
			end++;
		} else if (rest->at[end] == '"') {
			quoted = !quoted;
		}
		end++;
	}
	const struct str word = str_slice(*rest, 0, end);
	*rest = str_from(*rest, end);
	return word;
}

/** Reads a name, relative to the origin unless it ends in a dot. */
static bool
name_read(const struct scan *scan, struct str word, struct name *ret)
{
	struct name name;
	if (str_eq(word, STR("@"))) {
		*ret = scan->origin;
		return name_is_set(scan->origin);
	}
	if (name_parse(scan->arena, word, &name) != NAME_OK) {
		return false;
	}
	/* A dot that ends the text and is not escaped makes it absolute. */
	const bool absolute =
	    str_ends(word, STR(".")) &&
	    !(str_ends(word, STR("\\.")) && !str_ends(word, STR("\\\\.")));
	if (!absolute) {
		name = name_is_set(scan->origin)
			   ? name_join(scan->arena, name, scan->origin)
			   : (struct name){ 0 };
	}
	*ret = name;
	return name_is_set(name);
}

static bool
directive_read(struct scan *scan, const struct entry *entry)
{
	struct str rest = entry->text;
	const struct str word = word_cut(&rest);
	const struct str value = word_cut(&rest);
	if (str_eq_nocase(word, STR("$TTL"))) {
		return ttl_read(value, &scan->ttl) ||
		       wrong(scan, entry->line, "$TTL needs a time");
	}
	if (!str_eq_nocase(word, STR("$ORIGIN"))) {
		return wrong(
		    scan, entry->line, "only $ORIGIN and $TTL are known here");
	}
	if (!name_read(scan, value, &scan->origin)) {
		return wrong(scan, entry->line, "$ORIGIN needs a name");
	}
	if (!scan->has_origin && !scan->to->has_soa) {
		scan->to->apex = scan->origin;
	}
	scan->has_origin = true;
	return true;
}

/** The wire form of all rdata of *rr*, one after the other. */
static struct str
rdata_of(struct arena *arena, const ldns_rr *rr)
{
	struct buf wire = buf_new(arena);
	buf_adds(&wire, "");
	for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
		const ldns_rdf *rdf = ldns_rr_rdf(rr, i);
		buf_add(
		    &wire, (struct str){ .at = (const char *)ldns_rdf_data(rdf),
			       .len = ldns_rdf_size(rdf) });
	}
	return buf_str(&wire);
}

/** Lets the library read "type rdata" and takes what it read. */
static bool
rdata_parse(struct scan *scan, const struct entry *entry, struct str text,
    struct rr *ret)
{
	ldns_rr *rr = NULL;
	ldns_rdf *origin = NULL;
	const struct name above = name_is_set(scan->origin)
				      ? scan->origin
				      : name_of(scan->arena, ".");
	const struct str line =
	    str_print(scan->arena, ". 0 IN %.*s", STR_ARG(text));
	origin =
	    ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME, above.len, above.wire);
	const ldns_status status =
	    ldns_rr_new_frm_str(&rr, line.at, 0, origin, NULL);
	ldns_rdf_deep_free(origin);
	if (status != LDNS_STATUS_OK || !rr) {
		return wrong(scan, entry->line,
		    status == LDNS_STATUS_OK ? "this is not a record"
					     : ldns_get_errorstr_by_id(status));
	}
	ret->type = (enum rrtype)ldns_rr_get_type(rr);
	const bool read =
	    rdata_read(scan->arena, rdata_of(scan->arena, rr), ret);
	ldns_rr_free(rr);
	return read ||
	       wrong(scan, entry->line, "the data of the record is not valid");
}

/** Reads TTL and class, in either order, and leaves type and rdata. */
static bool
ttl_and_class_read(struct scan *scan, const struct entry *entry,
    struct str *rest, struct rr *ret)
{
	ret->ttl = scan->ttl;
	for (int i = 0; i < 2; i++) {
		struct str after = *rest;
		const struct str word = word_cut(&after);
		if (word.len > 0 && char_is_digit(word.at[0])) {
			if (!ttl_read(word, &ret->ttl)) {
				return wrong(
				    scan, entry->line, "the TTL is not a time");
			}
		} else if (str_eq_nocase(word, STR("CH")) ||
			   str_eq_nocase(word, STR("HS"))) {
			return wrong(scan, entry->line,
			    "only records of class IN are read");
		} else if (!str_eq_nocase(word, STR("IN"))) {
			break;
		}
		*rest = after;
	}
	*rest = str_trim(*rest);
	return true;
}

/** An unquoted ";" cuts a TXT short: right by the rules, seldom meant. */
static void
warn_of_cut(struct scan *scan, const struct entry *entry, const struct rr *rr)
{
	if (!entry->cut || rr->type != RRTYPE_TXT ||
	    str_index(entry->text, '"') >= 0 ||
	    str_find_nocase(rr->rdata.txt.joined, STR("v=")) < 0) {
		return;
	}
	const struct str text = str_print(scan->arena,
	    "%.*s, line %u: the text is not quoted, so the semicolon began "
	    "a comment",
	    STR_ARG(scan->input->name), entry->line);
	vec_push(scan->arena, &scan->to->warnings, text);
}

static bool
record_read(struct scan *scan, const struct entry *entry)
{
	struct zonefile *to = scan->to;
	struct str rest = entry->text;
	struct rr rr = { .owner = scan->owner };
	if (!entry->indented) {
		const struct str word = word_cut(&rest);
		if (!name_read(scan, word, &rr.owner)) {
			return wrong(scan, entry->line,
			    name_is_set(scan->origin)
				? "the owner is not a name"
				: "the owner is relative, and there is no "
				  "$ORIGIN");
		}
	}
	if (!name_is_set(rr.owner)) {
		return wrong(scan, entry->line, "the record has no owner");
	}
	scan->owner = rr.owner;
	if (!ttl_and_class_read(scan, entry, &rest, &rr) ||
	    !rdata_parse(scan, entry, rest, &rr)) {
		return false;
	}
	if (rr.type == RRTYPE_SOA) {
		if (to->has_soa && !name_equal(to->apex, rr.owner)) {
			return wrong(scan, entry->line,
			    "a second zone begins here: one file, one zone");
		}
		to->has_soa = true;
		to->apex = rr.owner;
	}
	warn_of_cut(scan, entry, &rr);
	vec_push(scan->arena, &to->records, rr);
	return true;
}

bool
zonefile_read(struct arena *arena, const struct zonefile_input *input,
    struct zonefile *ret, struct err *reterr)
{
	struct scan scan = {
		.arena = arena,
		.input = input,
		.rest = input->content,
		.line = 1,
		.origin = input->origin,
		.ttl = DEFAULT_TTL,
		.to = ret,
		.reterr = reterr,
	};
	struct entry entry;
	bool is_wrong = false;
	*ret = (struct zonefile){ .apex = input->origin };
	if (input->content.len > ZONEFILE_MAX) {
		return wrong(&scan, 1, "the file is larger than 16 MiB");
	}
	if (str_index(input->content, '\0') >= 0) {
		return wrong(&scan, 1, "the file has zero bytes in it");
	}
	while (entry_read(&scan, &entry, &is_wrong)) {
		if (entry.text.len == 0) {
			continue;
		}
		const bool good = entry.text.at[0] == '$'
				      ? directive_read(&scan, &entry)
				      : record_read(&scan, &entry);
		if (!good) {
			return false;
		}
	}
	return !is_wrong;
}
