/* SPDX-License-Identifier: MIT */
/* The CSV that the console of Amazon SES offers for download (RFC 4180). */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "expect/list.h"

#include <assert.h>

enum {
	MOST_FIELDS = 16, /* of a line; those beyond are dropped */
};

/** Which field of a line is which. */
struct columns {
	size_t type;
	size_t name;
	size_t value;
	size_t priority; /* MOST_FIELDS: there is none */
};

/** One line, and where the next begins. */
struct fields {
	struct str at[MOST_FIELDS];
	size_t len;
};

/** A reader over the content. */
struct csv {
	struct arena *arena;
	struct str rest;
	unsigned line; /* of rest */
	bool unclosed; /* a quote without its end was met */
};

static char
separator_of(struct str line)
{
	static const char separators[] = { ',', ';', '\t' };
	for (size_t i = 0; i < sizeof(separators); i++) {
		if (str_index(line, separators[i]) >= 0) {
			return separators[i];
		}
	}
	return ',';
}

static bool
at_end(const struct csv *csv, char separator)
{
	return csv->rest.len == 0 || csv->rest.at[0] == separator ||
	       csv->rest.at[0] == '\n' || csv->rest.at[0] == '\r';
}

/** Reads the inside of a quoted field, its first quote already passed. */
static struct str
quoted_read(struct csv *csv)
{
	struct buf to = buf_new(csv->arena);
	buf_adds(&to, "");
	while (csv->rest.len > 0) {
		const char c = csv->rest.at[0];
		csv->rest = str_from(csv->rest, 1);
		if (c == '"' && !str_starts(csv->rest, STR("\""))) {
			return buf_str(&to);
		}
		if (c == '"') {
			csv->rest = str_from(csv->rest, 1);
		}
		csv->line += c == '\n';
		buf_addc(&to, c);
	}
	csv->unclosed = true;
	return buf_str(&to);
}

static struct str
field_read(struct csv *csv, char separator)
{
	size_t len = 0;
	if (str_starts(csv->rest, STR("\""))) {
		csv->rest = str_from(csv->rest, 1);
		const struct str quoted = quoted_read(csv);
		while (!at_end(csv, separator)) {
			csv->rest = str_from(csv->rest, 1);
		}
		return quoted;
	}
	struct csv probe = *csv;
	while (!at_end(&probe, separator)) {
		probe.rest = str_from(probe.rest, 1);
		len++;
	}
	const struct str field = str_slice(csv->rest, 0, len);
	csv->rest = probe.rest;
	return field;
}

static void
line_read(struct csv *csv, char separator, struct fields *ret)
{
	ret->len = 0;
	for (;;) {
		const struct str field = field_read(csv, separator);
		if (ret->len < MOST_FIELDS) {
			ret->at[ret->len++] = str_trim(field);
		}
		if (!str_starts(csv->rest, (struct str){ &separator, 1 })) {
			break;
		}
		csv->rest = str_from(csv->rest, 1);
	}
	csv->rest = str_from(csv->rest, str_starts(csv->rest, STR("\r")));
	csv->rest = str_from(csv->rest, str_starts(csv->rest, STR("\n")));
	csv->line++;
}

/** True if *field* is one of the blank-separated *words*, case aside. */
static bool
is_one_of(struct str field, const char *words)
{
	struct str rest = str_of(words);
	struct str word;
	while (str_split(&rest, '|', &word)) {
		if (str_eq_nocase(field, word)) {
			return true;
		}
	}
	return false;
}

static bool
columns_find(const struct fields *header, struct columns *ret)
{
	*ret = (struct columns){ MOST_FIELDS, MOST_FIELDS, MOST_FIELDS,
		MOST_FIELDS };
	for (size_t i = header->len; i-- > 0;) {
		const struct str field = header->at[i];
		if (is_one_of(field, "type|record type|record_type")) {
			ret->type = i;
		} else if (is_one_of(field, "name|host|hostname")) {
			ret->name = i;
		} else if (is_one_of(field, "value|content|data|target")) {
			ret->value = i;
		} else if (is_one_of(field, "priority|preference")) {
			ret->priority = i;
		}
	}
	return ret->type < MOST_FIELDS && ret->name < MOST_FIELDS &&
	       ret->value < MOST_FIELDS;
}

static struct str
field_at(const struct fields *fields, size_t index)
{
	return index < fields->len ? fields->at[index] : (struct str){ 0 };
}

/** True if the line has nothing in it. */
static bool
is_empty(const struct fields *fields)
{
	return fields->len == 1 && fields->at[0].len == 0;
}

bool
list_is_csv(struct str content)
{
	struct str rest = content;
	struct str line = { 0 };
	enum rrtype type;
	(void)str_split(&rest, '\n', &line);
	const char separator = separator_of(line);
	if (str_index(line, separator) < 0) {
		return false;
	}
	struct str first = { 0 };
	(void)str_split(&line, separator, &first);
	first = str_trim(first);
	if (first.len >= 2 && first.at[0] == '"') {
		first = str_slice(first, 1, first.len - 1);
	}
	return is_one_of(first, "type|record type|record_type|name|host|"
				"hostname") ||
	       rrtype_parse(first, &type);
}

static bool
row_add(struct expect_list *list, const struct fields *fields,
    const struct columns *columns, unsigned line, struct err *reterr)
{
	const struct str where = str_print(list->arena, "line %u", line);
	const struct list_row row = {
		.type = field_at(fields, columns->type),
		.name = field_at(fields, columns->name),
		.value = field_at(fields, columns->value),
		.priority = field_at(fields, columns->priority),
		.where = where.at,
	};
	if (fields->len < 3) {
		return err_set(reterr, ERR_INPUT,
		    "%.*s, line %u: a record needs type, name and value",
		    STR_ARG(list->file), line);
	}
	return list_add(list, &row, reterr);
}

bool
list_read_csv(struct expect_list *list, struct str content, struct err *reterr)
{
	struct csv csv = { .arena = list->arena, .rest = content, .line = 1 };
	struct columns columns;
	struct fields fields;
	struct str rest = content;
	struct str first = { 0 };
	(void)str_split(&rest, '\n', &first);
	const char separator = separator_of(first);
	const struct csv start = csv;
	line_read(&csv, separator, &fields);
	if (!columns_find(&fields, &columns)) {
		/* No header: the order in which SES writes them. */
		columns = (struct columns){ 0, 1, 2, 3 };
		csv = start;
	}
	while (csv.rest.len > 0) {
		const unsigned line = csv.line;
		line_read(&csv, separator, &fields);
		if (csv.unclosed) {
			return err_set(reterr, ERR_INPUT,
			    "%.*s, line %u: a quote is not closed",
			    STR_ARG(list->file), line);
		}
		if (!is_empty(&fields) &&
		    !row_add(list, &fields, &columns, line, reterr)) {
			return false;
		}
	}
	return true;
}
