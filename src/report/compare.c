/* SPDX-License-Identifier: MIT */
/* Which two texts to compare, by what the finding is about. */
#include "report/compare.h"

#include "base/arena.h"
#include "report/shown.h"
#include "text/utf8.h"
#include "walks/wildcard.h"

#include <assert.h>

/** What a comparison is made from. */
struct comparing {
	struct arena *arena;
	struct patterns *patterns;
	const struct report *report;
	const struct report_finding *finding;
	const struct report_record *record; /* NULL: about the domain */
};

enum {
	SHORT_LABEL = 14, /* bytes: "ap-southeast-1"; tokens are longer */
};

static const struct span NO_SPAN = { 1, 0 };

/** Where *b* first differs from *a*: a byte that begins a character. */
static size_t
first_difference(struct str a, struct str b)
{
	struct utf8_char c;
	size_t at = 0;
	size_t start = 0;
	while (utf8_next(b, &at, &c)) {
		const struct str same = str_slice(a, c.from, c.to);
		if (!str_eq(same, str_slice(b, c.from, c.to))) {
			break;
		}
		start = c.to;
	}
	return start;
}

static bool
is_label_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/**
 * The whole of a short label for *span* within it: what differs between
 * eu-west-1 and us-east-1 is the region, not "us-ea". In a long one (a DKIM
 * token) the one wrong character has to be found, so *span* stays.
 */
static struct span
whole_label(struct str found, struct span span)
{
	struct span label = span;
	for (size_t i = span.from; i < span.to; i++) {
		if (!is_label_char(found.at[i])) {
			return span;
		}
	}
	while (label.from > 0 && is_label_char(found.at[label.from - 1])) {
		label.from--;
	}
	while (label.to < found.len && is_label_char(found.at[label.to])) {
		label.to++;
	}
	return span.from < span.to && label.to - label.from <= SHORT_LABEL
		   ? label
		   : span;
}

/**
 * Where *found* differs from *expected*, from the first place to the last. One
 * span, even for two differences: what lies between is then marked too, and
 * the reader compares the two lines there anyway.
 */
static struct span
difference(struct str expected, struct str found)
{
	struct span span = { .from = first_difference(expected, found) };
	size_t left = expected.len;
	assert(span.from <= found.len);
	span.to = found.len;
	while (span.to > span.from && left > span.from &&
	       found.at[span.to - 1] == expected.at[left - 1]) {
		span.to--;
		left--;
	}
	/* What follows is the rest of a character, if it is one at all. */
	while (span.to < found.len &&
	       ((unsigned char)found.at[span.to] & 0xc0) == 0x80) {
		span.to++;
	}
	return whole_label(found, span);
}

/** True if *finding* is about a name, and its value is right. */
static bool
is_about_name(const struct report_finding *finding)
{
	const enum finding_code code = finding->finding->code;
	return finding->record >= 0 &&
	       (code == FINDING_X_NAME_DOUBLED || code == FINDING_X_MISPLACED);
}

/**
 * True if the record *id* must have one value exactly. SPF and DMARC have many
 * right forms: "expected" above one of them would say that only that one is
 * right. There the plan tells what to publish.
 */
static bool
is_exact(struct str id)
{
	static const char *const loose[] = { "spf", "mail-from-spf", "dmarc" };
	for (size_t i = 0; i < sizeof(loose) / sizeof(*loose); i++) {
		if (str_eq(id, str_of(loose[i]))) {
			return false;
		}
	}
	return true;
}

static struct str
value_of(const struct comparing *comparing, enum rrtype type, struct str value)
{
	return shown_value(comparing->arena, comparing->patterns, type, value);
}

/**
 * What should stand in the place of *evidence*; empty: not known. The
 * finding's own change comes first: it knows more than the list of expected
 * records, such as the merged SPF record.
 */
static struct str
wanted_for(const struct comparing *comparing, const struct evidence *evidence)
{
	const struct report_record *record = comparing->record;
	const struct edit *edit;
	vec_foreach(edit, &comparing->finding->finding->edits) {
		if (edit->op == EDIT_ADD && edit->rr.type == evidence->type &&
		    name_equal(edit->rr.owner, evidence->name)) {
			return value_of(comparing, edit->rr.type,
			    rr_value(comparing->arena, &edit->rr));
		}
	}
	if (!record || !record->has_expected || !is_exact(record->id) ||
	    record->type != evidence->type) {
		return (struct str){ 0 };
	}
	return value_of(comparing, record->type, record->expected);
}

