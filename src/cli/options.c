/* SPDX-License-Identifier: MIT */
/* Reads the command line with getopt_long(), by the tables. */
#include "cli/options.h"

#include "base/arena.h"
#include "base/buf.h"
#include "cli/near.h"
#include "cli/options_parts.h"

#include <assert.h>

#include <getopt.h>

enum {
	LONG = 256, /* what getopt_long() gives: this plus the option */
	DEADLINE_SECONDS = 30,
	WAIT_DEADLINE_SECONDS = 1800,
};

#define SECOND INT64_C(1000000)

/** The tables in the form that getopt_long() reads. */
struct getopt_tables {
	const char *letters;
	struct option longs[OPTIONS + 1];
};

/**
 * The first "-" gives arguments in their order among the options, so that a
 * @SERVER may stand anywhere; the ":" tells a missing value apart.
 */
static struct getopt_tables
tables_make(struct arena *arena)
{
	struct getopt_tables tables = { 0 };
	struct buf letters = buf_new(arena);
	buf_adds(&letters, "-:");
	for (int i = 0; i < OPTIONS; i++) {
		const struct option_row *row = option_row((enum option_id)i);
		const bool takes = *row->argument != '\0';
		tables.longs[i] = (struct option){
			.name = row->name,
			.has_arg = takes ? required_argument : no_argument,
			.val = LONG + i,
		};
		if (row->letter) {
			buf_addc(&letters, row->letter);
			buf_adds(&letters, takes ? ":" : "");
		}
	}
	tables.letters = letters.at;
	return tables;
}

/** What getopt_long() calls *value*; OPTIONS if it is none of ours. */
static enum option_id
option_of(int value)
{
	if (value >= LONG) {
		return (enum option_id)(value - LONG);
	}
	for (int i = 0; i < OPTIONS; i++) {
		const char letter = option_row((enum option_id)i)->letter;
		if (letter != '\0' && letter == value) {
			return (enum option_id)i;
		}
	}
	return OPTIONS;
}

/** The long options that *start* is the beginning of, and how many. */
static struct str
could_be(struct arena *arena, struct str start, size_t *ret_count)
{
	struct buf list = buf_new(arena);
	size_t count = 0;
	for (int i = 0; i < OPTIONS; i++) {
		const char *name = option_row((enum option_id)i)->name;
		if (str_starts(str_of(name), start)) {
			buf_adds(&list, count++ > 0 ? ", --" : "--");
			buf_adds(&list, name);
		}
	}
	*ret_count = count;
	return buf_str(&list);
}

/** A long option that is none, or that could be several. */
static bool
fail_long(struct parser *parser, struct str given)
{
	const char *names[OPTIONS];
	size_t count = 0;
	struct str shown;
	(void)str_split(&given, '=', &shown);
	const struct str name = str_from(shown, 2);
	const struct str list = could_be(parser->arena, name, &count);
	if (count > 1) {
		(void)err_set(parser->reterr, ERR_USAGE,
		    "\"%.*s\" can stand for several options", STR_ARG(shown));
		return err_hint(
		    parser->reterr, "It could be: %.*s.", STR_ARG(list));
	}
	for (int i = 0; i < OPTIONS; i++) {
		names[i] = str_print(
		    parser->arena, "--%s", option_row((enum option_id)i)->name)
			       .at;
	}
	(void)err_set(parser->reterr, ERR_USAGE, "there is no option \"%.*s\"",
	    STR_ARG(shown));
	(void)err_hint(parser->reterr, "See ivycheck -h.");
	near_hint(parser->arena, parser->reterr, shown, names, OPTIONS);
	return false;
}

/** What getopt_long() could not make sense of. */
static bool
fail_option(struct parser *parser, int value, const char *given)
{
	const enum option_id option = option_of(optopt);
	if (optopt == 0) {
		return fail_long(parser, str_of(given));
	}
	if (option == OPTIONS) {
		(void)err_set(parser->reterr, ERR_USAGE,
		    "there is no option \"-%c\"", optopt);
		return err_hint(parser->reterr, "See ivycheck -h.");
	}
	const struct str shown = option_shown(parser->arena, option);
	if (value == ':') {
		return err_set(parser->reterr, ERR_USAGE,
		    "%.*s needs a value: %s", STR_ARG(shown),
		    option_row(option)->argument);
	}
	return err_set(
	    parser->reterr, ERR_USAGE, "%.*s takes no value", STR_ARG(shown));
}

