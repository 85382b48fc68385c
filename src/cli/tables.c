/* SPDX-License-Identifier: MIT */
/* The tables of options and commands, and what is looked up in them. */
#include "cli/options.h"

#include <assert.h>

/* What the field of an option must be: a row of another type is no program. */
#define TYPE_FLAG     bool
#define TYPE_COUNT    unsigned
#define TYPE_TEXT     struct str
#define TYPE_LIST     struct words
#define TYPE_DURATION int64_t
#define TYPE_NUMBER   unsigned long
#define TYPE_CHOICE   unsigned
#define OPTION(constant, letter, name, argument, kind, field, most, commands,  \
    group, help)                                                               \
	_Static_assert(_Generic(((struct options *)0)->field, TYPE_##kind : 1, \
			   default : 0),                                       \
	    "the field of --" name " has another type");
#include "cli/options.def"
#undef OPTION

static const struct option_row ROWS[] = {
#define OPTION(constant, letter, name, argument, kind, field, most, commands, \
    group, help)                                                              \
	[OPTION_##constant] = { name, argument, commands, help,               \
		offsetof(struct options, field), most, KIND_##kind,           \
		GROUP_##group, letter },
#include "cli/options.def"
#undef OPTION
};

static const char *const GROUP_TITLES[] = {
#define GROUP(constant, title) [GROUP_##constant] = (title),
#include "cli/options.def"
#undef GROUP
};

static const struct command_row COMMAND_ROWS[] = {
#define COMMAND(                                                        \
    constant, name, function, least, most, formats, arguments, summary) \
	[COMMAND_##                                                     \
	    constant] = { name, formats, arguments, summary, least, most },
#include "cli/commands.def"
#undef COMMAND
};

const struct option_row *
option_row(enum option_id option)
{
	assert((unsigned)option < OPTIONS);
	return &ROWS[option];
}

const char *
option_group_title(enum option_group group)
{
	assert((unsigned)group < GROUPS);
	return GROUP_TITLES[group];
}

const struct command_row *
command_row(enum command command)
{
	assert((unsigned)command < COMMANDS);
	return &COMMAND_ROWS[command];
}

enum command
command_find(struct str name)
{
	for (int i = 0; i < COMMANDS; i++) {
		if (str_eq(name, str_of(COMMAND_ROWS[i].name))) {
			return (enum command)i;
		}
	}
	return COMMANDS;
}

size_t
word_index(struct str word, const char *list, char between)
{
	assert(list);
	struct str rest = str_of(list);
	struct str part;
	size_t index = 1;
	while (str_split(&rest, between, &part)) {
		if (part.len > 0 && str_eq(part, word)) {
			return index;
		}
		index++;
	}
	return 0;
}

bool
option_is_for(enum option_id option, const char *name)
{
	const char *commands = option_row(option)->commands;
	return *commands == '\0' || word_index(str_of(name), commands, ' ') > 0;
}
