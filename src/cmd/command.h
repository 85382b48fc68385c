/* SPDX-License-Identifier: MIT */
/*
 * The commands: each a file and a row in cli/commands.def. A command reads
 * session->options, writes with session_write(), and gives the exit code;
 * what the operator must act on it gives to session_fail().
 */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include "cli/exit.h"

struct session;

/** Carries out a command. */
typedef enum exit_code command_fn(struct session *session);

/* The commands of commands.def. */
#define COMMAND(                                                        \
    constant, name, function, least, most, formats, arguments, summary) \
	command_fn function;
#include "cli/commands.def"
#undef COMMAND

/**
 * Carries out the command of the options (or tells version or help, if that
 * was asked for), and completes what it wrote.
 */
enum exit_code command_run(struct session *session);

#endif
