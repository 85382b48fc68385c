/* SPDX-License-Identifier: MIT */
/*
 * Understanding one record of a list: its type, a name in any form, and a
 * value as panels and APIs write it (quoted, with a priority in front, with
 * a final dot).
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "dns/addr.h"
#include "dns/idn.h"
#include "expect/json_place.h"
#include "expect/list.h"

#include <assert.h>

enum {
	MOST_RECORDS = 1000, /* of a list; the file itself is bounded too */
	LONGEST_TYPE = 10,   /* octets of what may be a type, in a message */
};

/** One row on its way into the list. */
struct adding {
	struct expect_list *list;
	const struct list_row *row;
	struct list_entry entry;
	struct err *reterr;
};

/** Where *part* stands; one that is not there has the record's place. */
static size_t
place_of(const struct adding *adding, enum list_part part)
{
	const struct list_row *row = adding->row;
	const size_t at = row->cells[part].at;
	if (row->members && at > 0) {
		return json_place_child(adding->list->content, row->at, at - 1);
	}
	return at > row->at ? at : row->at;
}

/** What is wrong with *part*. */
static bool
wrong(const struct adding *adding, enum list_part part, const char *what)
{
	return list_wrong(
	    adding->list, place_of(adding, part), what, adding->reterr);
}

static struct str
cell_text(const struct adding *adding, enum list_part part)
{
	return str_trim(adding->row->cells[part].text);
}

static bool
type_read(struct adding *adding)
{
	const struct str text = cell_text(adding, LIST_TYPE);
	if (rrtype_parse(text, &adding->entry.type)) {
		return true;
	}
	const struct str quote = list_quote(
	    adding->list->arena, text.len <= LONGEST_TYPE ? text : STR("this"));
	const struct str what = str_print(adding->list->arena,
	    text.len == 0 ? "the type is missing"
			  : "\"%.*s\" is not a record type",
	    STR_ARG(quote));
	(void)wrong(adding, LIST_TYPE, what.at);
	return err_hint(
	    adding->reterr, "A type is written like TXT, CNAME or MX.");
}

/**
 * Reads a name in any form, its letters beyond ASCII as A-labels. Gives what
 * is wrong with it, as the end of a sentence, or NULL.
 */
static const char *
name_read(struct arena *arena, struct str *text, struct name *ret)
{
	struct err err = { 0 };
	for (size_t i = 0; i < text->len; i++) {
		if (text->at[i] >= '\0' && text->at[i] <= ' ') {
			return "has a blank in it";
		}
	}
	if (idn_is_needed(*text) && !idn_to_ascii(arena, *text, text, &err)) {
		return str_z(arena, str_of(err.text));
	}
	const enum name_fault fault = name_parse(arena, *text, ret);
	return fault == NAME_OK ? NULL : name_fault_text(fault);
}

static bool
owner_read(struct adding *adding)
{
	struct arena *arena = adding->list->arena;
	struct str text = cell_text(adding, LIST_NAME);
	struct name name;
	if (text.len == 0) {
		(void)wrong(adding, LIST_NAME, "the name is empty");
		return err_hint(
		    adding->reterr, "Write @ for the domain itself.");
	}
	const char *fault =
	    str_eq(text, STR("@")) ? NULL : name_read(arena, &text, &name);
	if (fault) {
		const struct str what = str_print(arena, "the name %s", fault);
		return wrong(adding, LIST_NAME, what.at);
	}
	adding->entry.name = str_copy(arena, text);
	return true;
}

/** Takes an escape of RFC 1035 5.1 at the front of *rest*. */
static void
escape_take(struct str *rest, struct buf *to)
{
	unsigned long value = 0;
	const struct str digits = str_slice(*rest, 0, 3);
	if (digits.len == 3 && str_number(digits, 255, &value)) {
		buf_addc(to, (char)value);
		*rest = str_from(*rest, 3);
	} else if (rest->len > 0) {
		buf_addc(to, rest->at[0]);
		*rest = str_from(*rest, 1);
	}
}

/** Joins the quoted strings of a TXT; what is not quoted stays as it is. */
static struct str
txt_joined(struct arena *arena, struct str text)
{
	struct buf to = buf_new(arena);
	struct str rest = text;
	bool quoted = false;
	if (!str_starts(text, STR("\""))) {
		return text;
	}
	buf_adds(&to, "");
	while (rest.len > 0) {
		const char c = rest.at[0];
		rest = str_from(rest, 1);
		if (c == '"') {
			quoted = !quoted;
		} else if (c == '\\' && quoted) {
			escape_take(&rest, &to);
		} else if (quoted) {
			buf_addc(&to, c);
		} else if (c != ' ' && c != '\t') {
			return text;
		}
	}
	return quoted ? text : buf_str(&to);
}