/** The value is right, its name is not. */
static struct comparison
compare_names(
    const struct comparing *comparing, const struct evidence *evidence)
{
	assert(comparing->record);
	struct comparison comparison = {
		.expected = comparing->record->name,
		.found = name_text(comparing->arena, evidence->name),
	};
	comparison.span = difference(comparison.expected, comparison.found);
	return comparison;
}

/** The server that gave *evidence*, where others gave something else. */
static struct str
server_of(const struct comparing *comparing, const struct evidence *evidence)
{
	return comparing->finding->finding->code == FINDING_X_SERVERS_DISAGREE
		   ? server_addr_text(comparing->arena, evidence->server)
		   : (struct str){ 0 };
}

/** How a reader knows *name*: one that we made up stands for all others. */
static struct str
name_words(struct arena *arena, struct name name)
{
	return wildcard_is_probe(name)
		   ? str_print(arena, "any other name below %.*s",
			 STR_ARG(name_text(arena, name_parent(name))))
		   : name_text(arena, name);
}

/**
 * Where *evidence* was seen, unless it is at the record's own name: then only
 * the server is told, and only where servers differ.
 */
static struct str
place_of(const struct comparing *comparing, const struct evidence *evidence)
{
	const struct report_record *record = comparing->record;
	const struct str name = name_text(comparing->arena, evidence->name);
	const struct str type = rrtype_text(comparing->arena, evidence->type);
	const struct str server = server_of(comparing, evidence);
	if (record && str_eq(record->name, name) &&
	    record->type == evidence->type) {
		return server;
	}
	const struct str where = name_words(comparing->arena, evidence->name);
	return str_print(comparing->arena, "%.*s (%.*s)%s%.*s", STR_ARG(where),
	    STR_ARG(type), server.len > 0 ? ", " : "", STR_ARG(server));
}

/** The usual case: a value instead of another. */
static struct comparison
compare_values(
    const struct comparing *comparing, const struct evidence *evidence)
{
	const bool alone = comparing->finding->finding->evidence.len == 1 &&
			   !wildcard_is_probe(evidence->name);
	struct comparison comparison = {
		.place = place_of(comparing, evidence),
		.found = value_of(comparing, evidence->type, evidence->value),
		.span = NO_SPAN,
	};
	assert(evidence->value.len > 0);
	if (alone) {
		comparison.expected = wanted_for(comparing, evidence);
	}
	if (str_eq(comparison.expected, comparison.found)) {
		comparison.expected = (struct str){ 0 };
	}
	if (evidence->has_span) {
		comparison.span = shown_bytes(
		    comparing->arena, comparing->patterns, evidence);
	} else if (comparison.expected.len > 0) {
		comparison.span =
		    difference(comparison.expected, comparison.found);
	}
	return comparison;
}

/** Nothing was there, where something was expected. */
static struct comparison
compare_nothing(
    const struct comparing *comparing, const struct evidence *evidence)
{
	struct comparison comparison = {
		.place = place_of(comparing, evidence),
		.expected = wanted_for(comparing, evidence),
		.found = STR("nothing"),
		.span = NO_SPAN,
	};
	if (evidence->server.addr.family != ADDR_NONE &&
	    server_of(comparing, evidence).len == 0) {
		const struct str server =
		    server_addr_text(comparing->arena, evidence->server);
		comparison.found = str_print(
		    comparing->arena, "nothing, says %.*s", STR_ARG(server));
	}
	return comparison;
}

/** One piece of evidence, by what the finding is about. */
static struct comparison
compare(const struct comparing *comparing, const struct evidence *evidence)
{
	if (is_about_name(comparing->finding)) {
		return compare_names(comparing, evidence);
	}
	return evidence->value.len > 0 ? compare_values(comparing, evidence)
				       : compare_nothing(comparing, evidence);
}

/*
 * If DNS failed, nothing was found, and a "found nothing" would be a lie.
 */
struct comparisons
comparisons_of(struct arena *arena, struct patterns *patterns,
    const struct report *report, const struct report_finding *finding)
{
	struct comparisons all = { 0 };
	const struct comparing comparing = {
		.arena = arena,
		.patterns = patterns,
		.report = report,
		.finding = finding,
		.record = finding->record < 0
			      ? NULL
			      : &report->records.at[finding->record],
	};
	const struct evidence *evidence;
	if (catalog_row(finding->finding->code)->status == STATUS_UNKNOWN) {
		return all;
	}
	vec_foreach(evidence, &finding->finding->evidence) {
		vec_push(arena, &all, compare(&comparing, evidence));
	}
	return all;
}
