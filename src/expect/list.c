/* SPDX-License-Identifier: MIT */
/* Understanding single records, and which reader a content is for. */
#include "expect/list.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "expect/expect.h"

#include <assert.h>

enum {
	MOST_RECORDS = 1000, /* of a list; the file itself is bounded too */
	LONGEST_QUOTE = 120, /* octets of a file in a message */
	LOOKS_LIKE_KEY = 20, /* so many letters and digits in a row */
};

/** True for what keys and tokens are made of. */
static bool
is_key_char(char c)
{
	return char_is_alpha(c) || char_is_digit(c) || c == '_' || c == '-';
}

/** How long the run of key characters at *at* is. */
static size_t
key_length(struct str text, size_t at)
{
	size_t end = at;
	while (end < text.len && is_key_char(text.at[end])) {
		end++;
	}
	return end - at;
}

struct str
list_quote(struct arena *arena, struct str text)
{
	struct buf to = buf_new(arena);
	size_t at = 0;
	buf_adds(&to, "");
	while (at < text.len && to.len < LONGEST_QUOTE) {
		const unsigned char c = (unsigned char)text.at[at];
		const size_t key = key_length(text, at);
		if (key >= LOOKS_LIKE_KEY) {
			buf_adds(&to, "[...]");
			at += key;
		} else if (key > 0) {
			buf_add(&to, str_slice(text, at, at + key));
			at += key;
		} else {
			if (c >= ' ' && c < 0x7f && c != '\\') {
				buf_addc(&to, (char)c);
			} else {
				buf_addf(&to, "\\%03u", c);
			}
			at++;
		}
	}
	buf_adds(&to, at < text.len ? "..." : "");
	return buf_str(&to);
}

/** Joins the quoted strings of a TXT; what is not quoted stays as it is. */
static struct str
txt_joined(struct arena *arena, struct str text)
{
	struct buf to = buf_new(arena);
	bool quoted = false;
	if (text.len < 2 || text.at[0] != '"' || text.at[text.len - 1] != '"') {
		return text;
	}
	buf_adds(&to, "");
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.at[i];
		if (c == '"') {
			quoted = !quoted;
		} else if (c == '\\' && i + 1 < text.len) {
			buf_addc(&to, text.at[++i]);
		} else if (quoted) {
			buf_addc(&to, c);
		} else if (c != ' ' && c != '\t') {
			return text;
		}
	}
	return quoted ? text : buf_str(&to);
}

/** Cuts "10 " off the front of an MX value. */
static void
priority_cut(struct list_entry *entry)
{
	const ptrdiff_t blank = str_index(entry->value, ' ');
	unsigned long priority = 0;
	if (blank > 0 && str_number(str_slice(entry->value, 0, (size_t)blank),
			     UINT16_MAX, &priority)) {
		entry->has_priority = true;
		entry->priority = (uint16_t)priority;
		entry->value =
		    str_trim(str_from(entry->value, (size_t)blank + 1));
	}
}

static bool
priority_read(struct expect_list *list, const struct list_row *row,
    struct list_entry *entry, struct err *reterr)
{
	unsigned long priority = 0;
	const struct str text = str_trim(row->priority);
	if (text.len == 0) {
		return true;
	}
	if (!str_number(text, UINT16_MAX, &priority)) {
		return err_set(reterr, ERR_INPUT,
		    "%.*s, %s: the priority is not a number of 0 to 65535",
		    STR_ARG(list->file), row->where);
	}
	entry->has_priority = true;
	entry->priority = (uint16_t)priority;
	return true;
}

static struct str
without_final_dot(struct str text)
{
	return text.len > 1 && str_ends(text, STR("."))
		   ? str_slice(text, 0, text.len - 1)
		   : text;
}

bool
list_add(
    struct expect_list *list, const struct list_row *row, struct err *reterr)
{
	struct arena *arena = list->arena;
	struct list_entry entry = { 0 };
	if (list->entries.len == MOST_RECORDS) {
		return err_set(reterr, ERR_INPUT, "%.*s: more than %d records",
		    STR_ARG(list->file), MOST_RECORDS);
	}
	if (!rrtype_parse(str_trim(row->type), &entry.type)) {
		const struct str quote = list_quote(arena, row->type);
		return err_set(reterr, ERR_INPUT,
		    "%.*s, %s: \"%.*s\" is not a record type",
		    STR_ARG(list->file), row->where, STR_ARG(quote));
	}
	if (!priority_read(list, row, &entry, reterr)) {
		return false;
	}
	entry.name = str_copy(arena, str_trim(row->name));
	entry.value = str_copy(arena, str_trim(row->value));
	if (entry.name.len == 0 || entry.value.len == 0) {
		return err_set(reterr, ERR_INPUT, "%.*s, %s: the %s is empty",
		    STR_ARG(list->file), row->where,
		    entry.name.len == 0 ? "name" : "value");
	}
	if (rrtype_layout(entry.type) == RR_LAYOUT_TXT) {
		entry.value = txt_joined(arena, entry.value);
	} else {
		if (entry.type == RRTYPE_MX) {
			priority_cut(&entry);
		}
		entry.value = without_final_dot(entry.value);
	}
	vec_push(arena, &list->entries, entry);
	return true;
}

/** Skips a byte order mark and blank space. */
static struct str
skip_blank(struct str content)
{
	if (str_starts(content, STR("\xef\xbb\xbf"))) {
		content = str_from(content, 3);
	}
	while (content.len > 0 &&
	       (content.at[0] == ' ' || content.at[0] == '\t' ||
		   content.at[0] == '\r' || content.at[0] == '\n')) {
		content = str_from(content, 1);
	}
	return content;
}

bool
expect_read(struct arena *arena, const struct expect_file *file,
    struct expect_list **ret_list, struct err *reterr)
{
	struct expect_list *list = ARENA_NEW(arena, struct expect_list);
	const struct str content = file->content;
	list->arena = arena;
	list->file = list_quote(arena, file->name);
	*ret_list = list;
	if (str_index(content, '\0') >= 0) {
		return err_set(reterr, ERR_INPUT,
		    "%.*s: the file has zero bytes in it; it is no text",
		    STR_ARG(list->file));
	}
	const struct str text = skip_blank(content);
	if (text.len == 0) {
		return err_set(reterr, ERR_INPUT, "%.*s: the file is empty",
		    STR_ARG(list->file));
	}
	/* Positions in messages are those of the file as it is. */
	if (text.at[0] == '{' || text.at[0] == '[') {
		return list_read_json(list, content, reterr);
	}
	return list_is_csv(text)
		   ? list_read_csv(list, text, reterr)
		   : list_read_zone(list, content, file->domain, reterr);
}

struct name
expect_list_domain(const struct expect_list *list)
{
	return list->domain;
}
