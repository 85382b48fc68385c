/* SPDX-License-Identifier: MIT */
/* Whether what was given fits together. */
#include "base/arena.h"
#include "cli/options_parts.h"

#include <assert.h>

/** Two options that cannot be used together. */
struct contradiction {
	enum option_id a;
	enum option_id b;
	const char *why; /* a sentence */
};

static const struct contradiction CONTRADICTIONS[] = {
	{ OPTION_IPV4, OPTION_IPV6,
	    "Without both, each server is asked over "
	    "what its address is." },
	{ OPTION_QUIET, OPTION_VERBOSE, "One asks for less, one for more." },
	{ OPTION_ZONE, OPTION_REPLAY, "Answers come from one or the other." },
	{ OPTION_SAVE, OPTION_REPLAY, "Saved answers stay as they are." },
	{ OPTION_ZONE, OPTION_NAMESERVER,
	    "With zone files no server is asked." },
	{ OPTION_ZONE, OPTION_AUTHORITATIVE,
	    "With zone files no server is asked." },
	{ OPTION_ZONE, OPTION_COMPARE, "With zone files no server is asked." },
	{ OPTION_REPLAY, OPTION_NAMESERVER,
	    "With saved answers no server is asked." },
};

/** An option that says nothing without another. */
struct need {
	enum option_id option;
	enum option_id needs;
};

static const struct need NEEDS[] = {
	{ OPTION_ONLY_CHANGES, OPTION_STATE },
	{ OPTION_REMIND, OPTION_STATE },
	{ OPTION_REMIND, OPTION_ONLY_CHANGES },
	{ OPTION_MAIL_FROM, OPTION_IP },
	{ OPTION_HELO, OPTION_IP },
};

static bool
contradicts(struct parser *parser)
{
	const size_t len = sizeof(CONTRADICTIONS) / sizeof(*CONTRADICTIONS);
	for (size_t i = 0; i < len; i++) {
		const struct contradiction *row = &CONTRADICTIONS[i];
		if (!parser->given[row->a] || !parser->given[row->b]) {
			continue;
		}
		const struct str a = option_shown(parser->arena, row->a);
		const struct str b = option_shown(parser->arena, row->b);
		(void)err_set(parser->reterr, ERR_USAGE,
		    "%.*s and %.*s cannot be used together", STR_ARG(a),
		    STR_ARG(b));
		return !err_hint(parser->reterr, "%s", row->why);
	}
	return false;
}

static bool
lacks(struct parser *parser)
{
	for (size_t i = 0; i < sizeof(NEEDS) / sizeof(*NEEDS); i++) {
		const struct need *row = &NEEDS[i];
		if (!parser->given[row->option] || parser->given[row->needs]) {
			continue;
		}
		const struct option_row *needed = option_row(row->needs);
		const struct str shown =
		    option_shown(parser->arena, row->option);
		(void)err_set(parser->reterr, ERR_USAGE,
		    "%.*s says nothing without --%s", STR_ARG(shown),
		    needed->name);
		return !err_hint(parser->reterr, "Add --%s %s.", needed->name,
		    needed->argument);
	}
	return false;
}

static bool
all_taken(struct parser *parser, const char *name)
{
	for (int i = 0; i < OPTIONS; i++) {
		const enum option_id option = (enum option_id)i;
		if (!parser->given[i] || option_is_for(option, name)) {
			continue;
		}
		const struct str shown = option_shown(parser->arena, option);
		(void)err_set(parser->reterr, ERR_USAGE,
		    "\"%s\" does not take %.*s", name, STR_ARG(shown));
		return err_hint(parser->reterr,
		    "It is for: %s. All that \"%s\" takes: ivycheck %s -h",
		    option_row(option)->commands, name, name);
	}
	return true;
}

static bool
has_arguments(struct parser *parser, const struct command_row *row)
{
	const struct words *arguments = &parser->options->arguments;
	if (arguments->len < row->least) {
		(void)err_set(parser->reterr, ERR_USAGE,
		    "\"%s\" needs to be told what to look at", row->name);
	} else if (row->most > 0 && arguments->len > row->most) {
		(void)err_set(parser->reterr, ERR_USAGE,
		    "\"%s\" takes one argument, so what is \"%.*s\"?",
		    row->name, STR_ARG(arguments->at[row->most]));
	} else {
		return true;
	}
	return err_hint(parser->reterr, "Usage: ivycheck %s [OPTIONS] %s",
	    row->name, row->arguments);
}

/** The command's own formats; those of a report are not known here. */
static bool
has_format(struct parser *parser, const struct command_row *row)
{
	const struct str format = parser->options->format;
	if (format.len == 0 || *row->formats == '\0' ||
	    word_index(format, row->formats, ' ') > 0) {
		return true;
	}
	(void)err_set(parser->reterr, ERR_USAGE,
	    "\"%s\" does not write the format \"%.*s\"", row->name,
	    STR_ARG(format));
	return err_hint(parser->reterr, "It writes: %s.", row->formats);
}

bool
options_agree(struct parser *parser)
{
	const enum command command = parser->options->command;
	assert(command != COMMANDS);
	const struct command_row *row = command_row(command);
	return !contradicts(parser) && all_taken(parser, row->name) &&
	       !lacks(parser) && has_arguments(parser, row) &&
	       has_format(parser, row);
}
