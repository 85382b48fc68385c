/* SPDX-License-Identifier: MIT */
/*
 * The CSV that the console of Amazon SES offers for download (RFC 4180), and
 * what spreadsheets make of it: other separators, other order of columns.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "expect/list.h"

#include <assert.h>

enum {
	MOST_FIELDS = 16, /* of a line; those beyond are dropped */
};

/** The fields of one line. */
struct fields {
	struct list_cell at[MOST_FIELDS];
	size_t len;
};

/** Which field is which; MOST_FIELDS: there is none. */
struct columns {
	size_t of[LIST_PARTS];
};

/** A reader over the content. */
struct csv {
	const struct expect_list *list;
	struct str content;
	size_t at;
	char separator;
	const char *fault; /* NULL: nothing is wrong so far */
	size_t fault_at;
};

static char
char_at(const struct csv *csv)
{
	if (csv->at >= csv->content.len) {
		return '\0';
	}
	return csv->content.at[csv->at];
}

static bool
at_field_end(const struct csv *csv)
{
	const char c = char_at(csv);
	return c == '\0' || c == csv->separator || c == '\n' || c == '\r';
}

static void
fail_at(struct csv *csv, size_t at, const char *fault)
{
	if (!csv->fault) {
		csv->fault = fault;
		csv->fault_at = at;
	}
}

/** Reads a field in quotes, the first of which is at hand. */
static struct str
quoted_read(struct csv *csv)
{
	struct buf to = buf_new(csv->list->arena);
	const size_t start = csv->at++;
	assert(csv->content.at[start] == '"');
	buf_adds(&to, "");
	while (csv->at < csv->content.len) {
		const char c = char_at(csv);
		csv->at++;
		if (c == '"' && char_at(csv) != '"') {
			return buf_str(&to);
		}
		csv->at += c == '"';
		buf_addc(&to, c);
	}
	fail_at(csv, start, "a quotation mark is not closed");
	return buf_str(&to);
}

static struct list_cell
field_read(struct csv *csv)
{
	struct list_cell cell = { .at = csv->at };
	if (char_at(csv) == '"') {
		cell.text = quoted_read(csv);
		if (!at_field_end(csv)) {
			fail_at(csv, csv->at,
			    "text follows the quotation mark that closes");
		}
	}
	const size_t start = csv->at;
	while (!at_field_end(csv)) {
		csv->at++;
	}
	if (cell.at == start) {
		cell.text = str_slice(csv->content, start, csv->at);
	}
	cell.text = str_trim(cell.text);
	return cell;
}

static void
line_read(struct csv *csv, struct fields *ret)
{
	ret->len = 0;
	for (;;) {
		const struct list_cell field = field_read(csv);
		if (ret->len < MOST_FIELDS) {
			ret->at[ret->len++] = field;
		}
		if (csv->at == csv->content.len ||
		    char_at(csv) != csv->separator) {
			break;
		}
		csv->at++;
	}
	csv->at += char_at(csv) == '\r';
	csv->at += char_at(csv) == '\n';
}

/** True if the line has nothing in it. */
static bool
is_empty(const struct fields *fields)
{
	for (size_t i = 0; i < fields->len; i++) {
		if (fields->at[i].text.len > 0) {
			return false;
		}
	}
	return true;
}

/** Reads the next line with something in it; false at the end. */
static bool
line_next(struct csv *csv, struct fields *ret)
{
	ret->len = 0;
	while (csv->at < csv->content.len && is_empty(ret)) {
		line_read(csv, ret);
	}
	return !is_empty(ret);
}

/** Takes *header* as the names of the columns; false if it is none. */
static bool
columns_find(const struct fields *header, struct columns *ret)
{
	for (size_t i = 0; i < LIST_PARTS; i++) {
		ret->of[i] = MOST_FIELDS;
	}
	for (size_t i = header->len; i-- > 0;) {
		const enum list_part part = list_part_of(header->at[i].text);
		if (part != LIST_PARTS) {
			ret->of[part] = i;
		}
	}
	return ret->of[LIST_TYPE] < MOST_FIELDS &&
	       ret->of[LIST_NAME] < MOST_FIELDS &&
	       ret->of[LIST_VALUE] < MOST_FIELDS;
}

/**
 * True if *first* is a record in the order in which SES writes them. Lines
 * of zone files have tabs too, but neither commas nor semicolons there.
 */
static bool
is_bare_record(const struct csv *csv, const struct fields *first)
{
	enum rrtype type;
	return csv->separator != '\t' && first->len >= 3 &&
	       rrtype_parse(first->at[0].text, &type);
}

/** Steps over the header, or finds that there is none; false: no CSV. */
static bool
header_read(struct csv *csv, struct columns *ret_columns)
{
	struct fields first;
	struct csv header = *csv;
	(void)line_next(&header, &first);
	if (columns_find(&first, ret_columns)) {
		*csv = header;
		return true;
	}
	*ret_columns = (struct columns){ { 0, 1, 2, 3 } };
	return is_bare_record(csv, &first);
}

/** Finds the separator with which the first line makes sense. */
static bool
csv_open(const struct expect_list *list, struct csv *ret,
    struct columns *ret_columns)
{
	static const char separators[] = { ',', ';', '\t' };
	bool found = false;
	for (size_t i = 0; !found && i < sizeof(separators); i++) {
		*ret = (struct csv){
			.list = list,
			.content = list->content,
			.separator = separators[i],
		};
		found = header_read(ret, ret_columns);
	}
	return found;
}

bool
list_is_csv(const struct expect_list *list)
{
	struct csv csv;
	struct columns columns;
	return csv_open(list, &csv, &columns);
}

static bool
row_add(struct expect_list *list, const struct fields *fields,
    const struct columns *columns, struct err *reterr)
{
	struct list_row row = { .at = fields->at[0].at };
	assert(fields->len > 0 && fields->len <= MOST_FIELDS);
	if (fields->len < 3) {
		return list_wrong(list, row.at,
		    "a record needs type, name and value", reterr);
	}
	for (size_t i = 0; i < LIST_PARTS; i++) {
		if (columns->of[i] < fields->len) {
			row.cells[i] = fields->at[columns->of[i]];
		}
	}
	return list_add(list, &row, reterr);
}

bool
list_read_csv(struct expect_list *list, struct err *reterr)
{
	struct csv csv;
	struct columns columns;
	struct fields fields;
	if (!csv_open(list, &csv, &columns)) {
		assert(false && "list_is_csv() was asked before");
	}
	while (line_next(&csv, &fields) && !csv.fault) {
		if (!row_add(list, &fields, &columns, reterr)) {
			return false;
		}
	}
	if (csv.fault) {
		return list_wrong(list, csv.fault_at, csv.fault, reterr);
	}
	return list->entries.len > 0 ||
	       err_set(reterr, ERR_INPUT, "%.*s: there are no records in it",
		   STR_ARG(list->file));
}
