/* SPDX-License-Identifier: MIT */
/* The help, made out of the tables of options, commands and topics. */
#include "cmd/help.h"

#include "base/buf.h"
#include "base/err.h"
#include "cli/near.h"
#include "cli/options.h"
#include "cmd/command.h"
#include "cmd/message.h"
#include "cmd/paragraph.h"
#include "cmd/session.h"

enum {
	INDENT = 2,
	COMMAND_COLUMN = 12, /* where what a command does begins */
	OPTION_COLUMN = 28,  /* where what an option does begins */
};

/** One topic of topics.def. */
struct topic {
	const char *name;
	const char *summary;
	const char *text;
};

static const struct topic ALL_TOPICS[] = {
#define TOPIC(name, summary, text) { (name), (summary), (text) },
#include "cmd/topics.def"
#undef TOPIC
};

enum {
	COUNT = sizeof(ALL_TOPICS) / sizeof(*ALL_TOPICS),
};

static const char USAGE[] =
    "usage: ivycheck [OPTIONS] DOMAIN... [@SERVER...]\n"
    "       ivycheck COMMAND [OPTIONS] [ARGUMENT...]\n"
    "Would IvyMail verify the domain now? If not: why, and what to change.\n"
    "  ivycheck --expect records.json yourdomain.com\n"
    "  ivycheck wait yourdomain.com\n"
    "More: ivycheck -h, ivycheck help TOPIC, man ivycheck\n";

static enum exit_code
tell(struct session *session, const struct buf *text)
{
	struct err err = { 0 };
	if (!session_write(session, buf_str(text), &err)) {
		return session_fail(session, &err);
	}
	return EXIT_READY;
}

enum exit_code
help_usage(struct session *session)
{
	session->failed = true;
	message_write(str_of(USAGE));
	return EXIT_USAGE;
}

/** Adds a *left* column and what it stands for, from *column* on. */
static void
add_row(const struct session *session, struct buf *to, struct str left,
    const char *right, size_t column)
{
	const size_t width = paragraph_width(session->terminal.width);
	buf_fill(to, ' ', INDENT);
	buf_add(to, left);
	if (INDENT + left.len + 1 >= column) {
		buf_addc(to, '\n');
		buf_fill(to, ' ', column);
	} else {
		buf_fill(to, ' ', column - left.len - INDENT);
	}
	paragraph(to, str_of(right), column, column, width);
}

static void
add_option(const struct session *session, struct buf *to, enum option_id option)
{
	const struct option_row *row = option_row(option);
	struct buf left = buf_new(session->arena);
	if (row->letter) {
		buf_addf(&left, "-%c, ", row->letter);
	} else {
		buf_adds(&left, "    ");
	}
	buf_addf(&left, "--%s", row->name);
	if (*row->argument) {
		buf_addf(&left, " %s", row->argument);
	}
	add_row(session, to, buf_str(&left), row->help, OPTION_COLUMN);
}

/** The options of *group* that *command* takes; all of them for NULL. */
static void
add_group(const struct session *session, struct buf *to,
    enum option_group group, const char *command)
{
	bool begun = false;
	for (int i = 0; i < OPTIONS; i++) {
		const enum option_id option = (enum option_id)i;
		if (option_row(option)->group != group ||
		    (command && !option_is_for(option, command))) {
			continue;
		}
		if (!begun) {
			buf_addf(to, "\n%s:\n", option_group_title(group));
			begun = true;
		}
		add_option(session, to, option);
	}
}

static void
add_groups(const struct session *session, struct buf *to, const char *command)
{
	for (int i = 0; i < GROUPS; i++) {
		add_group(session, to, (enum option_group)i, command);
	}
}

static void
add_commands(const struct session *session, struct buf *to)
{
	buf_adds(to, "\nCommands:\n");
	for (int i = 0; i < COMMANDS; i++) {
		const struct command_row *row = command_row((enum command)i);
		add_row(session, to, str_of(row->name), row->summary,
		    COMMAND_COLUMN);
	}
}

static void
add_topics(const struct session *session, struct buf *to)
{
	buf_adds(to, "\nTopics (ivycheck help TOPIC):\n");
	for (int i = 0; i < COUNT; i++) {
		add_row(session, to, str_of(ALL_TOPICS[i].name),
		    ALL_TOPICS[i].summary, COMMAND_COLUMN + 4);
	}
}

static enum exit_code
tell_all(struct session *session)
{
	struct buf to = buf_new(session->arena);
	buf_adds(&to, USAGE);
	add_commands(session, &to);
	add_groups(session, &to, NULL);
	add_topics(session, &to);
	return tell(session, &to);
}

static enum exit_code
tell_command(struct session *session, enum command command)
{
	const struct command_row *row = command_row(command);
	struct buf to = buf_new(session->arena);
	buf_addf(&to, "usage: ivycheck %s [OPTIONS] %s\n", row->name,
	    row->arguments);
	paragraph(&to, str_of(row->summary), 0, 0,
	    paragraph_width(session->terminal.width));
	if (*row->formats) {
		buf_addf(&to, "Formats (-f): %s\n", row->formats);
	}
	add_groups(session, &to, row->name);
	return tell(session, &to);
}

enum exit_code
help_options(struct session *session)
{
	const enum command command = session->options->command;
	if (command == COMMANDS || command == COMMAND_HELP) {
		return tell_all(session);
	}
	return tell_command(session, command);
}

static enum exit_code
fail_topic(struct session *session, struct str wanted)
{
	struct err err = { 0 };
	const char *names[COUNT + COMMANDS];
	size_t len = 0;
	for (int i = 0; i < COMMANDS; i++) {
		names[len++] = command_row((enum command)i)->name;
	}
	for (int i = 0; i < COUNT; i++) {
		names[len++] = ALL_TOPICS[i].name;
	}
	(void)err_set(
	    &err, ERR_USAGE, "there is no help on \"%.*s\"", STR_ARG(wanted));
	(void)err_hint(&err, "The topics: ivycheck help");
	near_hint(session->arena, &err, wanted, names, len);
	return session_fail(session, &err);
}

enum exit_code
cmd_help(struct session *session)
{
	const struct words *arguments = &session->options->arguments;
	if (arguments->len == 0) {
		return tell_all(session);
	}
	const struct str wanted = arguments->at[0];
	const enum command command = command_find(wanted);
	if (command != COMMANDS) {
		return tell_command(session, command);
	}
	for (int i = 0; i < COUNT; i++) {
		if (str_eq(wanted, str_of(ALL_TOPICS[i].name))) {
			struct buf to = buf_new(session->arena);
			buf_adds(&to, ALL_TOPICS[i].text);
			return tell(session, &to);
		}
	}
	return fail_topic(session, wanted);
}
