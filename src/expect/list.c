/* SPDX-License-Identifier: MIT */
/* Which reader a content is for, and what its messages may show of it. */
#include "expect/list.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/position.h"
#include "expect/expect.h"

#include <assert.h>

enum {
	LONGEST_QUOTE = 120, /* octets of a file in a message */
	LOOKS_LIKE_KEY = 16, /* so many in a row, with a digit */
	SURELY_KEY = 40,     /* so many in a row */
};

/** What a key, or the head of a column, means. */
struct key_row {
	const char *key;
	enum list_part part;
};

/* Without case, blanks, "_" and "-": recordType and record_type are one. */
static const struct key_row KEYS[] = {
	{ "type", LIST_TYPE },
	{ "recordtype", LIST_TYPE },
	{ "name", LIST_NAME },
	{ "host", LIST_NAME },
	{ "hostname", LIST_NAME },
	{ "recordname", LIST_NAME },
	{ "value", LIST_VALUE },
	{ "content", LIST_VALUE },
	{ "data", LIST_VALUE },
	{ "target", LIST_VALUE },
	{ "recordvalue", LIST_VALUE },
	{ "priority", LIST_PRIORITY },
	{ "preference", LIST_PRIORITY },
};

/** True for what keys and tokens are made of. */
static bool
is_key_char(char c)
{
	return char_is_alpha(c) || char_is_digit(c) || c == '_' || c == '-' ||
	       c == '+' || c == '/' || c == '=';
}

/** The run of key characters that *text* begins with. */
static struct str
run_of(struct str text)
{
	size_t end = 0;
	while (end < text.len && is_key_char(text.at[end])) {
		end++;
	}
	return str_slice(text, 0, end);
}

static bool
has_digit(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (char_is_digit(text.at[i])) {
			return true;
		}
	}
	return false;
}

/** True if what comes after *word* may be a secret, however short. */
static bool
announces_secret(struct str word)
{
	static const char *const words[] = { "key", "apikey", "api_key",
		"token", "secret", "bearer", "password" };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (str_eq_nocase(word, str_of(words[i]))) {
			return true;
		}
	}
	return false;
}

static bool
is_secret(struct str run, bool announced)
{
	return run.len >= SURELY_KEY ||
	       (has_digit(run) && (announced || run.len >= LOOKS_LIKE_KEY));
}

struct str
list_quote(struct arena *arena, struct str text)
{
	struct buf to = buf_new(arena);
	bool announced = false;
	buf_adds(&to, "");
	while (text.len > 0 && to.len < LONGEST_QUOTE) {
		const struct str run = run_of(text);
		const unsigned char c = (unsigned char)text.at[0];
		if (run.len > 0) {
			const bool secret = is_secret(run, announced);
			buf_add(&to, secret ? STR("[...]") : run);
			announced = announces_secret(run);
		} else if (c >= ' ' && c < 0x7f && c != '\\') {
			buf_addc(&to, (char)c);
		} else {
			buf_addf(&to, "\\%03u", c);
		}
		text = str_from(text, run.len > 0 ? run.len : 1);
	}
	buf_adds(&to, text.len > 0 ? "..." : "");
	return buf_str(&to);
}

bool
list_wrong(const struct expect_list *list, size_t at, const char *what,
    struct err *reterr)
{
	assert(at <= list->content.len);
	const struct position place = position_of(list->content, at);
	return err_set(reterr, ERR_INPUT, "%.*s, line %u, column %u: %s",
	    STR_ARG(list->file), place.line, place.column, what);
}

/** *key* as KEYS has it. */
static struct str
folded(struct str key, char *to, size_t room)
{
	size_t len = 0;
	for (size_t i = 0; i < key.len && len < room; i++) {
		const char c = key.at[i];
		if (c != '_' && c != '-' && c != ' ') {
			to[len++] = char_lower(c);
		}
	}
	return (struct str){ to, len };
}

enum list_part
list_part_of(struct str key)
{
	char room[16];
	const struct str word = folded(key, room, sizeof(room));
	for (size_t i = 0; i < sizeof(KEYS) / sizeof(*KEYS); i++) {
		if (str_eq(word, str_of(KEYS[i].key))) {
			return KEYS[i].part;
		}
	}
	return LIST_PARTS;
}

/** The first character that is no blank space; zero if there is none. */
static char
first_char(struct str text)
{
	assert(text.at || text.len == 0);
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.at[i];
		if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
			return c;
		}
	}
	return '\0';
}

static bool
content_check(const struct expect_list *list, struct err *reterr)
{
	const char *fault = NULL;
	if (list->content.len > EXPECT_MAX_FILE) {
		fault = "the list of records is larger than 1 MiB";
	} else if (str_index(list->content, '\0') >= 0) {
		fault = "the file has zero bytes in it; it is no text";
	} else if (first_char(list->content) == '\0') {
		fault = "the file is empty";
	}
	return !fault || err_set(reterr, ERR_INPUT, "%.*s: %s",
			     STR_ARG(list->file), fault);
}

bool
expect_read(struct arena *arena, const struct expect_file *file,
    struct expect_list **ret_list, struct err *reterr)
{
	struct expect_list *list = ARENA_NEW(arena, struct expect_list);
	const bool marked = str_starts(file->content, STR("\xef\xbb\xbf"));
	assert(ret_list && reterr);
	list->arena = arena;
	list->file = file->name;
	list->is_line = file->is_line;
	list->content = str_from(file->content, marked ? 3 : 0);
	*ret_list = list;
	if (!content_check(list, reterr)) {
		return false;
	}
	const char first = first_char(list->content);
	if (first == '{' || first == '[') {
		return list_read_json(list, reterr);
	}
	return list_is_csv(list) ? list_read_csv(list, reterr)
				 : list_read_zone(list, reterr);
}

struct name
expect_list_domain(const struct expect_list *list)
{
	assert(list);
	return list->domain;
}