/**
 * The first argument may be a command; else it belongs to the default one,
 * if it does not look like a command misspelt: a domain has a dot.
 */
static bool
take_first(struct parser *parser, struct str text)
{
	struct options *options = parser->options;
	options->command = command_find(text);
	if (options->command != COMMANDS) {
		return true;
	}
	const char *names[COMMANDS];
	for (int i = 0; i < COMMANDS; i++) {
		names[i] = command_row((enum command)i)->name;
	}
	options->command = command_find(STR("check"));
	if (options->command != COMMANDS && str_index(text, '.') >= 0) {
		vec_push(parser->arena, &options->arguments, text);
		return true;
	}
	(void)err_set(parser->reterr, ERR_USAGE,
	    "\"%.*s\" is neither a command nor a domain", STR_ARG(text));
	(void)err_hint(parser->reterr, "The commands: ivycheck -h");
	near_hint(parser->arena, parser->reterr, text, names, COMMANDS);
	return false;
}

/** *literal*: it stands after "--", where nothing is a server. */
static bool
take_argument(struct parser *parser, struct str text, bool literal)
{
	struct options *options = parser->options;
	if (!literal && str_starts(text, STR("@"))) {
		return option_set(parser, OPTION_NAMESERVER, str_from(text, 1));
	}
	if (options->command == COMMANDS) {
		return take_first(parser, text);
	}
	vec_push(parser->arena, &options->arguments, text);
	return true;
}

/** Reads *argv* to the end; the first error stays, so that -f is seen. */
static bool
read_all(struct parser *parser, int argc, char **argv)
{
	struct err later;
	struct err *const reterr = parser->reterr;
	const struct getopt_tables tables = tables_make(parser->arena);
	bool good = true;
	int value;
	optind = 0; /* begin anew, whatever was read before */
	opterr = 0;
	while ((value = getopt_long(
		    argc, argv, tables.letters, tables.longs, NULL)) != -1) {
		const struct str text = str_of(optarg);
		bool fine;
		if (value == 1) {
			fine = take_argument(parser, text, false);
		} else if (value == '?' || value == ':') {
			fine = fail_option(parser, value, argv[optind - 1]);
		} else {
			fine = option_set(parser, option_of(value), text);
		}
		good = good && fine;
		parser->reterr = good ? reterr : &later;
	}
	for (int i = optind; i < argc; i++) {
		good = take_argument(parser, str_of(argv[i]), true) && good;
		parser->reterr = good ? reterr : &later;
	}
	parser->reterr = reterr;
	return good;
}

static void
set_defaults(struct options *options)
{
	const char *name = options->command == COMMANDS
			       ? ""
			       : command_row(options->command)->name;
	const bool waits = str_eq(str_of(name), STR("wait"));
	if (options->deadline == 0) {
		const size_t domains = options->arguments.len;
		options->deadline =
		    waits ? WAIT_DEADLINE_SECONDS * SECOND
			  : DEADLINE_SECONDS * SECOND *
				(int64_t)(domains > 0 ? domains : 1);
	}
}

bool
options_parse(struct arena *arena, int argc, char **argv, struct options *ret,
    struct err *reterr)
{
	assert(arena && argv && ret && reterr);
	struct parser parser = {
		.arena = arena,
		.options = ret,
		.reterr = reterr,
	};
	*ret = (struct options){ .command = COMMANDS };
	const bool good = read_all(&parser, argc, argv);
	if (ret->help || ret->version) {
		return good;
	}
	if (ret->command == COMMANDS && argc > 1) {
		ret->command = command_find(STR("check"));
	}
	set_defaults(ret);
	if (!good || ret->command == COMMANDS) {
		return good;
	}
	return options_agree(&parser);
}
