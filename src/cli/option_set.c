/* SPDX-License-Identifier: MIT */
/* One option gets one value: a function for each kind. */
#include "base/arena.h"
#include "cli/duration.h"
#include "cli/near.h"
#include "cli/options_parts.h"

#include <assert.h>

enum {
	WORDS_MOST = 8, /* that a choice has */
};

struct str
option_shown(struct arena *arena, enum option_id option)
{
	const struct option_row *row = option_row(option);
	if (char_is_digit(row->letter)) {
		return str_print(arena, "-%c", row->letter);
	}
	return str_print(arena, "--%s", row->name);
}

static bool
fail_twice(struct parser *parser, enum option_id option)
{
	const struct str shown = option_shown(parser->arena, option);
	(void)err_set(parser->reterr, ERR_USAGE,
	    "%.*s is given twice, with different values", STR_ARG(shown));
	return err_hint(parser->reterr, "Leave one of them out.");
}

static bool
set_text(
    struct parser *parser, enum option_id option, void *field, struct str text)
{
	struct str *value = field;
	if (parser->given[option] && !str_eq(*value, text)) {
		return fail_twice(parser, option);
	}
	*value = text;
	return true;
}

/** Adds *text* to a list, where it stands once however often it is given. */
static bool
set_list(
    struct parser *parser, enum option_id option, void *field, struct str text)
{
	struct words *list = field;
	const unsigned long most = option_row(option)->most;
	const struct str *word;
	vec_foreach(word, list) {
		if (str_eq(*word, text)) {
			return true;
		}
	}
	if (most > 0 && list->len >= most) {
		const struct str shown = option_shown(parser->arena, option);
		return err_set(parser->reterr, ERR_USAGE,
		    "%.*s can be given %lu times at most", STR_ARG(shown),
		    most);
	}
	vec_push(parser->arena, list, text);
	return true;
}

static bool
set_duration(
    struct parser *parser, enum option_id option, void *field, struct str text)
{
	int64_t *value = field;
	int64_t duration = 0;
	if (!duration_parse(text, &duration)) {
		const struct str shown = option_shown(parser->arena, option);
		(void)err_set(parser->reterr, ERR_USAGE,
		    "%.*s takes a duration, not \"%.*s\"", STR_ARG(shown),
		    STR_ARG(text));
		return err_hint(parser->reterr,
		    "Write it as 300ms, 5s, 1.5m, 2h or 1d; a bare number is "
		    "seconds.");
	}
	if (parser->given[option] && *value != duration) {
		return fail_twice(parser, option);
	}
	*value = duration;
	return true;
}

static bool
set_number(
    struct parser *parser, enum option_id option, void *field, struct str text)
{
	unsigned long *value = field;
	unsigned long number = 0;
	const unsigned long most = option_row(option)->most;
	if (!str_number(text, most, &number) || number == 0) {
		const struct str shown = option_shown(parser->arena, option);
		return err_set(parser->reterr, ERR_USAGE,
		    "%.*s takes a number from 1 to %lu, not \"%.*s\"",
		    STR_ARG(shown), most, STR_ARG(text));
	}
	if (parser->given[option] && *value != number) {
		return fail_twice(parser, option);
	}
	*value = number;
	return true;
}

static bool
fail_choice(struct parser *parser, enum option_id option, struct str text)
{
	const char *words[WORDS_MOST];
	size_t len = 0;
	struct str rest = str_of(option_row(option)->argument);
	struct str word;
	struct str list = STR("");
	while (str_split(&rest, '|', &word)) {
		const char *before = "";
		if (len > 0) {
			before = rest.at ? ", " : " or ";
		}
		assert(len < WORDS_MOST);
		words[len++] = str_z(parser->arena, word);
		list = str_print(parser->arena, "%.*s%s%.*s", STR_ARG(list),
		    before, STR_ARG(word));
	}
	const struct str shown = option_shown(parser->arena, option);
	(void)err_set(parser->reterr, ERR_USAGE,
	    "%.*s takes %.*s, not \"%.*s\"", STR_ARG(shown), STR_ARG(list),
	    STR_ARG(text));
	near_hint(parser->arena, parser->reterr, text, words, len);
	return false;
}

static bool
set_choice(
    struct parser *parser, enum option_id option, void *field, struct str text)
{
	unsigned *value = field;
	const char *words = option_row(option)->argument;
	const unsigned index = (unsigned)word_index(text, words, '|');
	if (index == 0) {
		return fail_choice(parser, option, text);
	}
	if (parser->given[option] && *value != index) {
		return fail_twice(parser, option);
	}
	*value = index;
	return true;
}

static bool
set_flag(
    struct parser *parser, enum option_id option, void *field, struct str text)
{
	bool *value = field;
	assert(text.len == 0);
	*value = true;
	/* --json is -f json, so that it contradicts another -f. */
	return option != OPTION_JSON ||
	       option_set(parser, OPTION_FORMAT, STR("json"));
}

static bool
set_count(
    struct parser *parser, enum option_id option, void *field, struct str text)
{
	unsigned *value = field;
	assert(text.len == 0);
	if (*value < option_row(option)->most) {
		++*value;
	}
	return parser->options != NULL;
}

typedef bool set_fn(
    struct parser *parser, enum option_id option, void *field, struct str text);

bool
option_set(struct parser *parser, enum option_id option, struct str text)
{
	static set_fn *const setters[] = {
		[KIND_FLAG] = set_flag,
		[KIND_COUNT] = set_count,
		[KIND_TEXT] = set_text,
		[KIND_LIST] = set_list,
		[KIND_DURATION] = set_duration,
		[KIND_NUMBER] = set_number,
		[KIND_CHOICE] = set_choice,
	};
	const struct option_row *row = option_row(option);
	char *base = (char *)parser->options;
	/* Bounces have an empty sender (RFC 5321 4.5.5), some hosts no name. */
	const bool may_be_empty =
	    option == OPTION_MAIL_FROM || option == OPTION_HELO;
	if (*row->argument && text.len == 0 && !may_be_empty) {
		const struct str shown = option_shown(parser->arena, option);
		return err_set(parser->reterr, ERR_USAGE,
		    "%.*s needs a value: %s", STR_ARG(shown), row->argument);
	}
	assert((size_t)row->kind < sizeof(setters) / sizeof(*setters));
	const bool good =
	    setters[row->kind](parser, option, base + row->offset, text);
	parser->given[option] = true;
	return good;
}