/** Cuts "10 " off the front of an MX value. */
static bool
priority_cut(struct adding *adding, struct str *value)
{
	struct list_entry *entry = &adding->entry;
	unsigned long priority = 0;
	size_t blank = 0;
	while (blank < value->len && value->at[blank] != ' ' &&
	       value->at[blank] != '\t') {
		blank++;
	}
	if (blank == value->len ||
	    !str_number(str_slice(*value, 0, blank), UINT16_MAX, &priority)) {
		return true;
	}
	if (entry->has_priority && entry->priority != priority) {
		return wrong(adding, LIST_VALUE,
		    "the value begins with another priority than the one "
		    "that is given");
	}
	entry->has_priority = true;
	entry->priority = (uint16_t)priority;
	*value = str_trim(str_from(*value, blank));
	return true;
}

static bool
priority_read(struct adding *adding)
{
	unsigned long priority = 0;
	const struct str text = cell_text(adding, LIST_PRIORITY);
	if (text.len == 0 || adding->entry.type != RRTYPE_MX) {
		return true;
	}
	if (!str_number(text, UINT16_MAX, &priority)) {
		return wrong(adding, LIST_PRIORITY,
		    "the priority is not a number of 0 to 65535");
	}
	adding->entry.has_priority = true;
	adding->entry.priority = (uint16_t)priority;
	return true;
}

static struct str
without_final_dot(struct str text)
{
	return text.len > 1 && str_ends(text, STR("."))
		   ? str_slice(text, 0, text.len - 1)
		   : text;
}

/** Reads the host name that the value of a CNAME or MX is. */
static bool
target_read(struct adding *adding, struct str value)
{
	struct list_entry *entry = &adding->entry;
	if (entry->type == RRTYPE_MX && !priority_cut(adding, &value)) {
		return false;
	}
	const char *fault =
	    name_read(adding->list->arena, &value, &entry->target);
	if (fault) {
		const struct str what = str_print(adding->list->arena,
		    "the value is not a host name: it %s", fault);
		return wrong(adding, LIST_VALUE, what.at);
	}
	entry->value = without_final_dot(value);
	return true;
}

static bool
address_read(struct adding *adding, struct str value)
{
	struct addr addr;
	const bool is_v6 = adding->entry.type == RRTYPE_AAAA;
	adding->entry.value = value;
	return (addr_parse(value, &addr) &&
		   (addr.family == ADDR_V6) == is_v6) ||
	       wrong(adding, LIST_VALUE,
		   is_v6 ? "the value is not an IPv6 address"
			 : "the value is not an IPv4 address");
}

static bool
txt_read(struct adding *adding, struct str value)
{
	adding->entry.value = txt_joined(adding->list->arena, value);
	return adding->entry.value.len > 0 ||
	       wrong(adding, LIST_VALUE, "the value is empty");
}

static bool
value_read(struct adding *adding)
{
	const struct str value =
	    str_copy(adding->list->arena, cell_text(adding, LIST_VALUE));
	if (value.len == 0) {
		return wrong(adding, LIST_VALUE, "the value is empty");
	}
	switch (rrtype_layout(adding->entry.type)) {
	case RR_LAYOUT_TXT:
		return txt_read(adding, value);
	case RR_LAYOUT_NAME:
	case RR_LAYOUT_MX:
		return target_read(adding, value);
	case RR_LAYOUT_ADDR:
		return address_read(adding, value);
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_SOA:
		break;
	}
	adding->entry.value = value;
	return true;
}

bool
list_add(
    struct expect_list *list, const struct list_row *row, struct err *reterr)
{
	struct adding adding = {
		.list = list,
		.row = row,
		.entry = { .at = row->at },
		.reterr = reterr,
	};
	assert(row->at <= list->content.len);
	if (list->entries.len == MOST_RECORDS) {
		return list_wrong(
		    list, row->at, "these are more than 1000 records", reterr);
	}
	if (!type_read(&adding) || !owner_read(&adding) ||
	    !priority_read(&adding) || !value_read(&adding)) {
		return false;
	}
	vec_push(list->arena, &list->entries, adding.entry);
	return true;
}
