/* SPDX-License-Identifier: MIT */
/*
 * What was asked for on the command line, as one struct. Options and
 * commands are tables: options.def, commands.def.
 * Must never know what a domain, an address or a format is.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct err;

enum command {
#define COMMAND(                                                        \
    constant, name, function, least, most, formats, arguments, summary) \
	COMMAND_##constant,
#include "cli/commands.def"
#undef COMMAND
	COMMANDS, /* how many there are; also: none */
};

enum option_id {
#define OPTION(constant, letter, name, argument, kind, field, most, commands, \
    group, help)                                                              \
	OPTION_##constant,
#include "cli/options.def"
#undef OPTION
	OPTIONS, /* how many there are */
};

enum option_group {
#define GROUP(constant, title) GROUP_##constant,
#include "cli/options.def"
#undef GROUP
	GROUPS, /* how many there are */
};

/** What an option takes; see options.def. */
enum option_kind {
	KIND_FLAG,
	KIND_COUNT,
	KIND_TEXT,
	KIND_LIST,
	KIND_DURATION,
	KIND_NUMBER,
	KIND_CHOICE,
};

/* The words of the choices, in the order of options.def; 0: not given. */
enum option_view {
	OPTION_VIEW_BOTH = 1,
	OPTION_VIEW_AUTHORITATIVE,
	OPTION_VIEW_RESOLVER,
};

enum option_status {
	OPTION_STATUS_PENDING = 1,
	OPTION_STATUS_VERIFIED,
	OPTION_STATUS_FAILED,
};

enum option_color {
	OPTION_COLOR_AUTO = 1,
	OPTION_COLOR_ALWAYS,
	OPTION_COLOR_NEVER,
};

enum option_fail_on {
	OPTION_FAIL_ON_ERROR = 1,
	OPTION_FAIL_ON_WARNING,
};

/** Texts as they were given. */
struct words VEC(struct str);

/**
 * The command line. An empty text (at is NULL) and 0 mean "not given", but
 * for the deadline, which then is that of the command.
 */
struct options {
	struct words arguments;   /* without the command and without @SERVER */
	struct words nameservers; /* -n and @SERVER in order, without the @ */
	struct words zones;
	struct words authoritative;
	struct words compare;
	struct words dkim_tokens; /* three at most, each once */
	struct words ignore;

	struct str save;
	struct str replay;
	struct str expect;
	struct str token;
	struct str region;
	struct str mail_from_domain;
	struct str only;
	struct str provider;
	struct str format; /* "json" with --json too */
	struct str output;
	struct str state;
	struct str ip;
	struct str mail_from;
	struct str helo;
	struct str domain;
	struct str resume;
	struct str report;

	int64_t timeout;  /* microseconds */
	int64_t deadline; /* microseconds */
	int64_t remind;   /* microseconds */
	unsigned long tries;
	unsigned long jobs;
	unsigned long rate;

	enum command command; /* COMMANDS: nothing was given at all */
	unsigned view;        /* enum option_view */
	unsigned status;      /* enum option_status */
	unsigned color;       /* enum option_color */
	unsigned fail_on;     /* enum option_fail_on */
	unsigned verbose;     /* how often */
	bool quiet;
	bool json;
	bool ascii;
	bool tcp;
	bool ipv4;
	bool ipv6;
	bool only_changes;
	bool unordered;
	bool version;
	bool help;

	/* Called as check_ivycheck; see cli/plugin.h. */
	bool plugin;
	struct str warning;  /* -w, a range */
	struct str critical; /* -c, a range */
};

/** One row of options.def. */
struct option_row {
	const char *name;
	const char *argument;
	const char *commands;
	const char *help;
	size_t offset; /* of the field in struct options */
	unsigned long most;
	enum option_kind kind;
	enum option_group group;
	char letter; /* or 0 */
};

/** One row of commands.def. */
struct command_row {
	const char *name;
	const char *formats;
	const char *arguments;
	const char *summary;
	size_t least;
	size_t most;
};

/**
 * Reads the command line *argv* into *ret*, whose texts point into *argv* or
 * live in *arena*. False with *reterr* for the first thing that is wrong;
 * *ret* then has what could be read, so that the error is told in the form
 * that was asked for.
 */
bool options_parse(struct arena *arena, int argc, char **argv,
    struct options *ret, struct err *reterr);

/** The row of *option*. */
const struct option_row *option_row(enum option_id option);

/** The title of *group* in the help. */
const char *option_group_title(enum option_group group);

/** True if the command *name* takes *option*. */
bool option_is_for(enum option_id option, const char *name);

/** The row of *command*, which must not be COMMANDS. */
const struct command_row *command_row(enum command command);

/** The command called *name*; COMMANDS if there is none. */
enum command command_find(struct str name);

/**
 * The place of *word* in *list*, whose words *between* keeps apart: 1 for the
 * first, 0 if it is not there.
 */
size_t word_index(struct str word, const char *list, char between);

#endif
